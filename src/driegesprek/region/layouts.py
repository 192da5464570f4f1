"""The layouts of open data: which columns make a file what it is, and how its rows become columns of ours."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from driegesprek.region import messages, people, switching
from driegesprek.region.bounds import Bounds
from driegesprek.region.columns import ALTERNATIVES, Columns
from driegesprek.region.dataset import Kind
from driegesprek.region.names import plain, profile_key, sector_key, track_key
from driegesprek.region.other_files import (
    CHANCES,
    SCHOOL_NOTES,
    Table,
    as_they_stand,
    postcodes,
    region_sets,
    statline,
    travel_matrix,
)

_GRADE = re.compile(r"(?:leer|verblijfs)jaar (\d)\b(?: (man|vrouw|totaal))?")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_POINT_NOUGHT = re.compile(r"(?<=\d)[.,]0+$")
"""What a spreadsheet writes behind a whole number."""
_SECTOR_AS_PROFILE = {"", "n v t", "nvt"}


@dataclass(frozen=True)
class Layout:
    """One sort of file: how it is recognised, and how it is read."""

    kind: Kind
    said: str
    fits: Callable[[Columns], bool]
    read: Callable[[Columns], tuple[Table, list[str]]]


def location_ids(columns: Columns) -> list[str]:
    """The number of a location: school number and two digits, as '00AH07', however the file cuts it in two."""
    brins, numbers = columns.texts("brin"), columns.texts("location")
    found = [_location_id(brin, number) for brin, number in zip(brins, numbers, strict=True)]
    columns.need("location" if columns.has("location") else "brin", found, "location number")
    return found


def _location_id(brin: str, number: str) -> str:
    brin, number = brin.upper(), _POINT_NOUGHT.sub("", number.upper())
    if re.fullmatch(r"\d{2}[A-Z]{2}\d{2,3}", number):
        return number
    if re.fullmatch(r"\d{2}[A-Z]{2}", number):  # the school's number stands for its main location
        return f"{number}00"
    if not brin:
        return number
    return brin + (number.zfill(2) if number else "00")


def _grades(columns: Columns) -> list[tuple[int, int, str]]:
    """The columns with numbers of pupils: (place, year of the course, sex); sums beside men and women are passed over."""
    found = []
    for index, heading in enumerate(columns.table.headings):
        if match := _GRADE.search(plain(heading)):
            found.append((index, int(match[1]), {"man": "m", "vrouw": "f"}.get(match[2] or "", "")))
    apart = {grade for _, grade, sex in found if sex}
    return [one for one in found if one[2] or one[1] not in apart]


def pupils(columns: Columns) -> tuple[Table, list[str]]:
    """Pupils per location: a row per location, programme, year of the course and sex; zeros are left out."""
    ids, types = location_ids(columns), columns.texts("type")
    base = {
        "location": ids,
        "name": columns.texts("name"),
        "place": columns.texts("place"),
        "province": columns.texts("province"),
        "municipality": columns.texts("municipality"),
        "type": types,
        "track": _tracks(columns, types),
        "profile": _profiles(columns),
        "sector": [
            sector_key(*one) for one in zip(columns.texts("sector"), columns.texts("programme"), strict=True)
        ],
        "programme": columns.texts("programme"),
    }
    if not _grades(columns):
        return _pupils_by_row(columns, base)
    grades = [(grade, sex, columns.counts_at(index)) for index, grade, sex in _grades(columns)]
    table: Table = {name: [] for name in (*base, "grade", "sex", "low", "high")}
    empty = 0
    for row in range(len(ids)):
        filled = [(grade, sex, counts[row]) for grade, sex, counts in grades if counts[row] != _ZERO]
        empty += not filled
        values = {name: base[name][row] for name in base}
        for grade, sex, bounds in filled:
            _append(table, {**values, "grade": grade, "sex": sex}, bounds)
    notes = [f"{empty} rows hold no pupils in any year of the course and are left out."] if empty else []
    return table, notes


_ZERO = Bounds(0, 0)


def _pupils_by_row(columns: Columns, base: Mapping[str, list[str]]) -> tuple[Table, list[str]]:
    """The same where each row is of one year of the course, as DUO's newer files are, with the number in a column."""
    counts = columns.counts("pupils" if columns.has("pupils") else "switchers")
    sexes = [{"m": "m", "v": "f"}.get(plain(one)[:1], "") for one in columns.texts("sex")]
    table: Table = {name: [] for name in (*base, "grade", "sex", "low", "high")}
    for row, text in enumerate(columns.texts("grade")):
        grade = re.search(r"[1-6]", text)
        if grade is None:
            columns.problem(messages.EMPTY_KEY, columns.table.rows[row].number, what="LEERJAAR")
        elif counts[row] != _ZERO:
            values = {name: base[name][row] for name in base}
            _append(table, {**values, "grade": int(grade[0]), "sex": sexes[row]}, counts[row])
    return table, []


def _append(table: Table, values: Mapping[str, Any], bounds: Bounds) -> None:
    for name, value in {**values, "low": bounds.low, "high": bounds.high}.items():
        table[name].append(value)  # type: ignore[attr-defined] # they are lists until they are handed over


def _tracks(columns: Columns, types: list[str]) -> list[str]:
    tracks = columns.texts("track")
    return [track_key(track) or track_key(kind) for track, kind in zip(tracks, types, strict=True)]


def _profiles(columns: Columns) -> list[str]:
    return ["" if plain(one) in _SECTOR_AS_PROFILE else profile_key(one) for one in columns.texts("profile")]


def totals(columns: Columns) -> tuple[Table, list[str]]:
    """Pupils per location, all types of education together."""
    counts = columns.counts("pupils")
    return {
        "location": location_ids(columns),
        "name": columns.texts("name"),
        "place": columns.texts("place"),
        "municipality": columns.texts("municipality"),
        "municipality_code": columns.texts("municipality_code"),
        "province": columns.texts("province"),
        "low": [one.low for one in counts],
        "high": [one.high for one in counts],
    }, []


def addresses(columns: Columns) -> tuple[Table, list[str]]:
    """Locations with their address and the regions that the file puts them in."""
    ids = location_ids(columns)
    _once(columns, ids)
    table: Table = {"location": ids}
    plain_columns = (
        "name", "street", "house_number", "postcode", "place", "municipality", "municipality_code", "province",
        "structure", "corop", "rmc", "labour_market", "education_area",
    )  # fmt: skip
    for name in plain_columns:
        table[name] = columns.texts(name)
    table["postcode"] = [one.replace(" ", "").upper() for one in table["postcode"]]
    return table, []


def _once(columns: Columns, ids: list[str]) -> None:
    seen: dict[str, int] = {}
    for row, one in zip(columns.table.rows, ids, strict=True):
        if one in seen:
            columns.problem(messages.REPEATED, row.number, what=one, other=seen[one])
        seen.setdefault(one, row.number)


def exams(columns: Columns) -> tuple[Table, list[str]]:
    """Candidates per location and profile; where a file cuts a profile in rows, they stand as they are."""
    table: Table = {
        "location": location_ids(columns),
        "name": columns.texts("name"),
        "municipality": columns.texts("municipality"),
        "province": columns.texts("province"),
        "type": columns.texts("type"),
        "track": _tracks(columns, columns.texts("type")),
        "sector": [sector_key(one) for one in columns.texts("sector")],
        "profile": _profiles(columns),
    }
    for name in ("candidates", "passed", "failed"):
        counts = columns.counts(name)
        table |= {f"{name}_low": [one.low for one in counts], f"{name}_high": [one.high for one in counts]}
    return table, []


def mbo_students(columns: Columns) -> tuple[Table, list[str]]:
    """Students per direction, route and place; a file with a column per year gives a row per year."""
    base = {
        "institution": columns.texts("brin"),
        "name": columns.texts("name"),
        "municipality": columns.texts("municipality")
        if columns.has("municipality")
        else columns.texts("home_municipality"),
        "province": columns.texts("province"),
        "direction": columns.texts("direction") if columns.has("direction") else columns.texts("programme"),
        "route": [_route(one) for one in columns.texts("route")],
        "level": columns.texts("level"),
    }
    table: Table = {name: [] for name in (*base, "row_year", "low", "high")}
    own_year = [int(found[1]) if (found := _YEAR.search(one)) else 0 for one in columns.texts("year")]
    for index, year, route in _student_columns(columns):
        for row, bounds in enumerate(columns.counts_at(index)):
            if bounds != _ZERO:
                own = {name: base[name][row] for name in base} | ({"route": route} if route else {})
                _append(table, {**own, "row_year": year or own_year[row]}, bounds)
    return table, []


def _student_columns(columns: Columns) -> list[tuple[int, int, str]]:
    """Where numbers of students stand: (column, year or 0, route or ''): a column per year, per route, or one for all."""
    if years := _year_columns(columns):
        return [(index, year, "") for index, year in years]
    if routes := _route_columns(columns):
        return [(index, 0, route) for index, route in routes]
    return [(columns.index("students") or 0, 0, "")]


def _route_columns(columns: Columns) -> list[tuple[int, str]]:
    """DUO's BBL, BOLVT and BOLDT beside each other; what they add up to is passed over."""
    found = [(index, plain(one)) for index, one in enumerate(columns.table.headings)]
    return [
        (index, _route(one))
        for index, one in found
        if re.fullmatch(r"(?:aantal )?(?:bbl|bol ?(?:vt|dt)?)", one)
    ]


def _year_columns(columns: Columns) -> list[tuple[int, int]]:
    """Columns of a year; where sums stand beside men and women, the sums alone."""
    found = [
        (index, plain(one), _YEAR.search(plain(one))) for index, one in enumerate(columns.table.headings)
    ]
    known = [
        (index, words, int(year[1])) for index, words, year in found if year and "gemiddeld" not in words
    ]
    sums = [one for one in known if "totaal" in one[1]]
    return [(index, year) for index, _words, year in sums or known]


def _route(text: str) -> str:
    words = plain(text)
    return (
        "BBL"
        if "bbl" in words or "beroepsbegeleid" in words
        else "BOL"
        if "bol" in words or "beroepsopleid" in words
        else ""
    )


def travel(columns: Columns) -> tuple[Table, list[str]]:
    """Distance (kilometres) and time (minutes) of mbo students by the municipality where they live."""
    counts = columns.counts("students")
    home = "home_municipality" if columns.has("home_municipality") else "municipality"
    names = columns.texts(home)
    columns.need(home, names, "municipality")
    return {
        "municipality": names,
        "direction": columns.texts("direction"),
        "low": [one.low for one in counts],
        "high": [one.high for one in counts],
        **{
            name: columns.measures(name)
            for name in ("distance_mean", "distance_median", "transit_mean", "transit_median")
        },
    }, []


def flows(columns: Columns) -> tuple[Table, list[str]]:
    """Leavers of vmbo by profile and the direction they take in mbo."""
    counts = columns.counts("leavers")
    return {
        "municipality": columns.texts("municipality"),
        "profile": _profiles(columns),
        "direction": columns.texts("direction"),
        "low": [one.low for one in counts],
        "high": [one.high for one in counts],
    }, []


def _headed(*names: str) -> Callable[[Columns], bool]:
    return lambda columns: set(names) <= {plain(one).replace(" ", "_") for one in columns.table.headings}


def _addresses_of(columns: Columns) -> str:
    """'vo', 'bo' or 'mbo' where the file holds addresses; '' otherwise."""
    if not (columns.has("postcode", "municipality") and (columns.has("location") or columns.has("brin"))):
        return ""
    if columns.has("structure"):
        return "vo"
    about = plain(" ".join([columns.table.name, *columns.table.headings]))
    return "mbo" if re.search(r"\bmbo\b|middelbaar beroeps", about) else "bo"


def _has_grades_by_row(columns: Columns) -> bool:
    return columns.has("grade") and (columns.has("pupils") or columns.has("switchers"))


def _has_students(columns: Columns) -> bool:
    return columns.has("students") or bool(_year_columns(columns) or _route_columns(columns))


NEEDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TRAVEL_MATRIX: ("from_id", "to_id", "minutes"),
    Kind.POPULATION: ("region", "age", "persons", "period"),
    Kind.SWITCHES: ("region", "switch_from", "switch_to", "switchers"),
    Kind.TRAVEL: ("home_municipality", "direction", "distance_mean"),
    Kind.FLOWS: ("profile", "direction", "leavers"),
    Kind.EXAMS: ("location", "track", "profile", "candidates"),
    Kind.PUPILS: ("location", "type", "profile", "grade", "pupils"),
    Kind.POSTCODES: ("postcode", "latitude", "longitude"),
    Kind.VO_LOCATIONS: ("location", "postcode", "municipality", "structure"),
    Kind.MBO_STUDENTS: ("direction", "route", "students"),
}
"""What each sort of file is known by, to say of one that is none of them what it comes nearest to."""


def nearest_layout(columns: Columns) -> tuple[Kind, tuple[str, ...]]:
    """The layout that a file comes nearest to, and which columns it lacks, as the publishers call them."""

    def lacks(kind: Kind) -> tuple[str, ...]:
        return tuple(one for one in NEEDS[kind] if not columns.has(one))

    kind = min(NEEDS, key=lambda one: (len(lacks(one)) / len(NEEDS[one]), len(lacks(one))))
    return kind, tuple(ALTERNATIVES[one][0].upper() for one in lacks(kind))


_SET = ("own_region", "own_member")
LAYOUTS = (
    Layout(Kind.TRAVEL_MATRIX, "from_id, to_id, travel_time", lambda c: c.has("from_id", "to_id", "minutes"), travel_matrix),
    Layout(Kind.CHANCES, ", ".join(CHANCES), _headed("indicator", "value", "source", "date"), as_they_stand(*CHANCES)),
    Layout(Kind.SCHOOL_NOTES, ", ".join(SCHOOL_NOTES), _headed("location", "kind", "text"), as_they_stand(*SCHOOL_NOTES)),
    Layout(
        Kind.POPULATION, "REGIO'S or GEMEENTE, PERIODEN or JAAR, LEEFTIJD, BEVOLKING OP 1 JANUARI (and HERKOMST)",
        lambda c: c.has("region", "age", "persons", "period") and not c.has("direction"), people.read,
    ),
    Layout(
        Kind.SWITCHES, "GEMEENTE, JAAR, VAN, NAAR, AANTAL",
        lambda c: c.has("region", "switch_from", "switch_to", "switchers"),
        switching.read,
    ),
    Layout(Kind.STATLINE, "CBS StatLine (ID, RegioS, Perioden)", _headed("id", "perioden"), statline),
    Layout(
        Kind.TRAVEL, "WOONGEMEENTE, SECTORKAMER, GEMIDDELDE FIETSAFSTAND, GEMIDDELDE REISTIJD OV",
        lambda c: c.has("direction") and (c.has("distance_mean") or c.has("transit_mean")), travel,
    ),
    Layout(Kind.FLOWS, "PROFIEL, SECTORKAMER, DOORSTROMERS", lambda c: c.has("profile", "direction", "leavers"), flows),
    Layout(
        Kind.EXAMS, "VESTIGINGSNUMMER, LEERWEG VMBO, AFDELING, EXAMENKANDIDATEN",
        lambda c: c.has("candidates") and (c.has("location") or c.has("brin")), exams,
    ),
    Layout(
        Kind.PUPILS, "VESTIGINGSNUMMER, ONDERWIJSTYPE VO, AFDELING, LEER- OF VERBLIJFSJAAR 1 - MAN …",
        lambda c: c.has("type") and (bool(_grades(c)) or _has_grades_by_row(c)) and (c.has("location") or c.has("brin")),
        pupils,
    ),
    Layout(Kind.PUPIL_TOTALS, "VESTIGINGSCODE, AANTAL LEERLINGEN", lambda c: c.has("location", "pupils"), totals),
    Layout(
        Kind.POSTCODES, "postcode, latitude, longitude (or X, Y of the national grid)",
        lambda c: c.has("postcode") and (c.has("latitude", "longitude") or c.has("rd_x", "rd_y")), postcodes,
    ),
    Layout(
        Kind.VO_LOCATIONS, "VESTIGINGSNUMMER, POSTCODE, GEMEENTENAAM, ONDERWIJSSTRUCTUUR",
        lambda c: _addresses_of(c) == "vo", addresses,
    ),
    Layout(Kind.MBO_LOCATIONS, "BRIN NUMMER, POSTCODE, GEMEENTENAAM, MBO …", lambda c: _addresses_of(c) == "mbo", addresses),
    Layout(Kind.BO_LOCATIONS, "VESTIGINGSNUMMER, POSTCODE, GEMEENTENAAM", lambda c: _addresses_of(c) == "bo", addresses),
    Layout(
        Kind.MBO_STUDENTS, "SECTORKAMER, LEERWEG, AANTAL STUDENTEN (or a column per year)",
        lambda c: (c.has("direction") or c.has("programme")) and _has_students(c),
        mbo_students,
    ),
    Layout(
        Kind.REGION_SETS, "REGIO (or GEBIED), GEMEENTE",
        lambda c: len(c.table.headings) == len(_SET) and c.has(*_SET), region_sets,
    ),
)  # fmt: skip
"""In this order: the most particular first."""
