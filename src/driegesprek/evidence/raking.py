"""Raking: factors per cell that bring Σ w to known margins (Deming & Stephan 1940), with trimming."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from driegesprek.evidence.problems import EvidenceError

CLOSE = 1e-10
ROUNDS = 2_000
TRIMS = 100


@dataclass(frozen=True)
class Margin:
    """How many there are of a level."""

    variable: str
    level: str
    total: float


@dataclass(frozen=True, eq=False)
class Raked:
    """Factors per cell.

    Attributes:
        factors: What the weights of each cell are multiplied by.
        converged: Whether every margin is met to 1e-10.
        iterations: Rounds.
        trimmed: Respondents whose weight is at the limit.
    """

    factors: Any
    converged: bool
    iterations: int
    trimmed: int


def read_margins(path: Path) -> tuple[Margin, ...]:
    """Margins from a .csv with the columns variable, level, total; with semicolons a total may have a decimal comma.

    Raises:
        EvidenceError: ``no_file`` or ``bad_margins``, with the line.
    """
    try:
        held = path.read_bytes()
    except OSError as error:
        raise EvidenceError("no_file", f"{path} cannot be read: {error}.") from error
    lines = _decoded(held).splitlines()
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = csv.DictReader(lines, delimiter=separator)
    names = [str(name).strip().lower() for name in rows.fieldnames or ()]
    if not {"variable", "level", "total"} <= set(names):
        raise EvidenceError("bad_margins", f"{path.name} needs the columns variable, level, total.")
    rows.fieldnames = names
    return tuple(_margin(row, path.name, rows.line_num, separator) for row in rows)


def _decoded(held: bytes) -> str:
    """UTF-8, or what Excel writes on Windows."""
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def _margin(row: dict[str, str], file: str, line: int, separator: str) -> Margin:
    text = (row["total"] or "").strip()
    try:
        total = float(text.replace(",", ".") if separator == ";" else text)
    except ValueError:
        raise EvidenceError(
            "bad_margins", f"{file}, line {line}: the total {text!r} is not a number."
        ) from None
    if not np.isfinite(total) or total < 0:
        raise EvidenceError(
            "bad_margins", f"{file}, line {line}: the total {text!r} is below zero or no number."
        )
    return Margin((row["variable"] or "").strip(), (row["level"] or "").strip(), total)


def check_margins(margins: Sequence[Margin]) -> None:
    """Refuse margins that contradict each other."""
    seen: set[tuple[str, str]] = set()
    sums: dict[str, float] = {}
    for margin in margins:
        if (margin.variable, margin.level) in seen:
            raise EvidenceError("bad_margins", f"{margin.variable!r}, {margin.level!r} has two totals.")
        seen.add((margin.variable, margin.level))
        sums[margin.variable] = sums.get(margin.variable, 0.0) + margin.total
    if sums and min(sums.values()) <= 0:
        raise EvidenceError(
            "bad_margins", f"The totals of {min(sums, key=lambda name: sums[name])!r} add up to nothing."
        )
    if sums and max(sums.values()) - min(sums.values()) > 1e-6 * max(sums.values()):
        told = ", ".join(f"{name} {value:g}" for name, value in sums.items())
        raise EvidenceError(
            "bad_margins", f"The margins add up to different totals: {told}. Make them equal."
        )


def rake(
    base: Any, counts: Any, memberships: Sequence[tuple[Any, Any]], names: Sequence[str], trim: float | None
) -> Raked:
    """Factors that bring Σ w per level to its total.

    Args:
        base: Σ w per cell.
        counts: Respondents per cell (with trimming every cell has one base weight).
        memberships: Per variable the level of each cell, and the total of each level.
        names: The variables, for messages.
        trim: The largest weight, in times the mean.

    Raises:
        EvidenceError: ``empty_cell``: nobody has a level that has a total; ``bad_option``: a limit below 1.
    """
    if trim is not None and trim <= 1:
        raise EvidenceError(
            "bad_option", "Trimming to a weight of the mean or less is impossible. Use 3 or 5."
        )
    for (codes, totals), name in zip(memberships, names, strict=True):
        there = np.bincount(codes, weights=base, minlength=len(totals)) > 0
        if ((totals > 0) & ~there).any():
            raise EvidenceError(
                "empty_cell", f"Nobody has one of the levels of {name!r} that has a total. Join levels."
            )
    factors, converged, rounds = _fit(base, np.ones(len(base)), memberships)
    if trim is None:
        return Raked(factors, converged, rounds, 0)
    return _trimmed(base, counts, memberships, factors, trim)


def _fit(base: Any, factors: Any, memberships: Sequence[tuple[Any, Any]]) -> tuple[Any, bool, int]:
    factors = factors.copy()
    if not memberships:
        return factors, True, 0
    for done in range(1, ROUNDS + 1):
        for codes, totals in memberships:
            held = np.bincount(codes, weights=base * factors, minlength=len(totals))
            factors *= np.divide(totals, held, out=np.zeros_like(totals, dtype=float), where=held > 0)[codes]
        if _off(base * factors, memberships) < CLOSE:
            return factors, True, done
    return factors, False, ROUNDS


def _off(weight: Any, memberships: Sequence[tuple[Any, Any]]) -> float:
    """The largest difference from a margin, as a share of everybody."""
    worst = 0.0
    for codes, totals in memberships:
        held = np.bincount(codes, weights=weight, minlength=len(totals))
        worst = max(worst, float(np.abs(held - totals).max() / totals.sum()))
    return worst


def _trimmed(
    base: Any, counts: Any, memberships: Sequence[tuple[Any, Any]], factors: Any, trim: float
) -> Raked:
    """Cut what is above the limit, rake the rest to what is left of the margins, until nothing is above it."""
    there = counts > 0
    each = np.divide(base, counts, out=np.zeros_like(base), where=there)
    limit = trim * float((base * factors).sum() / counts.sum())
    fixed = np.zeros(len(base), dtype=bool)
    converged, rounds = True, 0
    for _ in range(TRIMS):
        above = ~fixed & there & (each * factors > limit * (1 + 1e-12))
        if not above.any():
            break
        fixed |= above
        factors = np.where(fixed, np.divide(limit, each, out=np.zeros_like(each), where=each > 0), factors)
        left = [
            (
                codes,
                np.maximum(
                    totals - np.bincount(codes, weights=base * factors * fixed, minlength=len(totals)), 0.0
                ),
            )
            for codes, totals in memberships
        ]
        free, _, rounds = _fit(base * ~fixed, np.where(fixed, 1.0, factors), left)
        factors = np.where(fixed, factors, free)
    if memberships:
        converged = _off(base * factors, memberships) < CLOSE
    return Raked(factors, converged, rounds, int(counts[fixed].sum()))
