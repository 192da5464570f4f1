"""Scores of scales: answers become numbers, reversed where that is said, and a mean or sum with its level.

A reversed item counts low + high - value. With n items and k >= minimum answered items of values v,
mean = Σv / k, and sum = n · Σv / k, which for k = n is Σv and otherwise puts the respondent's own mean in place of what is
missing (person-mean substitution: Downey & King 1998, J. Gen. Psychol. 125(2), 175-191). Where the scale says what an
empty item counts, every item counts and k = n. Values are added as the decimal fractions they are written as, so that
a score on a cut point belongs to the level that begins there.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from driegesprek.instruments.model import Choice, Kind, Question, Questionnaire
from driegesprek.instruments.scoring_model import Level, Method, Scale, ScaleItem
from driegesprek.instruments.typed import Unusable, is_empty, typed

VALUE_COLUMNS: Final = ("score", "value")
"""Columns of the choices sheet that give a choice its number; without them its name is the number."""
_REASON: Final = frozenset({"dont_know", "refused"})
_NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,15})?")


@dataclass(frozen=True)
class Score:
    """What a respondent scores on a scale.

    Attributes:
        scale: the scale's name.
        value: None where fewer than the minimum of items were answered.
        answered: how many items have a usable answer.
        items: how many items the scale has.
        level: the level of the score, with its advice; None without a score or below the first level.
        unusable: paths of items whose answer is no choice or number of the form, or lies outside the scale's ends.
    """

    scale: str
    value: float | None
    answered: int
    items: int
    level: Level | None = None
    unusable: tuple[str, ...] = ()


def choice_value(choice: Choice) -> float | None:
    """The number of a choice: its column `score` (or `value`), else its name; None if that is no number."""
    extra = {heading.strip().lower(): cell for heading, cell in choice.extra.items()}
    told = next((extra[column] for column in VALUE_COLUMNS if column in extra), choice.name)
    return float(told.replace(",", ".")) if _NUMBER.fullmatch(told) else None


def is_reason(choice: Choice) -> bool:
    """Whether a choice is no answer but a reason for none: its column `missing` says dont_know or refused."""
    return choice.extra.get("missing") in _REASON


def scores(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Score]:
    """The scores of one respondent, by the name of the scale.

    Args:
        questionnaire: the form with its scales.
        answers: {path or name: value}; calculated items by their results. Other keys do not matter.
    """
    return {scale.name: score(questionnaire, scale, answers) for scale in questionnaire.scales}


def score(questionnaire: Questionnaire, scale: Scale, answers: Mapping[str, Any]) -> Score:
    """The score of one respondent on one scale; arguments as of `scores`."""
    values: list[Fraction] = []
    unusable = []
    for item in scale.items:
        question = questionnaire.questions[item.path]
        raw = answers.get(item.path, answers.get(question.name))
        known = _of_choices(questionnaire, item)
        try:
            value = known[raw] if type(raw) is str and raw in known else _value(item, question, raw)
        except Unusable:
            unusable.append(item.path)
            continue
        if value is not None:
            values.append(value)
    exact = _together(scale, values)
    level = next((one for one in reversed(scale.levels) if _reaches(exact, one)), None)
    rounded = None if exact is None else float(exact)
    return Score(scale.name, rounded, len(values), len(scale.items), level, tuple(unusable))


def _together(scale: Scale, values: list[Fraction]) -> Fraction | None:
    if len(values) < scale.minimum:
        return None
    if scale.empty is not None:
        values = values + [_exact(scale.empty)] * (len(scale.items) - len(values))
    if not values:
        return None
    mean = _sum(values) / len(values)
    return mean * len(scale.items) if scale.method is Method.SUM else mean


def _sum(values: list[Fraction]) -> Fraction:
    """Whole numbers, as most items have, are added as such: twenty times as fast."""
    if all(one.denominator == 1 for one in values):
        return Fraction(sum(one.numerator for one in values))
    return sum(values, Fraction())


def _reaches(exact: Fraction | None, level: Level) -> bool:
    return exact is not None and exact >= _exact(level.start)


@lru_cache(maxsize=4096)
def _exact(number: float) -> Fraction:
    """The decimal fraction that a number is written as: 0.1 is one tenth."""
    return Fraction(repr(number))


@lru_cache(maxsize=4096)
def _of_choices(questionnaire: Questionnaire, item: ScaleItem) -> Mapping[str, Fraction | None]:
    """What each choice of a question of one choice counts, by its name: worked out once, asked of every respondent."""
    question, found = questionnaire.questions[item.path], {}
    for one in question.choices if question.kind is Kind.SELECT_ONE else ():
        with suppress(Unusable):
            found[one.name] = _value(item, question, one.name)
    return found


def _value(item: ScaleItem, question: Question, raw: Any) -> Fraction | None:
    """What an answer counts; None for no answer or a reason for none.

    Raises:
        Unusable: it is no choice or number of this question, or outside the ends of the scale.
    """
    number = _number(question, raw)
    if number is None:
        return None
    if not _in(number, item):
        raise Unusable("outside")
    exact = _exact(number)
    if item.reverse and item.low is not None and item.high is not None:
        return _exact(item.low) + _exact(item.high) - exact
    return exact


def _in(number: float, item: ScaleItem) -> bool:
    return (item.low is None or item.low <= number) and (item.high is None or number <= item.high)


def _number(question: Question, raw: Any) -> float | None:
    if is_empty(raw) or raw != raw:  # noqa: PLR0124 -- NaN, as a data file holds it, is no answer
        return None
    if question.kind is Kind.SELECT_ONE:
        name = typed(question, raw)
        choice = next(one for one in question.choices if one.name == name)
        return None if is_reason(choice) else choice_value(choice)
    kind = Kind.INTEGER if question.kind is Kind.INTEGER else Kind.DECIMAL
    found = typed(Question(path=question.path, name=question.name, kind=kind), raw)
    return None if found is None else float(found)
