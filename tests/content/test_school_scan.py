"""The scan of conditions and policy: every condition and factor is in it, and its result is strengths and next steps."""

import csv
from datetime import date

import pytest

from driegesprek import content, instruments
from driegesprek.content.forms import instrument_texts
from driegesprek.instruments.scoring import scores

AREAS = {
    "vision": 3,
    "time": 2,
    "coherence": 3,
    "organisation": 4,
    "learning": 3,
    "contact": 3,
    "cooperation": 4,
    "perspective": 3,
    "policy": 4,
}


def scan():
    return content.instrument("school_scan")


def items():
    return [one for one in scan().questions.values() if one.extra.get("basis")]


def bases(kind):
    found = {basis for one in items() for basis in one.extra["basis"].split()}
    return {int(basis.removeprefix(f"{kind}_")) for basis in found if basis.startswith(f"{kind}_")}


def test_every_condition_factor_and_subject_of_policy_is_asked():
    assert bases("condition") == set(range(1, 6))
    assert bases("factor") == set(range(1, 11))
    assert bases("policy") == set(range(1, 5))
    assert bases("logbook") == set(range(1, 8))  # the eighth is 'other': the open questions


@pytest.mark.shared
def test_the_numbers_are_those_of_the_report(shared):
    with (shared / "facts" / "citydeal2017_conditions.csv").open(encoding="utf-8") as file:
        conditions = list(csv.DictReader(file))
    with (shared / "facts" / "citydeal2017_success_factors.csv").open(encoding="utf-8") as file:
        factors = list(csv.DictReader(file))
    assert bases("condition") == {int(row["position"]) for row in conditions if row["set"] == "organisation"}
    heads = {int(row["position"]): row["condition_en"] for row in conditions if row["set"] != "organisation"}
    assert heads.keys() - bases("logbook") == {8}
    assert heads[8] == "other conditions"
    groups = {int(row["factor"]): row["group"] for row in factors}
    ours = {
        int(basis.removeprefix("factor_")): one.name.rsplit("_", 1)[0]
        for one in items()
        for basis in one.extra["basis"].split()
        if basis.startswith("factor_")
    }
    assert ours == groups


def test_policy_asks_what_teachers_are_asked():
    teacher = content.instrument("citydeal_teacher_post")
    for number in range(1, 5):
        path = f"/policy_{number}"
        assert scan().questions[path].label == teacher.questions[path].label


def test_every_part_and_every_item_is_a_scale():
    found = {scale.name: scale for scale in scan().scales}
    assert {name: len(found[name].items) for name in AREAS} == AREAS
    assert found.keys() - AREAS.keys() == {one.name for one in items()}
    assert all(len(found[one.name].items) == 1 for one in items())


def test_an_item_gives_a_next_step_with_advice_or_is_a_strength():
    for answer in range(1, 6):
        answers = {one.name: str(answer) for one in items()}
        scored = scores(scan(), answers)
        for one in items():
            level = scored[one.name].level
            assert level.name == ("strength" if answer >= 4 else "next_step")
            assert set(level.label) == set(scan().languages)
            assert set(level.advice) == (set() if answer >= 4 else set(scan().languages))


def test_a_part_goes_from_still_to_begin_by_way_of_under_way_to_a_strength():
    names = {}
    for answer in range(1, 6):
        scored = scores(scan(), {one.name: str(answer) for one in items()})
        names[answer] = {scored[area].level.name for area in AREAS}
    assert names == {1: {"start"}, 2: {"start"}, 3: {"under_way"}, 4: {"strength"}, 5: {"strength"}}


def test_what_the_team_does_not_know_does_not_count():
    answers = {"contact_1": "5", "contact_2": "5", "contact_3": "unknown"}
    scored = scores(scan(), answers)
    assert scored["contact"].value == 5
    assert scored["contact_3"].level is None
    assert scores(scan(), {"contact_1": "5"})["contact"].value is None


def test_no_advice_is_said_twice():
    steps = [scale.levels[0].advice["nl"] for scale in scan().scales if scale.name not in AREAS]
    assert len(set(steps)) == len(steps) == 29


def test_the_scan_can_be_skipped_through_and_ends_with_one_step_and_who_takes_it():
    state = instruments.play(scan(), {}, today=date(2026, 11, 21))
    assert state.complete
    assert state.asked[0] == "/begin"
    assert state.asked[-2:] == ("/first_step", "/first_who")


def test_levels_and_their_advice_can_be_asked_for_by_key():
    found = instrument_texts("school_scan", "en")
    assert found["levels.vision.start.label"].text == "Still to begin"
    assert found["levels.vision_1.next_step.advice"].dutch.startswith("Praat er een half uur over")
    assert found["scales.vision.label"].status == "draft"
