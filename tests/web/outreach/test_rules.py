"""Who is reached, what to do next, who may be texted, where letters may point to."""

import datetime as dt

import pytest

from driegesprek.web.outreach import rules
from driegesprek.web.outreach.enums import ContactKind, Outcome
from driegesprek.web.outreach.rules import Attempt, Reachable


@pytest.mark.parametrize(
    ("facts", "reached"),
    [
        ({"step_done": True, "spoken": False, "talk_booked": False}, True),
        ({"step_done": False, "spoken": True, "talk_booked": False}, True),
        ({"step_done": False, "spoken": False, "talk_booked": True}, True),
        ({"step_done": False, "spoken": False, "talk_booked": False}, False),
    ],
)
def test_an_adult_is_reached_by_a_step_a_word_or_a_booking(facts, reached):
    assert rules.reached(**facts) is reached


@pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.NOT_REACHED, Outcome.CALL_BACK])
def test_what_was_sent_or_tried_in_vain_is_no_contact(outcome):
    assert not rules.is_spoken(outcome)


def attempts(*kinds, days=10, outcome=Outcome.NOT_REACHED):
    return tuple(Attempt(kind, outcome, days) for kind in kinds)


PHONE, SHEET, VISIT = ContactKind.PHONE, ContactKind.SHEET, ContactKind.VISIT
CALLABLE = Reachable(phone=True, email=False, language="ar")
SILENT = Reachable(phone=False, email=False)


@pytest.mark.parametrize(
    ("tried", "adult", "others", "action"),
    [
        ((), None, 0, "sheet"),
        ((), CALLABLE, 0, "phone"),
        (attempts(SHEET, days=6, outcome=Outcome.SENT), CALLABLE, 0, "wait"),
        (attempts(SHEET, days=7, outcome=Outcome.SENT), CALLABLE, 0, "phone"),
        (attempts(SHEET, days=7, outcome=Outcome.SENT), SILENT, 0, "in_person"),
        (attempts(SHEET, days=7, outcome=Outcome.SENT), SILENT, 1, "phone_other"),
        (attempts(PHONE, PHONE, PHONE), CALLABLE, 0, "visit"),
        (attempts(PHONE, PHONE, PHONE), CALLABLE, 1, "phone_other"),
        (attempts(VISIT), CALLABLE, 0, "letter"),
    ],
)
def test_the_next_step_follows_what_was_tried_and_who_can_be_called(tried, adult, others, action):
    assert rules.next_step(tried, adult, others=others).action == action


def test_who_asked_to_be_called_is_called_first_whatever_was_tried():
    advice = rules.next_step(attempts(PHONE, PHONE, PHONE), CALLABLE, others=1, asked_to_call=True)
    assert advice.rule == "call_back"
    assert "tolk" in advice.text("nl")


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000",
        "https://driegesprek.localhost",
        "http://127.0.0.1",
        "http://127.9.8.7:80",
        "http://[::1]:8000",
        "http://[::ffff:127.0.0.1]",
        "http://0.0.0.0:8000",
        "https://",
    ],
)
def test_sheets_are_refused_while_the_public_address_is_this_computer(url):
    assert rules.is_loopback(url)
    assert rules.address_problem(url, demonstration=False)
    assert not rules.address_problem(url, demonstration=True)


def test_sheets_are_refused_without_a_public_address_and_made_with_one():
    assert rules.address_problem("", demonstration=False)
    assert not rules.address_problem("https://driegesprek.school.nl", demonstration=False)
    assert not rules.address_problem("https://localhost.school.nl", demonstration=False)


@pytest.mark.parametrize(
    ("phone", "channels", "wanted"),
    [
        ("+31612345678", [], True),
        ("06 12 34 56 78", ["sms", "letter"], True),
        ("+31612345678", ["letter"], False),
        ("010 123 45 67", [], False),
        ("+905321234567", [], True),
        ("", [], False),
        ("geen", ["sms"], False),
    ],
)
def test_a_text_message_goes_to_mobile_numbers_by_a_channel_that_was_allowed(phone, channels, wanted):
    assert rules.wants_sms(phone=phone, contact_allowed=True, channels=channels) is wanted
    assert not rules.wants_sms(phone=phone, contact_allowed=False, channels=channels)


def test_a_call_that_was_asked_for_stands_until_somebody_was_spoken():
    asked = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    assert rules.is_open_call(asked, None)
    assert rules.is_open_call(asked, asked - dt.timedelta(minutes=1))
    assert not rules.is_open_call(asked, asked + dt.timedelta(minutes=1))
