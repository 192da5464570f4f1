"""The catalogue: twenty qualities with a picture each, and the profiles of the vmbo."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from driegesprek.content.files import HERE, rows
from driegesprek.content.texts import Overrides, Text, text


@dataclass(frozen=True, slots=True)
class Quality:
    """Something a pupil can be good at.

    Attributes:
        key: Name of the choice in our forms.
        icon: File name of its picture in ``content/icons``.
    """

    key: str
    icon: str

    @property
    def svg(self) -> str:
        """The picture as SVG, drawn in the colour of the text around it."""
        return icon(self.icon)

    @property
    def text_key(self) -> str:
        """Key of its words."""
        return f"quality.{self.key}"

    def label(self, language_code: str, overrides: Overrides | None = None) -> Text:
        """Give its words in a language."""
        return text(self.text_key, language_code, overrides=overrides)


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile of the vmbo; its name is the official Dutch one in every language.

    Attributes:
        key: Short key, as in the facts of the region (``bwi``).
        name: Official Dutch name.
        short_name: What schools write on a timetable (``BWI``).
        track: ``beroepsgericht`` (basis, kader, gemengd) or ``theoretisch``.
    """

    key: str
    name: str
    short_name: str
    track: Literal["beroepsgericht", "theoretisch"]

    def about(self, language_code: str, overrides: Overrides | None = None) -> Text:
        """Say in plain words what one does in it."""
        return text(f"profile.{self.key}", language_code, overrides=overrides)


@cache
def qualities() -> tuple[Quality, ...]:
    """Give the twenty qualities, in the order in which they are shown."""
    return tuple(Quality(row["key"], row["icon"]) for row in rows(HERE / "catalogue" / "qualities.csv"))


@cache
def profiles() -> tuple[Profile, ...]:
    """Give the ten vocational profiles and the four of the theoretical track."""
    return tuple(Profile(**row) for row in rows(HERE / "catalogue" / "profiles.csv"))  # type: ignore[arg-type] # a test over the file holds the tracks


def quality(key: str) -> Quality:
    """Give a quality by its key.

    Raises:
        KeyError: if there is none.
    """
    return {one.key: one for one in qualities()}[key]


def profile(key: str) -> Profile:
    """Give a profile by its key.

    Raises:
        KeyError: if there is none.
    """
    return {one.key: one for one in profiles()}[key]


@cache
def icon(name: str) -> str:
    """Give a picture of ours as SVG.

    Raises:
        KeyError: if there is none by that file name.
    """
    if name not in icon_names():
        raise KeyError(f"no picture {name!r} in content/icons")
    return (HERE / "icons" / name).read_text(encoding="utf-8")


@cache
def icon_names() -> frozenset[str]:
    """Give the file names of all pictures."""
    return frozenset(path.name for path in (HERE / "icons").glob("*.svg"))
