"""The next best step for a pupil for whom no adult was reached."""

from itertools import product

import pytest

from driegesprek.content import Situation, next_step
from driegesprek.content.files import HERE, rows

KINDS = ("none", "sheet", "letter", "sms", "email", "phone", "visit", "in_person")
OUTCOMES = ("", "sent", "reached", "not_reached", "call_back")
ACTIONS = {*KINDS, "phone_other", "wait", "ask"}


def every_situation():
    known = product((False, True), repeat=3)
    for kind, outcome, days, attempts, (phone, email, other) in product(
        KINDS, OUTCOMES, (0, 2, 3, 7, 40), (0, 1, 3), list(known)
    ):
        yield Situation(
            last_kind=kind,
            outcome=outcome,
            days_ago=days,
            attempts=attempts,
            has_phone=phone,
            has_email=email,
            has_other_adult=other,
        )


def test_there_is_advice_for_every_situation_and_it_never_asks_for_a_number_that_is_not_there():
    for situation in every_situation():
        advice = next_step(situation)
        assert advice.action in ACTIONS
        assert advice.text_nl
        assert advice.text_en
        if advice.action in {"phone", "sms"}:
            assert situation.has_phone
        if advice.action == "email":
            assert situation.has_email
        if advice.action == "phone_other":
            assert situation.has_other_adult


def test_every_rule_is_the_answer_to_some_situation():
    used = {next_step(situation).rule for situation in every_situation()}
    assert used == {row["rule"] for row in rows(HERE / "rules" / "next_step.csv")}


@pytest.mark.parametrize(
    ("situation", "rule"),
    [
        (Situation(has_phone=True), "first_call"),
        (Situation(), "first_sheet"),
        (Situation(has_email=True), "first_email"),
        (Situation(has_other_adult=True), "first_other_adult"),
        (Situation(last_kind="phone", outcome="reached", has_phone=True), "reached"),
        (Situation(last_kind="letter", outcome="sent", days_ago=6, has_phone=True), "paper_wait"),
        (Situation(last_kind="letter", outcome="sent", days_ago=7, has_phone=True), "paper_call"),
        (Situation(last_kind="sms", outcome="sent", days_ago=2, has_phone=True), "sms_wait"),
        (Situation(last_kind="sms", outcome="sent", days_ago=3, has_phone=True), "sms_call"),
        (Situation(last_kind="phone", outcome="not_reached", days_ago=1, has_phone=True), "phone_recent"),
        (Situation(last_kind="phone", outcome="not_reached", days_ago=2, has_phone=True), "phone_sms"),
        (Situation(last_kind="phone", outcome="not_reached", attempts=3, has_phone=True), "many_visit"),
        (Situation(last_kind="email", outcome="call_back", has_phone=True), "call_back"),
    ],
)
def test_the_first_rule_that_fits_is_followed(situation, rule):
    assert next_step(situation).rule == rule


def test_another_language_of_the_home_adds_how_to_bridge_it():
    dutch, turkish = (next_step(Situation(has_phone=True, language=code)) for code in ("nl", "tr"))
    assert "tolk" not in dutch.text("nl")
    assert turkish.text("nl") == f"{dutch.text('nl')} Bel in de taal van thuis of met een tolk."
    assert turkish.text("en").endswith("with an interpreter.")
