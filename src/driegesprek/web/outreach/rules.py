"""Rules of outreach: who is reached, what to do next, where letters may point to. Plain values, no database."""

import datetime as dt
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlparse

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from driegesprek.web.outreach.enums import ContactKind, NextStep, Outcome

WRITTEN = frozenset({ContactKind.SHEET, ContactKind.LETTER, ContactKind.SMS, ContactKind.EMAIL})
SPOKEN = frozenset({ContactKind.PHONE, ContactKind.VISIT, ContactKind.IN_PERSON})
DAYS_TO_WAIT = 7
CALLS_BEFORE_VISIT = 3
COUNTRY = "NL"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One moment at which contact was sought, `days` ago."""

    kind: str
    outcome: str
    days: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known about reaching the adults of one pupil.

    Attributes:
        adults: How many adults may be contacted.
        phones: How many of them have a telephone number.
        attempts: What was tried, latest first.
        asked_to_call: Someone asked to be called, and was not spoken since.
    """

    adults: int
    phones: int
    attempts: tuple[Attempt, ...] = ()
    asked_to_call: bool = False


def reached(*, step_done: bool, spoken: bool, talk_booked: bool) -> bool:
    """Whether an adult of this pupil is reached: did a step, was spoken, or booked a talk.

    A sheet that was given, a message that was sent or a call that was not answered is an attempt, never a reach.
    """
    return step_done or spoken or talk_booked


def is_spoken(outcome: str) -> bool:
    """Whether a contact means that an adult was spoken or answered; asking to be called is an answer too late."""
    return outcome == Outcome.REACHED


def next_step(situation: Situation) -> NextStep:
    """The next thing to do for a pupil of whom no adult is reached yet: first what is asked, then ever more personal.

    From the interviews in Rotterdam-Zuid (RZ14) and City Deal 2017: personal contact by voice after paper, at another
    time of day, at home, and at last another adult whom the pupil names.
    """
    if situation.asked_to_call:
        return NextStep.CALL_BACK
    if not situation.adults:
        return NextStep.ASK_PUPIL
    if not situation.attempts:
        return NextStep.GIVE_SHEET
    return _after_attempts(situation)


def _after_attempts(situation: Situation) -> NextStep:
    last = situation.attempts[0]
    if last.kind in WRITTEN and last.days < DAYS_TO_WAIT:
        return NextStep.WAIT
    kinds = {attempt.kind for attempt in situation.attempts}
    if ContactKind.VISIT in kinds:
        return NextStep.OTHER_ADULT
    if not situation.phones:
        return NextStep.IN_PERSON
    calls = sum(attempt.kind == ContactKind.PHONE for attempt in situation.attempts)
    if not calls:
        return NextStep.CALL
    return NextStep.CALL_AGAIN if calls < CALLS_BEFORE_VISIT else NextStep.VISIT


def wants_sms(*, phone: str, contact_allowed: bool, channels: Iterable[str]) -> bool:
    """Whether an adult may get a text message: allowed, by this channel (none named: any), on a number that can."""
    named = set(channels)
    return contact_allowed and (not named or "sms" in named) and can_text(phone)


def can_text(phone: str) -> bool:
    """Whether a number can receive text messages, as far as its numbering plan tells."""
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return False
    kinds = phonenumbers.PhoneNumberType
    may = {kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE, kinds.PERSONAL_NUMBER}
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in may


def address_problem(public_url: str, *, demonstration: bool) -> str | Promise:
    """Why no sheet may be made with this public address, or empty; the demonstration may do without."""
    if demonstration:
        return ""
    if not public_url:
        return _(
            "Sheets cannot be made yet: this installation has no public address. Set DRIEGESPREK_PUBLIC_URL."
        )
    if is_loopback(public_url):
        return _(
            "Sheets cannot be made yet: the public address points to this computer itself, "
            "so no family can open it. Set DRIEGESPREK_PUBLIC_URL."
        )
    return ""


def is_loopback(url: str) -> bool:
    """Whether an address leads nowhere but to the machine itself (RFC 6761 for names, RFC 1122 and 4291 for numbers)."""
    host = (urlparse(url if "//" in url else f"//{url}").hostname or "").rstrip(".")
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return not host or host == "localhost" or host.endswith(".localhost")
    mapped = getattr(number, "ipv4_mapped", None) or number
    return mapped.is_loopback or mapped.is_unspecified


def is_open_call(asked_at: dt.datetime, spoken_at: dt.datetime | None) -> bool:
    """Whether a request to be called still stands: nobody was spoken since."""
    return spoken_at is None or spoken_at < asked_at
