"""Switching: who leaves a school, profile or direction for another (note 8, section 6.1), and how many go to technology."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from driegesprek.region import shipped
from driegesprek.region.columns import Columns
from driegesprek.region.indicator import REPORT, Definition, Indicator, Row, share
from driegesprek.region.moving import Chosen, Sum, is_technical, sums
from driegesprek.region.names import plain, profile_key, profile_name
from driegesprek.region.notes import Note
from driegesprek.region.people import years_in

SWITCHING: Final = Definition(
    name="switching",
    title={"nl": "Wisselen", "en": "Switching"},
    text="Share of the pupils or students of a school, profile or direction who go on in another; and how many of those who "
    "switch go to technology.",
    formula="100 × Σ who go elsewhere / Σ all of them; of those who go elsewhere: 100 × Σ to technology / Σ",
    basis="note 8 and section 6.1",
    dutch={
        "text": "Deel van de leerlingen of studenten van een school, profiel of richting dat in een andere verdergaat; en "
        "hoeveel van de wisselaars naar techniek gaan.",
        "formula": "100 × Σ wie elders verdergaat / Σ allen; van wie elders verdergaat: 100 × Σ naar techniek / Σ",
        "basis": "noot 8 en paragraaf 6.1",
    },
)
TO_TECHNOLOGY: Final = "to_technology"


def read(columns: Columns) -> tuple[dict[str, Sequence[Any]], list[str]]:
    """From, to and how many, by municipality and year; who stays has the same in both columns."""
    counts = columns.counts("switchers")
    origins = columns.texts("switch_from")
    columns.need("switch_from", origins, "origin")
    columns.need("switch_to", columns.texts("switch_to"), "destination")
    return {
        "municipality": columns.texts("region"),
        "row_year": years_in(columns),
        "origin": origins,
        "destination": columns.texts("switch_to"),
        "low": [one.low for one in counts],
        "high": [one.high for one in counts],
    }, []


@lru_cache(maxsize=2_000)
def is_technology(name: str) -> bool:
    """Whether a profile or a direction is technical."""
    from driegesprek.region.names import TECHNICAL  # noqa: PLC0415 -- only here

    return profile_key(name) in TECHNICAL or is_technical(name)


def switching(found: Chosen, year: int, area: str, notes: Sequence[str] = ()) -> Indicator | None:
    """Who goes elsewhere, by where they were; None where the file has nothing of that year there."""
    columns = found.columns
    rows_of_year = tuple(row for row in found.rows if columns["row_year"][row] in {year, 0})
    if not rows_of_year:
        return None
    here = Chosen(found.entry, columns, rows_of_year)
    known = sums(here, (_way(columns["origin"][row], columns["destination"][row]) for row in rows_of_year))
    of_origin: dict[str, tuple[Sum, Sum]] = {}
    towards = Sum(), Sum()
    for (origin, gone, technical), one in known.items():
        of_origin.setdefault(origin, (Sum(), Sum()))[gone].take_in(one)
        if gone:
            towards[technical].take_in(one)
    rows = [_row(named(one), plain(one), gone, stay) for one, (stay, gone) in of_origin.items()]
    rows.append(_row(TECHNOLOGY, TO_TECHNOLOGY, towards[True], towards[False]))
    return Indicator(
        definition=SWITCHING,
        area=area,
        year=year,
        source=found.entry.source,
        rows=tuple(rows),
        notes=tuple(notes),
    )


TECHNOLOGY: Final = Note("of those who switch: to technology", "van de wisselaars: naar techniek")


def named(origin: str) -> str:
    """The origin as people read it."""
    return profile_name(profile_key(origin)) if profile_key(origin) else origin


def _way(origin: str, destination: str) -> tuple[str, bool, bool]:
    """From where, whether it is to somewhere else, and whether that is technology."""
    return origin, plain(origin) != plain(destination), is_technology(destination)


def _row(label: str, key: str, part: Sum, rest: Sum) -> Row:
    counted, others = part.bounds, rest.bounds
    exact, low, high = share(counted, others)
    known = counted[0] == counted[1]
    whole = counted[0] + others[0] if known and others[0] == others[1] else None
    return Row(
        label=label,
        key=key,
        share=exact,
        share_low=low,
        share_high=high,
        pupils=counted[0] if known else None,
        of=whole,
    )


def printed(area: str) -> Indicator | None:
    """What the report says of switching in an area: Rotterdam Zuid, from an earlier study."""
    found = [
        row
        for row in shipped.table("education_choice_text")
        if row["set_id"] == "school_switch" and shipped.same_area(row, area)
    ]
    if not found:
        return None
    rows = [_printed_row(row) for row in found]
    return Indicator(
        definition=SWITCHING,
        area=found[0]["region_nl"],
        year=2019,
        source=Note(
            f"{REPORT}, note 8, from {found[0]['cited_source']} (as printed)",
            f"{REPORT}, noot 8, uit {found[0]['cited_source']} (zoals gedrukt)",
        ),
        rows=tuple(rows),
        notes=(
            Note(
                "Pupils of vmbo who change school between year 2 and year 3; the report says less than 10 per cent.",
                "Vmbo-leerlingen die tussen leerjaar 2 en 3 van school wisselen; het rapport zegt minder dan 10 procent.",
            ),
        ),
    )


def _printed_row(row: Any) -> Row:
    value = shipped.number(row)
    if row["qualifier"] == "less_than":
        return Row(
            label=Note("vmbo, from year 2 to year 3", "vmbo, van leerjaar 2 naar 3"),
            key="school",
            share=None,
            share_low=0.0,
            share_high=value,
        )
    return Row(label=TECHNOLOGY, key=TO_TECHNOLOGY, share=value, share_low=value, share_high=value)
