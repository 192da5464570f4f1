"""A plain class list, one row per pupil or one per adult, becomes people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date

from driegesprek.roster import messages, words
from driegesprek.roster.adults import AdultDefaults, read_adults, told_of_adults
from driegesprek.roster.cells import RowReader
from driegesprek.roster.comparing import ordered
from driegesprek.roster.headings import SLOTS, ColumnMapping
from driegesprek.roster.mentors import read_mentors
from driegesprek.roster.names import split_family, split_full
from driegesprek.roster.people import (
    Roster,
    RosterAdult,
    RosterBond,
    RosterClass,
    RosterEnrolment,
    RosterLocation,
    RosterPupil,
    RosterStaff,
    Scope,
)
from driegesprek.roster.texts import folded
from driegesprek.tables import FileRefused, Findings, Message, Problem, Table

SOURCE = "class_list"
FIRST = "verzorger-1"
MOST_PUPILS = 20_000  # several times the largest school; keeps the longest list within seconds


@dataclass(slots=True)
class _ClassRows:
    """What the rows of one class say of it."""

    name: str
    location: str | None
    years: Counter[int] = field(default_factory=Counter)
    tracks: set[str] = field(default_factory=set)
    mentors: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _PupilRows:
    """What the rows of one pupil have said."""

    first: RowReader
    default: AdultDefaults
    homes: dict[str, str] = field(default_factory=dict)
    adults: list[tuple[str, ...]] = field(default_factory=list)
    """The cells of each adult that had a row of its own."""


@dataclass(slots=True)
class _People:
    """What has been read so far."""

    classes: dict[str, _ClassRows] = field(default_factory=dict)
    staff: dict[str, RosterStaff] = field(default_factory=dict)
    locations: dict[str, RosterLocation] = field(default_factory=dict)
    pupils: list[RosterPupil] = field(default_factory=list)
    adults: list[RosterAdult] = field(default_factory=list)
    bonds: list[RosterBond] = field(default_factory=list)
    rows: dict[str, _PupilRows] = field(default_factory=dict)
    more: set[str] = field(default_factory=set)
    """The slots of adults that had a row of their own, after the first."""


def read(tables: Sequence[Table], mapping: ColumnMapping, *, today: date, scope: Scope = "classes") -> Roster:
    """Read a class list.

    Args:
        tables: the list; of a workbook with a sheet for each class, all of them, with the same headings.
        mapping: which column holds what.
        today: to judge birth dates by.
        scope: "school" if the list has all pupils of the school, so that who is not in it has left; "classes"
            if that can be said of the classes in it only.

    Raises:
        FileRefused: with everything that is wrong, up to 200 problems; nothing is read then.
    """
    table = tables[0]
    columns = mapping.positions(table.headings)
    _check_columns(table, mapping, columns)
    if sum(len(each.rows) for each in tables) > MOST_PUPILS:
        raise FileRefused([Problem(table.name, messages.TOO_MANY_PUPILS, {"most": MOST_PUPILS})])
    findings, notes, people = Findings(), _ignored(table, mapping), _People()
    slots = _slots(columns)
    for reader in _readers(tables, mapping, findings, notes):
        _read_row(reader, people, slots, today)
        if findings.full:
            break
    findings.refuse()
    if not people.pupils:
        raise FileRefused([Problem(table.name, messages.NO_PUPILS, sheet=table.sheet)])
    classes = [_class(key, rows, columns, table, notes) for key, rows in people.classes.items()]
    return Roster(
        source=SOURCE,
        locations=ordered(people.locations.values()),
        staff=ordered(people.staff.values()),
        classes=ordered(classes),
        pupils=ordered(people.pupils),
        enrolments=ordered(
            RosterEnrolment(pupil.external_id, pupil.class_external_id or "") for pupil in people.pupils
        ),
        adults=ordered(people.adults),
        bonds=ordered(people.bonds),
        known=_known(columns, slots, people.more),
        scope=scope,
        complete=frozenset({"pupils", "enrolments", "adults", "bonds"}),
        notes=tuple(notes),
    )


def _readers(
    tables: Iterable[Table], mapping: ColumnMapping, findings: Findings, notes: list[Problem]
) -> Iterator[RowReader]:
    for table in tables:
        columns = mapping.positions(table.headings)
        for row in table.rows:
            yield RowReader(table, row, columns, findings, notes)


def _check_columns(table: Table, mapping: ColumnMapping, columns: Mapping[str, int]) -> None:
    present = tuple((heading, key) for heading, key in mapping.columns if key in columns)
    problems = [
        Problem(table.name, messages.MISSING_COLUMN, {"label": each.nl}, table.sheet, table.heading_row)
        for each in ColumnMapping(present).missing
    ]
    if problems:
        raise FileRefused(problems)


def _ignored(table: Table, mapping: ColumnMapping) -> list[Problem]:
    return [
        Problem(table.name, messages.IGNORED_COLUMN, sheet=table.sheet, column=heading)
        for heading in mapping.ignored(table.headings)
    ]


def _read_row(reader: RowReader, people: _People, slots: Iterable[str], today: date) -> None:
    identity = reader.plain("pupil.id")
    class_name = reader.plain("class.name")
    if not identity or not class_name:
        return
    if earlier := people.rows.get(identity):
        if not _read_another_adult(reader, earlier, people, slots):
            reader.wrong("pupil.id", messages.DUPLICATE_ID, id=identity, first=earlier.first.place)
        return
    mentors = read_mentors(reader)
    pupil = _pupil(reader, identity, mentors, today)
    if location := pupil.location_external_id:
        people.locations.setdefault(location, RosterLocation(location, reader.text("class.location")))
    people.staff |= {each.external_id: each for each in mentors if each.external_id not in people.staff}
    _note_class(people, class_name, pupil, mentors)
    people.pupils.append(pupil)
    rows = people.rows[identity] = _PupilRows(reader, AdultDefaults(pupil.home_language))
    _read_adults(reader, rows, people, slots)


def _read_adults(reader: RowReader, rows: _PupilRows, people: _People, slots: Iterable[str]) -> None:
    rows.adults.append(_cells(reader, of_adults=True))
    identity = reader.text("pupil.id")
    adults, bonds = read_adults(reader, identity, slots, rows.default, rows.homes)
    people.adults += adults
    people.bonds += bonds


def _read_another_adult(reader: RowReader, rows: _PupilRows, people: _People, slots: Iterable[str]) -> bool:
    """Of a list with a row per adult, one more adult of a pupil of whom the row says nothing new; else nothing."""
    cells, slot = _cells(reader, of_adults=True), f"verzorger-{len(rows.adults) + 1}"
    same_pupil = _cells(reader, of_adults=False) == _cells(rows.first, of_adults=False)
    if (
        list(slots) != [FIRST]
        or slot not in SLOTS
        or not same_pupil
        or not any(cells)
        or cells in rows.adults
    ):
        return False
    columns = {key.replace(f"{FIRST}.", f"{slot}."): index for key, index in reader.columns.items()}
    people.more.add(slot)
    _read_adults(replace(reader, columns=columns), rows, people, [slot])
    return True


def _cells(reader: RowReader, *, of_adults: bool) -> tuple[str, ...]:
    return tuple(reader.text(key) for key in reader.columns if key.startswith(f"{FIRST}.") is of_adults)


def _slots(columns: Iterable[str]) -> list[str]:
    return [slot for slot in SLOTS if any(key.startswith(f"{slot}.") for key in columns)]


def _pupil(reader: RowReader, identity: str, mentors: Sequence[RosterStaff], today: date) -> RosterPupil:
    given, prefix, family = _name(reader)
    mobile = reader.phones("pupil.mobile")
    location = folded(reader.text("class.location"))
    return RosterPupil(
        external_id=identity,
        given_name=given,
        prefix=prefix,
        family_name=family,
        birth_date=reader.birth_date("pupil.birth_date", messages.BAD_DATE, today),
        class_external_id=class_key(reader.text("class.name")),
        year_group=reader.parsed("class.year_group", words.year_group, messages.BAD_YEAR_GROUP),
        track=reader.guessed("class.track", words.tracks, messages.UNKNOWN_TRACK),
        home_language=reader.guessed("pupil.language", words.language_tag, messages.UNKNOWN_LANGUAGE),
        email=reader.email("pupil.email"),
        mobile=mobile[0][0] if mobile else None,
        mentor_external_id=mentors[0].external_id if mentors else None,
        location_external_id=location or None,
    )


def class_key(name: str) -> str:
    """The id of a class in a list that has none: `2 A` and `2a` are the same class."""
    return folded(name).replace(" ", "")


def _name(reader: RowReader) -> tuple[str, str, str]:
    if {"pupil.given_name", "pupil.family_name"} <= reader.columns.keys():
        given, family = reader.required("pupil.given_name"), reader.required("pupil.family_name")
        prefix = reader.text("pupil.prefix")
        own, family = ("", family) if prefix else split_family(family)
        return given, prefix or own, family
    text = reader.required("pupil.name")
    given, prefix, family, guess = split_full(text)
    if guess and text:
        reader.note("pupil.name", messages.GUESSED_NAME, value=text, family_name=family)
    return reader.text("pupil.given_name") or given, reader.text("pupil.prefix") or prefix, family


def _note_class(people: _People, name: str, pupil: RosterPupil, mentors: Iterable[RosterStaff]) -> None:
    key = class_key(name)
    rows = people.classes.setdefault(key, _ClassRows(name, pupil.location_external_id))
    if pupil.year_group:
        rows.years[pupil.year_group] += 1
    rows.tracks.update((pupil.track or "").split("/"))
    rows.mentors |= dict.fromkeys(mentor.external_id for mentor in mentors)


def _class(
    key: str, rows: _ClassRows, columns: Mapping[str, int], table: Table, notes: list[Problem]
) -> RosterClass:
    year, track = words.guess_from_class(rows.name)

    def note(kind: Message, **params: object) -> None:
        notes.append(Problem(table.name, kind, {"class_name": rows.name, **params}, sheet=table.sheet))

    if "class.year_group" in columns:
        year = min(rows.years, key=lambda each: (-rows.years[each], each), default=None)
        if len(rows.years) > 1:
            note(messages.SEVERAL_YEARS, years="/".join(map(str, sorted(rows.years))), year=year)
    elif year:
        note(messages.GUESSED_YEAR, year=year)
    if "class.track" in columns:
        track = words.joined_tracks(rows.tracks)
    elif track:
        note(messages.GUESSED_TRACK, track=track)
    return RosterClass(key, rows.name, year, track, tuple(rows.mentors), rows.location)


_PUPIL_FIELDS: Mapping[str, frozenset[str]] = {
    "pupil.birth_date": frozenset({"birth_date"}),
    "class.year_group": frozenset({"year_group"}),
    "class.track": frozenset({"track"}),
    "pupil.language": frozenset({"home_language"}),
    "pupil.email": frozenset({"email"}),
    "pupil.mobile": frozenset({"mobile"}),
    "class.mentor": frozenset({"mentor_external_id"}),
    "class.mentor_code": frozenset({"mentor_external_id"}),
    "class.mentor_email": frozenset({"mentor_external_id"}),
    "class.location": frozenset({"location_external_id"}),
}
_CLASS_FIELDS = frozenset({"year_group", "track", "mentor_external_id", "location_external_id"})


def _known(
    columns: Mapping[str, int], slots: Iterable[str], more: AbstractSet[str]
) -> dict[str, frozenset[str]]:
    """What the list tells: a guess fills a new class, but changes nothing that is stored."""
    told = frozenset().union(*(names for key, names in _PUPIL_FIELDS.items() if key in columns))
    of_class = {
        "mentor_external_ids" if name == "mentor_external_id" else name for name in told & _CLASS_FIELDS
    }
    known = {
        "pupils": told | {"given_name", "prefix", "family_name", "class_external_id"},
        "classes": frozenset(of_class | {"name"}),
        "enrolments": frozenset[str](),
    }
    if "mentor_external_id" in told:
        known["staff"] = frozenset({"name"} | ({"email"} if "class.mentor_email" in columns else set()))
    if "class.location" in columns:
        known["locations"] = frozenset({"name"})
    for slot in (*slots, *sorted(more)):
        adult, bond = told_of_adults(FIRST if slot in more else slot, columns)
        known |= {f"adults/{slot}": adult, f"bonds/{slot}": bond}
    return known
