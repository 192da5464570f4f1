"""People of a school as plain values, whatever file they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

from driegesprek.tables import Problem

Key = str | tuple[str, str]
Scope = Literal["school", "classes"]
AGAIN = "~"
"""In the id of an adult of a class list, before how often that place changed hands."""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class RosterLocation:
    """A location (vestiging) of the school."""

    external_id: str
    name: str

    @property
    def key(self) -> Key:
        """What a repeated import recognises it by."""
        return self.external_id


@dataclass(frozen=True, slots=True)
class RosterClass:
    """A class (stamklas).

    Attributes:
        external_id: the source's id; for a class list its name in lower case without spaces.
        track: BB, KB, GL, TL, GTL, HAVO, VWO, PRO or several joined by `/`; None if not known.
        mentor_external_ids: staff; more than one where a class has two mentors.
    """

    external_id: str
    name: str
    year_group: int | None = None
    track: str | None = None
    mentor_external_ids: tuple[str, ...] = ()
    location_external_id: str | None = None

    @property
    def key(self) -> Key:
        """What a repeated import recognises it by."""
        return self.external_id

    @property
    def mentor_external_id(self) -> str | None:
        """The first mentor."""
        return self.mentor_external_ids[0] if self.mentor_external_ids else None


@dataclass(frozen=True, slots=True)
class RosterPupil:
    """A pupil.

    Attributes:
        class_external_id: the class now, by enrolment.
        track: as for the class; in a mixed class the pupil's own.
        home_language: BCP 47.
        mentor_external_id: the pupil's own mentor, if the file names one per pupil.
        enabled: False if the source's administration withholds access to systems; still a pupil.
    """

    external_id: str
    given_name: str
    family_name: str
    prefix: str = ""
    birth_date: date | None = None
    class_external_id: str | None = None
    year_group: int | None = None
    track: str | None = None
    home_language: str | None = None
    email: str | None = None
    mobile: str | None = None
    mentor_external_id: str | None = None
    location_external_id: str | None = None
    enabled: bool = True

    @property
    def key(self) -> Key:
        """What a repeated import recognises the pupil by."""
        return self.external_id

    @property
    def name(self) -> str:
        """The name as it is said."""
        return _joined(self.given_name, self.prefix, self.family_name)


@dataclass(frozen=True, slots=True)
class RosterAdult:
    """An adult around a pupil: parent, guardian, brother, aunt.

    Attributes:
        external_id: the source's id; for a class list `<pupil>/<slot>`, such as `1001/verzorger-1`, so that
            the same adult on two pupils' rows is two records until a person says otherwise. Whoever stands in that
            place after somebody else has `~2` and so on behind it.
        full_name: the name where the source does not divide it.
        mobile: E.164; the number for text messages.
        phone: E.164; another number.
        language: BCP 47 of the language the adult reads or speaks best.
        address: on one line, only to tell households apart.
    """

    external_id: str
    given_name: str = ""
    prefix: str = ""
    family_name: str = ""
    full_name: str = ""
    mobile: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str | None = None
    address: str | None = None
    enabled: bool = True

    @property
    def key(self) -> Key:
        """What a repeated import recognises the adult by."""
        return self.external_id

    @property
    def name(self) -> str:
        """The name as it is said."""
        return self.full_name or _joined(self.given_name, self.prefix, self.family_name)


@dataclass(frozen=True, slots=True)
class RosterBond:
    """What ties an adult to a pupil.

    Attributes:
        relation: mother, father, parent, guardian, foster_parent, step_parent, grandparent, brother, sister,
            aunt, uncle, relative, carer or other.
        household: "1", "2", … within the pupil's family; None if the file does not tell.
        authority: whether the adult has parental authority (gezag); None if the file does not tell.
        contact_allowed: False if the school may not approach this adult; None if the file does not tell.
    """

    pupil_external_id: str
    adult_external_id: str
    relation: str = "parent"
    household: str | None = None
    authority: bool | None = None
    contact_allowed: bool | None = None

    @property
    def key(self) -> Key:
        """What a repeated import recognises the bond by."""
        return (self.pupil_external_id, self.adult_external_id)


@dataclass(frozen=True, slots=True)
class RosterStaff:
    """A member of staff.

    Attributes:
        role: mentor, teacher, counsellor, school_leader, administrator or support; what somebody may do is
            decided at the school, not by a file.
    """

    external_id: str
    name: str
    email: str | None = None
    role: str = "teacher"
    code: str | None = None
    enabled: bool = True

    @property
    def key(self) -> Key:
        """What a repeated import recognises the member of staff by."""
        return self.external_id


@dataclass(frozen=True, slots=True)
class RosterEnrolment:
    """A pupil in a class, with dates if the source has them."""

    pupil_external_id: str
    class_external_id: str
    begins_on: date | None = None
    ends_on: date | None = None

    @property
    def key(self) -> Key:
        """What a repeated import recognises the enrolment by."""
        return (self.pupil_external_id, self.class_external_id)


Person = RosterLocation | RosterClass | RosterPupil | RosterAdult | RosterBond | RosterStaff | RosterEnrolment

# In the order in which they can be stored: what comes later refers to what comes earlier.
KINDS: Mapping[str, type[Person]] = {
    "locations": RosterLocation,
    "staff": RosterStaff,
    "classes": RosterClass,
    "pupils": RosterPupil,
    "enrolments": RosterEnrolment,
    "adults": RosterAdult,
    "bonds": RosterBond,
}


def all_fields(kind: str) -> frozenset[str]:
    """The names of a kind's fields."""
    return frozenset(each.name for each in fields(KINDS[kind]))


def everything() -> dict[str, frozenset[str]]:
    """`known` of a source that tells every field of every kind."""
    return {kind: all_fields(kind) for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a school, or of some of its classes, as one file or store has them.

    Attributes:
        source: where they come from ("oneroster", "class_list"); external ids are unique within it.
        school_year: as "2026/2027"; None if the source does not tell.
        known: per kind the fields that this source tells. A kind that is absent is not told at all. Adults and
            bonds of a class list are told per slot: the key is then `adults/verzorger-1`.
        scope: "school" if who is not in it has left; "classes" if that holds for the classes in it only.
        complete: the kinds of which absence means something.
        notes: what was guessed, not recognised or left out; never an error.
    """

    source: str
    school_year: str | None = None
    locations: tuple[RosterLocation, ...] = ()
    staff: tuple[RosterStaff, ...] = ()
    classes: tuple[RosterClass, ...] = ()
    pupils: tuple[RosterPupil, ...] = ()
    enrolments: tuple[RosterEnrolment, ...] = ()
    adults: tuple[RosterAdult, ...] = ()
    bonds: tuple[RosterBond, ...] = ()
    known: Mapping[str, frozenset[str]] = field(default_factory=everything)
    scope: Scope = "school"
    complete: frozenset[str] = frozenset(KINDS)
    notes: tuple[Problem, ...] = ()

    def of_kind(self, kind: str) -> tuple[Any, ...]:
        """All of one kind."""
        people: tuple[Any, ...] = getattr(self, kind)
        return people

    def told(self, kind: str, item: Any) -> frozenset[str] | None:
        """The fields this source tells of an item of that kind; None if it would not tell of it at all."""
        if kind in self.known:
            return self.known[kind]
        adult = {"adults": "external_id", "bonds": "adult_external_id"}.get(kind)
        slot = getattr(item, adult).rsplit("/", 1)[-1].partition(AGAIN)[0] if adult else ""
        return self.known.get(f"{kind}/{slot}")
