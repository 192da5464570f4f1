"""Texts of the content in templates: with language, direction, and the Dutch beneath a draft."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from driegesprek.content import Text
from driegesprek.web.common.speaking import Speaker, shown
from driegesprek.web.conduct.domain import school_facts
from driegesprek.web.family import carried, languages, page
from driegesprek.web.family.carried import Carried

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **values: Any) -> SafeString:
    """`{% say "door.for_adult" pupil=name %}`: the words, their language and direction, the Dutch beneath a draft."""
    return shown(context["speaker"].text(key, **values))


@register.simple_tag(takes_context=True)
def on_button(context: Context, key: str, **values: Any) -> SafeString:
    """`{% on_button "common.next" %}`: as `say`, held together beside a picture."""
    return format_html("<span>{}</span>", say(context, key, **values))


@register.simple_tag(takes_context=True)
def words_of(context: Context, key: str, **values: Any) -> Text:
    """`{% words_of "share.mentor" as label %}`: the text itself, to hand to a part of the visual language."""
    text: Text = context["speaker"].text(key, **values)
    return text


@register.simple_tag(takes_context=True)
def plain(context: Context, key: str, **values: Any) -> str:
    """`{% plain "door.title" %}`: the words alone, for a title or an attribute."""
    return str(context["speaker"].text(key, **values))


@register.filter
def day(value: dt.date) -> Callable[[str], str]:
    """`date=item.closes_on|day`: Thursday 3 December, in whatever language the text turns out to be."""
    return lambda language: school_facts.day_in_words(value, language)


@register.filter
def moment_day(value: dt.datetime) -> Callable[[str], str]:
    """`date=at|moment_day`: the day of a moment, as it is here."""
    return day(timezone.localdate(value))


@register.filter
def clock(value: dt.datetime) -> str:
    """`time=at|clock`: 19:30, as it is here."""
    return f"{timezone.localtime(value):%H:%M}"


@register.filter
def date_in_words(value: dt.date) -> Callable[[str], str]:
    """`date=at|date_in_words`: 3 December 2026, as above."""
    return lambda language: school_facts.date_in_words(value, language)


@register.simple_tag(takes_context=True)
def unprepared(context: Context) -> str:
    """Give a page of Django's own (not found, refused, broken) what the family's pages have; says nothing itself."""
    request = context.get("request")
    language = languages.somewhere(request) if request else "nl"
    context.update(page.frame(Speaker(language)))
    return ""


@register.simple_tag(takes_context=True)
def sent_again(context: Context) -> Carried | None:
    """What was typed in a form whose token was too old, to send again by a press of a button.

    Only answers of a family, and only where the browser says that the form was ours: nobody is led by another site to
    confirm what they did not type.
    """
    request = context.get("request")
    if request is None or not _came_from_here(request):
        return None
    return carried.of_request(request)


def _came_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    here = f"{request.scheme}://{request.get_host()}"
    return not origin or origin in {here, *settings.CSRF_TRUSTED_ORIGINS}
