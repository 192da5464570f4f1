"""A questionnaire on paper, as plain values: who prints it words it, this workshop knows only how it looks."""

import base64
from dataclasses import dataclass
from typing import Literal

from driegesprek.paper.model import Direction, Line

Answered = Literal["nothing", "one", "several", "rank", "lines"]
"""How: nothing is asked, a box is ticked, boxes are, boxes get a number, or something is written."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to tick.

    Attributes:
        label: Its words.
        picture: The text of an SVG file; nothing for none.
    """

    label: Line
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question, note or heading.

    Attributes:
        label: The words.
        number: Of a question; nothing for a note or heading.
        heading: Whether it stands above a part of the form.
        hints: Beneath, smaller.
        only_if: When it is to be answered; None for always.
        how: What to do: "Tick one answer".
        answered: How it is answered.
        options: To tick.
        columns: In how many columns these stand.
        lines: To write on.
        picture: The text of an SVG file; nothing for none.
        alternative: What a screen reader says for it.
    """

    label: Line
    number: str = ""
    heading: bool = False
    hints: tuple[Line, ...] = ()
    only_if: Line | None = None
    how: Line | None = None
    answered: Answered = "nothing"
    options: tuple[Option, ...] = ()
    columns: int = 1
    lines: int = 0
    picture: str = ""
    alternative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A questionnaire, as long as it needs to be.

    Attributes:
        language: BCP 47 tag of the reader's language.
        direction: Of that language.
        school: In the head of the first page.
        title: Of the questionnaire.
        intro: Beneath the title.
        asks: In the order of the form.
        reference: Small in the foot: the version.
        demonstration: Marks it as not for use.
    """

    language: str
    direction: Direction
    school: str
    title: Line
    intro: tuple[Line, ...]
    asks: tuple[Ask, ...]
    reference: str = ""
    demonstration: bool = False


def framed(data: bytes, kind: str, width: int, height: int) -> str:
    """A picture of pixels as the text of an SVG file.

    Args:
        data: PNG or JPEG.
        kind: Its media type.
        width: In pixels.
        height: In pixels.
    """
    inside = base64.b64encode(data).decode()
    size = f'width="{max(width, 1)}" height="{max(height, 1)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:{kind};base64,{inside}"/></svg>'
    )
