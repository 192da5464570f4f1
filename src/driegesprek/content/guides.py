"""Guides for staff, as data: phases with minutes, and what to say, ask, do and leave in each."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from driegesprek.content.files import HERE, rows
from driegesprek.content.languages import DUTCH

DURATIONS = (15, 20)


@dataclass(frozen=True, slots=True)
class GuideItem:
    """One line of a guide.

    Attributes:
        kind: ``say``, ``ask``, ``do`` or ``dont``.
        audience: To whom it is said or asked: ``pupil``, ``adult``, ``all``; ``mentor`` is for the mentor alone.
        nl: The Dutch words.
        en: The English words.
    """

    kind: str
    audience: str
    nl: str
    en: str

    def text(self, language_code: str) -> str:
        """Give the words in Dutch, or else in English."""
        return self.nl if language_code == DUTCH else self.en


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the talk, or a remark for a special case (then it takes no minutes).

    Attributes:
        key: Name of the phase.
        nl: Dutch heading.
        en: English heading.
        minutes: Minutes it takes, by the length of the whole talk in minutes.
        items: What belongs in it, in order.
    """

    key: str
    nl: str
    en: str
    minutes: dict[int, int]
    items: tuple[GuideItem, ...]

    @property
    def in_talk(self) -> bool:
        """Whether it is a part of the talk itself."""
        return any(self.minutes.values())

    def title(self, language_code: str) -> str:
        """Give the heading in Dutch, or else in English."""
        return self.nl if language_code == DUTCH else self.en

    def of_kind(self, kind: str) -> tuple[GuideItem, ...]:
        """Give the lines of one kind, such as the questions (``ask``)."""
        return tuple(item for item in self.items if item.kind == kind)


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide: what comes before, the phases of the talk in order, and special cases."""

    key: str
    phases: tuple[Phase, ...]

    @property
    def talk(self) -> tuple[Phase, ...]:
        """Give the phases of the talk itself."""
        return tuple(phase for phase in self.phases if phase.in_talk)

    def minutes(self, duration: int) -> int:
        """Give the sum of the minutes of all phases, for a talk of this length in minutes."""
        return sum(phase.minutes[duration] for phase in self.phases)


@cache
def guide(key: str) -> Guide:
    """Give a guide of ours.

    Raises:
        KeyError: if there is none by that key.
    """
    path = HERE / "guides" / f"{key}.csv"
    if not path.exists():
        raise KeyError(f"no guide {key!r} in content/guides")
    return Guide(key, tuple(_phase(list(block)) for _name, block in groupby(rows(path), itemgetter("phase"))))


def _phase(block: list[dict[str, str]]) -> Phase:
    head, *lines = block
    minutes = {duration: int(head[f"minutes_{duration}"]) for duration in DURATIONS}
    items = tuple(GuideItem(row["kind"], row["for"], row["nl"], row["en"]) for row in lines)
    return Phase(head["phase"], head["nl"], head["en"], minutes, items)
