"""What a school wrote in more than one language."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def in_language(text: Mapping[str, str] | None, language: str) -> str:
    """`title|in_language:language`: in this language, else in Dutch, else in whatever there is."""
    words = text or {}
    return words.get(language) or words.get("nl") or next(iter(words.values()), "")
