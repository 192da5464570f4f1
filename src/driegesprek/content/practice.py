"""Four practice cases for mentors: what happens, what one could say, what helps and what does not.

Invented, and written from the ways in which parents take part in the choice (YoungWorks 2020, section 3.1). They carry
no type: a parent can be all four in one year, and the reasons differ.
"""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from driegesprek.content.files import HERE, rows
from driegesprek.content.languages import DUTCH


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for staff, in two languages."""

    nl: str
    en: str

    def text(self, language_code: str) -> str:
        """Give the words in Dutch, or else in English."""
        return self.nl if language_code == DUTCH else self.en


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """One case to practise with.

    Attributes:
        key: Name of the case.
        title: Heading.
        story: What happens; the people in it are invented.
        say: What the mentor could say.
        helps: What helps.
        not_helps: What does not.
    """

    key: str
    title: Wording
    story: Wording
    say: tuple[Wording, ...]
    helps: tuple[Wording, ...]
    not_helps: tuple[Wording, ...]


@cache
def practice_cases() -> tuple[PracticeCase, ...]:
    """Give the four cases in order."""
    found = rows(HERE / "guides" / "practice_cases.csv")
    return tuple(_case(key, list(block)) for key, block in groupby(found, itemgetter("case")))


def _case(key: str, block: list[dict[str, str]]) -> PracticeCase:
    def of(kind: str) -> tuple[Wording, ...]:
        return tuple(Wording(row["nl"], row["en"]) for row in block if row["kind"] == kind)

    return PracticeCase(key, of("title")[0], of("story")[0], of("say"), of("helps"), of("not_helps"))
