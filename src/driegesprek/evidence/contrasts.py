"""Combinations of coefficients, as they are written: ``homework=yes + talk=yes``, ``0.5*a - 0.5*b``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from driegesprek.evidence.problems import EvidenceError

_FACTOR = re.compile(r"\s*(\d+(?:\.\d+)?)\s*\*\s*(.+)", re.DOTALL)


@dataclass(frozen=True)
class Contrast:
    """A combination of coefficients with a name of its own."""

    name: str
    text: str


def contrast_rows(contrasts: Sequence[Contrast], labels: Sequence[str]) -> Any:
    """One row per contrast, one column per coefficient.

    Raises:
        EvidenceError: ``bad_contrast``: a coefficient that the model does not have, or nothing at all.
    """
    found = np.zeros((len(contrasts), len(labels)))
    for row, contrast in enumerate(contrasts):
        for sign, factor, label in _pieces(contrast):
            if label not in labels:
                raise EvidenceError(
                    "bad_contrast",
                    f"Contrast {contrast.name!r}: the model has no coefficient {label!r}. It has: {', '.join(labels)}.",
                )
            found[row, labels.index(label)] += sign * factor
    return found


def _pieces(contrast: Contrast) -> list[tuple[float, float, str]]:
    """Sign, factor and label; a sign stands apart from a label by a space, so that a label may have a hyphen."""
    pieces = re.split(r"(?:^|\s)([+-])\s+|\s*(\+)\s*", contrast.text.strip())
    sign, found = 1.0, []
    for piece in (piece for piece in pieces if piece is not None):
        if piece in {"+", "-"}:
            sign = 1.0 if piece == "+" else -1.0
        elif piece.strip():
            match = _FACTOR.fullmatch(piece)
            factor, label = (float(match[1]), match[2].strip()) if match else (1.0, piece.strip())
            found.append((sign, factor, label))
            sign = 1.0
    if not found:
        raise EvidenceError("bad_contrast", f"Contrast {contrast.name!r} names no coefficient.")
    return found
