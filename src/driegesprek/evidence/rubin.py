"""Rubin's rules: one answer from several imputed files.

Rubin (1987): the estimate is the mean, the variance W + (1 + 1/m) B. Degrees of freedom by Barnard & Rubin
(1999), as ``mice::pool``.
"""

from dataclasses import dataclass

import numpy as np

from driegesprek.evidence.distributions import t_quantile, t_two_sided


@dataclass(frozen=True)
class Pooled:
    """One coefficient over imputed files.

    Attributes:
        b: Mean of the estimates.
        se: Root of the total variance.
        df: Barnard and Rubin's.
        ci: 95 %.
        p: Two-sided.
        fmi: Share of the information that is missing.
    """

    term: str
    b: float | None
    se: float | None
    df: float | None
    ci: tuple[float, float] | None
    p: float | None
    fmi: float | None
    note: str | None = None


def pool(term: str, estimates: list[float], errors: list[float], complete_df: list[float]) -> Pooled:
    """Pool one coefficient.

    Args:
        term: Its name.
        estimates: One per imputed file, two or more.
        errors: Standard errors.
        complete_df: Degrees of freedom in each file, as if nothing had been missing; their mean counts.
    """
    m = len(estimates)
    q, within = np.array(estimates), float(np.mean(np.square(errors)))
    between = float(q.var(ddof=1))
    total = within + (1 + 1 / m) * between
    b, se = float(q.mean()), float(np.sqrt(total))
    share = (1 + 1 / m) * between / total if total > 0 else 0.0
    df = _degrees(m, share, float(np.mean(complete_df)))
    if se == 0:
        return Pooled(term, b, None, None, None, None, None, "cannot be estimated")
    reach = t_quantile(0.975, df) * se
    increase = share / (1 - share) if share < 1 else np.inf
    fmi = (increase + 2 / (df + 3)) / (increase + 1) if np.isfinite(increase) else 1.0
    return Pooled(term, b, se, df, (b - reach, b + reach), t_two_sided(b / se, df), float(fmi))


def _degrees(m: int, share: float, complete: float) -> float:
    share = max(share, 1e-4)  # as mice: keeps the old formula finite when imputation added nothing
    old = (m - 1) / share**2
    observed = (complete + 1) / (complete + 3) * complete * (1 - share)
    return float(old * observed / (old + observed))
