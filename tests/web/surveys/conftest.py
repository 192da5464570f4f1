"""A round with a small questionnaire, and a seat in it."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.web import factories

from driegesprek.instruments import read_tables
from driegesprek.web.surveys.domain import pseudonyms, rounds, versions
from driegesprek.web.surveys.domain.rounds import Seat
from driegesprek.web.surveys.enums import ResponseChannel, Voice

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
FORM = {
    "survey": [
        {"type": "hidden", "name": "pupil_name"},
        {"type": "select_one yes_no", "name": "likes", "label::nl": "Houdt ${pupil_name} van dieren?"},
        {"type": "text", "name": "which", "label::nl": "Welke?", "relevant": "${likes} = 'yes'"},
        {
            "type": "select_multiple animals",
            "name": "three",
            "label::nl": "Kies er drie.",
            "required": "yes",
            "constraint": "count-selected(.) = 3",
            "constraint_message::nl": "Kies er precies drie.",
        },
        {"type": "integer", "name": "how_many", "label::nl": "Hoeveel?"},
        {"type": "date", "name": "since", "label::nl": "Sinds wanneer?"},
    ],
    "choices": [
        {"list_name": "yes_no", "name": "yes", "label::nl": "Ja"},
        {"list_name": "yes_no", "name": "no", "label::nl": "Nee"},
        *(
            {"list_name": "animals", "name": name, "label::nl": name.title()}
            for name in ("hond", "kat", "vis", "paard")
        ),
    ],
    "settings": [{"form_title": "Dieren", "default_language": "nl"}],
}


@pytest.fixture
def questionnaire():
    return read_tables(FORM, name="animals")


@pytest.fixture
def version(db, questionnaire):
    return versions.store(factories.make_school(), "animals", questionnaire)


@pytest.fixture
def round_row(version):
    school = version.school
    school_class = factories.make_class(school)
    activity = factories.make_activity(
        school, [school_class], opens_on=TODAY - dt.timedelta(days=7), closes_on=TODAY
    )
    return rounds.start(
        activity,
        voices={"pupil": version, "adult": version},
        opens_on=activity.opens_on,
        closes_on=activity.closes_on,
        title={"nl": "Dieren"},
    )


@pytest.fixture
def seat(round_row):
    return seat_of(round_row, "somebody")


def seat_of(round_row, person, voice=Voice.PUPIL):
    info = rounds.of_activity(round_row.activity_id)
    return Seat(
        round=info,
        voice=voice,
        pseudonym=pseudonyms.of(info.id, voice, person),
        channel=ResponseChannel.LINK,
        group=lambda: {"class": "2A"},
    )


def midday(days=0):
    """Noon, so many days after the last day of the round."""
    return timezone.make_aware(dt.datetime.combine(TODAY + dt.timedelta(days=days), dt.time(12)))
