"""Schools, classes and enrolments of a OneRoster export."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from driegesprek.roster import messages, words
from driegesprek.roster.cells import RowReader
from driegesprek.roster.comparing import ordered
from driegesprek.roster.oneroster_files import Export, iso_date
from driegesprek.roster.people import RosterClass, RosterEnrolment, RosterLocation
from driegesprek.roster.texts import folded
from driegesprek.tables import FileRefused, Problem


@dataclass(frozen=True, slots=True)
class Orgs:
    """The schools that are taken over.

    Attributes:
        wanted: ids of the school that was chosen and what falls under it; None for all.
    """

    locations: Mapping[str, RosterLocation]
    wanted: frozenset[str] | None = None

    def holds(self, *identities: str) -> bool:
        """Whether one of the organisations is among those that are taken over."""
        return self.wanted is None or not self.wanted.isdisjoint(identities)


@dataclass(slots=True)
class Enrolments:
    """Who is in which class today or later, and who teaches it."""

    pupils: list[RosterEnrolment] = field(default_factory=list)
    teachers: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)


def read_orgs(export: Export, school: str | None) -> Orgs:
    """The schools of an export, all or the one with this id, name or identifier.

    Raises:
        FileRefused: no school is called so.
    """
    rows = export.by_id("orgs")
    schools = {key: row for key, row in rows.items() if row.text("type").casefold() in {"school", ""}}
    wanted = _chosen(export, rows, schools, school) if school else None
    locations = {
        key: RosterLocation(key, row.required("name"))
        for key, row in schools.items()
        if wanted is None or key in wanted
    }
    if len(locations) > 1:
        names = ", ".join(sorted(each.name for each in locations.values()))
        export.note(messages.SEVERAL_SCHOOLS, count=len(locations), names=names)
    return Orgs(locations, wanted)


def _chosen(
    export: Export, rows: Mapping[str, RowReader], schools: Mapping[str, RowReader], school: str
) -> frozenset[str]:
    for key, row in rows.items():
        if folded(school) in {folded(key), folded(row.text("name")), folded(row.text("identifier"))}:
            return frozenset(_under(key, rows))
    known = ", ".join(sorted(row.text("name") for row in schools.values()))
    raise FileRefused([Problem(export.name, messages.UNKNOWN_SCHOOL, {"school": school, "known": known})])


def _under(key: str, rows: Mapping[str, RowReader], depth: int = 0) -> Iterator[str]:
    yield key
    if depth < 5:  # noqa: PLR2004 - nation, region, board, school, department; a circle must end
        for child, row in rows.items():
            if row.text("parentsourcedid") == key != child:
                yield from _under(child, rows, depth + 1)


def read_classes(export: Export, orgs: Orgs, today: date) -> tuple[dict[str, RowReader], frozenset[str]]:
    """All classes by id, and the ids of those that are taken over.

    Home classes (`homeroom`) if the export has any, else all; of this school and not of a past term.
    """
    rows = export.by_id("classes")
    past = _past_terms(export, today)
    ours = {key: row for key, row in rows.items() if orgs.holds(row.text("schoolsourcedid"))}
    current = {key: row for key, row in ours.items() if not _is_past(row, past)}
    home = frozenset(key for key, row in current.items() if row.text("classtype").casefold() == "homeroom")
    if home and len(home) < len(current):
        export.note(messages.LEFT_OUT_GROUPS, count=len(current) - len(home))
    _check_schools(export, current)
    return rows, home or frozenset(current)


def _check_schools(export: Export, classes: Mapping[str, RowReader]) -> None:
    known = {row.text("sourcedid") for row in export.rows("orgs")}
    for row in classes.values():
        school = row.text("schoolsourcedid")
        if known and school and school not in known:
            row.wrong("schoolsourcedid", messages.UNKNOWN_REFERENCE, id=school, file="orgs.csv")


def _past_terms(export: Export, today: date) -> dict[str, bool]:
    terms = {}
    for key, row in export.by_id("academicsessions").items():
        end = iso_date(row, "enddate")
        terms[key] = end is not None and end < today
    return terms


def _is_past(row: RowReader, past: Mapping[str, bool]) -> bool:
    """Whether all terms of a class are over; a term that is not in the export is not known to be."""
    terms = [term.strip() for term in row.text("termsourcedids").split(",") if term.strip()]
    return bool(terms) and all(past.get(term, False) for term in terms)


def school_year(export: Export, today: date) -> str | None:
    """The school year that today falls in, as 2026/2027."""
    for row in export.rows("academicsessions"):
        begin, end = iso_date(row, "startdate"), iso_date(row, "enddate")
        if row.text("type").casefold() == "schoolyear" and begin and end and begin <= today <= end:
            return f"{begin.year}/{end.year}"
    return None


def read_enrolments(
    export: Export,
    classes: Mapping[str, RowReader],
    chosen: frozenset[str],
    users: Mapping[str, RowReader],
    today: date,
) -> Enrolments:
    """The enrolments in the chosen classes that are not over; references are checked for all."""
    found = Enrolments()
    for row in export.rows("enrollments"):
        known = _refers(export, row, "classsourcedid", "classes", classes)
        known = _refers(export, row, "usersourcedid", "users", users) and known
        begin, end = iso_date(row, "begindate"), iso_date(row, "enddate")
        if known and row.text("classsourcedid") in chosen and not (end and end < today):
            _keep(found, row, begin, end)
    return found


def _keep(found: Enrolments, row: RowReader, begin: date | None, end: date | None) -> None:
    class_id, user, role = row.text("classsourcedid"), row.text("usersourcedid"), row.text("role").casefold()
    if role == "student":
        found.pupils.append(RosterEnrolment(user, class_id, begin, end))
    elif role == "teacher":
        primary = row.text("primary").casefold() in {"true", "1", "ja", "yes"}
        found.teachers.setdefault(class_id, []).append((user, primary))


def _refers(export: Export, row: RowReader, key: str, file: str, known: Mapping[str, RowReader]) -> bool:
    identity = row.required(key)
    if identity and identity not in known and identity not in export.removed.get(file, ()):
        row.wrong(key, messages.UNKNOWN_REFERENCE, id=identity, file=f"{file}.csv")
    return identity in known


def build_classes(
    export: Export, rows: Mapping[str, RowReader], chosen: frozenset[str], enrolments: Enrolments
) -> tuple[RosterClass, ...]:
    """The classes with year group, track and mentors."""
    return ordered(_class(export, rows[key], enrolments.teachers.get(key, [])) for key in chosen)


def _class(export: Export, row: RowReader, teachers: list[tuple[str, bool]]) -> RosterClass:
    name = row.required("title")
    year, track = words.guess_from_class(name)
    if grade := grade_of(row):
        year = grade
    elif year:
        export.note(messages.GUESSED_YEAR, class_name=name, year=year)
    if track:
        export.note(messages.GUESSED_TRACK, class_name=name, track=track)
    return RosterClass(
        external_id=row.text("sourcedid"),
        name=name,
        year_group=year,
        track=track,
        mentor_external_ids=_mentors(export, row, teachers),
        location_external_id=row.text("schoolsourcedid") or None,
    )


def _mentors(export: Export, row: RowReader, teachers: list[tuple[str, bool]]) -> tuple[str, ...]:
    """The primary teachers; the only teacher of a home class is taken for one, and noted."""
    primary = tuple(dict.fromkeys(user for user, is_primary in teachers if is_primary))
    everyone = tuple(dict.fromkeys(user for user, _ in teachers))
    if primary or len(everyone) != 1 or row.text("classtype").casefold() != "homeroom":
        return primary
    export.note(messages.GUESSED_MENTOR, class_name=row.text("title"))
    return everyone


def grade_of(row: RowReader) -> int | None:
    """The one grade of a class or pupil; None if there are several or a code that is no number."""
    text = row.text("grades") or row.text("grade")
    try:
        return words.year_group(text)
    except ValueError:
        return None
