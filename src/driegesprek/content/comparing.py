"""The parent-child test: what pupil and adult both say about the pupil, put beside each other.

The points of the answers, from when a world fits and what counts as a surprise are data (``scores/worlds*.csv``), and so
is which question there is for tonight (``rules/worlds_question.csv``). They are our own proposals. Nobody has tested
them: the result is a way into a talk and not advice about a choice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from statistics import mean
from typing import Any

from driegesprek.content.files import HERE, rows
from driegesprek.content.worlds import World, activities, jobs, roles, worlds

DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class WorldSeen:
    """What the two say about one world.

    Attributes:
        world: The world.
        pupil: Mean of the points of the pupil's answers, from 0 (does not fit) to 2 (fits); None when the pupil
            skipped them all or does not know.
        adult: The same of the adult's answers about the pupil.
    """

    world: World
    pupil: float | None
    adult: float | None

    @property
    def together(self) -> float:
        """The sum of what both say, to put the strongest first; what is not known counts as 0."""
        return (self.pupil or 0) + (self.adult or 0)


@dataclass(frozen=True, slots=True)
class RoleInWorld:
    """A way of working in a world that fits, with an example.

    Attributes:
        world_key: Key of the words of the world.
        role_key: Key of the words of the way of working.
        job_key: Key of the words of an occupation at mbo level.
    """

    world_key: str
    role_key: str
    job_key: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask tonight; ``text(key, language, voice=…, pupil=…, choice=…)`` makes it.

    Attributes:
        key: Key of the text; there is one for the adult and one for the pupil.
        choice_key: Key of the words that fill ``{choice}``, or empty.
    """

    key: str
    choice_key: str = ""


@dataclass(frozen=True, slots=True)
class WorldComparison:
    """Where pupil and adult agree, where they surprise each other, and what fits.

    Attributes:
        seen: Every world, in the order of the catalogue.
        agree: Worlds that fit according to both, the strongest first.
        pupil_more: Worlds that fit according to the pupil, and clearly less so according to the adult.
        adult_more: The other way round.
        roles_agree: Keys of the words of the ways of working that both chose.
        roles_pupil: Those that only the pupil chose.
        roles_adult: Those that only the adult chose.
        fits: Ways of working in worlds, with an occupation each: at most three worlds, those on which both agree and
            otherwise the pupil's own.
        question: A question to ask tonight.
    """

    seen: tuple[WorldSeen, ...]
    agree: tuple[WorldSeen, ...]
    pupil_more: tuple[WorldSeen, ...]
    adult_more: tuple[WorldSeen, ...]
    roles_agree: tuple[str, ...]
    roles_pupil: tuple[str, ...]
    roles_adult: tuple[str, ...]
    fits: tuple[RoleInWorld, ...]
    question: Question


def compare_worlds(pupil_answers: Mapping[str, Any], adult_answers: Mapping[str, Any]) -> WorldComparison:
    """Put the answers of pupil and adult beside each other.

    Args:
        pupil_answers: Answers to ``seven_worlds_pupil`` by name or path; other questions are passed over. No answer
            is ``''``, None, or no entry at all; several answers are a list, or names with a space between.
        adult_answers: The same of ``seven_worlds_adult``.

    Raises:
        ValueError: if an answer is not one of the choices.
    """
    pupil, adult = _by_name(pupil_answers), _by_name(adult_answers)
    seen = tuple(WorldSeen(one, _points(one, pupil), _points(one, adult)) for one in worlds())
    agree = _strongest(one for one in seen if _fit(one.pupil) and _fit(one.adult))
    pupil_more = _strongest(one for one in seen if _surprise(one.pupil, one.adult))
    adult_more = _strongest(one for one in seen if _surprise(one.adult, one.pupil))
    ours, theirs = _roles(pupil), _roles(adult)
    both = tuple(one for one in ours if one in theirs)
    situation = {
        "waiting": not _answered(pupil) or not _answered(adult),
        "agree": bool(agree),
        "pupil_more": bool(pupil_more),
        "adult_more": bool(adult_more),
        "role": bool(ours and theirs and not both),
    }
    lists = {"agree": agree, "pupil_more": pupil_more, "adult_more": adult_more}
    return WorldComparison(
        seen=seen,
        agree=agree,
        pupil_more=pupil_more,
        adult_more=adult_more,
        roles_agree=_keys(both),
        roles_pupil=_keys(one for one in ours if one not in theirs),
        roles_adult=_keys(one for one in theirs if one not in ours),
        fits=_fits(agree or _strongest(one for one in seen if _fit(one.pupil)), both or ours or theirs),
        question=_question(situation, lists),
    )


def _by_name(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {path.rsplit("/", 1)[-1]: value for path, value in answers.items() if value}


def _answered(answers: Mapping[str, Any]) -> bool:
    return any(f"does_{one.key}" in answers for one in activities()) or "roles" in answers


@cache
def _rules() -> dict[str, float]:
    return {row["rule"]: float(row["value"]) for row in rows(HERE / "scores" / "worlds_rules.csv")}


@cache
def _worth() -> dict[str, float | None]:
    """Give the points of an answer; an answer that says that one does not know has none."""
    return {
        row["answer"]: float(row["points"]) if row["points"] else None
        for row in rows(HERE / "scores" / "worlds.csv")
    }


def _points(world: World, answers: Mapping[str, Any]) -> float | None:
    """Give the mean of what was said about the activities of a world."""
    names = [f"does_{one.key}" for one in activities() if one.world == world.key]
    found = [_worth_of(name, str(answers[name])) for name in names if name in answers]
    known = [points for points in found if points is not None]
    return mean(known) if known else None


def _worth_of(name: str, answer: str) -> float | None:
    if answer not in _worth():
        raise ValueError(f"{answer!r} is not a choice of {name!r} in scores/worlds.csv")
    return _worth()[answer]


def _fit(points: float | None) -> bool:
    return points is not None and points >= _rules()["fits"]


def _surprise(more: float | None, less: float | None) -> bool:
    """Whether a world fits according to one and clearly less so to the other; who does not know is no surprise."""
    if more is None or less is None:
        return False
    return _fit(more) and more - less >= _rules()["surprise"]


def _strongest(found: Iterable[WorldSeen]) -> tuple[WorldSeen, ...]:
    return tuple(sorted(found, key=lambda one: -one.together))


def _roles(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the ways of working that were chosen, in our order."""
    given = answers.get("roles", [])
    chosen = given.split() if isinstance(given, str) else list(given)
    if unknown := [one for one in chosen if one not in roles()]:
        raise ValueError(f"{unknown[0]!r} is not a choice of 'roles' in catalogue/jobs.csv")
    return tuple(one for one in roles() if one in chosen)


def _keys(chosen: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"worlds.role.{one}" for one in chosen)


def _fits(found: tuple[WorldSeen, ...], chosen: tuple[str, ...]) -> tuple[RoleInWorld, ...]:
    """Give an occupation for every way of working in the strongest worlds; all ways, when none was chosen."""
    most = int(_rules()["worlds_with_jobs"])
    wanted = [one.world for one in found[:most]]
    by_place = {(one.world, one.role): one for one in jobs()}
    return tuple(
        RoleInWorld(world.text_key, f"worlds.role.{role}", by_place[world.key, role].text_key)
        for world in wanted
        for role in chosen or roles()
    )


def _question(situation: Mapping[str, bool], lists: Mapping[str, tuple[WorldSeen, ...]]) -> Question:
    """Give the question of the first rule that fits; the last one always does."""
    row = next(
        row
        for row in rows(HERE / "rules" / "worlds_question.csv")
        if not row["when"] or situation[row["when"]]
    )
    about = lists.get(row["when"], ())
    return Question(row["text"], about[0].world.text_key if about else "")
