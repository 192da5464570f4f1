"""Design weights, where a sample was drawn with weights that differ: what they cost, and weighted shares of answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence import ProtectedTables, Share
from driegesprek.evidence.held_counts import text_of_code
from driegesprek.evidence.problems import EvidenceError
from driegesprek.reports.answers import AFTER, Joined, column
from driegesprek.reports.counting import BY_WEIGHT, answered
from driegesprek.reports.parts import WEIGHT
from driegesprek.tables.codebook import Kind, Variable

Shares = Mapping[str, Mapping[str, Share]]


@dataclass(frozen=True)
class Weighed:
    """The design weights of who handed in afterwards.

    Attributes:
        n: how many people have one.
        different: how many weights there are.
        light: how many of them fewer than ten people have; then none was used, and the rest is None.
        design_effect: Kish's: n Σ w² / (Σ w)².
        effective_n: n by it.
    """

    n: int
    different: int
    light: int
    design_effect: float | None
    effective_n: float | None

    @property
    def used(self) -> bool:
        """Whether results are weighted."""
        return not self.light


def weighed(joined: Joined) -> Weighed | None:
    """The design weights of who handed in afterwards; None where they do not differ."""
    if WEIGHT not in joined.numbers:
        return None
    weights = joined.numbers[column(AFTER, WEIGHT)]
    weights = weights[np.isfinite(weights)]
    n, different = len(weights), len(np.unique(weights))
    if joined.light:
        return Weighed(n, different, joined.light, None, None)
    effect = float(n * (weights**2).sum() / weights.sum() ** 2)
    return Weighed(n, different, 0, effect, n / effect)


def weighted_shares(joined: Joined, part: str, told: ProtectedTables) -> Shares:
    """Of each question the weighted per cent of each answer, with its interval.

    As `driegesprek evidence weights --weights weight --mean …` makes them of indicators of the answers: design weights are
    N_h / n_h, errors are linearised (Binder 1983), with classes or schools as clusters, intervals Student's, cut at 0 and
    100. A share is told where the gate tells how many with each of the weights gave that answer: of two weights, it gives
    away no less.

    Args:
        joined: the answers.
        part: before or after.
        told: what the gate let out, by weight.

    Returns:
        {question: {code: share, `count` as unweighted}}; empty where nothing is weighted.
    """
    made = answered(joined, part, loose=True) if joined.weights else None
    if made is None:
        return {}
    clusters = joined.codes[joined.cluster][made.order] if joined.cluster else None
    found: dict[str, Mapping[str, Share]] = {}
    for one in made.questions:
        codes = _told(told, one)
        indicators = {code: _chose(made.table, one, code) for code in codes}
        if indicators:
            counts = {share.code: share.count for share in _row(told, one.name).shares}
            found[one.name] = dict(_weighted(indicators, counts, made.weights, clusters))
    return found


def _row(told: ProtectedTables, name: str) -> Any:
    return next(row for row in told.rows if row.question == name and not row.by)


def _told(told: ProtectedTables, one: Variable) -> list[str]:
    """The answers of which the number is told of everybody and of each weight."""
    rows = [row for row in told.rows if row.question == one.name]
    apart = (BY_WEIGHT,) in told.groupings  # not after a release that knew no weights
    if not rows or not apart or any(row.n is None for row in rows):
        return []
    hidden = {share.code for row in rows for share in row.shares if share.count is None}
    return [code for code in one.codes if code not in hidden]


def _chose(table: Any, one: Variable, code: str) -> Any:
    """1 of who gave an answer, 0 of who gave another, NaN of who gave none."""
    if one.kind is Kind.MULTIPLE:
        given = table[one.option_column(code)].to_pylist()
        return np.array([np.nan if value is None else float(value) for value in given])
    given = table[one.name].to_pylist()
    return np.array([np.nan if value is None else float(text_of_code(value) == code) for value in given])


def _weighted(
    indicators: Mapping[str, Any], counts: Mapping[str, int | None], weights: Any, clusters: Any
) -> Iterator[tuple[str, Share]]:
    from driegesprek.evidence.held import Held  # noqa: PLC0415 - heavy
    from driegesprek.evidence.held_sums import held_weights  # noqa: PLC0415 - heavy
    from driegesprek.evidence.weighting import WeightsPlan, weighted  # noqa: PLC0415 - heavy

    codes = {} if clusters is None else {"cluster": clusters}
    held = Held.of_arrays({**indicators, WEIGHT: weights}, codes)
    pivots = dict.fromkeys(indicators, 0.0)
    plan = WeightsPlan(WEIGHT, cluster=next(iter(codes), None), mean=tuple(indicators), pivots=pivots)
    try:
        found = weighted(plan, held_weights(held, plan))
    except EvidenceError:
        return
    for code, one in found.mean.items():
        if one.estimate is not None:
            low, high = one.ci or (None, None)
            ends = [None if end is None else min(max(100 * end, 0.0), 100.0) for end in (low, high)]
            yield code, Share(code, counts[code], 100 * one.estimate, *ends)
