"""A document of any length, as tagged PDF (PDF/UA-1): headings, paragraphs, tables, drawings with their words, code."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Any

from driegesprek.paper import fonts, lines, press
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

SIZES = ((6, 8.8), (9, 7.8), (11, 7.0), (inf, 7.6))
"""Letters of a table in pt, by the most columns it has; of more than 11 it lies on its side."""

UPRIGHT, ACROSS, INSET = 210 - 2 * 16, 297 - 2 * 14, 1.1
"""In mm: between the margins of a page, of one on its side, and around what is in a cell; as document.typ has them."""

MM = 72 / 25.4
"""In pt."""

_FAMILIES = re.compile('font-family="[^"]*"')
_ISOLATED = re.compile("\u2068([ -\u024f–—‘’“”…]*)\u2069")
"""A text that says of itself which way it runs, and holds nothing that would run the other way."""

_TEXT = re.compile(r'<text (x="[^"]*" y="[^"]*" [^>]*)>([^<]*)</text>')
"""A line of text of a picture: where and how, and what."""

Part = Heading | Paragraph | Grid | Drawing | Code | Attached


def document(parts: Iterable[Part], *, title: str, author: str, language: str, mark: str = "") -> bytes:
    """One PDF, A4; the same parts give the same bytes. As :func:`ready`, at once."""
    return ready(parts, title=title, author=author, language=language, mark=mark)()


def ready(
    parts: Iterable[Part], *, title: str, author: str, language: str, mark: str = ""
) -> Callable[[], bytes]:
    """What lays a document out when it is called; then it is hardly Python, and runs beside what is.

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
    return partial(_laid_out, json.dumps(data, ensure_ascii=False))


def _laid_out(data: str) -> bytes:
    return packed(press.compiled("document.typ", data))


def _plain(one: Part) -> dict[str, Any]:
    if isinstance(one, Heading):
        return {"kind": "heading", "level": one.level, "fresh": one.fresh, "text": plain(one.text)}
    if isinstance(one, Grid):
        return _grid(one)
    if isinstance(one, Attached):
        return {
            "kind": "attached",
            "name": one.name,
            "text": one.text,
            "says": plain(one.says),
            "media": one.media,
        }
    if isinstance(one, Drawing):
        return {"kind": "drawing", "svg": _print(one.svg), "alternative": plain(one.alternative)}
    return {"kind": "code" if isinstance(one, Code) else "paragraph", "text": plain(one.text)}


def _print(svg: str) -> str:
    """A picture without what only a browser needs: typst would search its fonts for it, text by text."""
    return _gathered(_ISOLATED.sub(r"\1", _FAMILIES.sub(f'font-family="{fonts.FAMILIES[0]}"', svg, count=1)))


def _gathered(svg: str) -> str:
    """Lines of text in their order in one element, above all else: a fifth less work for typst (measured with 0.15).

    In a picture with groups they stay where they are, as these may move or hide what is in them.
    """
    if "<g" in svg or not svg.endswith("</svg>"):
        return svg
    lines: list[str] = []

    def taken(line: re.Match[str]) -> str:
        if "transform" in line[1]:
            return line[0]
        lines.append(f"<tspan {line[1]}>{line[2]}</tspan>")
        return ""

    rest = _TEXT.sub(taken, svg).removesuffix("</svg>")
    return f"{rest}<text>{''.join(lines)}</text></svg>" if lines else svg


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


def _grid(one: Grid) -> dict[str, Any]:
    rows = [[plain(cell) for cell in row] for row in one.rows]
    columns = len(one.headings)
    tracks = _tracks(one)
    size = next(size for most, size in SIZES if columns <= most)
    share = (ACROSS if columns > WIDE else UPRIGHT) * MM / sum(tracks)
    rooms = [track * share - 2 * INSET * MM for track in tracks]
    return {
        "kind": "grid",
        "title": plain(one.title),
        "note": plain(one.note),
        "beneath": sorted(one.beneath),
        "headings": [plain(cell) for cell in one.headings],
        "rows": rows,
        "words": one.words,
        "tracks": tracks,
        "size": size,
        "heights": lines.heights(rows, rooms, size, one.beneath),
    }


def _tracks(one: Grid) -> list[int]:
    """How wide columns are beside each other, by the number of signs: words get what is left.

    Columns that fit their text would be measured cell by cell, which takes longer than everything else together.
    """
    whole = [row for row in one.rows if len(row) > 1 or len(one.headings) == 1]
    columns: Sequence[Sequence[str]] = list(zip(one.headings, *whole, strict=True))
    longest = [max((len(cell) for cell in column), default=1) for column in columns]
    words = [min(max(width, 8), 40) for width in longest[: one.words]]
    return [*words, *(min(width, 26) + 2 for width in longest[one.words :])]
