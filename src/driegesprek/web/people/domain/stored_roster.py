"""The people of a school as the roster workshop sees them: what is stored, from one source."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from driegesprek.roster import (
    Roster,
    RosterAdult,
    RosterBond,
    RosterClass,
    RosterLocation,
    RosterPupil,
    RosterStaff,
)
from driegesprek.web.people.models import (
    Adult,
    Bond,
    Enrolment,
    ExternalId,
    Location,
    Pupil,
    School,
    SchoolClass,
    SchoolYear,
    Staff,
)

# What we keep of what a roster can tell. An address, a pupil's e-mail and the like are not kept: nothing here needs them.
KEPT: Mapping[str, frozenset[str]] = {
    "locations": frozenset({"external_id", "name"}),
    "staff": frozenset({"external_id", "email"}),
    "classes": frozenset(
        {"external_id", "name", "year_group", "track", "mentor_external_ids", "location_external_id"}
    ),
    "pupils": frozenset(
        {"external_id", "given_name", "prefix", "family_name", "birth_date", "class_external_id"}
    ),
    "adults": frozenset(
        {
            "external_id",
            "given_name",
            "prefix",
            "family_name",
            "full_name",
            "mobile",
            "phone",
            "email",
            "language",
        }
    ),
    "bonds": frozenset(
        {"pupil_external_id", "adult_external_id", "relation", "household", "authority", "contact_allowed"}
    ),
}
KINDS = tuple(KEPT)


@dataclass(frozen=True)
class Known:
    """Which of our rows a source calls what; per kind, both ways."""

    rows: dict[str, dict[str, UUID]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    def name_of(self, kind: str) -> dict[UUID, str]:
        """Our key to the source's name."""
        return {row: value for value, row in self.rows[kind].items()}


def kept(incoming: Roster) -> Roster:
    """The incoming roster as far as we keep it: told fields, names in one form."""
    told = {
        key: names & KEPT[key.split("/")[0]]
        for key, names in incoming.known.items()
        if key.split("/")[0] in KEPT
    }
    return replace(
        incoming,
        known=told,
        complete=incoming.complete & {"pupils", "adults", "bonds"},
        adults=tuple(_in_one_form(one) for one in incoming.adults),
        enrolments=(),
    )


def _in_one_form(adult: RosterAdult) -> RosterAdult:
    if adult.family_name:
        return replace(adult, full_name="")
    return replace(adult, full_name=adult.name, given_name="", prefix="")


def under_one_name(incoming: Roster, found: Known) -> Roster:
    """Adults whom a person said to be one are read as one, under the first of their names in this list.

    What one of the rows leaves open, the other fills in. `found` knows them by that one name from here on.
    """
    names = _one_name_each(found.rows["adults"], {one.external_id for one in incoming.adults})
    if not names:
        return incoming
    found.rows["adults"] = {
        name: row for name, row in found.rows["adults"].items() if names.get(name, name) == name
    }
    return replace(
        incoming,
        adults=_as_one(incoming.adults, names),
        bonds=tuple(
            {
                one.key: one
                for one in (_renamed(bond, "adult_external_id", names) for bond in incoming.bonds)
            }.values()
        ),
    )


def _one_name_each(rows: Mapping[str, UUID], incoming: set[str]) -> dict[str, str]:
    """Of rows that a source has several names for: each name's stand-in, which the list itself uses if it can be."""
    names: dict[UUID, list[str]] = {}
    for name, row in sorted(rows.items()):
        names.setdefault(row, []).append(name)
    several = [found for found in names.values() if len(found) > 1]
    return {
        name: next((one for one in found if one in incoming), found[0]) for found in several for name in found
    }


def _renamed(item: Any, attribute: str, names: Mapping[str, str]) -> Any:
    name = getattr(item, attribute)
    return replace(item, **{attribute: names[name]}) if names.get(name, name) != name else item


def _as_one(adults: tuple[RosterAdult, ...], names: Mapping[str, str]) -> tuple[RosterAdult, ...]:
    one_each: dict[str, RosterAdult] = {}
    for adult in (_renamed(each, "external_id", names) for each in adults):
        first = one_each.setdefault(adult.external_id, adult)
        blank = {
            name: getattr(adult, name)
            for name in ("mobile", "phone", "email", "language")
            if not getattr(first, name)
        }
        one_each[adult.external_id] = replace(first, **blank)
    return tuple(one_each.values())


def filled(incoming: Roster, current: Roster) -> Roster:
    """An empty cell says nothing about a class, language, household or right: what is stored there stays."""
    return replace(
        incoming,
        classes=_filled(
            _with_one_mentor(incoming.classes, current.classes),
            current.classes,
            {"year_group": None, "track": None, "mentor_external_ids": ()},
        ),
        adults=_filled(incoming.adults, current.adults, {"language": "nl"}),
        bonds=_filled(
            incoming.bonds, current.bonds, {"household": "1", "authority": True, "contact_allowed": True}
        ),
    )


def _with_one_mentor(classes: tuple[RosterClass, ...], stored: tuple[RosterClass, ...]) -> Any:
    """We keep one mentor a class: the present one where the list still names that one, else the first."""
    now = {one.key: one.mentor_external_ids for one in stored}
    return tuple(
        replace(one, mentor_external_ids=_one_of(one.mentor_external_ids, now.get(one.key, ())))
        for one in classes
    )


def _one_of(named: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    return now if now and now[0] in named else named[:1]


def _filled(items: Any, stored: Any, empty: Mapping[str, Any]) -> Any:
    before = {one.key: one for one in stored}
    return tuple(replace(one, **_blanks(one, before.get(one.key), empty)) for one in items)


def _blanks(item: Any, before: Any, empty: Mapping[str, Any]) -> dict[str, Any]:
    blank = [name for name in empty if getattr(item, name) in (None, ())]
    return {name: getattr(before, name) if before else empty[name] for name in blank}


def known(school: School, year: SchoolYear, source: str, incoming: Roster) -> Known:
    """The rows this source named before; a class or member of staff made by hand is recognised by name or e-mail."""
    found = Known()
    rows = ExternalId.objects.filter(school=school, source=source)
    for kind, value, row in rows.values_list("kind", "value", "object_id"):
        name = _of_year(value, year) if kind == "classes" else value
        if kind in found.rows and name is not None:
            found.rows[kind][name] = row
    _recognise_classes(found, year, incoming)
    _recognise_staff(found, school, incoming)
    _recognise_locations(found, school, incoming)
    return found


def class_value(external_id: str, year: SchoolYear) -> str:
    """A class is another class each year, also where its source calls it the same."""
    return f"{year.name}:{external_id}"


def _of_year(value: str, year: SchoolYear) -> str | None:
    prefix = f"{year.name}:"
    return value.removeprefix(prefix) if value.startswith(prefix) else None


def _recognise(found: dict[str, UUID], candidates: dict[str, UUID], names: dict[str, str]) -> None:
    taken = set(found.values())
    for external_id, name in names.items():
        row = candidates.get(name)
        if external_id not in found and row is not None and row not in taken:
            found[external_id] = row
            taken.add(row)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _recognise_classes(found: Known, year: SchoolYear, incoming: Roster) -> None:
    candidates = {
        _plain(name): key for key, name in SchoolClass.objects.filter(year=year).values_list("pk", "name")
    }
    _recognise(
        found.rows["classes"], candidates, {one.external_id: _plain(one.name) for one in incoming.classes}
    )


def _recognise_locations(found: Known, school: School, incoming: Roster) -> None:
    stored = Location.objects.filter(school=school).values_list("pk", "name")
    candidates = {_plain(name): key for key, name in stored}
    _recognise(
        found.rows["locations"], candidates, {one.external_id: _plain(one.name) for one in incoming.locations}
    )


def _recognise_staff(found: Known, school: School, incoming: Roster) -> None:
    stored = list(Staff.objects.filter(school=school))
    by_name = {_plain(one.full_name): one.pk for one in stored}
    by_email = {_plain(one.email): one.pk for one in stored if one.email}
    emails = {one.external_id: _plain(one.email) for one in incoming.staff if one.email}
    _recognise(found.rows["staff"], by_email, emails)
    _recognise(found.rows["staff"], by_name, {one.external_id: _plain(one.name) for one in incoming.staff})


def stored_roster(source: str, found: Known) -> Roster:
    """What is stored of the rows that this source named, as a roster to compare with."""
    classes = found.name_of("classes")
    return Roster(
        source=source,
        locations=tuple(
            RosterLocation(found.name_of("locations")[one.pk], one.name)
            for one in _rows(Location, found, "locations")
        ),
        staff=tuple(_staff(one, found) for one in _rows(Staff, found, "staff")),
        classes=tuple(_class(one, found) for one in _rows(SchoolClass, found, "classes")),
        pupils=_pupils(found, classes),
        adults=_adults(found),
        bonds=_bonds(found),
    )


def _rows(model: Any, found: Known, kind: str) -> QuerySet[Any]:
    return model.objects.filter(pk__in=list(found.rows[kind].values()))


def _staff(row: Staff, found: Known) -> RosterStaff:
    return RosterStaff(found.name_of("staff")[row.pk], row.full_name, row.email or None)


def _class(row: SchoolClass, found: Known) -> RosterClass:
    mentor = found.name_of("staff").get(row.mentor_id) if row.mentor_id else None
    return RosterClass(
        found.name_of("classes")[row.pk],
        row.name,
        row.year_group,
        row.track or None,
        (mentor,) if mentor else (),
        found.name_of("locations").get(row.location_id) if row.location_id else None,
    )


def _pupils(found: Known, classes: dict[UUID, str]) -> tuple[RosterPupil, ...]:
    names = found.name_of("pupils")
    keys = list(names)
    open_classes = dict(
        Enrolment.objects.filter(pupil__in=keys, until=None).values_list("pupil_id", "school_class_id")
    )
    return tuple(
        RosterPupil(
            names[row.pk],
            row.given_name,
            row.family_name,
            row.prefix,
            row.birth_date,
            classes.get(open_classes.get(row.pk)),  # type: ignore[arg-type] # None is a key that is not there
        )
        for row in Pupil.objects.filter(pk__in=keys, left_on=None)
    )


def named_adults(found: Known) -> list[RosterAdult]:
    """Every adult that a source named, under each of its names, also who has no tie any more."""
    rows = {row.pk: row for row in _rows(Adult, found, "adults")}
    return [_adult(rows[key], name) for name, key in found.rows["adults"].items() if key in rows]


def _adults(found: Known) -> tuple[RosterAdult, ...]:
    names = found.name_of("adults")
    bound = Bond.objects.filter(until=None, adult__in=list(names)).values("adult")
    return tuple(_adult(row, names[row.pk]) for row in Adult.objects.filter(pk__in=bound))


def _adult(row: Adult, name: str) -> RosterAdult:
    return RosterAdult(
        name,
        row.given_name if row.family_name else "",
        row.prefix,
        row.family_name,
        "" if row.family_name else row.given_name,
        row.phone or None,
        row.other_phone or None,
        row.email or None,
        row.language,
    )


def _bonds(found: Known) -> tuple[RosterBond, ...]:
    pupils, adults = found.name_of("pupils"), found.name_of("adults")
    rows = Bond.objects.filter(
        until=None, pupil__in=list(pupils), adult__in=list(adults), pupil__left_on=None
    )
    return tuple(
        RosterBond(
            pupils[row.pupil_id],
            adults[row.adult_id],
            row.relation,
            row.household,
            row.authority,
            row.contact_allowed,
        )
        for row in rows
    )
