"""Kinds of work to look around in: the seven worlds of technology as Dutch schools use them, beside care, trade and green.

A world has two activities, about which pupil and adult say whether they fit the pupil; a way of working (a role) in a
world leads to an example of an occupation that can be learned at mbo level. All of it is data in ``catalogue/``.
"""

from dataclasses import dataclass
from functools import cache

from driegesprek.content.catalogue import icon
from driegesprek.content.files import HERE, rows
from driegesprek.content.texts import Overrides, Text, text


@dataclass(frozen=True, slots=True)
class World:
    """A kind of work.

    Attributes:
        key: Name, such as ``care``.
        icon: File name of its picture in ``content/icons``.
        of_the_seven: Whether it is one of the seven worlds of technology.
    """

    key: str
    icon: str
    of_the_seven: bool

    @property
    def svg(self) -> str:
        """Its picture as SVG, drawn in the colour of the text around it."""
        return icon(self.icon)

    @property
    def text_key(self) -> str:
        """Key of its words."""
        return f"worlds.world.{self.key}"

    def label(self, language_code: str, overrides: Overrides | None = None) -> Text:
        """Give its words in a language."""
        return text(self.text_key, language_code, overrides=overrides)


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that is done in a world; the forms ask about it as ``does_<key>``.

    Attributes:
        key: Name, such as ``care_animals``.
        world: Key of its world.
        icon: File name of the picture of its world.
    """

    key: str
    world: str
    icon: str

    @property
    def text_key(self) -> str:
        """Key of its words."""
        return f"worlds.activity.{self.key}"


@dataclass(frozen=True, slots=True)
class Job:
    """An example of an occupation at mbo level, for one way of working in one world.

    Attributes:
        key: Name, such as ``gardener``.
        world: Key of the world.
        role: Key of the way of working.
    """

    key: str
    world: str
    role: str

    @property
    def text_key(self) -> str:
        """Key of its words."""
        return f"worlds.job.{self.key}"


@cache
def worlds() -> tuple[World, ...]:
    """Give the ten worlds, in the order in which they are shown."""
    return tuple(
        World(row["key"], row["icon"], row["of_the_seven"] == "yes")
        for row in rows(HERE / "catalogue" / "worlds.csv")
    )


@cache
def activities() -> tuple[Activity, ...]:
    """Give the activities in the order in which they are asked: the worlds take turns."""
    icons = {one.key: one.icon for one in worlds()}
    return tuple(
        Activity(row["key"], row["world"], icons[row["world"]])
        for row in rows(HERE / "catalogue" / "activities.csv")
    )


@cache
def roles() -> tuple[str, ...]:
    """Give the keys of the ways of working; their words are ``worlds.role.<key>``."""
    return tuple(dict.fromkeys(one.role for one in jobs()))


@cache
def jobs() -> tuple[Job, ...]:
    """Give the examples of occupations: one for every way of working in every world."""
    return tuple(Job(row["job"], row["world"], row["role"]) for row in rows(HERE / "catalogue" / "jobs.csv"))
