"""The columns of a model: numbers as they are, categories as indicators of every level but the reference.

Treatment coding, as in R's ``contr.treatment``; an interaction is the product of the columns of its parts. The pivot
of each column is fixed in the plan; sums are made of what a column differs from its pivot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from driegesprek.evidence.data import Data
from driegesprek.evidence.frames import Frame, profile
from driegesprek.evidence.terms import Term, variables, written

INTERCEPT = "(Intercept)"


@dataclass(frozen=True)
class DesignColumn:
    """One column.

    Attributes:
        term: The term it belongs to.
        parts: Variable and level per part; the level is None for a number.
    """

    term: Term
    parts: tuple[tuple[str, str | None], ...]

    @property
    def label(self) -> str:
        """As results call it: ``pre``, ``sex=m``, ``homework=yes:talk=yes``."""
        return ":".join(name if level is None else f"{name}={level}" for name, level in self.parts)


@dataclass(frozen=True)
class Design:
    """A model's terms and columns, without the intercept, which every model has.

    Attributes:
        terms: In the order in which they enter.
        levels: Per category its levels, the reference first.
        pivots: Per number its pivot.
    """

    terms: tuple[Term, ...]
    levels: Mapping[str, tuple[str, ...]]
    pivots: Mapping[str, float]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The variables that enter as numbers."""
        return tuple(name for name in variables(self.terms) if name not in self.levels)

    @cached_property
    def columns(self) -> tuple[DesignColumn, ...]:
        """All columns, term by term."""
        return tuple(column for term in self.terms for column in self.columns_of(term))

    def columns_of(self, term: Term) -> tuple[DesignColumn, ...]:
        """The columns of one term; the first factor varies fastest, as in R."""
        choices = [self.levels[name][1:] if name in self.levels else (None,) for name in term]
        turned = product(*reversed(choices))
        return tuple(DesignColumn(term, tuple(zip(term, reversed(one), strict=True))) for one in turned)

    @cached_property
    def pivot(self) -> Any:
        """The pivot of each column: of a product, the product of those of its numbers; of an indicator 0."""
        return np.array([self._pivot_of(column) for column in self.columns])

    def _pivot_of(self, column: DesignColumn) -> float:
        if any(level is not None for _, level in column.parts):
            return 0.0
        return float(np.prod([self.pivots.get(name, 0.0) for name, _ in column.parts]))

    def fill(self, frame: Frame, kept: Any, into: Any) -> None:
        """Write the columns minus their pivots, for the rows that are kept.

        Args:
            frame: A batch.
            kept: Which rows.
            into: Columns × kept rows.
        """
        held: dict[tuple[str, str | None], Any] = {}
        codes = {name: frame.codes[name][kept] for name in self.levels}
        pivot = self.pivot
        for place, column in enumerate(self.columns):
            for part in column.parts:
                if part not in held:
                    held[part] = self._part(frame, codes, part, kept)
            value = held[column.parts[0]]
            for part in column.parts[1:]:
                value = value * held[part]
            np.subtract(value, pivot[place], out=into[place])

    def _part(self, frame: Frame, codes: Mapping[str, Any], part: tuple[str, str | None], kept: Any) -> Any:
        name, level = part
        if level is None:
            return frame.numbers[name][kept]
        return codes[name] == self.levels[name].index(level)


def design(
    data: Data, terms: Sequence[Term], *, reference: Mapping[str, str] | None = None, also: Sequence[str] = ()
) -> Design:
    """The design of these terms, with levels and pivots found in the rows.

    Args:
        data: The respondents.
        terms: The model's terms.
        reference: Level to compare with, per category; default the first.
        also: Other numbers whose pivot is needed, such as the outcome.

    Raises:
        EvidenceError: As :func:`driegesprek.evidence.frames.profile`.
    """
    names = variables(terms)
    factors = [name for name in names if data.column(name).category]
    numbers = [name for name in names if name not in factors]
    found = profile(data, numbers=[*numbers, *also], factors=factors, reference=reference)
    return Design(tuple(terms), found.levels, found.means)


def term_text(terms: Sequence[Term]) -> tuple[str, ...]:
    """Terms as results show them."""
    return tuple(written(term) for term in terms)
