"""Saving answers: one transaction, nothing lost, nothing twice."""

import datetime as dt
import hashlib
import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.surveys.conftest import NOW, midday, seat_of

from driegesprek.web.common.models import AuditEntry
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.surveys.domain import answers, reading, rounds, sheets, versions
from driegesprek.web.surveys.domain.answers import IncompleteError
from driegesprek.web.surveys.domain.sheets import RoundClosedError
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response

CONTEXT = {"pupil_name": "Samira"}
LATER = NOW + dt.timedelta(minutes=5)


def save(seat, revision=0, now=NOW, **given_values):
    values = {f"/{name}": value for name, value in given_values.items()}
    more = {"sealed_until": values.pop("/sealed_until")} if "/sealed_until" in values else {}
    return answers.save(seat, values, revision=revision, now=now, context=CONTEXT, language="nl", **more)


def stored(seat):
    return {path: (one.value, str(one.status)) for path, one in sheets.read(seat).answers.items()}


def test_an_answer_is_stored_typed_with_its_status(seat):
    save(seat, likes="yes", how_many=" 3 ", since="31-12-2020", which="")
    assert stored(seat) == {
        "/likes": ("yes", "given"),
        "/how_many": (3, "given"),
        "/since": ("2020-12-31", "given"),
        "/which": (None, "skipped"),
    }


def test_what_cannot_be_used_is_told_in_the_persons_language_and_not_stored(seat):
    saved = save(seat, three=["hond", "kat"])
    assert saved.problems == {"/three": "Kies er precies drie."}
    assert stored(seat) == {}


def test_every_save_raises_the_revision_and_the_same_again_changes_nothing(seat):
    assert save(seat, likes="yes").sheet.revision == 1
    assert save(seat, revision=1, how_many="3").sheet.revision == 2
    again = save(seat, revision=1, now=LATER, how_many="3")
    assert again.sheet.revision == 2
    assert not again.changed
    assert not again.also
    assert OverwrittenAnswer.objects.count() == 0
    assert Answer.objects.get(question="/how_many").saved_at == NOW


def test_what_stood_there_is_kept(seat):
    save(seat, how_many="3")
    save(seat, revision=1, now=LATER, how_many="4")
    assert stored(seat)["/how_many"] == (4, "given")
    old = OverwrittenAnswer.objects.get()
    assert (old.question, old.value, old.revision, old.saved_at) == ("/how_many", 3, 1, NOW)


def test_two_phones_at_the_same_question_keep_both_and_the_newest_stands(seat):
    save(seat, likes="yes")
    first = save(seat, revision=1, how_many="3")
    second = save(seat, revision=1, how_many="4")
    assert first.also == frozenset()
    assert second.also == {"/how_many"}
    assert stored(seat)["/how_many"] == (4, "given")
    assert OverwrittenAnswer.objects.get().value == 3


def test_two_phones_at_different_questions_are_not_told_anything(seat):
    save(seat, likes="yes")
    save(seat, revision=1, how_many="3")
    assert save(seat, revision=1, which="kat").also == frozenset()


def test_what_no_longer_applies_is_marked_and_comes_back(seat):
    save(seat, likes="yes")
    save(seat, revision=1, which="De kat van de buren")
    save(seat, revision=2, likes="no")
    assert stored(seat)["/which"] == ("De kat van de buren", "irrelevant")
    save(seat, revision=3, likes="yes")
    assert stored(seat)["/which"] == ("De kat van de buren", "given")


def test_an_answer_from_an_old_tab_to_a_question_that_no_longer_applies_is_kept(seat):
    save(seat, likes="no")
    saved = save(seat, which="Toch een hond")
    assert saved.problems == {}
    assert stored(seat)["/which"] == ("Toch een hond", "irrelevant")


def test_behind_a_typed_code_an_earlier_answer_stands_and_the_new_one_is_kept_beside_it(seat):
    save(seat, how_many="3")
    saved = save(seat, revision=1, now=LATER, how_many="4", sealed_until=LATER)
    assert saved.also == {"/how_many"}
    assert stored(seat)["/how_many"] == (3, "given")
    assert OverwrittenAnswer.objects.get().value == 4


def test_behind_a_typed_code_an_answer_of_the_same_visit_may_change(seat):
    save(seat, now=LATER, how_many="3", sealed_until=LATER)
    save(seat, revision=1, now=LATER, how_many="4", sealed_until=LATER)
    assert stored(seat)["/how_many"] == (4, "given")


def test_handing_in_freezes_one_canonical_document(seat):
    save(seat, three=["hond", "kat", "vis"], likes="no")
    answers.submit(seat, now=NOW, context=CONTEXT)
    row = Response.objects.get()
    assert row.submitted_at == NOW
    assert row.document_hash == hashlib.sha256(row.document.encode()).hexdigest()
    content = json.loads(row.document)
    assert content["answers"]["/three"] == {"status": "given", "value": ["hond", "kat", "vis"]}
    assert row.document == json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert row.pseudonym not in row.document


def test_handing_in_twice_changes_nothing(seat):
    save(seat, three=["hond", "kat", "vis"])
    answers.submit(seat, now=NOW, context=CONTEXT)
    before = Response.objects.values().get()
    answers.submit(seat, now=LATER, context=CONTEXT)
    assert Response.objects.values().get() == before


def test_an_answer_changed_after_handing_in_is_frozen_again(seat):
    save(seat, three=["hond", "kat", "vis"])
    answers.submit(seat, now=NOW, context=CONTEXT)
    first = Response.objects.get()
    save(seat, revision=1, now=LATER, three=["hond", "kat", "paard"])
    second = Response.objects.get()
    assert second.submitted_at == NOW
    assert second.document_hash != first.document_hash
    assert "paard" in second.document


def test_what_must_be_answered_is_named(seat):
    save(seat, likes="no")
    with pytest.raises(IncompleteError) as refused:
        answers.submit(seat, now=NOW, context=CONTEXT)
    assert refused.value.missing == ("/three",)


@pytest.mark.parametrize(
    ("days", "begun", "accepted"), [(0, False, True), (1, False, False), (1, True, True), (2, True, False)]
)
def test_who_began_in_time_has_a_day_of_grace(seat, days, begun, accepted):
    if begun:
        save(seat, likes="yes")
    try:
        save(seat, now=midday(days), how_many="3")
    except RoundClosedError:
        assert not accepted
    else:
        assert accepted
    assert Answer.objects.filter(question="/how_many").exists() == accepted


def test_nothing_is_accepted_before_the_first_day(seat):
    with pytest.raises(RoundClosedError):
        save(seat, now=midday(-8), likes="yes")
    assert not Response.objects.exists()


def test_the_last_day_ends_at_midnight_in_amsterdam(seat):
    last_minute = dt.datetime(2026, 11, 21, 22, 59, tzinfo=dt.UTC)
    save(seat, now=last_minute, likes="yes")
    with pytest.raises(RoundClosedError):
        save(replace(seat, pseudonym="0" * 64), now=last_minute + dt.timedelta(minutes=2), likes="yes")


def test_withdrawing_leaves_no_row_and_names_nobody(seat, round_row):
    save(seat, likes="yes")
    save(seat, revision=1, likes="no")
    save(seat_of(round_row, "another"), likes="yes")
    assert answers.withdraw(seat)
    assert Response.objects.count() == 1
    assert Answer.objects.count() == 1
    assert OverwrittenAnswer.objects.count() == 0
    entry = AuditEntry.objects.get(verb="answers withdrawn")
    assert (entry.actor_kind, entry.actor_id, entry.object_id) == ("system", None, None)
    assert seat.pseudonym not in json.dumps(entry.detail)
    assert not answers.withdraw(seat)


def test_nothing_points_from_answers_to_people(seat):
    fields = [field for model in (Response, Answer, OverwrittenAnswer) for field in model._meta.get_fields()]
    related = {field.related_model._meta.label for field in fields if field.related_model}
    assert related <= {
        "people.School",
        "surveys.Round",
        "surveys.Response",
        "surveys.InstrumentVersion",
        "surveys.Answer",
        "surveys.OverwrittenAnswer",
    }


def test_saving_takes_the_same_few_queries_however_much_was_answered(seat):
    counts = []
    versions.load(seat.version_id)
    for number, given_values in enumerate(
        [{"likes": "yes"}, {"how_many": "1"}, {"which": "kat"}, {"since": "2020-01-01"}]
    ):
        with CaptureQueriesContext(connection) as queries:
            save(seat, revision=number, **given_values)
        counts.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
    writing = 1 if connection.vendor == "postgresql" else 2
    assert counts == [2 + writing] + [1 + writing] * 3, "the first reads the dates of the round as well"


def test_the_round_is_found_in_memory_and_its_dates_are_read_afresh(
    seat, round_row, django_assert_num_queries
):
    with django_assert_num_queries(0):
        rounds.of_activity(round_row.activity_id)
    round_row.closes_on -= dt.timedelta(days=3)
    round_row.save()
    with pytest.raises(RoundClosedError):
        save(seat, likes="yes")


def test_only_what_is_shared_with_the_mentor_is_read(seat, round_row):
    pupil = factories.make_pupil(SchoolClass.objects.get())
    mother, father = factories.make_adult_for(pupil), factories.make_adult_for(pupil, "Karim", household="2")
    for person, voice, mentor in [
        (pupil.pk, "pupil", True),
        (mother.pk, "adult", True),
        (father.pk, "adult", True),
    ]:
        one = seat_of(round_row, person, voice)
        save(one, likes="yes", how_many="3")
        answers.share(one, {"mentor": mentor}, now=NOW)
    found = reading.shared(round_row, pupil, [mother], context=CONTEXT)
    assert [(one.who, one.bond_id) for one in found] == [("pupil", None), ("adult", mother.pk)]
    assert [(line.question, line.answer) for line in found[0].lines] == [
        ("Houdt Samira van dieren?", "Ja"),
        ("Hoeveel?", "3"),
    ]
    answers.share(seat_of(round_row, pupil.pk, "pupil"), {"mentor": False}, now=NOW)
    assert [one.who for one in reading.shared(round_row, pupil, [mother], context=CONTEXT)] == ["adult"]


def test_a_few_answers_of_named_people_are_found_again(seat, round_row):
    save(seat_of(round_row, "a", "adult"), likes="no", how_many="3")
    save(seat_of(round_row, "b", "adult"), how_many="5")
    found = reading.named(round_row.pk, "adult", ["a", "b", "c"], ["/likes"])
    assert found == {"a": {"/likes": "no"}}
