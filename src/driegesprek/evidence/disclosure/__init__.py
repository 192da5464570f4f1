"""The one disclosure gate: what is published, exported or leaves a school goes through :func:`protect`.

Counts that others made, and that come as bounds, enter by :func:`protect_cells`.

The rule: every published cell has at least ten respondents, and no hidden cell can be derived from all that is
published: the interval that an attacker finds by linear programming reaches up to ten and is at least ten wide.
A :class:`Ledger` tells it what was released before.
"""

from collections.abc import Iterable, Mapping, Sequence

from driegesprek.evidence.counts import Counts, CountsError
from driegesprek.evidence.disclosure import cells as _cells
from driegesprek.evidence.disclosure.cells import Key, Known, Total
from driegesprek.evidence.disclosure.ledger import Ledger, Release, Where
from driegesprek.evidence.disclosure.result import InsideTables, ProtectedTables, Withheld

__all__ = [
    "MINIMUM",
    "InsideTables",
    "Known",
    "Ledger",
    "ProtectedTables",
    "Release",
    "Total",
    "Withheld",
    "protect",
    "protect_cells",
    "shown_inside",
]

MINIMUM = 10
"""Respondents that every published cell, and inside a school every row, needs."""


def protect(
    counts: Counts,
    minimum: int = MINIMUM,
    *,
    groupings: Iterable[Iterable[str]] | None = None,
    ledger: Ledger | None = None,
    where: Where | None = None,
) -> ProtectedTables:
    """Make the tables that may be exported or published.

    Cells below the minimum, zeros among them, are hidden (primary suppression), and so is what would give them away
    (secondary suppression): an attacker who knows every published number of every table in the result finds for each
    hidden cell an interval that reaches up to the minimum and is at least that wide. The number of respondents
    per group is not published, only how many answered each question.

    Args:
        counts: Sums, made by all the variables of ``groupings`` together.
        minimum: Respondents that a published cell needs.
        groupings: Tables to publish together, such as ``[("class",), ("track",)]``; the total is always among
            them. Default: one table by all variables of the sums.

        ledger: What was released of the same study before; the sums are then by the same variables every time. An
            attacker is taken to know those releases too. Add what is published: ``ledger.add(counts, tables)``.
        where: A filter: only these codes of these grouping variables. A later release needs the ledger to know of it.

    Returns:
        The published tables. A question that cannot be protected is withheld, with the reason.

    Raises:
        CountsError: A grouping was not counted, or the minimum is below 2.
    """
    from driegesprek.evidence.disclosure import gate  # noqa: PLC0415 -- SciPy is heavy; loaded when needed

    return gate.protect(counts, minimum, groupings, ledger, where)


def protect_cells(
    cells: Mapping[Key, Known],
    totals: Sequence[Total] = (),
    minimum: int = MINIMUM,
    *,
    told: Mapping[Key, Known] | None = None,
) -> dict[Key, Known]:
    """What may be told of counts that somebody brings in, and of their totals, in any sum of any of them.

    The rule and the suppression are those of :func:`protect`; see :mod:`.cells` for the two quicker proofs, which make a
    table of thousands of cells without totals, or with totals that give nothing away, safe without linear programming.

    Args:
        cells: Counts of people that do not overlap, as (least, most): equal where the number is known.
        totals: Counts that hold them, those that hold other totals after these. What overlaps otherwise must not be
            handed in: of that nothing can be told.
        minimum: People that a told number needs.
        told: What was told before of such counts and stays so, the ledger; totals may hold these too.

    Returns:
        By key of cells and totals what may be told: the number, (0, 9) of a small one, (0, None) of one that would give
        another away.

    Raises:
        CountsError: The minimum is below 2.
    """
    if minimum < 2:  # noqa: PLR2004 -- a minimum of 1 hides nobody
        raise CountsError(f"A minimum of {minimum} protects nobody. Use 10.")
    return _cells.protect_cells(cells, totals, minimum, told or {})


def shown_inside(
    counts: Counts, minimum: int = MINIMUM, *, groupings: Iterable[Iterable[str]] | None = None
) -> InsideTables:
    """Make the tables that staff may see on the school's own screens.

    A row (question × group) with fewer respondents than the minimum is hidden, its n too. Where the total would
    give it away, because the hidden rows together are one row or fewer than the minimum, the smallest other row is
    hidden with it.

    Args:
        counts: Sums.
        minimum: Respondents that a row needs.
        groupings: Tables to show beside each other; default as in :func:`protect`.

    Returns:
        Rows in the order of the questions, with the total first.

    Raises:
        CountsError: A grouping was not counted, or the minimum is below 2.
    """
    from driegesprek.evidence.disclosure import gate  # noqa: PLC0415 -- SciPy is heavy; loaded when needed

    return gate.shown_inside(counts, minimum, groupings)
