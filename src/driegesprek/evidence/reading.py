"""A JSON value that should be sums, looked at with suspicion: whatever it is, what is wrong is told with where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.problems import EvidenceError

MOST = 1e15
"""Beyond this whole numbers are not exact; no count is."""


@dataclass(frozen=True)
class Node:
    """A value and the keys that lead to it."""

    value: Any
    where: tuple[str, ...] = ()

    def wrong(self, wanted: str) -> EvidenceError:
        """What to tell where the value is not what it should be."""
        place = " → ".join(self.where) or "the file"
        return EvidenceError(
            "bad_sums",
            f"These sums cannot be read: {place} should be {wanted}. Ask the school to make the file again.",
        )

    def at(self, key: str) -> "Node":
        """What an object has under a key.

        Raises:
            EvidenceError: ``bad_sums``, as all that follow.
        """
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        if key not in self.value:
            raise self.wrong(f"an object that has {key!r}")
        return Node(self.value[key], (*self.where, key))

    def named(self) -> dict[str, "Node"]:
        """All that an object has."""
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return {key: Node(one, (*self.where, key)) for key, one in self.value.items()}

    def each(self) -> Iterator["Node"]:
        """The elements of a list."""
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        for place, one in enumerate(self.value, 1):
            yield Node(one, (*self.where, str(place)))

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(one.text() for one in self.each())

    def key(self, length: int) -> tuple[str, ...]:
        """A list of so many texts."""
        found = self.texts()
        if len(found) != length:
            raise self.wrong(f"a list of {length} texts")
        return found

    def count(self) -> int:
        """A whole number, 0 or more."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong("a whole number, 0 or more")
        if not 0 <= value <= MOST or value != int(value):
            raise self.wrong("a whole number, 0 or more")
        return int(value)

    def numbers(self, *shape: int) -> Any:
        """Numbers in a list of lists of this shape; in one list where it has one."""
        return np.array(list(self.flat(shape)), dtype=float).reshape(shape)

    def counts(self, *shape: int) -> Any:
        """The same, of whole numbers, 0 or more."""
        found = self.numbers(*shape)
        if ((found < 0) | (found > MOST) | (found != np.rint(found))).any():
            raise self.wrong("whole numbers, 0 or more")
        return found

    def products(self, *shape: int) -> Any:
        """The same, of sums of products of columns: the last two axes mirror each other, with no square below 0."""
        found = self.numbers(*shape)
        turned = np.swapaxes(found, -1, -2)
        if not np.allclose(found, turned, rtol=1e-9, atol=1e-9 * np.abs(found).max(initial=0.0)):
            raise self.wrong("sums of products: the same above and below the diagonal")
        if (np.diagonal(found, axis1=-2, axis2=-1) < 0).any():
            raise self.wrong("sums of products: no square is below 0")
        return found

    def flat(self, shape: Sequence[int]) -> Iterator[float]:
        """The numbers of a list of lists of this shape, the last axis fastest."""
        if not shape:
            yield self._number()
            return
        if not isinstance(self.value, list) or len(self.value) != shape[0]:
            raise self.wrong(f"a list of {shape[0]} {'lists' if len(shape) > 1 else 'numbers'}")
        for one in self.each():
            yield from one.flat(shape[1:])

    def _number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.wrong("a number")
        try:
            found = float(self.value)
        except OverflowError:
            found = float("inf")
        if not np.isfinite(found):
            raise self.wrong("a finite number")
        return found

    def same(self, wanted: Any) -> None:
        """Refuse what differs from what its plan says."""
        if self.value != wanted or isinstance(self.value, bool):
            raise self.wrong(f"{_short(wanted)}, as in the plan")


def distinct(keys: Sequence[tuple[str, ...]], where: Node) -> None:
    """Refuse a key that stands twice."""
    if len(set(keys)) < len(keys):
        raise where.wrong("a list in which no key stands twice")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"  # noqa: PLR2004 -- characters of a message
