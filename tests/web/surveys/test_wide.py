import datetime as dt
import json

import pytest
from django.utils import timezone
from tests.web import factories
from tests.web.surveys import simulating

from driegesprek import evidence
from driegesprek.instruments import read_tables
from driegesprek.tables.codebook import Codebook, Kind, Missing
from driegesprek.web.surveys.domain import answers, rounds, versions, wide
from driegesprek.web.surveys.domain.variables import Apart
from driegesprek.web.surveys.models import Answer, Response, RoundVoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return simulating.make_world({"2A": 6, "2B": 4})


def column(file, name):
    return file.table[name].to_pylist()


def pupil_seat(world, of, place):
    return simulating.seat(world, world.classes[of], "pupil", world.pupils[of][place].pk)


def test_several_answers_become_dichotomies_and_routing_is_told_from_skipping(world):
    given = {"/qualities": ["helping", "making", "leading"], "/where_helping": ["home"], "/where_making": ""}
    simulating.hand_in(pupil_seat(world, "2A", 0), given)
    file = wide.of_round(world.info.id, "pupil")
    assert column(file, "qualities__helping") == [True]
    assert column(file, "qualities__cooking") == [False]
    assert column(file, "where_helping__home") == [True]
    assert column(file, "where_making__home") == [None]
    assert column(file, "where_making__missing") == [Missing.SKIPPED]
    assert column(file, "where_leading__missing") == [Missing.SKIPPED], "asked, never opened"
    assert column(file, "where_cooking__missing") == [Missing.NOT_ASKED]


def test_what_no_longer_applies_counts_as_not_asked(world):
    seat, now = pupil_seat(world, "2A", 0), timezone.now()
    given = {"/qualities": ["helping", "making", "leading"], "/where_helping": ["home"]}
    answers.save(seat, given, revision=0, now=now, context=simulating.CONTEXT)
    simulating.hand_in(seat, {"/qualities": ["cooking", "making", "leading"]})
    file = wide.of_round(world.info.id, "pupil")
    assert Answer.objects.get(question="/where_helping").status == "irrelevant"
    assert column(file, "where_helping__missing") == [Missing.NOT_ASKED]


def test_an_answer_changed_after_handing_in_counts_as_it_stands_now(world):
    seat = pupil_seat(world, "2A", 0)
    simulating.hand_in(seat, {"/qualities": ["helping", "making", "leading"]})
    simulating.hand_in(seat, {"/qualities": ["cooking", "making", "leading"]})
    file = wide.of_round(world.info.id, "pupil")
    assert column(file, "qualities__helping") == [False]
    assert column(file, "where_cooking__missing") == [Missing.SKIPPED]


def test_only_what_was_handed_in_is_in_it_and_what_was_taken_back_is_not(world):
    simulating.pupils_answer(world, "2A", 3)
    begun = pupil_seat(world, "2A", 4)
    answers.save(
        begun, simulating.pupil_answers(simulating.chance(1)), revision=0, now=timezone.now(), context={}
    )
    assert wide.of_round(world.info.id, "pupil").table.num_rows == 3
    answers.withdraw(pupil_seat(world, "2A", 0))
    assert wide.of_round(world.info.id, "pupil").table.num_rows == 2


def test_no_free_text_no_pseudonym_no_moment_and_a_key_of_nobody(world):
    simulating.pupils_answer(world, "2A", 3)
    simulating.adults_answer(world, "2A", 3)
    for voice in ("pupil", "adult"):
        file = wide.of_round(world.info.id, voice)
        written = str(file.table.to_pydict()) + file.codebook.to_json()
        assert simulating.SECRET not in written
        assert not {
            name for name in file.table.column_names if name.startswith(("example", "curious", "find_out__"))
        }
        assert not {row.pseudonym for row in Response.objects.all() if row.pseudonym in written}
        assert not {row.pk for row in Response.objects.all() if str(row.pk) in written}
        assert not [t for t in file.table.schema.types if "time" in str(t)]
        assert all(one.kind is not Kind.TEXT for one in file.codebook.variables)


def test_groups_and_a_codebook_that_evidence_can_count_by(world):
    simulating.adults_answer(world, "2A", 6)
    simulating.adults_answer(world, "2B", 4)
    file = wide.of_round(world.info.id, "adult")
    assert Codebook.from_json(file.codebook.to_json()) == file.codebook
    names = [one.name for one in file.countable]
    for by in wide.GROUPS:
        counts = evidence.count(file.table, file.codebook, questions=names, by=[by])
        assert sum(counts.respondents.values()) == 10
    assert file.codebook.variable("class").codes == ("2A", "2B")
    assert set(file.codebook.variable("language").codes) == {"nl", "tr"}


def test_a_class_that_got_another_name_stays_one_class(world):
    simulating.pupils_answer(world, "2A", 2)
    world.classes["2A"].name = "2K"
    world.classes["2A"].save()
    later = world.pupils["2A"][3]
    simulating.hand_in(
        simulating.seat(world, world.classes["2A"], "pupil", later.pk),
        {"/qualities": simulating.QUALITIES[:3]},
    )
    file = wide.of_round(world.info.id, "pupil")
    assert column(file, "class") == ["2K"] * 3


def test_only_the_classes_that_are_asked_for(world):
    simulating.pupils_answer(world, "2A", 5)
    simulating.pupils_answer(world, "2B", 4)
    file = wide.of_round(world.info.id, "pupil", class_ids=[world.classes["2B"].pk])
    assert column(file, "class") == ["2B"] * 4


def test_the_form_s_limits_go_along_for_the_gate(world):
    simulating.pupils_answer(world, "2A", 1)
    simulating.adults_answer(world, "2A", 1)
    pupil, adult = (wide.of_round(world.info.id, voice).codebook for voice in ("pupil", "adult"))
    assert (pupil.variable("qualities").least, pupil.variable("qualities").most) == (3, 3)
    together = adult.variable("together_qualities")
    assert (together.least, together.most) == (1, 3)


def test_questions_asked_only_of_some_and_made_ones_are_kept_apart(world):
    simulating.adults_answer(world, "2A", 3)
    file = wide.of_round(world.info.id, "adult")
    assert file.apart["call_when"] is Apart.CONDITIONAL
    assert file.apart["informed_level"] is Apart.DERIVED
    assert "informed" not in file.apart


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({"/informed": "yes", "/profiles_known": "yes", "/when_known": "partly"}, "well"),
        ({"/informed": "yes", "/profiles_known": "partly", "/when_known": "no"}, "partly"),
        ({"/informed": "no"}, "least"),
    ],
)
def test_how_well_informed_follows_the_rules_of_the_content(world, given, level):
    one = simulating.seat(world, world.classes["2A"], "adult", world.pupils["2A"][0].mother.pk)
    simulating.hand_in(one, given)
    assert column(wide.of_round(world.info.id, "adult"), "informed_level") == [level]


def test_naming_the_profiles_counts_as_knowing_them_by_what_was_true_that_day(world):
    for place, named in enumerate((["zw", "eo"], ["zw"], ["bwi"])):
        one = simulating.seat(world, world.classes["2A"], "adult", world.pupils["2A"][place].mother.pk)
        given = {"/informed": "yes", "/profiles_named": named, "/when_known": "partly"}
        simulating.hand_in(one, given, context=simulating.CONTEXT | {"profile_keys": "zw eo"})
    documents = [json.loads(one) for one in Response.objects.values_list("document", flat=True)]
    assert sorted(one["calculated"]["/profiles_found"] for one in documents) == ["no", "partly", "yes"]
    assert sorted(column(wide.of_round(world.info.id, "adult"), "informed_level")) == [
        "partly",
        "partly",
        "well",
    ]


def test_a_round_without_answers_is_an_empty_table(world):
    file = wide.of_round(world.info.id, "pupil")
    assert file.table.num_rows == 0
    assert file.countable == ()


def form(title, questions, choices):
    survey = [dict(zip(("type", "name", "label", "relevant"), row, strict=False)) for row in questions]
    listed = [dict(zip(("list_name", "name", "label", "missing"), row, strict=False)) for row in choices]
    return read_tables({"survey": survey, "choices": listed, "settings": [{"form_title": title}]}, name="own")


def own_round(form_, school=None, n=1):
    """A round with a school's own form for pupils."""
    world = simulating.make_world({"2A": n})
    version = versions.store(world.school, "own", form_)
    activity = factories.make_activity(world.school, list(world.classes.values()))
    today = timezone.localdate()
    rounds.start(activity, voices={"pupil": version}, opens_on=today, closes_on=today, title={"nl": "Eigen"})
    world.activity = activity
    return world


HARD = form(
    "Own",
    [
        ("select_one yn", "class", "Do you like your class?"),
        ("select_multiple odd", "a", "What?"),
        ("select_one yn", "a__missing", "A name like a column"),
        ("integer", "age", "Age"),
        ("date", "day", "Day"),
        ("acknowledge", "ok", "Agreed"),
        ("text", "story", "Tell"),
    ],
    [
        ("yn", "1", "Yes"),
        ("yn", "2", "No"),
        ("yn", "9", "Don't know", "dont_know"),
        ("odd", "missing", "Missing"),
        ("odd", "b", "B"),
    ],
)


def test_a_form_with_awkward_names_gets_columns_that_do_not_collide():
    world = own_round(HARD)
    given = {
        "/class": "1",
        "/a": ["missing"],
        "/a__missing": "9",
        "/age": "14",
        "/day": "2026-01-02",
        "/ok": "OK",
        "/story": simulating.SECRET,
    }
    simulating.hand_in(pupil_seat(world, "2A", 0), given)
    row = wide.of_round(world.info.id, "pupil").table.to_pylist()[0]
    assert row["class"] == "2A"
    assert row["class_2"] == "1"
    assert row["a__missing_"] is True
    assert row["a__missing"] is None
    assert row["a__missing_2"] is None
    assert row["a__missing_2__missing"] == Missing.DONT_KNOW
    assert (row["age"], row["day"], row["ok"]) == (14, dt.date(2026, 1, 2), "OK")
    assert simulating.SECRET not in row.values()


def test_versions_join_by_name_and_meaning_and_say_so():
    world = own_round(
        form(
            "Own",
            [("select_one yn", "same", "Same?"), ("select_one yn", "other", "Old words?")],
            [("yn", "1", "Yes"), ("yn", "2", "No")],
        ),
        n=2,
    )
    simulating.hand_in(pupil_seat(world, "2A", 0), {"/same": "1", "/other": "1"})
    new = form(
        "Own",
        [("select_one yn", "same", "Same?"), ("select_one yn", "other", "New words?")],
        [("yn", "1", "Yes"), ("yn", "2", "No")],
    )
    version = versions.store(world.school, "own", new)
    RoundVoice.objects.filter(round=world.info.id).update(version=version)
    rounds._known.clear()
    simulating.hand_in(pupil_seat(world, "2A", 1), {"/same": "2", "/other": "2"})
    file = wide.of_round(world.info.id, "pupil")
    assert sorted(column(file, "same")) == ["1", "2"]
    assert sorted(map(str, column(file, "other"))) == ["2", "None"]
    assert sorted(map(str, column(file, "other_2"))) == ["1", "None"]
    assert column(file, "other__missing").count(Missing.NOT_ASKED) == 1
    assert file.codebook.variable("other").text("default", "und") == "New words?"
    assert len(file.notes) == 2
    assert "other, other_2" in file.notes[1]


def test_the_queries_do_not_grow_with_the_respondents(world, django_assert_num_queries):
    simulating.pupils_answer(world, "2A", 1)
    wide.of_round(world.info.id, "pupil")
    with django_assert_num_queries(3):
        wide.of_round(world.info.id, "pupil")
    simulating.pupils_answer(world, "2A", 6)
    with django_assert_num_queries(3):
        wide.of_round(world.info.id, "pupil")
