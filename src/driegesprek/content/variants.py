"""Variants of a form, all made of the same rows: before and after, in full and short.

A row with ``only`` stands in the variants that have all its words: ``post full``. A column ``minimum@short`` takes
the place of ``minimum`` in variants that have the word ``short``.
"""

from collections.abc import Iterable, Iterator, Mapping

ONLY = "only"


def of_variant(rows: Iterable[Mapping[str, str]], words: frozenset[str]) -> Iterator[dict[str, str]]:
    """Give the rows that stand in a variant, without the columns that tell variants apart.

    Args:
        rows: Rows of a sheet by column heading.
        words: What the variant is: ``pre``, ``post``, ``full``, ``short``.
    """
    for row in rows:
        if set(row.get(ONLY, "").split()) <= words:
            yield dict(_cells(row, words))


def _cells(row: Mapping[str, str], words: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Give the cells, those for this variant last, so that they take the place of the others."""
    yield from ((heading, cell) for heading, cell in row.items() if heading != ONLY and "@" not in heading)
    for heading, cell in row.items():
        column, _, word = heading.partition("@")
        if word in words:
            yield column, cell
