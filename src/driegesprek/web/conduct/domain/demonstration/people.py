"""Invent a school: four year groups, about 600 pupils, families in one or two households, siblings, eight languages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from uuid import UUID, uuid5

from driegesprek.web.conduct.domain.demonstration.names import ORIGINS, Origin
from driegesprek.web.people.enums import Channel, Relation, StaffRole
from driegesprek.web.people.models import (
    Adult,
    Bond,
    Enrolment,
    Location,
    Pupil,
    School,
    SchoolClass,
    SchoolYear,
    Staff,
)

PUPILS_PER_CLASS = 25
CLASSES = {1: "ABCDEF", 2: "ABCDEF", 3: "ABCDEF", 4: "ABCDEF"}
TRACKS = ("BB", "BB", "KB", "KB", "GL", "TL")
NO_ADULT_KNOWN = 0.02
TWO_HOUSEHOLDS = 0.22
SECOND_ADULT = 0.7
RELATIVE = 0.06
NO_EMAIL = 0.5
NO_PHONE = 0.08
NOT_TO_CONTACT = 0.01


@dataclass
class Invented:
    """Everything invented, not stored yet."""

    staff: list[Staff] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    pupils: list[Pupil] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)
    adults: list[Adult] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)

    def store(self) -> None:
        """Store it, in the order that keys ask for."""
        for person in (*self.staff, *self.adults):
            if isinstance(person, Adult):
                person.set_indexes()
        for rows in (self.staff, self.classes, self.pupils, self.enrolments, self.adults, self.bonds):
            if rows:
                type(rows[0]).objects.bulk_create(rows, batch_size=500)  # type: ignore[attr-defined] # each is a model


def invent(school: School, location: Location, year: SchoolYear, *, seed: int) -> Invented:
    """The people of the demonstration school, the same for the same seed."""
    # Invented people need no secret chance.
    return _Inventor(school, location, year, Random(seed)).invent()  # noqa: S311


def invent_leavers(
    year: SchoolYear,
    classes: dict[SchoolClass, int],
    *,
    staff: int,
    taken: set[tuple[str, str]],
    seed: int,
) -> Invented:
    """Pupils who left after a school year with their adults, and teachers without a class, the same for the same seed.

    Args:
        year: their last one.
        classes: their classes of that year, and how many pupils of each left.
        staff: how many teachers.
        taken: (given name, family name) of pupils that are there already.
        seed: of chance.
    """
    inventor = _Inventor(year.school, None, year, Random(seed), given=taken, mark="former ")  # noqa: S311 - as above
    inventor.made.staff += [inventor.teacher(number) for number in range(staff)]
    inventor.families(classes)
    return inventor.made


@dataclass
class _Inventor:
    school: School
    location: Location | None
    year: SchoolYear
    chance: Random
    made: Invented = field(default_factory=Invented)
    given: set[tuple[str, str]] = field(default_factory=set)
    """The names of pupils that are taken: two of the same name are hard to tell apart."""
    mark: str = ""
    """What tells the keys and addresses of these people from those of others at the same school."""

    def invent(self) -> Invented:
        self.made.staff += [self.teacher(number) for number in range(2 + sum(map(len, CLASSES.values())))]
        self.made.staff[0].roles = [StaffRole.COUNSELLOR]
        self.made.staff[1].roles = [StaffRole.LEADER]
        names = [
            (group, letter, track)
            for group in CLASSES
            for letter, track in zip(CLASSES[group], TRACKS, strict=True)
        ]
        for mentor, (group, letter, track) in zip(self.made.staff[2:], names, strict=True):
            self.made.classes.append(self._class(group, letter, track, mentor))
        self.families(
            {one: PUPILS_PER_CLASS + self.chance.choice((-2, -1, 0, 1, 2)) for one in self.made.classes}
        )
        return self.made

    def _key(self, name: str) -> UUID:
        """The same key for the same name, so that the demonstration's links stay the same."""
        return uuid5(self.school.pk, f"{self.mark}{name}")

    def _class(self, group: int, letter: str, track: str, mentor: Staff) -> SchoolClass:
        return SchoolClass(
            id=self._key(f"class {group}{letter}"),
            school=self.school,
            location=self.location,
            year=self.year,
            name=f"{group}{letter}",
            year_group=group,
            track=track,
            mentor=mentor,
        )

    def teacher(self, number: int) -> Staff:
        """A member of staff without a role or a login."""
        origin = ORIGINS[0] if number % 4 else self._origin()
        prefix, family_name = self._family_name(origin)
        return Staff(
            id=self._key(f"staff {number}"),
            school=self.school,
            given_name=self.chance.choice(self.chance.choice((origin.women, origin.men))),
            prefix=prefix,
            family_name=family_name,
            roles=[],
        )

    def _family_name(self, origin: Origin) -> tuple[str, str]:
        """Prefix and name."""
        prefix, _space, name = self.chance.choice(origin.families).rpartition(" ")
        return prefix, name

    def _origin(self) -> Origin:
        return self.chance.choices(ORIGINS, [one.share for one in ORIGINS])[0]

    def families(self, sizes: dict[SchoolClass, int]) -> None:
        """Fill classes with the children of families."""
        places = [one for one, size in sizes.items() for _ in range(size)]
        self.chance.shuffle(places)
        while places:
            children = min(len(places), self.chance.choices((1, 2, 3), (82, 15, 3))[0])
            self._family(self._origin(), [places.pop() for _ in range(children)])

    def _family(self, origin: Origin, classes: list[SchoolClass]) -> None:
        name = self._family_name(origin)
        pupils = [self._pupil(origin, name, one) for one in classes]
        if self.chance.random() < NO_ADULT_KNOWN:
            return
        for relation, household in self._relations():
            adult = self._adult(origin, name, relation)
            self.made.bonds += [self._bond(pupil, adult, relation, household) for pupil in pupils]

    def _pupil(self, origin: Origin, name: tuple[str, str], one: SchoolClass) -> Pupil:
        youngest = dt.date(self.year.starts_on.year - 11 - (one.year_group or 1), 1, 1)
        pupil = Pupil(
            id=self._key(f"pupil {len(self.made.pupils)}"),
            school=self.school,
            given_name=self._given_name(origin, name[1]),
            prefix=name[0],
            family_name=name[1],
            birth_date=youngest + dt.timedelta(days=self.chance.randrange(365)),
        )
        self.made.pupils.append(pupil)
        enrolment = Enrolment(school=self.school, pupil=pupil, school_class=one, since=self.year.starts_on)
        self.made.enrolments.append(enrolment)
        return pupil

    def _given_name(self, origin: Origin, family_name: str) -> str:
        """A name that no other pupil of this family name has, as long as there is one."""
        names = self.chance.choice((origin.girls, origin.boys))
        free = [one for one in names if (one, family_name) not in self.given] or names
        given = self.chance.choice(free)
        self.given.add((given, family_name))
        return given

    def _relations(self) -> Iterator[tuple[Relation, str]]:
        apart = self.chance.random() < TWO_HOUSEHOLDS
        yield Relation.MOTHER, "1"
        if apart or self.chance.random() < SECOND_ADULT:
            yield Relation.FATHER, "2" if apart else "1"
        if self.chance.random() < RELATIVE:
            yield self.chance.choice((Relation.SISTER, Relation.AUNT, Relation.GRANDPARENT)), "1"

    def _adult(self, origin: Origin, name: tuple[str, str], relation: Relation) -> Adult:
        # 06-970… is not given out to anybody; example.com receives no mail (RFC 2606).
        phone = "" if self.chance.random() < NO_PHONE else f"+316970{self.chance.randrange(10**7) // 100:05d}"
        email = (
            ""
            if self.chance.random() < NO_EMAIL
            else f"{self.mark.strip()}familie{len(self.made.adults)}@example.com"
        )
        adult = Adult(
            id=self._key(f"adult {len(self.made.adults)}"),
            school=self.school,
            given_name=self.chance.choice(origin.men if relation == Relation.FATHER else origin.women),
            prefix=name[0],
            family_name=name[1],
            language=origin.language,
            phone=phone,
            email=email,
        )
        self.made.adults.append(adult)
        return adult

    def _bond(self, pupil: Pupil, adult: Adult, relation: Relation, household: str) -> Bond:
        known = [
            Channel.LETTER,
            *([Channel.SMS] if adult.phone else []),
            *([Channel.EMAIL] if adult.email else []),
        ]
        return Bond(
            id=self._key(f"bond {pupil.pk} {adult.pk}"),
            school=self.school,
            pupil=pupil,
            adult=adult,
            relation=relation,
            household=household,
            authority=relation in {Relation.MOTHER, Relation.FATHER},
            contact_allowed=self.chance.random() > NOT_TO_CONTACT,
            channels=known,
        )
