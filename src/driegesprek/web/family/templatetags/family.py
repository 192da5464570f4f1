"""Texts of the content in templates: with language, direction, and the Dutch beneath a draft."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from driegesprek.content import Text
from driegesprek.web.family import languages, page
from driegesprek.web.family.page import Speaker

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **values: Any) -> SafeString:
    """`{% say "door.for_adult" pupil=name %}`: the words, their language and direction, the Dutch beneath a draft."""
    return shown(context["speaker"].text(key, **values))


@register.simple_tag(takes_context=True)
def words_of(context: Context, key: str, **values: Any) -> Text:
    """`{% words_of "share.mentor" as label %}`: the text itself, to hand to a part of the visual language."""
    text: Text = context["speaker"].text(key, **values)
    return text


@register.simple_tag(takes_context=True)
def plain(context: Context, key: str, **values: Any) -> str:
    """`{% plain "door.title" %}`: the words alone, for a title or an attribute."""
    return str(context["speaker"].text(key, **values))


def shown(text: Text) -> SafeString:
    """A text as HTML."""
    words = format_html('<span lang="{}" dir="{}">{}</span>', text.language, text.direction, text.text)
    if not text.dutch:
        return words
    return format_html('{}<span class="dutch" lang="nl" dir="ltr">{}</span>', words, text.dutch)


@register.simple_tag(takes_context=True)
def unprepared(context: Context) -> str:
    """Give a page of Django's own (not found, refused, broken) what the family's pages have; says nothing itself."""
    request = context.get("request")
    language = languages.behind_door(request, languages.of_visitor(request)) if request else "nl"
    context.update(page.frame(Speaker(language)))
    return ""
