"""Lines of an indicator of all municipalities as columns: sums and shares at once, objects when one is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from driegesprek.region.areas import today
from driegesprek.region.arrays import codes, numbers
from driegesprek.region.indicator import Indicator, Row
from driegesprek.region.totals import level

if TYPE_CHECKING:
    import pyarrow as pa

Pair = tuple[Any, Any]
"""Least and most possible numbers, as arrays; the most is -1 where it is not known."""


class Everywhere(Mapping[str, Indicator]):
    """An indicator of every municipality, by its key of today; each is put into words when it is asked."""

    def __init__(self, towns: Sequence[str], make: Callable[[int], Indicator]) -> None:
        self._at = {town: at for at, town in enumerate(towns)}
        self._make = make
        self._made: dict[str, Indicator] = {}

    def __getitem__(self, key: str) -> Indicator:
        """The indicator of a municipality.

        Raises:
            KeyError: there is none of that key.
        """
        if key not in self._made:
            self._made[key] = self._make(self._at[key])
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        """The keys of municipalities, in the order of the file."""
        return iter(self._at)

    def __len__(self) -> int:
        """How many municipalities there are."""
        return len(self._at)


@dataclass(frozen=True)
class Sums:
    """Numbers of a table by municipality and other keys, as arrays with a dimension for each.

    Attributes:
        towns: Keys of municipalities.
        labels: Their names.
        low: Least possible sum.
        high: Most possible sum of what is known.
        unknown: How many rows have no upper bound.
        first: The first row with these keys; NEVER where there is none.
    """

    towns: Sequence[str]
    labels: Sequence[str]
    low: Any
    high: Any
    unknown: Any
    first: Any

    @property
    def bounds(self) -> Pair:
        """Least and most."""
        return bounds(self.low, self.high, self.unknown)

    def over(self, axis: int | tuple[int, ...]) -> "Sums":
        """Added up over some of the keys."""
        low, high, unknown = (one.sum(axis) for one in (self.low, self.high, self.unknown))
        return Sums(self.towns, self.labels, low, high, unknown, self.first.min(axis, initial=NEVER))

    def at(self, *places: Any) -> "Sums":
        """Those of some keys, after the municipality."""
        here = (slice(None), *places)
        return Sums(
            self.towns, self.labels, self.low[here], self.high[here], self.unknown[here], self.first[here]
        )

    def without(self, part: "Sums") -> "Sums":
        """What is left when a part is taken out."""
        low, high, unknown = self.low - part.low, self.high - part.high, self.unknown - part.unknown
        return Sums(self.towns, self.labels, low, high, unknown, part.first)


NEVER = 2**62
"""For the first row of what has none."""


def first_rows(group: Any, size: int) -> Any:
    """The first row of each group; NEVER where there is none."""
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    first = np.full(size, NEVER)
    first[group[::-1]] = np.arange(len(group))[::-1]  # what is written last stays
    return first


def bounds(low: Any, high: Any, unknown: Any) -> Pair:
    """Sums as bounds: the upper one -1 where a number is not known."""
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    return low, np.where(unknown > 0, -1, high)


def summed(
    table: "pa.Table", keys: Sequence[Any], chosen: Any = None, called: Mapping[str, str] | None = None
) -> Sums:
    """The sums of a table.

    Args:
        table: With municipality, low and high.
        keys: What rows are grouped by: the different values, and for each row which it has.
        chosen: Which rows count; all of them when absent.
        called: Names of municipalities, where the table has something else; '' for what is none.
    """
    import numpy as np  # noqa: PLC0415 -- as above

    towns, labels, town = municipalities(table, called)
    used = town >= 0 if chosen is None else (town >= 0) & chosen
    shape = (len(towns), *(len(values) for values, _ in keys))
    if used.all():
        used = slice(None)
    group = town[used]
    for values, which in keys:
        group = group * len(values) + which[used]
    size = int(np.prod(shape))
    low, high = numbers(table, "low")[used], numbers(table, "high")[used]
    first = first_rows(group, size)
    least, most, unknown = (
        np.bincount(group, weights=one, minlength=size).astype(np.int64).reshape(shape)
        for one in (low, np.maximum(high, 0), high < 0)
    )
    return Sums(towns, labels, least, most, unknown, first.reshape(shape))


def municipalities(
    table: "pa.Table", called: Mapping[str, str] | None = None
) -> tuple[list[str], list[str], Any]:
    """Keys and names of the municipalities of today in a table, and for each row its place among them; -1 for none."""
    import numpy as np  # noqa: PLC0415 -- as above

    names, place = codes(table, "municipality")
    names = [(called or {}).get(one, one) for one in names]
    keys = [today(one) if one and not level(one) else "" for one in names]
    labels = {key: name for key, name in zip(keys, names, strict=True) if key}
    number = {key: at for at, key in enumerate(labels)}
    town = np.array([number.get(key, -1) for key in keys], dtype=np.int64)[place]
    return list(labels), list(labels.values()), town


class Shares:
    """Lines with a part and the rest: their shares, all at once.

    Args:
        part: What is counted.
        rest: What it is a share of, without the part.
    """

    def __init__(self, part: Pair, rest: Pair) -> None:
        import numpy as np  # noqa: PLC0415 -- as above

        self.part, self.rest = part, rest
        self.low = np.where(rest[1] >= 0, _ratio(part[0], rest[1]), 0.0)
        self.high = np.where(part[1] >= 0, _ratio(part[1], rest[0]), 100.0)
        self.known = part[0] == part[1]
        self.exact = self.known & (rest[0] == rest[1])

    def row(self, at: Any, label: str, key: str, more: Mapping[str, Any]) -> Row:
        """One line as it is told."""
        low, high = (None if one != one else one for one in (float(self.low[at]), float(self.high[at])))  # noqa: PLR0124 -- not a number: nobody
        part = int(self.part[0][at])
        return Row(
            label=label,
            key=key,
            share=low if self.exact[at] else None,
            share_low=low,
            share_high=high,
            pupils=part if self.known[at] else None,
            of=part + int(self.rest[0][at]) if self.exact[at] else None,
            more=more,
        )


def _ratio(part: Any, rest: Any) -> Any:
    import numpy as np  # noqa: PLC0415 -- as above

    whole = part + rest
    return np.divide(100 * part, whole, out=np.full(np.shape(whole), np.nan), where=whole != 0)
