"""Mean and spread of a list of numbers, and the mean change of pairs, where a page needs no more than that.

sd = √(Σ(x − m)² / (n − 1)). The interval of a mean change of n pairs is Student's: d ± t(0.975, n − 1) · sd(d) / √n
(paired t, as in :mod:`.changes`, against which it is tested). It takes the pairs as a simple random sample.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation of so many; no mean of none, no sd of one."""

    n: int
    mean: float | None
    sd: float | None


@dataclass(frozen=True)
class Moved:
    """The mean change of pairs.

    Attributes:
        n: pairs.
        before, after: of these pairs alone.
        change: mean of after minus before; None of none.
        sd: of the changes.
        ci: 95 % interval of the mean change; None where the changes do not vary or there are fewer than two.
    """

    n: int
    before: Spread
    after: Spread
    change: float | None
    sd: float | None
    ci: tuple[float, float] | None


def spread(values: Sequence[float]) -> Spread:
    """Mean and standard deviation; sums are exact before they are rounded once (Shewchuk 1997)."""
    n = len(values)
    if not n:
        return Spread(0, None, None)
    mean = fsum(values) / n
    return Spread(n, mean, sqrt(fsum((one - mean) ** 2 for one in values) / (n - 1)) if n > 1 else None)


def moved(pairs: Sequence[tuple[float, float]]) -> Moved:
    """The mean change of (before, after)."""
    changes = spread([after - before for before, after in pairs])
    return Moved(
        len(pairs),
        spread([before for before, _ in pairs]),
        spread([after for _, after in pairs]),
        changes.mean,
        changes.sd,
        _interval(changes),
    )


def _interval(of: Spread) -> tuple[float, float] | None:
    if of.mean is None or not of.sd:
        return None
    from scipy import stats  # noqa: PLC0415 -- heavy, and only intervals need it

    reach = float(stats.t.ppf(0.975, of.n - 1)) * of.sd / sqrt(of.n)
    return of.mean - reach, of.mean + reach
