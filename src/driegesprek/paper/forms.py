"""A questionnaire on paper, as plain values: who prints it words it, this workshop knows only how it looks."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from driegesprek.paper.model import Direction, Line

MOST = 700
"""The weight of what is laid out at a time: 50 questions with ten answers each, in two languages, take a second."""
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
        scale: Whether they are the points of a scale: in one row, the words beneath the boxes.
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
    scale: bool = False
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
        part: Which part of a long one this is, from 1; 0 for the whole.
    """

    language: str
    direction: Direction
    school: str
    title: Line
    intro: tuple[Line, ...]
    asks: tuple[Ask, ...]
    reference: str = ""
    demonstration: bool = False
    part: int = 0

    @property
    def weight(self) -> int:
        """How much there is to lay out: answers to tick, and two for each question."""
        return sum(map(_weight, self.asks))


def _weight(one: Ask) -> int:
    return 2 + len(one.options)


def parts(form: Form) -> Iterator[Form]:
    """A long form in parts, each from a page of its own on: twice as much takes more than twice as long to lay out."""
    runs: list[list[Ask]] = [[]]
    for one in form.asks:
        if runs[-1] and sum(map(_weight, runs[-1])) + _weight(one) > MOST:
            heading = [runs[-1].pop()] if runs[-1][-1].heading and len(runs[-1]) > 1 else []
            runs.append(heading)
        runs[-1].append(one)
    if len(runs) == 1:
        yield form
        return
    for place, asks in enumerate(runs, 1):
        intro = form.intro if place == 1 else ()
        yield replace(form, asks=tuple(asks), part=place, intro=intro)


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
