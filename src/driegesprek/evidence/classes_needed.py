"""Power: how many classes are needed to see an effect of a given size when whole classes are compared.

Two equal arms of classes, an outcome of standard deviation 1, a test of class means with Student's noncentral
t (Donner & Klar 2000;
Murray 1998): with m pupils per class, intraclass correlation ρ and a covariate that explains r² of the variance,

    var(arm difference) = 4 / k · (1 − r²) (ρ + (1 − ρ) / m),   df = k − 2.

Unequal classes (coefficient of variation cv) divide that by 1 − cv² λ (1 − λ), λ = mρ / (mρ + 1 − ρ) (van
Breukelen, Candel & Berger
2007, formula 10).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from driegesprek.evidence import noncentral
from driegesprek.evidence.data import Data
from driegesprek.evidence.mixed_models import collect_mixed, mixed_model, plan_mixed
from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.results import Result

if TYPE_CHECKING:
    from scipy import stats
else:
    from driegesprek.evidence.later import stats

MOST = 100_000


@dataclass(frozen=True)
class Power(Result):
    """The result of :func:`power`.

    Attributes:
        classes: Classes in both arms together; None when more than 100,000 would not do.
        pupils: In all of them.
        effect: In standard deviations.
        power_reached: With that many classes.
        icc, size, cv: What it was computed with; from the data where not given.
        explained: Share of the variance that a covariate explains.
        detectable: The effect that the classes in the data could show with this power; None when classes are
        not in the data.
    """

    classes: int | None
    pupils: int | None
    effect: float
    power: float
    alpha: float
    power_reached: float | None
    icc: float
    size: float
    cv: float
    explained: float
    detectable: float | None
    classes_in_data: int | None
    notes: tuple[str, ...] = ()


def power(
    data: Data | None = None,
    *,
    effect: float,
    outcome: str | None = None,
    group: str | None = None,
    icc: float | None = None,
    size: float | None = None,
    cv: float | None = None,
    explained: float = 0.0,
    wanted: float = 0.8,
    alpha: float = 0.05,
) -> Power:
    """How many classes are needed.

    Args:
        data: Respondents from whom ``icc``, ``size`` and ``cv`` are taken where they are not given.
        effect: The difference to see, in standard deviations.
        outcome: The number in the data.
        group: The class in the data; ``school,class`` where classes of schools have the same names.
        icc: Intraclass correlation.
        size: Mean number of pupils in a class.
        cv: Its coefficient of variation.
        explained: Share of the variance that a covariate such as the first score explains.
        wanted: Power.
        alpha: Two-sided.

    Raises:
        EvidenceError: ``bad_option``, or what :func:`driegesprek.evidence.mixed` raises.
    """
    notes: list[str] = []
    classes = None
    if data is not None and outcome and group:
        found, sizes = _from_data(data, outcome, group)
        icc = found if icc is None else icc
        size = float(sizes.mean()) if size is None else size
        cv = float(sizes.std(ddof=1) / sizes.mean()) if cv is None and len(sizes) > 1 else cv
        classes = len(sizes)
        notes.append(f"From the data: {classes} classes; an intraclass correlation from so many is rough.")
    if icc is None or size is None:
        raise EvidenceError(
            "bad_option", "Give --icc and --size, or --outcome and --group to take them from the data."
        )
    _check(effect, icc, size, explained=explained, wanted=wanted, alpha=alpha)
    variance = _variance(icc, size, explained) / _efficiency(size, cv or 0.0, icc)
    needed = _needed(effect, variance, wanted, alpha)
    return Power(
        classes=needed,
        pupils=None if needed is None else int(np.ceil(needed * size)),
        effect=effect,
        power=wanted,
        alpha=alpha,
        power_reached=None if needed is None else reached(needed, effect, variance, alpha),
        icc=icc,
        size=size,
        cv=cv or 0.0,
        explained=explained,
        detectable=_detectable(classes, variance, wanted, alpha),
        classes_in_data=classes,
        notes=tuple(notes),
    )


def _from_data(data: Data, outcome: str, group: str) -> tuple[float, np.ndarray]:
    plan = plan_mixed(data, outcome, "", group)
    nested = collect_mixed(data, plan)
    return mixed_model(plan, nested).icc, np.asarray(nested.n)


def _check(effect: float, icc: float, size: float, *, explained: float, wanted: float, alpha: float) -> None:
    if effect == 0 or not np.isfinite(effect):
        raise EvidenceError("bad_option", "An effect of 0 is never seen. Give a size such as 0.2.")
    if not (0 <= icc < 1 and size >= 1 and 0 <= explained < 1):
        raise EvidenceError(
            "bad_option", "icc and explained lie between 0 and 1, and a class has 1 pupil or more."
        )
    if not 0 < alpha < wanted < 1:
        raise EvidenceError("bad_option", "Power and alpha lie between 0 and 1, power above alpha.")


def _efficiency(size: float, cv: float, icc: float) -> float:
    """How much unequal classes tell, beside equal ones."""
    share = size * icc / (size * icc + 1 - icc)
    return max(1 - cv**2 * share * (1 - share), 0.01)


def _variance(icc: float, size: float, explained: float) -> float:
    """Variance of a class mean, given the covariate."""
    return float((1 - explained) * (icc + (1 - icc) / size))


def reached(classes: int, effect: float, variance: float, alpha: float) -> float:
    """Power with so many classes in two equal arms."""
    df = classes - 2
    shift = abs(effect) / float(np.sqrt(4 * variance / classes))
    edge = float(stats.t.ppf(1 - alpha / 2, df))
    return 1 - noncentral.cdf(edge, df, shift) + noncentral.cdf(-edge, df, shift)


def _needed(effect: float, variance: float, wanted: float, alpha: float) -> int | None:
    low, high = 2, 4
    while reached(high, effect, variance, alpha) < wanted:
        low, high = high, high * 2
        if high > MOST:
            return None
    while high - low > 2:  # noqa: PLR2004 -- both arms grow together
        middle = (low + high) // 4 * 2
        low, high = (low, middle) if reached(middle, effect, variance, alpha) >= wanted else (middle, high)
    return high


def _detectable(classes: int | None, variance: float, wanted: float, alpha: float) -> float | None:
    if classes is None or classes < 4:  # noqa: PLR2004 -- two per arm
        return None
    low, high = 0.0, 1.0
    while reached(classes, high, variance, alpha) < wanted and high < 1e6:  # noqa: PLR2004 -- no end otherwise
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if reached(classes, middle, variance, alpha) >= wanted else (middle, high)
    return high
