"""The questionnaires for pupils, parents and teachers have the structure of City Deal (2017), annex 2."""

import csv
from collections import Counter
from datetime import date

import pytest

from driegesprek import content, instruments
from driegesprek.content.files import HERE, rows
from driegesprek.instruments.scoring import scores

FORMS = ("pupil", "parent", "teacher")
STRUCTURE = rows(HERE / "scores" / "citydeal_items.csv")
PARTICIPATION = {"did_home_assignment", "did_career_talk", "did_parent_evening"}
RELATION = {"relation_satisfied", "relation_conflict", "relation_intimate", "relation_obstructive"}
PEOPLE = {"sex", "bond", "origin", "track", "year_group", "sector", "education"}
ON = {"relation_scales": "yes", "consent_origin": "yes"}


def key(form, wave, size="full"):
    return f"citydeal_{form}_{wave}" + ("_short" if size == "short" else "")


def questions(form, wave, size="full"):
    return list(content.instrument(key(form, wave, size)).questions.values())


def items(form, wave, size="full"):
    """The number of questions per variable."""
    return Counter(
        name for one in questions(form, wave, size) for name in one.extra.get("variable", "").split()
    )


def asked(form, wave, size="full", answers=(), **context):
    found = content.instrument(key(form, wave, size))
    state = instruments.play(found, dict(answers), today=date(2026, 11, 21), context=context)
    return [found.questions[path] for path in state.asked]


def scales(form, wave, size="full"):
    return {scale.name: scale for scale in content.instrument(key(form, wave, size)).scales}


@pytest.mark.parametrize("form", FORMS)
def test_every_variable_has_the_number_of_items_of_the_structure(form):
    wanted = {row["variable"]: int(row["items"]) for row in STRUCTURE if row["form"] == form}
    assert items(form, "post") == wanted


def test_where_the_report_prints_a_number_ours_is_the_same():
    assert [row for row in STRUCTURE if row["printed"] not in {"", row["items"]}] == []


@pytest.mark.shared
def test_the_structure_is_that_of_annex_2(shared):
    printed = {}
    for form, name in (("pupil", "pupil"), ("parent", "parent"), ("teacher", "teacher")):
        with (shared / "facts" / f"citydeal2017_a2_{name}_scales.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                printed[form, row["text_line"]] = (row["scale_nl"], row["items"].replace("NA", ""))
    ours = {(row["form"], row["line"]): (row["printed_as"], row["printed"]) for row in STRUCTURE}
    assert {place: ours[place] for place in printed} == printed


@pytest.mark.parametrize("form", FORMS)
def test_before_and_after_are_the_same_but_for_what_one_took_part_in(form):
    for size in ("full", "short"):
        before = {one.name: one for one in questions(form, "pre", size)}
        after = {one.name: one for one in questions(form, "post", size)}
        assert after.keys() - before.keys() == PARTICIPATION
        assert {name: after[name] for name in before} == before
        assert scales(form, "pre", size) == scales(form, "post", size)


@pytest.mark.parametrize("form", FORMS)
def test_the_short_form_has_two_items_of_every_scale_and_needs_both(form):
    totals = {"practice", "share"}
    short, full = scales(form, "post", "short"), scales(form, "post")
    assert short.keys() == full.keys()
    assert {name: len(one.items) for name, one in short.items() if name not in totals} == dict.fromkeys(
        short.keys() - totals, 2
    )
    assert all(one.minimum == 2 for name, one in short.items() if name not in totals)
    assert all(len(short[name].items) == 8 for name in totals & short.keys())


@pytest.mark.parametrize("form", FORMS)
def test_the_short_form_fits_in_ten_minutes_of_a_lesson(form):
    """Forty questions at fifteen seconds each."""
    found = [one for one in asked(form, "post", "short", design="named") if one.kind.answerable]
    assert len(found) <= 40
    assert {one.name for one in found} <= {one.name for one in asked(form, "post", design="named")}


@pytest.mark.parametrize("form", FORMS)
def test_every_scale_has_five_answers_and_a_score_from_three_quarters_of_its_items(form):
    found = content.instrument(key(form, "post"))
    for scale in found.scales:
        answers = {choice.name for item in scale.items for choice in found.questions[item.path].choices}
        assert answers == {"1", "2", "3", "4", "5"}
        assert len(scale.items) * 2 / 3 <= scale.minimum < len(scale.items)
        assert {(item.low, item.high) for item in scale.items} == {(1, 5)}
        assert scale.label.keys() == set(found.languages)
        assert not scale.levels  # no norms exist


def test_scales_are_the_variables_of_the_same_name():
    for form in FORMS:
        found = content.instrument(key(form, "post"))
        for scale in found.scales:
            assert len(scale.items) == items(form, "post")[scale.name]


def test_only_doubt_is_reversed():
    turned = {
        (form, item.path)
        for form in FORMS
        for scale in content.instrument(key(form, "post")).scales
        for item in scale.items
        if item.reverse
    }
    assert turned == {("pupil", "/certainty_3")}


def test_doubt_counts_as_little_certainty():
    form = content.instrument(key("pupil", "post"))
    sure = dict.fromkeys(("certainty_1", "certainty_2", "certainty_4"), "5")
    given = scores(form, sure | {"certainty_3": "1"})["certainty"]
    assert (given.value, given.answered) == (5, 4)
    assert scores(form, sure | {"certainty_3": "5"})["certainty"].value == 4
    assert scores(form, {"certainty_1": "5"})["certainty"].value is None


@pytest.mark.parametrize("form", FORMS)
def test_origin_is_asked_with_consent_alone(form):
    for size in ("full", "short"):
        for given in ("", "no"):
            assert "origin" not in {one.name for one in asked(form, "pre", size, consent_origin=given)}
        assert "origin" in {one.name for one in asked(form, "pre", size, consent_origin="yes")}


def relation(design, **context):
    found = asked("pupil", "post", design=design, **context)
    return {name for one in found for name in one.extra.get("variable", "").split()} & RELATION


def test_the_relation_of_parent_and_child_is_off_by_default_and_impossible_with_names():
    for design in ("pseudonymous", "anonymous"):
        assert relation(design) == set()
        assert relation(design, relation_scales="yes") == RELATION
    assert relation("named", relation_scales="yes") == set()
    assert relation("", relation_scales="yes") == set()


def test_nobody_else_is_asked_about_the_relation():
    assert all(not RELATION & items(form, "post").keys() for form in ("parent", "teacher"))


@pytest.mark.parametrize("form", FORMS)
def test_everything_can_be_skipped(form):
    found = content.instrument(key(form, "post"))
    assert not any(one.required for one in found.questions.values())
    assert instruments.play(
        found, {}, today=date(2026, 11, 21), context=ON | {"design": "anonymous"}
    ).complete


def test_no_name_of_a_person_is_asked_or_shown():
    for form in FORMS:
        found = content.instrument(key(form, "post"))
        hidden = {one.name for one in found.questions.values() if not one.kind.shown}
        assert hidden <= {"design", "consent_origin", "relation_scales"}
        assert not any(one.kind.value == "text" for one in found.questions.values())


def test_what_is_no_answer_is_marked_as_a_reason_for_none():
    for form in FORMS:
        for one in questions(form, "post"):
            for choice in one.choices:
                told = {"unknown": "dont_know", "rather_not": "refused"}.get(choice.name)
                assert choice.extra.get("missing") == told


def test_teachers_are_asked_the_same_twelve_subjects_three_times():
    names = {one.name for one in questions("teacher", "post")}
    subjects = {name.removeprefix("practice_") for name in names if name.startswith("practice_")}
    assert len(subjects) == 12
    for what in ("responsibility", "share"):
        assert {name.removeprefix(f"{what}_") for name in names if name.startswith(f"{what}_")} == subjects


@pytest.mark.parametrize("form", FORMS)
def test_every_variant_says_of_itself_which_it_is(form):
    known = [key(form, wave, size) for wave in ("pre", "post") for size in ("full", "short")]
    assert [content.instrument(one).form_id for one in known] == known
    assert [content.instrument(one).title.partition(": ")[2] for one in known] == [
        "vooraf",
        "vooraf, kort",
        "achteraf",
        "achteraf, kort",
    ]
    assert len({content.instrument(one).content_hash for one in known}) == 4
