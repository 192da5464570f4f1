"""The quick check: from answers to how well informed somebody is, and whom the school calls first.

Points and levels are data (``scores/``); who does not answer counts as least informed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from driegesprek.content.files import HERE, rows

KNOWN, NAMED, FOUND = "profiles_known", "profiles_named", "profiles_found"


@dataclass(frozen=True, slots=True)
class QuickCheckScore:
    """How well informed one adult is.

    Attributes:
        level: ``least``, ``partly`` or ``well``.
        points: Sum of the points of the answers.
        wants_call: ``yes``, ``no``, or empty when that was not answered.
        call_order: 1 is called first; equal numbers in any order.
        advice_nl: What the school does next, in Dutch.
        advice_en: The same in English.
    """

    level: str
    points: int
    wants_call: str
    call_order: int
    advice_nl: str
    advice_en: str

    def advice(self, language_code: str) -> str:
        """Say what the school does next, in Dutch or else in English."""
        return self.advice_nl if language_code == "nl" else self.advice_en


def quick_check_score(answers: Mapping[str, Any], *, offered: Collection[str] = ()) -> QuickCheckScore:
    """Give the level that follows from the answers to the quick check.

    Args:
        answers: By the name of the question or its path; other questions are passed over. No answer is ``''``,
            None, or no entry at all.
        offered: Keys of the profiles of the school, where the adult named them (``profiles_named``); what was found
            then counts as the answer to ``profiles_known``.

    Raises:
        ValueError: if an answer is not one of the choices.
    """
    named = {path.rsplit("/", 1)[-1]: value for path, value in answers.items()}
    given = {name: str(value or "") for name, value in named.items() if name != NAMED}
    if not given.get(KNOWN):
        given[KNOWN] = given.get(FOUND, "") or profiles_found(_several(named.get(NAMED)), offered)
    found = [_counted(question, given.get(question, "")) for question in _questions()]
    points = sum(int(row["points"]) for row in found)
    wants_call = next((row["wants_call"] for row in found if row["wants_call"]), "")
    return _level(points, wants_call)


def profiles_found(named: Collection[str], offered: Collection[str]) -> str:
    """Say how well an adult knows which profiles there are, as the form itself does (``profiles_found``).

    Args:
        named: Keys of the profiles that the adult named; ``dont_know`` is none of them.
        offered: Keys of the profiles of the school.

    Returns:
        ``yes`` when exactly those of the school were named, ``partly`` when more were right than wrong, and else ``no``;
        empty when nothing was named or the school's profiles are not known.
    """
    if not named or not offered:
        return ""
    right = len(set(named) & set(offered))
    wrong = len(set(named) - set(offered) - {"dont_know"})
    if right == len(set(offered)) and not wrong:
        return "yes"
    return "partly" if right > wrong else "no"


def _several(value: Any) -> Collection[str]:
    return value.split() if isinstance(value, str) else value or ()


@cache
def _questions() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["question"] for row in rows(HERE / "scores" / "quick_check.csv")))


@cache
def _by_answer() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["question"], row["answer"]): row for row in rows(HERE / "scores" / "quick_check.csv")}


def _counted(question: str, answer: str) -> dict[str, str]:
    try:
        return _by_answer()[question, answer]
    except KeyError:
        raise ValueError(f"{answer!r} is not a choice of {question!r} in scores/quick_check.csv") from None


def _level(points: int, wants_call: str) -> QuickCheckScore:
    """Give the highest level that the points reach."""
    reached = (
        row
        for row in rows(HERE / "scores" / "quick_check_levels.csv")
        if int(row["from_points"]) <= points and row["wants_call"] == wants_call
    )
    row = max(reached, key=lambda one: int(one["from_points"]))
    return QuickCheckScore(
        level=row["level"],
        points=points,
        wants_call=wants_call,
        call_order=int(row["call_order"]),
        advice_nl=row["advice_nl"],
        advice_en=row["advice_en"],
    )
