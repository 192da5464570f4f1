"""What cannot be computed, and why: every statistic either gives a number that is right or raises one of these."""

from collections.abc import Sequence


class EvidenceError(ValueError):
    """A statistic that cannot be computed.

    Attributes:
        code: Stable name of the problem, for programs: ``no_data``, ``no_variance``, ``unknown_variable`` ...
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def no_data(what: str) -> EvidenceError:
    """Nobody has all the values that are needed."""
    return EvidenceError(
        "no_data", f"No respondent has a value for {what}. Check the names, or use fewer of them."
    )


def no_variance(name: str) -> EvidenceError:
    """All values are equal, so nothing can be told from them."""
    return EvidenceError(
        "no_variance",
        f"{name!r} has the same value for everybody who counts, so it explains nothing. Leave it out.",
    )


def not_numeric(name: str, example: str = "") -> EvidenceError:
    """A category where a number is needed."""
    shown = f", such as {example!r}" if example else ""
    return EvidenceError(
        "not_numeric",
        f"{name!r} has text{shown} where numbers are needed. Recode it, or choose another variable.",
    )


MOST = 1e100
"""The largest number that is computed with: its square, and sums of squares by squared weights, are still numbers."""


def too_large(name: str, value: float) -> EvidenceError:
    """A number of which the square is none."""
    return EvidenceError(
        "too_large",
        f"{name!r} has the value {value:g}, which is too large to compute with (more than {MOST:g}). Is it a code for "
        "missing? Leave it empty, or write the number in another unit.",
    )


def sums_too_large(names: Sequence[str]) -> EvidenceError:
    """Sums of numbers, or of their squares, that are beyond every number."""
    which = ", ".join(map(repr, names))
    return EvidenceError(
        "too_large",
        f"One of {which} has values that are too large to compute with (more than {MOST:g}). Are they codes for "
        "missing? Leave them empty, or write the numbers in another unit.",
    )


WIDEST = 1e12
"""How many times the largest weight may be the smallest: beyond it the others are lost in rounding."""


def check_weights_range(name: str, least: float, most: float) -> None:
    """Refuse weights below zero, and those above zero that differ too much, or are too small, to be squared and added.

    Args:
        name: The variable.
        least: Of the weights that are not 0.
        most: Of them too.

    Raises:
        EvidenceError: ``bad_weight``.
    """
    if least < 0:
        raise EvidenceError(
            "bad_weight", f"{name!r} has a weight below zero. A weight is how many somebody stands for."
        )
    if most > least * WIDEST or 0 < least < 1 / MOST:
        raise EvidenceError(
            "bad_weight",
            f"{name!r} has weights from {least:g} to {most:g}; that is too far apart, or too small, to compute with. A "
            "weight is how many somebody stands for.",
        )
