"""Tails and quantiles of t and F for one number at a time: what scipy.stats gives, without its checks of arrays.

``scipy.stats`` asks the same functions of ``scipy.special``; its checks took longer than all other sums of a report.
"""

from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy import special
else:
    from driegesprek.evidence.later import special


def t_quantile(p: float, df: float) -> float:
    """The value that t stays below with this probability; df may be infinite (the normal distribution)."""
    return float(special.ndtri(p) if df == float("inf") else special.stdtrit(df, p))


def t_two_sided(t: float, df: float) -> float:
    """How probable a t at least this far from 0 is, to either side; df may be infinite."""
    return 2 * float(special.ndtr(-abs(t)) if df == float("inf") else special.stdtr(df, -abs(t)))


def f_above(f: float, df1: float, df2: float) -> float:
    """How probable an F above this one is; 1 of one below 0, NaN of NaN."""
    return 1.0 if not isnan(f) and f <= 0 else float(special.fdtrc(df1, df2, f))
