"""Small pieces of language for the desk: days, how long ago, which language."""

import datetime as dt

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from driegesprek.content import LANGUAGES
from driegesprek.web.line.enums import ActivityKind, Stage

DAYS_IN_WEEK = 7
OWN_NAMES = {"rif": "Tarifit", "zgh": "Tamazight"}  # as their speakers say it


def day(on: dt.date) -> str:
    """14 Nov: a day in a table."""
    return format_date(on, "d MMM", locale=get_language() or "nl")


def month(number: int) -> str:
    """Nov: the short name of a month, 1 to 12."""
    return format_date(dt.date(2000, number, 1), "LLL", locale=get_language() or "nl").rstrip(".")


def ago(at: dt.date, today: dt.date) -> str:
    """How long ago, as people say it: today, yesterday, 3 days ago, 2 weeks ago."""
    days = (today - at).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < 2 * DAYS_IN_WEEK:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    weeks = days // DAYS_IN_WEEK
    return ngettext("%(n)s week ago", "%(n)s weeks ago", weeks) % {"n": weeks}


def language_name(code: str) -> str:
    """A language by its code, in the language of the desk; the code itself where nobody knows it."""
    shown = (get_language() or "nl")[:2]
    names = Locale.parse(shown).languages
    return OWN_NAMES.get(code) or names.get(code) or names.get(code.partition("-")[0]) or code


def language_choices() -> list[tuple[str, str]]:
    """Languages to choose from, by name: all that have a code of two or three letters."""
    names = Locale.parse((get_language() or "nl")[:2]).languages
    known = {code: name for code, name in names.items() if code.isalpha()} | OWN_NAMES
    return sorted(known.items(), key=lambda pair: pair[1].casefold())


def is_spoken_here(code: str) -> bool:
    """Whether the family face speaks this language."""
    return code in {one.code for one in LANGUAGES}


def stage_label(stage: str, kind: str) -> str:
    """What a stage is called for a kind of activity: sheets are given out, talks are held."""
    held = _("Given out") if kind == ActivityKind.HOME_ASSIGNMENT else _("Held")
    labels = {
        Stage.ANNOUNCED: _("Announced"),
        Stage.PREPARED: _("Prepared"),
        Stage.HELD: held,
        Stage.REVIEWED: _("Looked back"),
    }
    return labels[Stage(stage)]


def part_of_day(part: str) -> str:
    """When a family would like to be called; what they wrote themselves stays as it is."""
    known = {"morning": _("morning"), "afternoon": _("afternoon"), "evening": _("evening")}
    return known.get(part, "" if part == "any" else part)
