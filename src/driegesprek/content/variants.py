"""Variants of a form, all made of the same rows: before and after, in full and short.

A row with ``only`` stands in the variants that have all its words: ``post full``. A column ``minimum@short`` takes
the place of ``minimum`` in variants that have the word ``short``; of two that fit, the one with more words counts.
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
    """Give the cells that fit, those with the most words last, so that they take the place of the others."""
    for heading in sorted(row, key=lambda one: len(_wanted(one))):
        if heading != ONLY and _wanted(heading) <= words:
            yield heading.partition("@")[0], row[heading]


def _wanted(heading: str) -> frozenset[str]:
    return frozenset(heading.partition("@")[2].split())
