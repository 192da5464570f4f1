"""Words of a text inside another text."""

from collections.abc import Callable

from django import template

from driegesprek.content import text

register = template.Library()


@register.filter
def in_words(key: str) -> Callable[[str], str]:
    """`choice=question.choice_key|in_words`: the words of a key, in whatever language the text around it turns out to be."""
    return lambda language: str(text(key, language)) if key else ""
