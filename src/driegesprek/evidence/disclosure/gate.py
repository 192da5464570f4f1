"""How the gate works: from sums to tables.

Import :mod:`driegesprek.evidence.disclosure` instead of this module: NumPy and SciPy are heavy and are loaded
when something is shown.
"""

from collections.abc import Iterable, Mapping, Sequence

from driegesprek.evidence.counts import CountedQuestion, Counts, CountsError, Group
from driegesprek.evidence.disclosure.attacker import SolverError
from driegesprek.evidence.disclosure.block import Block, Layout, Role, answers_block, reason_block, size_block
from driegesprek.evidence.disclosure.ledger import Ledger, Where
from driegesprek.evidence.disclosure.result import InsideTables, ProtectedTables, Withheld
from driegesprek.evidence.disclosure.suppress import suppress
from driegesprek.evidence.shares import Hidden, Row, complete_row, share
from driegesprek.tables.codebook import Missing

Place = tuple[tuple[str, ...], Group]


def protect(
    counts: Counts,
    minimum: int,
    groupings: Iterable[Iterable[str]] | None,
    ledger: Ledger | None = None,
    where: Where | None = None,
) -> ProtectedTables:
    """See :func:`driegesprek.evidence.disclosure.protect`."""
    layout, groupings = _prepared(counts, minimum, groupings, where)
    rows: list[Row] = []
    withheld: dict[str, Withheld] = {}
    for question in counts.questions:
        told = _told(counts, question, layout, minimum, ledger=ledger, where=where)
        if isinstance(told, Withheld):
            withheld[question.name] = told
        else:
            rows += told
    return ProtectedTables(minimum, groupings, counts.questions, tuple(rows), withheld)


def _told(
    counts: Counts,
    question: CountedQuestion,
    layout: Layout | None,
    minimum: int,
    *,
    ledger: Ledger | None,
    where: Where | None,
) -> list[Row] | Withheld:
    """The rows of one question, or why there are none."""
    earlier = ledger.of(question) if ledger else ()
    if earlier and ledger and layout:
        layered = ledger.layered(counts, question)
        if layered is None:
            return Withheld.CHANGED
        counts = layered
        layout = Layout(counts, layout.groupings, where=where, earlier=earlier)
    if layout is None or not any(margin.total for margin in layout.margins):
        return Withheld.TOO_FEW
    block = _protected(counts, question, layout, minimum)
    if block is None:
        few = answers_block(counts, question, layout, minimum).values[layout.total, 0] < minimum
        return Withheld.TOO_FEW if few else Withheld.CANNOT_PROTECT
    # Reasons are told in the first release only: theirs of two releases would tell of the newcomers.
    reasons = (
        _reasons(counts, question, layout, block)
        if not layout.linked
        else _no_reasons(counts, question, layout, minimum)
    )
    return _published(question, layout, block, reasons)


def _no_reasons(
    counts: Counts, question: CountedQuestion, layout: Layout, minimum: int
) -> dict[Missing, Block]:
    blocks = {reason: reason_block(counts, question, reason, layout, minimum) for reason in Missing}
    for block in blocks.values():
        block.shown[:] = False
    return blocks


def shown_inside(counts: Counts, minimum: int, groupings: Iterable[Iterable[str]] | None) -> InsideTables:
    """See :func:`driegesprek.evidence.disclosure.shown_inside`."""
    layout, groupings = _prepared(counts, minimum, groupings)
    rows: list[Row] = []
    if layout:
        coarse = {by: counts.over(by) for by in groupings}
        for question in counts.questions:
            block = size_block(counts, question, layout, minimum)
            suppress(block)
            rows += [_inside(coarse[place[0]], question, place, block, m) for place, m in _places(layout)]
    return InsideTables(minimum, groupings, counts.questions, tuple(rows))


def _prepared(
    counts: Counts,
    minimum: int,
    groupings: Iterable[Iterable[str]] | None,
    where: Where | None = None,
) -> tuple[Layout | None, tuple[tuple[str, ...], ...]]:
    if minimum < 2:  # noqa: PLR2004 -- a minimum of 1 hides nobody
        raise CountsError(f"A minimum of {minimum} protects nobody. Use 10.")
    chosen = [counts.by] if groupings is None else [tuple(by) for by in groupings]
    if unknown := ({name for by in chosen for name in by} | set(where or {})) - set(counts.by):
        raise CountsError(
            f"Not counted by {min(unknown)!r}; counted by: {', '.join(counts.by) or 'nothing'}."
        )
    complete = tuple(dict.fromkeys([(), *chosen]))
    return (Layout(counts, complete, where=where) if counts.groups else None), complete


def _protected(counts: Counts, question: CountedQuestion, layout: Layout, minimum: int) -> Block | None:
    block = answers_block(counts, question, layout, minimum)
    try:
        suppress(block)
    except SolverError:
        return None
    return block if block.shown[layout.total, 0] else None


def _reasons(
    counts: Counts, question: CountedQuestion, layout: Layout, answers: Block
) -> dict[Missing, Block]:
    """The reasons for missing, in rows that show their n; one reason is always hidden altogether.

    Were all reasons published, their sum with n would be the number of respondents, and that is the same for
    every question.
    """
    blocks = {}
    for reason in Missing:
        block = reason_block(counts, question, reason, layout, answers.minimum)
        block.shown[~answers.shown[:, 0]] = False
        blocks[reason] = block
    least = min(blocks, key=lambda reason: int(blocks[reason].values[layout.total, 0]))
    blocks[least].shown[:] = False
    for block in blocks.values():
        _suppress_or_hide(block)
    return blocks


def _suppress_or_hide(block: Block) -> None:
    try:
        if block.shown.any():
            suppress(block)
    except SolverError:
        block.shown[:] = False


def _places(layout: Layout) -> list[tuple[Place, int]]:
    """The rows of the tables in order: groupings as given, groups by code; with the margin of each."""
    order = {by: i for i, by in enumerate(layout.groupings)}
    places = [
        (place, m) for m, margin in enumerate(layout.margins) for place in margin.places if place[0] in order
    ]
    return sorted(places, key=lambda item: (order[item[0][0]], item[0][1]))


def _published(
    question: CountedQuestion, layout: Layout, block: Block, reasons: Mapping[Missing, Block]
) -> list[Row]:
    return [_published_row(question, place, m, block, reasons) for place, m in _places(layout)]


def _published_row(
    question: CountedQuestion, place: Place, m: int, block: Block, reasons: Mapping[Missing, Block]
) -> Row:
    by, group = place
    n, *answers = _visible(block, m, [0, *block.at(Role.ANSWER)])
    return Row(
        question=question.name,
        by=by,
        group=group,
        n=n,
        shares=tuple(share(code, k, n) for code, k in zip(question.categories, answers, strict=True)),
        missing=tuple((reason, _visible(b, m, [0])[0]) for reason, b in reasons.items()),
        hidden=Hidden.PROTECTED if n is None else None,
    )


def _visible(block: Block, margin: int, columns: Sequence[int]) -> list[int | None]:
    return [int(block.values[margin, c]) if block.shown[margin, c] else None for c in columns]


def _inside(counts: Counts, question: CountedQuestion, place: Place, block: Block, margin: int) -> Row:
    by, group = place
    if block.shown[margin, 0]:
        return complete_row(counts, question, group)
    few = int(block.values[margin, 0]) < block.minimum
    return Row(question.name, by, group, None, hidden=Hidden.TOO_FEW if few else Hidden.WITH_ANOTHER)
