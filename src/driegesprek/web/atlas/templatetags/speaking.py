"""Texts of the content on the atlas's pages for families."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from driegesprek.web.common.speaking import shown

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **values: Any) -> SafeString:
    """`{% say "atlas.intro" %}`: the words with their language, the Dutch beneath a draft."""
    return shown(context["speaker"].text(key, **values))


@register.simple_tag(takes_context=True)
def plain(context: Context, key: str, **values: Any) -> str:
    """`{% plain "atlas.title" %}`: the words alone, for a title, a button, an attribute."""
    return str(context["speaker"].text(key, **values))
