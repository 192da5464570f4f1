"""Lists of classes and pupils, and one pupil's page."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from driegesprek.roster.texts import folded
from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.access.models import Door
from driegesprek.web.people.models import Bond, Enrolment, Pupil, SchoolClass

PER_PAGE = 50


def written_number(number: str) -> str:
    """A stored number (E.164) as people write it: 06 12345678, or +32 470 12 34 56."""
    import phonenumbers  # noqa: PLC0415 - heavy

    if not number:
        return ""
    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return number
    dutch = parsed.country_code == phonenumbers.country_code_for_region("NL")
    formats = phonenumbers.PhoneNumberFormat
    written = str(phonenumbers.format_number(parsed, formats.NATIONAL if dutch else formats.INTERNATIONAL))
    # A number outside the plan has no national way to write it: without its 0 nobody can dial it.
    return written if written.startswith(("0", "+")) else number


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; anything else in the address is left out, never an error."""

    q: str = ""
    group: int | None = None
    class_id: UUID | None = None
    left: bool = False
    pupils: bool = False

    @property
    def shows_pupils(self) -> bool:
        """Whether pupils are asked for; classes otherwise."""
        return bool(self.pupils or self.q or self.group or self.class_id or self.left)


def asked(data: Mapping[str, str]) -> Asked:
    """Read the address."""
    group = data.get("group", "")
    try:
        class_id = UUID(data.get("class", ""))
    except ValueError:
        class_id = None
    return Asked(
        q=data.get("q", "").strip()[:100],
        group=int(group) if group.isdecimal() and len(group) == 1 else None,
        class_id=class_id,
        left=data.get("left") == "1",
        pupils=data.get("show") == "pupils",
    )


def classes(actor: Actor, today: dt.date) -> QuerySet[SchoolClass]:
    """The classes of this school year (and of the next, once they are there) with how many pupils are in them."""
    rows = scope.classes(actor).filter(year__ends_on__gte=today).select_related("mentor", "location", "year")
    now = Q(enrolments__until=None, enrolments__pupil__left_on=None)
    return rows.annotate(pupils=Count("enrolments", filter=now)).order_by(
        "year__starts_on", "year_group", "name"
    )


def pupils(actor: Actor, wanted: Asked, today: dt.date) -> QuerySet[Pupil]:
    """Pupils as asked for, by name; those who left only when they are asked for."""
    rows = scope.pupils(actor).filter(left_on__isnull=not wanted.left)
    if wanted.class_id:
        rows = rows.filter(enrolments__until=None, enrolments__school_class=wanted.class_id)
    if wanted.group:
        rows = rows.filter(
            enrolments__in=Enrolment.objects.filter(
                until=None, school_class__year_group=wanted.group, school_class__year__ends_on__gte=today
            )
        )
    if wanted.q:
        rows = rows.filter(pk__in=_named(rows, wanted.q))
    return rows.order_by("family_name", "given_name", "pk")


def _named(rows: QuerySet[Pupil], q: str) -> list[UUID]:
    """Who has every word of `q` in the name, whatever the case and accents; a database knows no accents."""
    words = folded(q).split()
    names = rows.values_list("pk", "given_name", "prefix", "family_name")
    return [pk for pk, *parts in names if all(word in folded(" ".join(parts)) for word in words)]


def shown(rows: QuerySet[Pupil], number: str | None) -> Page[Pupil]:
    """One page of pupils with their class and adults: as many queries for one as for fifty."""
    return Paginator(with_people(rows), PER_PAGE).get_page(number)


def with_people(rows: QuerySet[Pupil]) -> QuerySet[Pupil]:
    """Pupils with `present` (their open enrolment) and `ties` (their adults)."""
    present = Enrolment.objects.filter(until=None).select_related("school_class__mentor")
    ties = Bond.objects.filter(until=None).select_related("adult")
    return rows.prefetch_related(
        Prefetch("enrolments", present, to_attr="present"), Prefetch("bonds", ties, to_attr="ties")
    )


@dataclass(frozen=True)
class Household:
    """Adults who live together."""

    name: str
    ties: list[Bond] = field(default_factory=list)


@dataclass(frozen=True)
class PupilPage:
    """All that staff see of one pupil's people."""

    pupil: Pupil
    history: list[Enrolment]
    households: list[Household]
    ended: list[Bond]
    has_door: bool

    @property
    def present(self) -> SchoolClass | None:
        """The class now."""
        return next((one.school_class for one in self.history if one.until is None), None)

    @property
    def nobody(self) -> bool:
        """Whether no adult may be contacted."""
        return not any(bond.contact_allowed for one in self.households for bond in one.ties)


def pupil_page(pupil: Pupil) -> PupilPage:
    """One pupil with class history and adults, by household."""
    history = pupil.enrolments.select_related("school_class__year", "school_class__mentor")
    ties = list(pupil.bonds.select_related("adult", "door").order_by("household", "relation", "pk"))
    elsewhere = _elsewhere(pupil, ties)
    for bond in ties:
        bond.siblings = elsewhere.get(bond.adult_id, [])
    households: dict[str, Household] = {}
    for bond in ties:
        if bond.until is None:
            households.setdefault(bond.household, Household(bond.household)).ties.append(bond)
    return PupilPage(
        pupil,
        list(history.order_by("-since", "-until")),
        list(households.values()),
        [bond for bond in ties if bond.until is not None],
        Door.objects.filter(pupil=pupil).exists(),
    )


def _elsewhere(pupil: Pupil, ties: list[Bond]) -> dict[UUID, list[Pupil]]:
    """Other pupils of the same adults."""
    rows = Bond.objects.filter(adult__in=[bond.adult_id for bond in ties], until=None)
    found: dict[UUID, list[Pupil]] = {}
    for bond in rows.exclude(pupil=pupil).select_related("pupil"):
        found.setdefault(bond.adult_id, []).append(bond.pupil)
    return found


def export_rows(rows: QuerySet[Pupil]) -> list[list[Any]]:
    """A class list: one row per pupil, with as many adults as any of them has."""
    found = list(with_people(rows))
    return [_export_row(pupil) for pupil in found]


def _export_row(pupil: Any) -> list[Any]:
    present = pupil.present[0].school_class if pupil.present else None
    mentor = present.mentor.full_name if present and present.mentor else ""
    row = [pupil.family_name, pupil.given_name, pupil.prefix, present.name if present else "", mentor]
    for tie in pupil.ties:
        adult, may = tie.adult, tie.contact_allowed
        contact = [adult.phone, adult.other_phone, adult.email] if may else ["", "", ""]
        row += [adult.full_name, tie.get_relation_display(), tie.spoken_language, *contact, may]
    return row
