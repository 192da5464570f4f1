"""Days, how long ago, languages and titles, in templates."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone

from driegesprek.web.desk.pages import line, words
from driegesprek.web.line.models import Activity

register = template.Library()


@register.filter
def day(on: dt.date | None) -> str:
    """14 Nov."""
    return words.day(on) if on else ""


@register.filter
def ago(at: dt.datetime, today: dt.date) -> str:
    """How long ago: 3 weeks ago."""
    return words.ago(timezone.localdate(at), today)


@register.filter
def language_name(code: str) -> str:
    """A language by its code, in words."""
    return words.language_name(code)


@register.filter
def title_of(activity: Activity) -> str:
    """The title of an activity in the language of the desk."""
    return line.title_of(activity)


@register.filter
def at_key(mapping: dict[str, Any], key: str) -> Any:
    """The value at a key."""
    return mapping.get(key)


@register.filter
def stage_label(stage: str, kind: str) -> str:
    """What a stage is called for a kind of activity: sheets are given out, talks held."""
    return words.stage_label(stage, kind)


@register.filter
def call_from(part: str) -> str:
    """When a family would like to be called, in words."""
    return words.part_of_day(part)
