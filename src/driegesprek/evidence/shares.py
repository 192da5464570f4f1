"""From sums to shares: per cent of valid answers, with n, missing by reason and a 95 % interval."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from driegesprek.evidence.counts import CountedQuestion, Counts, Group
from driegesprek.tables.codebook import Missing

Z95 = 1.959963984540054
"""0.975 quantile of the standard normal distribution."""


class Hidden(StrEnum):
    """Why a row or a number is not shown."""

    TOO_FEW = "too_few"
    """Fewer respondents than the minimum."""
    WITH_ANOTHER = "with_another"
    """Large enough itself, but it would give away another that is not."""
    PROTECTED = "protected"
    """One of the two; what is published does not tell which, for that would narrow what a hidden row can be."""


@dataclass(frozen=True)
class Share:
    """One answer in one row.

    Attributes:
        code: The answer.
        count: Respondents who gave it; None when not shown.
        percent: Per cent of the row's n, 0 to 100, not rounded; None when not shown or when n is 0.
        low: Lower end of the 95 % interval of ``percent`` (Wilson), or None.
        high: Upper end.
    """

    code: str
    count: int | None
    percent: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Row:
    """One question for one group.

    Attributes:
        question: Name of the question.
        by: Names of the grouping variables; empty for everybody.
        group: Their codes; ``""`` is a group that is not known.
        n: Respondents who answered; None when not shown.
        shares: The answers in the order of the scale.
        missing: Respondents without an answer, per reason; None when not shown. Zero reasons are left out
            inside a school and stand as None in what is published.
        hidden: Why the whole row is not shown, or None.
    """

    question: str
    by: tuple[str, ...]
    group: Group
    n: int | None
    shares: tuple[Share, ...] = ()
    missing: tuple[tuple[Missing, int | None], ...] = ()
    hidden: Hidden | None = None


def wilson(count: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval of a proportion, without continuity correction.

    (2np + z² ± z √(z² + 4np(1 − p))) / 2(n + z²). Source: Wilson, E. B. (1927), JASA 22, 209-212, in the form of
    Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872, method 3.

    Args:
        count: How many of ``n``.
        n: Sample size, at least 1.
        z: Normal quantile; 1.96 for 95 %.

    Returns:
        Lower and upper end, proportions between 0 and 1.

    Raises:
        ValueError: ``n`` is below 1 or ``count`` is not between 0 and ``n``.
    """
    if n < 1 or not 0 <= count <= n:
        raise ValueError(
            f"No interval for {count} of {n}: the count must lie between 0 and n, and n above 0."
        )
    p = count / n
    middle, half = 2 * n * p + z * z, z * sqrt(z * z + 4 * n * p * (1 - p))
    low = 0.0 if count == 0 else (middle - half) / (2 * (n + z * z))
    high = 1.0 if count == n else (middle + half) / (2 * (n + z * z))
    return low, high


def share(code: str, count: int | None, n: int | None) -> Share:
    """One answer as a share of ``n``; without numbers where either is not known or n is 0."""
    if count is None or not n:
        return Share(code, count)
    low, high = wilson(count, n)
    return Share(code, count, 100 * count / n, 100 * low, 100 * high)


def percentages(counts: Counts) -> tuple[Row, ...]:
    """Per question and group: n, per cent of valid answers with interval, and missing by reason.

    The rows hold unprotected numbers. Show :func:`driegesprek.evidence.shown_inside` to people in a school, and
    publish or export only what :func:`driegesprek.evidence.disclosure.protect` returns.

    Args:
        counts: Sums; the total is ``percentages(counts.over())``.

    Returns:
        One row per question and group. Where nobody answered, shares have no percentage: it cannot be estimated.
    """
    return each_row(counts, lambda question, group: complete_row(counts, question, group))


def each_row(counts: Counts, make: Callable[[CountedQuestion, Group], Row]) -> tuple[Row, ...]:
    """One row per question and group, in the order of the sums."""
    groups = counts.groups or (((),) if not counts.by else ())
    return tuple(make(question, group) for question in counts.questions for group in groups)


def complete_row(counts: Counts, question: CountedQuestion, group: Group) -> Row:
    """All numbers of a question for a group."""
    n = counts.n(question.name, group)
    missing = ((reason, counts.without(question.name, reason, group)) for reason in Missing)
    return Row(
        question=question.name,
        by=counts.by,
        group=group,
        n=n,
        shares=tuple(share(c, counts.of(question.name, c, group), n) for c in question.categories),
        missing=tuple((reason, number) for reason, number in missing if number),
    )
