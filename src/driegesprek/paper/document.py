"""A document of any length, as tagged PDF (PDF/UA-1): headings, paragraphs, tables, drawings with their words, code."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from driegesprek.paper import press
from driegesprek.paper.packing import packed
from driegesprek.paper.printable import plain


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the first of a document has level 1.

    Attributes:
        fresh: on a page of its own and what follows it; several such pages are laid out at the same time.
    """

    text: str
    level: int = 2
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the cells of the first columns are words, those of the others numbers.

    Attributes:
        title: what it is of; read before it.
        rows: a cell per heading; a row of one cell stands over all columns, above those that belong to it.
        words: how many columns, from the left, are words.
        note: beneath it; nothing for none.
        beneath: by place, the rows of one cell that tell of those above them.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    note: str = ""
    beneath: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the PDF, for a program; a reader of paper does not see it.

    Attributes:
        name: with its ending.
        says: what it is.
        media: its MIME type.
    """

    name: str
    text: str
    says: str
    media: str = "application/json"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as the text of an SVG file, and all that it shows in words."""

    svg: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Code:
    """What is to be typed or read by a program, sign for sign."""

    text: str


WIDE = 11
"""Columns from which a table stands on a page that lies on its side."""

Part = Heading | Paragraph | Grid | Drawing | Code | Attached


def document(parts: Iterable[Part], *, title: str, author: str, language: str, mark: str = "") -> bytes:
    """One PDF, A4; the same parts give the same bytes.

    Args:
        parts: from top to bottom.
        title: of the document, which a screen reader says first.
        author: who answers for it.
        language: BCP 47 tag.
        mark: stands at the head of every page, such as "DEMONSTRATION"; nothing for none.

    Raises:
        ValueError: there is nothing to print, or no title.
    """
    blocks = [_plain(one) for one in parts]
    if not blocks or not plain(title).strip():
        raise ValueError("There is nothing to print: no parts, or no title.")
    data = {
        "title": plain(title),
        "author": plain(author),
        "language": language,
        "mark": plain(mark),
        "parts": _turned(blocks),
        "items": [],
        "ladder": press.LADDER,
        "pictures": [],
        "pad": False,
    }
    return packed(press.compiled("document.typ", json.dumps(data, ensure_ascii=False)))


def _plain(one: Part) -> dict[str, Any]:
    if isinstance(one, Heading):
        return {"kind": "heading", "level": one.level, "fresh": one.fresh, "text": plain(one.text)}
    if isinstance(one, Grid):
        rows = [[plain(cell) for cell in row] for row in one.rows]
        found = {"headings": [plain(cell) for cell in one.headings], "rows": rows, "words": one.words}
        return {
            "kind": "grid",
            "title": plain(one.title),
            "note": plain(one.note),
            "beneath": sorted(one.beneath),
            **found,
            "widths": _widths(one),
        }
    if isinstance(one, Attached):
        return {
            "kind": "attached",
            "name": one.name,
            "text": one.text,
            "says": plain(one.says),
            "media": one.media,
        }
    if isinstance(one, Drawing):
        return {"kind": "drawing", "svg": one.svg, "alternative": plain(one.alternative)}
    return {"kind": "code" if isinstance(one, Code) else "paragraph", "text": plain(one.text)}


def _turned(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Wide tables that follow each other together on pages that lie on their side, with the headings above them."""
    found: list[dict[str, Any]] = []
    for one in blocks:
        wide = one["kind"] == "grid" and len(one["headings"]) > WIDE
        if not wide:
            found.append(one)
            continue
        above: list[dict[str, Any]] = []
        while found and found[-1]["kind"] == "heading" and found[-1]["level"] > 1:
            above.insert(0, found.pop())
        if found and found[-1]["kind"] == "turned":
            found[-1]["parts"] += [*above, one]
        else:
            found.append({"kind": "turned", "parts": [*above, one]})
    return found


def _widths(one: Grid) -> list[int]:
    """How wide columns are beside each other: words get what is left."""
    whole = [row for row in one.rows if len(row) > 1 or len(one.headings) == 1]
    columns: Sequence[Sequence[str]] = list(zip(one.headings, *whole, strict=True))
    return [max((len(cell) for cell in column), default=1) for column in columns]
