"""Versions, rounds and pseudonyms."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.surveys.conftest import FORM, NOW

from driegesprek.instruments import read_tables
from driegesprek.web.surveys.domain import pseudonyms, rounds, versions
from driegesprek.web.surveys.models import InstrumentVersion, RoundVoice


def test_a_version_is_stored_once_and_another_content_is_another_version(version, questionnaire):
    assert versions.store(version.school, "animals", questionnaire) == version
    changed = read_tables(
        {**FORM, "settings": [{"form_title": "Planten", "default_language": "nl"}]}, name="animals"
    )
    assert versions.store(version.school, "animals", changed) != version
    assert InstrumentVersion.objects.count() == 2


def test_a_version_comes_back_equal_and_is_kept_in_memory(version, questionnaire, django_assert_num_queries):
    assert versions.load(version.pk) == questionnaire
    with django_assert_num_queries(0):
        assert versions.load(version.pk).title == "Dieren"


def test_a_version_that_was_changed_in_the_database_is_refused(version):
    document = json.loads(version.definition)
    document["definition"]["title"] = "Iets anders"
    InstrumentVersion.objects.filter(pk=version.pk).update(definition=json.dumps(document))
    with pytest.raises(ValueError, match="was changed"):
        versions.load(version.pk)


def test_starting_again_moves_the_dates_and_keeps_the_instruments(round_row, version):
    again = rounds.start(
        round_row.activity,
        voices={"pupil": version},
        opens_on=round_row.opens_on,
        closes_on=round_row.closes_on + dt.timedelta(days=7),
        title={"nl": "Later"},
    )
    assert again.pk == round_row.pk
    assert RoundVoice.objects.count() == 2
    assert rounds.of_activity(round_row.activity_id).versions == {"pupil": version.pk, "adult": version.pk}


def test_an_activity_without_a_round_has_none(db):
    assert rounds.of_activity(uuid4()) is None


@given(st.uuids(), st.uuids(), st.sampled_from(["pupil", "adult", "paper"]))
def test_a_pseudonym_is_another_in_every_round_and_voice_and_says_nothing(round_id, person, voice):
    name = pseudonyms.of(round_id, voice, person)
    assert name == pseudonyms.of(round_id, voice, person)
    assert len(name) == 64
    assert person.hex not in name
    others = [pseudonyms.of(uuid4(), voice, person), pseudonyms.of(round_id, f"{voice}2", person)]
    assert name not in [*others, pseudonyms.of_stand_in(round_id, person)]


def test_a_pseudonym_needs_the_key_file(settings):
    round_id, person = uuid4(), uuid4()
    before = pseudonyms.of(round_id, "pupil", person)
    settings.KEYS = type(settings.KEYS)(b"x" * 32)
    assert pseudonyms.of(round_id, "pupil", person) != before


@given(st.integers(-40, 40), st.integers(0, 30), st.booleans())
def test_a_round_is_open_from_its_first_day_to_its_last_and_a_day_of_grace(offset, length, begun):
    first = NOW.date() + dt.timedelta(days=offset)
    last = first + dt.timedelta(days=length)
    expected = first <= NOW.date() <= last + dt.timedelta(days=int(begun))
    assert rounds.is_open(first, last, NOW, begun=begun) == expected
