"""Demography: how many young people there are, of which age and origin, and how their number grows (chapter 2)."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from driegesprek.region import messages, moving, shipped
from driegesprek.region.areas import COUNTRY, Area
from driegesprek.region.columns import Columns
from driegesprek.region.indicator import Definition, Indicator, Row, as_printed, share
from driegesprek.region.lines import Shares
from driegesprek.region.moving import Chosen, Sums
from driegesprek.region.names import plain
from driegesprek.region.notes import Note
from driegesprek.region.store import Entry
from driegesprek.region.totals import COUNTRY_CODES

Ages = tuple[int, int]
"""From and up to, not included."""
YOUNG: Final = (10, 20)
MIDDLE: Final = 15
BACK: Final = 3
"""Years over which growth is told, as the report does (2022–2025)."""
ALL_AGES: Final = (0, 999)
DEMOGRAPHY: Final = Definition(
    name="demography",
    title={"nl": "Jongeren", "en": "Young people"},
    text="Young people of 10 to 20 years: their share of all inhabitants, their ages, the share with an origin outside "
    "Europe, their number, and its growth in three years.",
    formula="100 × Σ inhabitants of the group / Σ inhabitants of 10 to 20 (or of all ages); growth: 100 × (n / n three "
    "years before − 1)",
    basis="chapter 2",
    dutch={
        "text": "Jongeren van 10 tot 20 jaar: hun deel van alle inwoners, hun leeftijd, het deel met een herkomst buiten "
        "Europa, hun aantal, en de groei daarvan in drie jaar.",
        "formula": "100 × Σ inwoners van de groep / Σ inwoners van 10 tot 20 (of van alle leeftijden); groei: 100 × (n / n "
        "drie jaar eerder − 1)",
        "basis": "hoofdstuk 2",
    },
)
_SPAN = re.compile(r"(\d{1,3}) (?:tot|to) (\d{1,3})")
_UP_TO = re.compile(r"(\d{1,3}) (?:jaar )?(?:t m|tot en met|through) (\d{1,3})")
_ONE = re.compile(r"(\d{1,3})(?: jaar| years?)?")
_OPEN = re.compile(r"(\d{1,3}) (?:jaar )?(?:of ouder|and over|en ouder)|(\d{1,3}) (?:years )?or older")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPED = re.compile(r" ?\((?:PV|LD|CR|RP|COROP|gemeente|provincie|landsdeel)\)$", re.IGNORECASE)
"""How CBS marks what is no municipality, or is one beside a province of the same name."""
_CODE_OF_OTHER = re.compile(r"(?:PV|LD|CR|CP|AM|GG|RE|WM|VR|JZ|ZK)\d+")
_CODE_OF_TOTAL = re.compile(r"T\d{6}")
_CODE_OF_ALL_AGES: Final = "10000"
_EVERYBODY: Final = frozenset(
    {"", "totaal", "total", "totaal leeftijd", "alle leeftijden", "all", "totaal herkomst"}
)


def ages(text: str) -> tuple[int, int] | None:
    """Ages from and up to, not included: '10 tot 15 jaar' is (10, 15); None where the text is no age."""
    words = plain(text)
    if words in _EVERYBODY or words == _CODE_OF_ALL_AGES:
        return ALL_AGES
    if match := _SPAN.match(words):
        return int(match[1]), int(match[2])
    if match := _UP_TO.match(words):
        return int(match[1]), int(match[2]) + 1
    if match := _OPEN.match(words):
        return int(match[1] or match[2]), ALL_AGES[1]
    match = _ONE.fullmatch(words)
    return (int(match[1]), int(match[1]) + 1) if match else None


def outside_europe(origin: str) -> bool | None:
    """Whether an origin lies outside Europe; None for everybody together, whatever it is."""
    words = plain(origin)
    if words in _EVERYBODY or _CODE_OF_TOTAL.fullmatch(origin):
        return None
    return (
        "buiten europa" in words or "outside europe" in words or "niet europ" in words or "non europ" in words
    )


def read(columns: Columns) -> tuple[dict[str, Sequence[Any]], list[str]]:
    """Inhabitants by municipality, year, age and origin; rows of another age or of the country are left out and told."""
    counts, spans = columns.counts("persons"), _spans(columns)
    years = years_in(columns)
    for row, year in zip(columns.table.rows, years, strict=True):
        if not year:
            columns.problem(messages.EMPTY_KEY, row.number, what="year")
    names = [_GROUPED.sub("", one) if "(gemeente)" in one.lower() else one for one in columns.texts("region")]
    columns.need("region", names, "municipality")
    whole = _of_everybody(columns)
    keep = [row for row, one in enumerate(names) if row in whole and not _is_other(one)]
    table = {
        "municipality": names,
        "row_year": years,
        "age_from": [one[0] for one in spans],
        "age_to": [one[1] for one in spans],
        "origin": columns.texts("origin"),
        "low": [one.low for one in counts],
        "high": [one.high for one in counts],
    }
    left, halves = len(whole) - len(keep), len(names) - len(whole)
    notes = [f"{left} rows of provinces and other parts of the country are left out."] if left else []
    if halves:
        notes.append(
            f"{halves} rows of one sex or marital status are left out: the file has them together too."
        )
    return {name: [values[one] for one in keep] for name, values in table.items()}, notes  # type: ignore[index] # lists


def _is_other(region: str) -> bool:
    """Whether a region is neither a municipality nor the country, by its name or by its code of CBS."""
    return _GROUPED.search(region) is not None or _CODE_OF_OTHER.fullmatch(region) is not None


def _of_everybody(columns: Columns) -> set[int]:
    """The rows of both sexes and every marital status together; all rows where a file has no such rows."""
    rows = set(range(len(columns.table.rows)))
    for meaning in ("sex", "marital"):
        if columns.has(meaning):
            sums = {row for row, text in enumerate(columns.texts(meaning)) if _is_total(text)}
            rows &= sums or rows
    return rows


def _is_total(text: str) -> bool:
    return plain(text).startswith(("totaal", "total")) or _CODE_OF_TOTAL.fullmatch(text) is not None


def has_codes(regions: Iterable[str]) -> bool:
    """Whether there is a code of CBS, of a municipality or of the country, among names."""
    return any(one[:2] in {"GM", "NL"} and one[2:].isdigit() for one in regions)


def by_name(columns: Mapping[str, Sequence[Any]], names: Mapping[str, str]) -> Mapping[str, Sequence[Any]]:
    """The same with names of municipalities where a file has CBS's codes.

    Args:
        columns: Of a file of inhabitants.
        names: {GM0599: Rotterdam}; a code that is not there stays as it is.
    """
    found = [COUNTRY_CODES.get(one) or names.get(one, one) for one in columns["municipality"]]
    return {**columns, "municipality": found}


def years_in(columns: Columns) -> list[int]:
    """The year of each row; 0 where there is none."""
    return [int(found[0]) if (found := _YEAR.search(one)) else 0 for one in columns.texts("period")]


def _spans(columns: Columns) -> list[tuple[int, int]]:
    found = []
    for row, text in zip(columns.table.rows, columns.texts("age"), strict=True):
        span = ages(text)
        if span is None:
            columns.problem(messages.NOT_AN_AGE, row.number, value=text)
        found.append(span or ALL_AGES)
    return found


def inside(columns: Mapping[str, Sequence[Any]], area: Area) -> tuple[int, ...]:
    """The rows of an area; of the country its own rows where the file has them, else all municipalities."""
    country = tuple(row for row, name in enumerate(columns["municipality"]) if plain(name) in COUNTRY)
    if area.level == "country" and country:
        return country
    own = set(country)
    return tuple(row for row in moving.inside(columns, area) if row not in own)


def demography(found: Chosen, year: int, area: str, notes: Sequence[str] = ()) -> Indicator | None:
    """Young people of an area in a year; None where the file has nothing of that year there."""
    columns = found.columns
    groups = (
        (
            columns["row_year"][row],
            (columns["age_from"][row], columns["age_to"][row]),
            outside_europe(columns["origin"][row]),
        )
        for row in found.rows
    )
    return demography_of(moving.sums(found, groups), found.entry, year, area, notes)


def demography_of(
    known: Sums, entry: Entry, year: int, area: str, notes: Sequence[str] = ()
) -> Indicator | None:
    """`demography` of the sums by (year, ages, whether the origin is outside Europe or None for everybody)."""
    young = _sum(known, year, YOUNG)
    if young == (0, 0):
        return None
    middle = _sum(known, year, (YOUNG[0], MIDDLE))
    outside, inside = (_sum(known, year, YOUNG, outside=one) for one in (True, False))
    everybody = _sum(known, year, ALL_AGES)
    rows = [_row("young", young, _less(everybody, young))]
    if middle != (0, 0):  # else the file does not have these ages apart
        rows.append(_row("age_10_15", middle, _less(young, middle)))
        rows.append(_row("age_15_20", _sum(known, year, (MIDDLE, YOUNG[1])), middle))
    if outside != (0, 0):
        rows.append(_row("outside_europe", outside, inside))
    rows[0] = _grown(rows[0], young, _sum(known, year - BACK, YOUNG))
    return Indicator(
        definition=DEMOGRAPHY,
        area=area,
        year=year,
        source=entry.source,
        rows=tuple(_known(rows)),
        notes=tuple(notes),
    )


def _known(rows: Sequence[Row]) -> list[Row]:
    """Without shares of nobody: where a file has no total, the share of all inhabitants is not there; numbers stay."""
    return [row for row in rows if row.share_high is not None or row.more.get("persons")]


LABELS: Final[Mapping[str, Note]] = {
    "young": Note("young people (10 to 20) of all inhabitants", "jongeren (10 tot 20) van alle inwoners"),
    "age_10_15": Note("10 to 15 years", "10 tot 15 jaar"),
    "age_15_20": Note("15 to 20 years", "15 tot 20 jaar"),
    "outside_europe": Note("origin outside Europe", "herkomst buiten Europa"),
}


def _row(key: str, part: tuple[int, int], rest: tuple[int, int]) -> Row:
    low, high = part
    exact, least, most = share(part, rest) if rest != (0, 0) or key != "young" else (None, None, None)
    whole = low == high and rest[0] == rest[1]
    more = {"persons": low} if low == high else {}
    return Row(
        label=LABELS[key], key=key, share=exact, share_low=least, share_high=most,
        pupils=low if low == high else None, of=low + rest[0] if whole and least is not None else None, more=more,
    )  # fmt: skip


def _grown(row: Row, now: tuple[int, int], before: tuple[int, int]) -> Row:
    if now[0] != now[1] or before[0] != before[1] or not before[0]:
        return row
    return Row(**{**vars(row), "more": {**row.more, "growth_percent": 100 * (now[0] / before[0] - 1)}})


def _less(whole: tuple[int, int], part: tuple[int, int]) -> tuple[int, int]:
    """Bounds of the rest of a whole; nothing where the whole is not in the file."""
    if whole == (0, 0):
        return 0, 0
    if whole[1] < 0 or part[1] < 0:
        return 0, -1
    return max(whole[0] - part[1], 0), max(whole[1] - part[0], 0)


def _sum(known: Sums, year: int, ages: Ages, *, outside: bool | None = None) -> tuple[int, int]:
    """Bounds of the inhabitants of some ages: from one row of exactly these, else from rows that follow on one another.

    Where rows leave a gap, at least whom they count; of all ages then nothing, as where there is no row.
    """
    spans = {
        span: one for (of_year, span, where), one in known.items() if of_year == year and where is outside
    }
    found, whole = chosen(spans, ages)
    low, high = moving.together(spans[one] for one in found).bounds
    return (low, high) if whole or not found else (low, -1)


def chosen(spans: Collection[Ages], ages: Ages) -> tuple[tuple[Ages, ...], bool]:
    """Which spans together are some ages, and whether they are all of these or leave gaps; none of part of all ages."""
    chain = _chain(spans, ages)
    if chain is not None:
        return chain, True
    found, end = [], ages[0]
    for one in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end <= one[0] and one[1] <= ages[1]:
            found.append(one)
            end = one[1]
    return (() if end == ages[0] or ages == ALL_AGES else tuple(found)), False


def _chain(spans: Collection[Ages], ages: Ages) -> tuple[Ages, ...] | None:
    """The fewest spans that together are some ages, each from where the one before ends; None where there are none."""
    chains: dict[int, tuple[Ages, ...]] = {ages[0]: ()}
    for start, end in sorted(spans):
        known = chains.get(start)
        if known is None or end > ages[1]:
            continue
        if end not in chains or len(known) + 1 < len(chains[end]):
            chains[end] = (*known, (start, end))
    return chains.get(ages[1])


Pair = tuple[Any, Any]
"""Bounds of every municipality, as arrays."""


@dataclass(frozen=True)
class Young:
    """Young people of every municipality, in columns: as `demography` tells them of one."""

    young: Pair
    before: Pair
    lines: tuple[tuple[str, Shares], ...]

    def rows(self, at: int) -> list[Row]:
        """The lines of one municipality."""
        found = []
        for key, shares in self.lines:
            part, rest = ((int(one[0][at]), int(one[1][at])) for one in (shares.part, shares.rest))
            if key == "young" or (part != (0, 0) if key == "outside_europe" else self._has_ages(at)):
                found.append(_row(key, part, rest))
        now, then = ((int(one[0][at]), int(one[1][at])) for one in (self.young, self.before))
        found[0] = _grown(found[0], now, then)
        return _known(found)

    def _has_ages(self, at: int) -> bool:
        middle = self.lines[1][1].part
        return bool(middle[0][at] or middle[1][at])


def young_everywhere(asked: Callable[[bool, Ages, bool | None], Pair]) -> Young:
    """Young people of every municipality.

    Args:
        asked: Gives the bounds of (whether it is of the year and not of three years before, ages, origin outside Europe).
    """
    young, before = (asked(now, YOUNG, None) for now in (True, False))
    middle, late = asked(True, (YOUNG[0], MIDDLE), None), asked(True, (MIDDLE, YOUNG[1]), None)
    outside, inside = (asked(True, YOUNG, one) for one in (True, False))
    everybody = asked(True, ALL_AGES, None)
    lines = (
        ("young", Shares(young, _rest(everybody, young))),
        ("age_10_15", Shares(middle, _rest(young, middle))),
        ("age_15_20", Shares(late, middle)),
        ("outside_europe", Shares(outside, inside)),
    )
    return Young(young, before, lines)


def _rest(whole: Pair, part: Pair) -> Pair:
    """`_less` of every municipality."""
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    nothing = (whole[0] == 0) & (whole[1] == 0)
    unknown = ~nothing & ((whole[1] < 0) | (part[1] < 0))
    low = np.where(nothing | unknown, 0, np.maximum(whole[0] - part[1], 0))
    return low, np.where(unknown, -1, np.where(nothing, 0, np.maximum(whole[1] - part[0], 0)))


_PRINTED: Final = {
    ("age_split", "share aged 10 to 15"): "age_10_15",
    ("age_split", "share aged 15 to 20"): "age_15_20",
    ("origin", "share with origin outside Europe"): "outside_europe",
    ("origin_city", "share with origin outside Europe"): "outside_europe",
}


def printed(area: str) -> Indicator | None:
    """What the report says of the young people of an area; None where it says nothing."""
    found = [row for row in shipped.table("demography_text") if shipped.same_area(row, area)]
    rows = [
        Row(label=LABELS[key], key=key, share=value, share_low=value, share_high=value)
        for row in found
        if (key := _PRINTED.get((row["set_id"], row["subject_en"]), ""))
        and (value := shipped.number(row)) is not None
    ]
    more = _printed_numbers(found)
    if more:
        rows.insert(0, Row(label=LABELS["young"], key="young", more=more))
    if not rows:
        return None
    return Indicator(
        definition=DEMOGRAPHY,
        area=found[0]["region_nl"],
        year=2025,
        source=as_printed(DEMOGRAPHY),
        rows=tuple(rows),
        notes=(
            Note(
                "Figures of the report, rounded as printed.",
                "Cijfers uit het rapport, afgerond zoals gedrukt.",
            ),
        ),
    )


def _printed_numbers(found: Sequence[Mapping[str, str]]) -> dict[str, float]:
    names = {
        ("population", "young people aged 10 to 20"): "persons",
        ("growth", "growth of number of young people"): "growth_percent",
    }
    chosen = [
        (names.get((row["set_id"], row["subject_en"])), row) for row in found if row["group_en"] == "all"
    ]
    return {name: value for name, row in chosen if name and (value := shipped.number(row)) is not None}
