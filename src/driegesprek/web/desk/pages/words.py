"""Small pieces of language for the desk: days, how long ago, which language."""

import datetime as dt

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from driegesprek.content import LANGUAGES

DAYS_IN_WEEK = 7
OWN_NAMES = {"rif": "Tarifit", "zgh": "Tamazight"}  # as their speakers say it


def day(on: dt.date) -> str:
    """14 Nov: a day in a table."""
    return format_date(on, "d MMM", locale=get_language() or "nl")


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


def is_spoken_here(code: str) -> bool:
    """Whether the family face speaks this language."""
    return code in {one.code for one in LANGUAGES}
