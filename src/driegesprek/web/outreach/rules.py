"""Rules of outreach: who is reached, what to do next, where letters may point to. Plain values, no database."""

import datetime as dt
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlparse

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from driegesprek.content import DUTCH, Advice, Situation
from driegesprek.content import next_step as content_next_step
from driegesprek.web.outreach.enums import ContactKind, Outcome

SPOKEN = frozenset({ContactKind.PHONE, ContactKind.VISIT, ContactKind.IN_PERSON})
COUNTRY = "NL"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One moment at which contact was sought, `days` ago."""

    kind: str
    outcome: str
    days: int


@dataclass(frozen=True, slots=True)
class Reachable:
    """How one adult can be reached."""

    phone: bool
    email: bool
    language: str = DUTCH


def reached(*, step_done: bool, spoken: bool, talk_booked: bool) -> bool:
    """Whether an adult of this pupil is reached: did a step, was spoken, or booked a talk.

    A sheet that was given, a message that was sent or a call that was not answered is an attempt, never a reach.
    """
    return step_done or spoken or talk_booked


def is_spoken(outcome: str) -> bool:
    """Whether a contact means that an adult was spoken or answered; asking to be called is an answer too late."""
    return outcome == Outcome.REACHED


def next_step(
    attempts: Sequence[Attempt], adult: Reachable | None, *, others: int, asked_to_call: bool = False
) -> Advice:
    """The next thing to do for a pupil of whom no adult is reached yet, by the rules of the content.

    Args:
        attempts: What was tried, latest first.
        adult: The adult who was tried last or asked to be called, else the first; None where none is known.
        others: How many other adults may be contacted.
        asked_to_call: Someone asked to be called, and was not spoken since.
    """
    known = adult or Reachable(phone=False, email=False)
    last = attempts[0] if attempts else None
    if asked_to_call:
        last = Attempt(ContactKind.PHONE, Outcome.CALL_BACK, 0)
    situation = Situation(
        last_kind=str(last.kind) if last else "none",
        outcome=str(last.outcome) if last else "",
        days_ago=last.days if last else 0,
        attempts=len(attempts),
        has_phone=known.phone,
        has_email=known.email,
        has_other_adult=others > 0,
        language=known.language,
    )
    return content_next_step(situation)


def wants_sms(*, phone: str, contact_allowed: bool, channels: Iterable[str]) -> bool:
    """Whether an adult may get a text message: allowed, by this channel (none named: any), on a number that can."""
    named = set(channels)
    return contact_allowed and (not named or "sms" in named) and can_text(phone)


def can_text(phone: str) -> bool:
    """Whether a number can receive text messages: not where its numbering plan says that it stands on a desk."""
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return False
    kinds = phonenumbers.PhoneNumberType
    cannot = {kinds.FIXED_LINE, kinds.TOLL_FREE, kinds.PREMIUM_RATE, kinds.SHARED_COST, kinds.UAN, kinds.VOIP}
    return phonenumbers.is_possible_number(number) and phonenumbers.number_type(number) not in cannot


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
