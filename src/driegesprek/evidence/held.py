"""Columns in memory, each turned into numbers, places of levels or groups once, however many statistics use it.

A plan of a school has hundreds of statistics of some hundreds or thousands of people: asking a database for each takes
longer than everything else together.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from driegesprek.evidence.data import Data, arrow_of
from driegesprek.evidence.frames import Frame, group_of, number_of, places_of, weight_of

if TYPE_CHECKING:
    import ibis
else:
    from driegesprek.evidence.later import ibis

MOST_ROWS = 100_000
MOST_CELLS = 5_000_000
"""Of a file that is held in memory; a larger one is counted where its rows are."""


class Held:
    """Rows of respondents as columns in memory.

    Args:
        columns: Per variable an Arrow array; all of one length.
        rows: That length.
        reasons: Per variable an Arrow array with why it is missing, where that is known.
    """

    def __init__(
        self, columns: Mapping[str, Any], rows: int, reasons: Mapping[str, Any] | None = None
    ) -> None:
        self.columns, self.rows, self.reasons = columns, rows, reasons or {}
        self._numbers: dict[str, Any] = {}
        self._places: dict[tuple[str, tuple[str, ...]], Any] = {}
        self._groups: dict[str, Any] = {}
        self._keys: dict[str, tuple[Any, list[str]]] = {}

    @classmethod
    def of(cls, data: Data, names: Iterable[str]) -> "Held | None":
        """These variables of a file, and why they are missing; None where the rows are elsewhere or too many.

        Raises:
            EvidenceError: ``unknown_variable``.
        """
        wanted = list(dict.fromkeys(names))
        for name in wanted:
            data.column(name)
        why = {name: data.user_missing[name] for name in wanted if name in data.user_missing}
        if not wanted or ibis.get_backend(data.table).name != "duckdb":
            return None
        rows = data.rows()
        if rows > MOST_ROWS or rows * (len(wanted) + len(why)) > MOST_CELLS:
            return None
        table = arrow_of(data.table.select(*dict.fromkeys([*wanted, *why.values()])))
        columns = {name: table.column(name).combine_chunks() for name in table.column_names}
        return cls(columns, table.num_rows, {name: columns[column] for name, column in why.items()})

    @classmethod
    def of_arrays(
        cls, numbers: Mapping[str, Any], codes: Mapping[str, Any], reasons: Mapping[str, Any] | None = None
    ) -> "Held":
        """Columns of NumPy: numbers with NaN, and texts with None, where something is missing; reasons are Arrow's."""
        rows = len(next(iter((*numbers.values(), *codes.values()))))
        made = cls(
            {name: pa.array(texts.tolist(), pa.string()) for name, texts in codes.items()}, rows, reasons
        )
        made._numbers |= numbers
        return made

    def number(self, name: str) -> Any:
        """A variable as floats, NaN where it is missing.

        Raises:
            EvidenceError: ``not_numeric``.
        """
        if name not in self._numbers:
            self._numbers[name] = number_of(name, self.columns[name])
        return self._numbers[name]

    def places(self, name: str, levels: Sequence[str]) -> Any:
        """The place of each row's level, -1 where it is missing.

        Raises:
            EvidenceError: ``unknown_level``.
        """
        key = (name, tuple(levels))
        if key not in self._places:
            self._places[key] = places_of(name, self.columns[name], pa.array(list(levels), pa.string()))
        return self._places[key]

    def group(self, name: str) -> Any:
        """Which category each row is in, as an Arrow dictionary array."""
        if name not in self._groups:
            self._groups[name] = group_of(self.columns[name])
        return self._groups[name]

    def weight(self, name: str) -> Any:
        """A variable with weights.

        Raises:
            EvidenceError: ``not_numeric``, ``bad_weight``.
        """
        return weight_of(name, self.number(name))

    def frame(
        self,
        numbers: Iterable[str],
        levels: Mapping[str, Sequence[str]] | None = None,
        groups: Iterable[str] = (),
        weights: str | None = None,
    ) -> Frame:
        """What a statistic needs, as one batch."""
        return Frame(
            {name: self.number(name) for name in numbers},
            {name: self.places(name, found) for name, found in (levels or {}).items()},
            self.weight(weights) if weights else None,
            tuple(self.group(name) for name in groups),
            self.rows,
        )

    def key(self, name: str) -> tuple[Any, list[str]]:
        """Which category each row is in as a number, -1 where it is missing, and what the numbers stand for."""
        if name not in self._keys:
            group = self.group(name)
            codes = np.asarray(group.indices.fill_null(-1)).astype(np.int64)
            self._keys[name] = codes, group.dictionary.to_pylist()
        return self._keys[name]
