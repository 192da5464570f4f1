"""What the instruments and texts take from outside: the facts of this school, this pupil and this year."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from django.core.cache import caches
from django.db.models import F, Q

from driegesprek.content import catalogue
from driegesprek.instruments import Kind, Questionnaire
from driegesprek.web.line.models import Choice
from driegesprek.web.people.models import Enrolment, Pupil, School

SECONDS = 10
_OF_CHOICE = ("choose_by", "profiles", "contact_name", "contact_phone")
OF_THE_SCHOOL = frozenset({"school_name", "profiles", "profile_keys", "choose_by", "call_name", "call_phone"})


@lru_cache(maxsize=256)
def wanted(questionnaire: Questionnaire) -> frozenset[str]:
    """The names of what a questionnaire takes from outside."""
    return frozenset(one.name for one in questionnaire.questions.values() if one.kind is Kind.HIDDEN)


def of_pupil(activity_id: UUID, pupil: Pupil, language: str) -> dict[str, str]:
    """What is chosen this year where this pupil is, in words; empty where the school has not filled it in.

    Args:
        activity_id: an activity of the line; it tells the year and the year group.
        pupil: tells the location, whose own choice goes before the school's.
        language: in which the date is written.
    """
    return _in_words(_choice(activity_id, pupil) or {}, pupil.school, language)


def _in_words(row: Mapping[str, Any], school: School, language: str) -> dict[str, str]:
    by = row.get("choose_by")
    return {
        "school_name": school.name,
        "profiles": ", ".join(profile_names(row.get("profiles", ()))),
        "profile_keys": " ".join(profile_keys(row.get("profiles", ()))),
        "choose_by": date_in_words(by, language) if by else "",
        "call_name": row.get("contact_name", "") or school.name,
        "call_phone": row.get("contact_phone", "") or school.phone,
    }


def of_survey(school: School, pupil: Pupil | None, language: str) -> dict[str, str]:
    """The same for a round that belongs to no activity: by the class where the pupil is now; without a pupil no choice."""
    here = Q(location=None) | Q(location__classes__enrolments__pupil=pupil)
    now = Q(year__classes__enrolments__pupil=pupil, year__classes__enrolments__until=None)
    rows = (
        Choice.objects.filter(here, now, year_group=F("year__classes__year_group"))
        if pupil
        else Choice.objects.none()
    )
    row = rows.order_by(F("location").asc(nulls_last=True)).values(*_OF_CHOICE).first() or {}
    return _in_words(row, school, language)


def remembered(activity_id: UUID, pupil: Pupil, language: str) -> dict[str, str]:
    """The same, at most `SECONDS` old: for saving an answer, which shows none of it."""
    key = f"facts-{activity_id}-{pupil.pk}-{language}"
    found: dict[str, str] | None = caches["memory"].get(key)
    if found is None:
        found = of_pupil(activity_id, pupil, language)
        caches["memory"].set(key, found, SECONDS)
    return found


def _choice(activity_id: UUID, pupil: Pupil) -> dict[str, object] | None:
    here = Q(location=None) | Q(
        location__classes__enrolments__pupil=pupil, location__classes__enrolments__until=None
    )
    rows = Choice.objects.filter(
        here, year__lines__activities=activity_id, year_group=F("year__lines__year_group")
    )
    ordered = rows.order_by(F("location").asc(nulls_last=True))
    return ordered.values(*_OF_CHOICE).first()


def profile_names(keys: object) -> list[str]:
    """The official names of profiles; a name that is no key of the catalogue stays as the school wrote it."""
    known = {one.key: one.name for one in catalogue.profiles()}
    return [known.get(str(key), str(key)) for key in keys] if isinstance(keys, list) else []


def profile_keys(keys: object) -> list[str]:
    """The same as keys of the catalogue; none where the school wrote a name of its own, which nobody could choose."""
    known = {one.key for one in catalogue.profiles()}
    found = [str(key) for key in keys] if isinstance(keys, list) else []
    return found if set(found) <= known else []


def offered(activity_id: UUID, pupil_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """Keys of the profiles that each of these pupils can choose: the location's own choice goes before the school's."""
    here = Choice.objects.filter(year__lines__activities=activity_id, year_group=F("year__lines__year_group"))
    by_location = {
        location: frozenset(profile_keys(keys)) for location, keys in here.values_list("location", "profiles")
    }
    now = Enrolment.objects.filter(pupil__in=list(pupil_ids), until=None)
    return {
        pupil: by_location.get(location, by_location.get(None, frozenset()))
        for pupil, location in now.values_list("pupil", "school_class__location")
    }


def date_in_words(day: dt.date, language: str) -> str:
    """12 februari 2027, in the language; in Dutch where the language is not known."""
    return format_date(day, format="long", locale=_locale(language))


def day_in_words(day: dt.date, language: str) -> str:
    """Donderdag 3 december, in the language: the weekday and the day, without the year."""
    return format_date(day, format="EEEE d MMMM", locale=_locale(language))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    if language == "en":
        return Locale("en", "GB")  # 3 December 2026, as English is written in Europe
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("nl")


def only(facts: Mapping[str, str], questionnaire: Questionnaire) -> dict[str, str]:
    """Those facts that the questionnaire takes."""
    return {name: value for name, value in facts.items() if name in wanted(questionnaire)}
