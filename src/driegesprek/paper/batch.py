"""Items as the data that the templates read: cleaned texts, QR codes, each picture once."""

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from driegesprek.paper import qr
from driegesprek.paper.model import Door, Item, Line, Quality, Typed
from driegesprek.paper.printable import is_right_to_left, plain, runs


_LETTERS_ONLY = {"language", "direction", "url", "code", "alternative", "reference", "address", "phone"}


class _Batch:
    """The pictures met so far, each with its number, and the direction of the item at hand."""

    def __init__(self) -> None:
        self.pictures: dict[str, int] = {}
        self.rtl = False

    def item(self, item: Item) -> dict[str, Any]:
        self.rtl = item.direction == "rtl"
        return self.record(item)

    def value(self, value: Any) -> Any:
        match value:
            case str():
                return runs(value, rtl=self.rtl)
            case tuple():
                return [self.value(part) for part in value]
            case Line():
                return self.line(value)
            case Quality():
                number = self.pictures.setdefault(value.picture, len(self.pictures))
                return {"word": self.value(value.word), "picture": number}
            case Door():
                return self.record(value) | {"qr": qr.svg(value.url), "groups": groups_of_five(value.code)}
            case Typed():
                rtl = is_right_to_left(value.text)
                direction = "rtl" if rtl else "ltr"
                return {"text": runs(value.text, rtl=rtl), "language": value.language, "direction": direction}
        return self.record(value) if is_dataclass(value) else value

    def line(self, line: Line) -> dict[str, Any]:
        dutch = None if line.dutch is None else runs(line.dutch, rtl=False)
        return {"text": runs(line.text, rtl=self.rtl), "dutch": dutch}

    def record(self, value: Any) -> dict[str, Any]:
        return {
            field.name: plain(given) if field.name in _LETTERS_ONLY and isinstance(given, str) else self.value(given)
            for field in fields(value)
            for given in [getattr(value, field.name)]
        }


def as_data(items: Sequence[Item], *, title: str) -> dict[str, Any]:
    """Returns what a template needs, ready for JSON; `pictures` holds each distinct picture once."""
    batch = _Batch()
    records = [batch.item(item) for item in items]
    return {
        "items": records,
        "title": plain(title),
        "author": plain(items[0].school),
        "pictures": list(batch.pictures),
    }


def groups_of_five(code: str) -> str:
    """Returns a typed code as it is printed: ``K7PTM 4QXRD``, however it was grouped before."""
    letters = re.sub(r"[\s-]", "", code)
    return " ".join(letters[start : start + 5] for start in range(0, len(letters), 5))
