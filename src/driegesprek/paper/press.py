"""From values to a PDF: the data of a print, and typst, a batch at a time."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from driegesprek.paper import binder, fonts, qr
from driegesprek.paper.model import Door, Item, Quality, Typed
from driegesprek.paper.printable import clean, is_right_to_left, keep_numbers

TEMPLATES = Path(__file__).parent / "templates"

GENERATIONS = 11
"""Typst keeps what it made for ten compilations; so many empty ones make it forget (measured with typst 0.15)."""

T = TypeVar("T")


class _Batch:
    """Turns items into what the templates read; a picture that returns is sent once."""

    def __init__(self) -> None:
        self.pictures: dict[str, int] = {}

    def plain(self, value: Any) -> Any:
        if isinstance(value, str):
            return keep_numbers(clean(value))
        if isinstance(value, tuple):
            return [self.plain(part) for part in value]
        if isinstance(value, Door):
            return self._door(value)
        if isinstance(value, Quality):
            number = self.pictures.setdefault(value.picture, len(self.pictures))
            return {"word": self.plain(value.word), "picture": number}
        if is_dataclass(value):
            return self._record(value)
        return value

    def _record(self, value: Any) -> dict[str, Any]:
        record = {field.name: self.plain(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, Typed):
            record["direction"] = "rtl" if is_right_to_left(value.text) else "ltr"
        return record

    def _door(self, door: Door) -> dict[str, Any]:
        letters = re.sub(r"[\s-]", "", door.code)
        groups = " ".join(letters[start : start + 5] for start in range(0, len(letters), 5))
        return self._record(door) | {"qr": qr.svg(door.url), "groups": groups}


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])


def _forget() -> None:
    import typst

    for _ in range(GENERATIONS):
        typst.compile(b"", font_paths=_fonts(), format="pdf")


def _print(template: str, items: Sequence[Item], title: str, *, several: bool) -> bytes:
    import typst

    batch = _Batch()
    data = {"items": [batch.plain(item) for item in items], "title": clean(title)}
    data |= {"pictures": list(batch.pictures), "author": data["items"][0]["school"], "several": several}
    pdf: bytes = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        format="pdf",
    )
    return pdf


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def printed(template: str, items: Iterable[Item], *, title: str, batch: int) -> bytes:
    """Returns one PDF of all items in their order, PDF/UA-1, tagged, with only our own fonts.

    Args:
        template: The file in templates/ that lays them out.
        items: What to print; read as it is printed, so a generator keeps memory low.
        title: The document's title, which a screen reader says first.
        batch: How many items go through typst at a time; bounds the memory (about 1 MB a page).

    Raises:
        ValueError: If there is nothing to print.
    """
    parts: list[bytes] = []
    batches = _batches(items, batch)
    for part in batches:
        parts.append(_print(template, part, title, several=bool(parts) or len(part) > 1))
        _forget()
    if not parts:
        raise ValueError("There is nothing to print: the list is empty.")
    return binder.bind(parts)
