"""Items as the data that the templates read: cleaned texts, QR codes, each picture once."""

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from driegesprek.paper import qr
from driegesprek.paper.forms import Ask, Form, Option
from driegesprek.paper.model import Door, Item, Leaflet, Letter, Line, Quality, Sheet, Typed
from driegesprek.paper.printable import is_right_to_left, plain, runs

Printable = Item | Form

_LETTERS_ONLY = {
    "number",
    "answered",
    "picture",
    "language",
    "direction",
    "url",
    "code",
    "alternative",
    "reference",
    "address",
    "phone",
}


class _Batch:
    """The pictures met so far, each with its number, and the direction of the item at hand."""

    def __init__(self) -> None:
        self.pictures: dict[str, int] = {}
        self.rtl = False

    def item(self, item: Printable) -> dict[str, Any]:
        self.rtl = item.direction == "rtl"
        return self.record(item)

    def value(self, value: Any) -> Any:
        match value:
            case str():
                return runs(value, rtl=self.rtl)
            case tuple():
                return [self.value(part) for part in value]
            case Quality():
                number = self.pictures.setdefault(value.picture, len(self.pictures))
                return {"word": self.value(value.word), "picture": number}
            case Option() | Ask():
                return self.record(value) | {"picture": self.picture(value.picture)}
            case Line() | Typed():
                return self.words(value)
        return self.record(value) if is_dataclass(value) else value

    def picture(self, drawn: str) -> int | None:
        """The number of a picture; None where there is none."""
        return self.pictures.setdefault(drawn, len(self.pictures)) if drawn else None

    def words(self, line: Line | Typed) -> dict[str, Any]:
        rtl = self.rtl if line.language is None else is_right_to_left(line.text)
        dutch = getattr(line, "dutch", None)
        return {
            "text": runs(line.text, rtl=rtl),
            "dutch": dutch and runs(dutch, rtl=False),
            "language": line.language,
            "direction": "rtl" if rtl else "ltr",
        }

    def record(self, value: Any) -> dict[str, Any]:
        record = {
            field.name: plain(given)
            if field.name in _LETTERS_ONLY and isinstance(given, str)
            else self.value(given)
            for field in fields(value)
            for given in [getattr(value, field.name)]
        }
        if isinstance(value, Door):
            groups = groups_of_five(value.code)
            # A picture without an alternative would be an error in PDF/UA.
            record |= {
                "qr": qr.svg(value.url),
                "groups": groups,
                "alternative": record["alternative"].strip() or groups,
            }
        return record


def _titles(item: Printable) -> tuple[Line, ...]:
    match item:
        case Sheet():
            return item.front.title, item.back.title
        case Letter():
            return (item.subject,)
        case Leaflet():
            return item.title, item.later_title
    return (item.title,)


def as_data(items: Sequence[Printable], *, title: str) -> dict[str, Any]:
    """Returns what a template needs, ready for JSON; `pictures` holds each distinct picture once.

    Raises:
        ValueError: If a page has no title, by which a screen reader finds it.
    """
    for item in items:
        if not all(plain(line.text).strip() for line in _titles(item)):
            raise ValueError(f"Cannot print {item.reference or type(item).__name__}: a page without a title.")
    batch = _Batch()
    records = [batch.item(item) for item in items]
    return {
        "items": records,
        "title": plain(title).strip() or plain(items[0].school).strip() or "-",
        "author": plain(items[0].school),
        "pictures": list(batch.pictures),
    }


def groups_of_five(code: str) -> str:
    """Returns a typed code as it is printed: ``K7PTM 4QXRD``, however it was grouped before."""
    letters = re.sub(r"[\s-]", "", code)
    return " ".join(letters[start : start + 5] for start in range(0, len(letters), 5))
