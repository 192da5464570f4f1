"""The counts of one question as figures, with the numbers beneath."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek.evidence import Hidden, Row
from driegesprek.figures import BarRow, Figure, LikertRow, bars, likert
from driegesprek.tables.codebook import Kind, Missing, Variable
from driegesprek.web.surveys.exports import answer_words, words

LONGEST_SCALE: Final = 7
"""More answers than this stand as bars beneath each other."""
MOST_BESIDE: Final = 3
"""More groups than this are in the table only."""
REASONS: Final = {
    Missing.NOT_ASKED: lazy("not asked"),
    Missing.SKIPPED: lazy("skipped"),
    Missing.DONT_KNOW: lazy("does not know"),
    Missing.REFUSED: lazy("would rather not say"),
    Missing.STOPPED: lazy("stopped before this question"),
    Missing.INVALID: lazy("cannot be used"),
    Missing.NOT_RECORDED: lazy("not recorded"),
}


@dataclass(frozen=True)
class Numbers:
    """The table beneath a figure: a column per group, a row per answer."""

    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Chart:
    """One question as it is shown."""

    variable: Variable
    title: str
    figures: tuple[Figure, ...]
    numbers: Numbers
    several: bool
    """Whether one person could give more than one answer."""
    nobody: tuple[str, ...] = ()
    """Answers that nobody chose and that are left out of a long figure."""
    downloadable: bool = False


def chart(
    variable: Variable, rows: Sequence[Row], name_of: Callable[[Row], str], *, scale: bool = False
) -> Chart:
    """A question with at least one row that may be shown.

    Args:
        variable: The question.
        rows: The total first, then the groups.
        name_of: The words for a row's group.
        scale: Whether the answers run from one end to the other; a long scale is drawn as bars all the same.
    """
    scale = scale and len(variable.codes) <= LONGEST_SCALE
    title = words(variable)
    shown = next(row for row in rows if row.hidden is None)
    order = list(variable.codes) if scale else _order(variable, shown)
    numbers = _numbers(variable, rows, name_of, order)
    several = variable.kind is Kind.MULTIPLE
    if scale:
        return Chart(variable, title, tuple(_stacked(variable, rows, name_of, title)), numbers, several)
    nobody = [code for code in order if len(order) > LONGEST_SCALE and not _count(shown, code)]
    drawn = [code for code in order if code not in nobody]
    made = _bars(variable, rows, name_of, title, drawn)
    left_out = tuple(answer_words(variable, code) for code in nobody)
    return Chart(variable, title, tuple(made), numbers, several, left_out)


def _count(row: Row, code: str) -> int:
    return next((share.count or 0 for share in row.shares if share.code == code), 0)


def _stacked(
    variable: Variable, rows: Sequence[Row], name_of: Callable[[Row], str], title: str
) -> list[Figure]:
    labels = [answer_words(variable, code) for code in variable.codes]
    drawn = [LikertRow.of(row, name_of(row)) for row in rows]
    return [likert(drawn, title=title, labels=labels, language=_language())]


def _bars(
    variable: Variable,
    rows: Sequence[Row],
    name_of: Callable[[Row], str],
    title: str,
    order: Sequence[str],
) -> list[Figure]:
    """A figure per group where there are few, else of everybody; the answers in the order of everybody's."""
    shown = [row for row in rows if row.hidden is None]
    groups = [row for row in shown if row.by]
    drawn = groups if 0 < len(groups) <= MOST_BESIDE else shown[:1]
    several = len(rows) > 1
    return [
        bars(
            [_bar(variable, row, code) for code in order],
            title=f"{title} – {_of(row, name_of, several=several)}",
            language=_language(),
        )
        for row in drawn
    ]


def _of(row: Row, name_of: Callable[[Row], str], *, several: bool) -> str:
    return f"{name_of(row)}, n = {row.n}" if several else f"n = {row.n}"


def _order(variable: Variable, row: Row) -> list[str]:
    """Most chosen first; equal ones as in the form."""
    return sorted(variable.codes, key=lambda code: -_count(row, code))


def _bar(variable: Variable, row: Row, code: str) -> BarRow:
    found = next((share for share in row.shares if share.code == code), None)
    return BarRow(answer_words(variable, code), None, found.percent if found else None)


def _numbers(
    variable: Variable, rows: Sequence[Row], name_of: Callable[[Row], str], order: Sequence[str]
) -> Numbers:
    lines = [(_("answered"), tuple(_n(row) for row in rows))]
    lines += [(answer_words(variable, code), tuple(_cell(row, code) for row in rows)) for code in order]
    reasons = [one for one in REASONS if any(dict(row.missing).get(one) for row in rows)]
    lines += [(str(REASONS[one]), tuple(_missing(row, one) for row in rows)) for one in reasons]
    return Numbers(tuple(name_of(row) for row in rows), tuple(lines))


def _n(row: Row) -> str:
    if row.hidden is Hidden.TOO_FEW:
        return _("too few")
    return _("not shown") if row.n is None else str(row.n)


def _cell(row: Row, code: str) -> str:
    found = next((share for share in row.shares if share.code == code), None)
    if found is None:
        return "–"
    # Dutch and English, the desk's languages, write a percentage alike; asking CLDR for thousands of cells takes long.
    return str(found.count) if found.percent is None else f"{found.count} ({floor(found.percent + 0.5)}%)"


def _missing(row: Row, reason: Missing) -> str:
    return "–" if row.hidden else str(dict(row.missing).get(reason) or 0)


def silent(variables: Iterable[Variable]) -> tuple[str, ...]:
    """The questions of which nothing can be shown."""
    return tuple(words(one) for one in variables)


def _language() -> str:
    return (get_language() or "nl")[:2]
