"""What a file holds: per variable how many answered, why the others did not, means or shares; weighted and unweighted.

The 95 % interval of a share is Wilson's (as in :mod:`.shares`), of a mean Student's; both take respondents as
a simple random sample.
Quantiles read rows, and say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from driegesprek.evidence.cells import Cells, collect_cells
from driegesprek.evidence.data import Data, collected
from driegesprek.evidence.frames import frames, levels, profile
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.results import Result
from driegesprek.evidence.shares import wilson
from driegesprek.tables.codebook import Missing

if TYPE_CHECKING:
    from scipy import stats
else:
    from driegesprek.evidence.later import stats

EVERYBODY = ""
QUARTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Level:
    """One level of a category; per cent of those who answered, and the interval of the unweighted one."""

    level: str
    label: str
    n: int
    percent: float
    ci: tuple[float, float]
    weighted_percent: float | None


@dataclass(frozen=True)
class Described:
    """One variable, of everybody or of one group; None is what cannot be estimated.

    Attributes:
        n: Who has a value.
        missing: Who has none, by reason.
        mean, sd, ci: Of a number, unweighted.
        weighted_mean, weighted_sd: The same, weighted.
        quantiles: Quartiles of a number (type 7, as in R), made from rows.
        levels: Of a category.
    """

    name: str
    group: str
    category: bool
    n: int
    missing: Mapping[str, int]
    mean: float | None = None
    sd: float | None = None
    ci: tuple[float, float] | None = None
    minimum: float | None = None
    maximum: float | None = None
    quantiles: Mapping[str, float] | None = None
    weighted_mean: float | None = None
    weighted_sd: float | None = None
    levels: tuple[Level, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Description(Result):
    """The result of :func:`describe`; ``rows`` is None where sums do not tell how many there are."""

    rows: int | None
    variables: tuple[Described, ...]
    reads_rows: tuple[str, ...] = ()


def describe(
    data: Data,
    *,
    items: Sequence[str] = (),
    by: str | None = None,
    weights: str | None = None,
    quantiles: bool = True,
) -> Description:
    """Describe variables.

    Args:
        data: The respondents.
        items: Which; default all, text with more than 200 different values apart.
        by: Describe per group of this variable too.
        weights: A variable with weights.
        quantiles: Whether to make quartiles of numbers, which reads rows.

    Raises:
        EvidenceError: ``unknown_variable``, ``not_numeric``, ``bad_weight``.
    """
    chosen = list(items) or [name for name in data.columns if name not in {by, weights}]
    groups = [None, *(levels(data, by) if by else ())]
    found: list[Described] = []
    for name in chosen:
        try:
            found += [_one(data, name, by, group, weights, quantiles=quantiles) for group in groups]
        except EvidenceError as error:
            if items or error.code != "too_many_levels":
                raise
            found.append(
                Described(name, EVERYBODY, True, 0, {}, note="text with more than 200 different values")
            )
    numbers = any(not one.category and one.quantiles for one in found)
    return Description(data.rows(), tuple(found), ("quantiles of numbers",) if numbers else ())


def _one(
    data: Data, name: str, by: str | None, group: str | None, weights: str | None, *, quantiles: bool
) -> Described:
    inside = data if by is None or group is None else within(data, by, group)
    label = EVERYBODY if group is None else group
    missing = reasons(inside, name)
    if data.column(name).category:
        return _category(inside, name, label, weights, missing)
    return _number(inside, name, label, weights, missing, quantiles=quantiles)


def within(data: Data, by: str, group: str) -> Data:
    """The respondents of one group."""
    from dataclasses import replace  # noqa: PLC0415 -- small

    from driegesprek.evidence.data import text_in_table  # noqa: PLC0415 -- small

    data.column(by)
    return replace(data, table=data.table.filter(text_in_table(data.table[by]) == group))


def reasons(data: Data, name: str) -> dict[str, int]:
    """How many have no value, by reason; without a reason it is ``not_recorded``."""
    data.column(name)
    value = data.table[name]
    absent = value.isnull() | value.isnan() if value.type().is_floating() else value.isnull()
    column = data.user_missing.get(name)
    import ibis  # noqa: PLC0415 -- heavy

    reason = data.table[column].cast("string") if column else ibis.null("string")
    table = data.table.select(absent=absent, reason=reason.fill_null(Missing.NOT_RECORDED.value))
    gone = table.filter(table.absent)
    rows = collected(gone.group_by("reason").agg(n=gone.count()))
    return {row["reason"]: int(row["n"]) for row in sorted(rows, key=lambda row: str(row["reason"]))}


def _category(
    data: Data, name: str, group: str, weights: str | None, missing: Mapping[str, int]
) -> Described:
    order = levels(data, name)
    cells = collect_cells(data, [name])
    heavy = collect_cells(data, [name], weights=weights).of("w") if weights else {}
    n = int(cells.total("n"))
    counts, labels = cells.of("n"), data.column(name).labels
    found = tuple(level_of(level, labels, int(counts[(level,)]), n, heavy) for level in order)
    return Described(name, group, True, n, missing, levels=found)


def level_of(
    level: str, labels: Mapping[str, str], n: int, of: int, heavy: Mapping[tuple[str, ...], float]
) -> Level:
    """One level: so many of so many, with its interval; ``heavy``: sums of weights per (level,)."""
    low, high = wilson(n, of)
    weighted = 100 * heavy.get((level,), 0.0) / sum(heavy.values()) if heavy else None
    return Level(level, labels.get(level, level), n, 100 * n / of, (100 * low, 100 * high), weighted)


def _number(
    data: Data, name: str, group: str, weights: str | None, missing: Mapping[str, int], *, quantiles: bool
) -> Described:
    pivots = profile(data, numbers=[name]).means
    plain = mean_of(collect_cells(data, [], values=pivots), name)
    heavy = mean_of(collect_cells(data, [], weights=weights, values=pivots), name) if weights else None
    n, mean, sd = plain
    if n == 0:
        return Described(name, group, False, 0, missing, note="cannot be estimated: nobody has a value")
    low, high, quartiles = _spread(data, name, quantiles=quantiles)
    return Described(
        name,
        group,
        False,
        n,
        missing,
        mean,
        sd,
        interval_of(n, mean, sd),
        low,
        high,
        quartiles,
        heavy[1] if heavy and heavy[0] else None,
        heavy[2] if heavy and heavy[0] else None,
    )


def mean_of(cells: Cells, name: str) -> tuple[int, float, float | None]:
    """n, mean and standard deviation; weighted, the deviation counts weights as frequencies that add up to n."""
    n = int(cells.total(f"n:{name}")) if cells.sums else 0
    if n == 0:
        return 0, 0.0, None
    w, wv, wvv = (cells.total(f"{kind}:{name}") for kind in ("w", "wv", "wvv"))
    about = wv / w
    variance = max(wvv / w - about**2, 0.0) * n / (n - 1) if n > 1 else None
    return n, about + cells.pivots[name], None if variance is None else float(np.sqrt(variance))


def interval_of(n: int, mean: float, sd: float | None) -> tuple[float, float] | None:
    """Student's 95 % interval of a mean."""
    if sd is None:
        return None
    reach = float(stats.t.ppf(0.975, n - 1)) * sd / float(np.sqrt(n))
    return mean - reach, mean + reach


def _spread(data: Data, name: str, *, quantiles: bool) -> tuple[float, float, dict[str, float] | None]:
    if not quantiles:
        value = data.table[name]
        row = collected(data.table.agg(low=value.min(), high=value.max()))[0]
        return float(row["low"]), float(row["high"]), None
    parts = [frame.numbers[name] for frame in frames(data, numbers=[name])]
    values: Any = np.concatenate(parts)
    values = values[np.isfinite(values)]
    found = np.quantile(values, QUARTILES)
    return (
        float(values.min()),
        float(values.max()),
        {f"p{round(100 * q)}": float(value) for q, value in zip(QUARTILES, found, strict=True)},
    )
