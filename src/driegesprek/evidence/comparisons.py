"""Columns of a table compared two by two, and p values corrected for many comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np


class Correction(StrEnum):
    """How p is corrected for many comparisons."""

    HOLM = "holm"
    BONFERRONI = "bonferroni"
    FDR = "fdr"
    """False discovery rate (Benjamini & Hochberg 1995)."""
    NONE = "none"


@dataclass(frozen=True)
class Comparison:
    """Two columns compared on the share of one row (shares between 0 and 1)."""

    row: str
    a: str
    b: str
    share_a: float
    share_b: float
    difference: float
    se: float | None
    statistic: float | None
    p: float | None
    p_corrected: float | None


def corrected(found: Sequence[Comparison], how: Correction) -> tuple[Comparison, ...]:
    """The comparisons with their p corrected over all of them."""
    p = np.array([one.p for one in found if one.p is not None], dtype=float)
    better = iter(correct(p, how).tolist())
    return tuple(one if one.p is None else replace(one, p_corrected=next(better)) for one in found)


def correct(p: Any, how: Correction) -> Any:
    """Corrected p values, as R's ``p.adjust``."""
    m = len(p)
    if m == 0 or how is Correction.NONE:
        return p
    if how is Correction.BONFERRONI:
        return np.minimum(p * m, 1.0)
    order = np.argsort(p)
    if how is Correction.HOLM:
        stepped = np.maximum.accumulate(p[order] * (m - np.arange(m)))
    else:
        stepped = np.minimum.accumulate((p[order] * m / (np.arange(m) + 1))[::-1])[::-1]
    found = np.empty(m)
    found[order] = np.minimum(stepped, 1.0)
    return found
