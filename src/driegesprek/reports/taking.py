"""What is taken of the answers: options of questions of several answers, the weights of a sample, the ends of a scale."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from driegesprek.instruments.scoring_model import Method, Scale
from driegesprek.reports.parts import AFTER, BEFORE, MINIMUM, column
from driegesprek.tables.codebook import Kind, Variable

if TYPE_CHECKING:
    from driegesprek.reports.answers import Given

NOT_CHOSEN, CHOSEN = "no", "yes"
Taken = Callable[[str, str], Any]
"""A column of a measurement in the order of the people; None where nobody has it."""


def option_column(question: str, code: str) -> str:
    """The column of texts, afterwards, of an option."""
    return column(AFTER, f"{question}={code}")


def chosen(one: Variable | None, taken: Taken) -> list[tuple[str, Any]]:
    """Whether each option of a question was chosen afterwards, as texts; empty where it is no such question.

    Args:
        one: the question.
        taken: gives its columns.

    Returns:
        (option, texts with None of who did not answer), in the order of the form.
    """
    if one is None or one.kind is not Kind.MULTIPLE:
        return []
    columns = [taken(AFTER, name) for name in one.columns]
    if any(held is None for held in columns):
        return []
    return [(code, _texts(held)) for code, held in zip(one.codes, columns, strict=True)]


def _texts(held: Any) -> Any:
    words = {True: CHOSEN, False: NOT_CHOSEN, None: None}
    return np.array([words[one if one is None else bool(one)] for one in held.to_pylist()], dtype=object)


@dataclass(frozen=True, eq=False)
class DesignWeights:
    """The weights of a sample; arrays have NaN of who has none.

    Attributes:
        all: of the last measurement, else of the other.
        after: of who handed in afterwards.
        light: how many of them fewer than ten people have; then none is used.
    """

    all: Any
    after: Any
    light: int


def design_weights(given: "Given", taken: Taken, few: Any) -> DesignWeights | None:
    """The weights, where they differ.

    Where fewer than ten people have one of them, none is used: beside unweighted numbers, those weighted would tell of
    that stratum.

    Args:
        given: the answers; `weight` names the column.
        taken: gives it.
        few: who is counted nowhere.

    Returns:
        None where everybody counts as much.
    """
    parts = [taken(part, given.weight) for part in (AFTER, BEFORE)] if given.weight else []
    nobody = np.full(len(few), np.nan)
    after, before = (
        nobody if one is None else np.array(one.cast("double").to_numpy(zero_copy_only=False))
        for one in parts or (None, None)
    )
    weights = np.where(np.isfinite(after), after, before)
    different = np.unique(weights[np.isfinite(weights)])
    if len(different) < 2:  # noqa: PLR2004 - everybody counts as much
        return None
    counted = weights if np.isnan(after).all() else after
    light = sum(int(((counted == one) & ~few).sum()) < MINIMUM for one in different)
    return DesignWeights(weights, np.where(few, np.nan, counted), light)


def weight_classes(weights: Any) -> Any:
    """Who has which weight, as texts; None of who has none."""
    texts = [f"{one:.12g}" if np.isfinite(one) else None for one in weights.tolist()]
    return np.array(texts, dtype=object)


def lacks(texts: Any) -> Any:
    """Which of the texts are None."""
    return np.array([one is None for one in texts], dtype=bool)


def ends(scale: Scale) -> tuple[float, float] | None:
    """The lowest and highest score that a scale can give; None where an item has no ends."""
    lows = [one.low for one in scale.items if one.low is not None]
    highs = [one.high for one in scale.items if one.high is not None]
    if not scale.items or not len(lows) == len(highs) == len(scale.items):
        return None
    if scale.empty is not None:
        lows, highs = [min(one, scale.empty) for one in lows], [max(one, scale.empty) for one in highs]
    return (sum(lows), sum(highs)) if scale.method is Method.SUM else (min(lows), max(highs))
