"""Where a region falls short of the country and of comparable regions: how much, how sure, and for how many years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from driegesprek.region.indicator import Indicator, Row
from driegesprek.region.notes import Note, said

Z: Final = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""


@dataclass(frozen=True, kw_only=True)
class Bottleneck:
    """One line in which the area differs from a comparison.

    Attributes:
        indicator: Name of the indicator.
        label: Of the line: a profile, a direction.
        key: The same for programs.
        area: Name of the area.
        against: Name of the comparison.
        year: Newest year.
        here: Per cent (or kilometres, minutes) in the area.
        there: The same in the comparison.
        difference: `here` − `there`, percentage points or units.
        low: Lower end of its 95 % interval; None where numbers are not known or everybody was counted anyhow.
        high: Upper end.
        years: In how many of the years that there are the difference has this direction.
        of_years: Of how many.
        worse: Whether the area falls short.
        sentence: The same in words.
    """

    indicator: str
    label: str
    key: str
    area: str
    against: str
    year: int
    here: float
    there: float
    difference: float
    low: float | None
    high: float | None
    years: int
    of_years: int
    worse: bool
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return dict(vars(self))


def newcombe(part: int, of: int, other_part: int, other_of: int) -> tuple[float, float]:
    """95 % interval of a difference of two shares, in percentage points.

    Newcombe (1998), Statistics in Medicine 17, method 10: from the Wilson intervals of both shares.

    Raises:
        ZeroDivisionError: nobody in one of the groups.
    """
    one, other = part / of, other_part / other_of
    (low, high), (other_low, other_high) = _wilson(part, of), _wilson(other_part, other_of)
    below = sqrt((one - low) ** 2 + (other_high - other) ** 2)
    above = sqrt((high - one) ** 2 + (other - other_low) ** 2)
    return 100 * (one - other - below), 100 * (one - other + above)


def _wilson(part: int, of: int) -> tuple[float, float]:
    """Wilson (1927), J. American Statistical Association 22."""
    share = part / of
    middle = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    reach = Z / (1 + Z**2 / of) * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    return middle - reach, middle + reach


def bottlenecks(
    here: Sequence[Indicator], there: Sequence[Indicator], *, measure: str = "", more_is_better: bool = True
) -> tuple[Bottleneck, ...]:
    """Compare an area with another over the years both have, the largest shortfall first.

    The interval speaks of chance in who enrols in a year; the pupils themselves are counted, not sampled.

    Args:
        here: The indicator in the area, a year each.
        there: The same in the comparison.
        measure: Name of a figure in `more` to compare instead of the share, such as `distance_mean_km`.
        more_is_better: False for distances and times.
    """
    ours, theirs = ({one.year: one for one in many} for many in (here, there))
    years = sorted(set(ours) & set(theirs))
    if not years:
        return ()
    newest = years[-1]
    pairs = _paired(ours[newest], theirs[newest], measure)
    found = [
        _compared(
            ours[newest],
            theirs[newest],
            row,
            other,
            _history(ours, theirs, years, row.key, measure),
            measure,
            more_is_better,
        )
        for row, other in pairs
    ]
    return tuple(sorted(found, key=lambda one: one.difference if more_is_better else -one.difference))


def _paired(here: Indicator, there: Indicator, measure: str) -> list[tuple[Row, Row]]:
    others = {_identity(row): row for row in there.rows}
    pairs = [(row, others[_identity(row)]) for row in here.rows if _identity(row) in others]
    return [(a, b) for a, b in pairs if _value(a, measure) is not None and _value(b, measure) is not None]


def _identity(row: Row) -> tuple[str, str]:
    return row.key, str(row.more.get("route_nl") or row.more.get("level") or "")


def _value(row: Row, measure: str) -> float | None:
    value = row.more.get(measure) if measure else row.share
    return None if value is None else float(value)


def _history(
    ours: Mapping[int, Indicator],
    theirs: Mapping[int, Indicator],
    years: Iterable[int],
    key: str,
    measure: str,
) -> list[float]:
    """Differences, a year each, of the years in which both are known."""
    found = []
    for year in years:
        pairs = [pair for pair in _paired(ours[year], theirs[year], measure) if pair[0].key == key]
        found += [(_value(a, measure) or 0.0) - (_value(b, measure) or 0.0) for a, b in pairs[:1]]
    return found


def _compared(  # noqa: PLR0917 -- two areas, two rows, their history: all of it is the comparison
    area: Indicator,
    against: Indicator,
    row: Row,
    other: Row,
    history: Sequence[float],
    measure: str,
    more_is_better: bool,
) -> Bottleneck:
    here, there = _value(row, measure) or 0.0, _value(other, measure) or 0.0
    difference = here - there
    low, high = _interval(row, other, measure)
    same = sum(1 for one in history if one * difference > 0)
    made = Bottleneck(
        indicator=area.definition.name,
        label=row.label,
        key=row.key,
        area=area.area,
        against=against.area,
        year=area.year,
        here=here,
        there=there,
        difference=difference,
        low=low,
        high=high,
        years=same,
        of_years=len(history),
        worse=(difference < 0) == more_is_better and difference != 0,
        sentence="",
    )
    return Bottleneck(**{**vars(made), "sentence": in_words(made, measure=measure)})


def _interval(row: Row, other: Row, measure: str) -> tuple[float | None, float | None]:
    numbers = (row.pupils, row.of, other.pupils, other.of)
    if measure or any(one is None for one in numbers) or not row.of or not other.of:
        return None, None
    return newcombe(row.pupils or 0, row.of, other.pupils or 0, other.of)


def in_words(one: Bottleneck, *, measure: str = "", against: str = "") -> Note:
    """The sentence of a bottleneck.

    Args:
        one: Which; its own sentence plays no part.
        measure: As it was compared.
        against: What the comparison is called, where not by its own name.
    """
    called = against or one.against
    return Note(_words(one, measure, _ENGLISH, str(called)), _words(one, measure, _DUTCH, said(called, "nl")))


@dataclass(frozen=True)
class _Words:
    sentence: str
    minutes: str
    points: str
    less: str
    more: str
    sure: str
    lasting: str
    comma: str = "."

    def number(self, value: float) -> str:
        return f"{value:.1f}".replace(".", self.comma).replace("-", "−")


_ENGLISH: Final = _Words(
    "{label}: {here}{unit} in {area} against {there}{unit} in {against}: {size}{points} {way}{sure}{lasting}.",
    " minutes",
    " points",
    "less",
    "more",
    " (95 % interval {low} to {high})",
    ", in {years} of {of_years} years",
)
_DUTCH: Final = _Words(
    "{label}: {here}{unit} in {area} tegen {there}{unit} in {against}: {size}{points} {way}{sure}{lasting}.",
    " minuten",
    " procentpunt",
    "minder",
    "meer",
    " (95%-interval {low} tot {high})",
    ", in {years} van de {of_years} jaren",
    ",",
)


def _words(one: Bottleneck, measure: str, words: _Words, against: str) -> str:
    unit = "" if not measure else " km" if measure.endswith("_km") else words.minutes
    sure = ""
    if one.low is not None and one.high is not None:
        sure = words.sure.format(low=words.number(one.low), high=words.number(one.high))
    lasting = words.lasting.format(years=one.years, of_years=one.of_years) if one.of_years > 1 else ""
    return words.sentence.format(
        label=one.label,
        here=words.number(one.here),
        there=words.number(one.there),
        unit=unit or " %",
        area=one.area,
        against=against,
        size=words.number(abs(one.difference)),
        points=unit or words.points,
        way=words.less if one.difference < 0 else words.more,
        sure=sure,
        lasting=lasting,
    )
