"""What is printed: sheets, cards, agreements and letters, as tagged PDF (PDF/UA-1)."""

from collections.abc import Iterable

from driegesprek.paper.document import Attached, Code, Drawing, Grid, Heading, Paragraph, document, ready
from driegesprek.paper.forms import Ask, Form, Option, framed, parts
from driegesprek.paper.model import (
    Agreement,
    Agreements,
    Back,
    Call,
    Card,
    Door,
    Front,
    Leaflet,
    Letter,
    Line,
    Moment,
    Nearby,
    NotOffered,
    Prompt,
    Quality,
    Sheet,
    Step,
    Tick,
    Typed,
)
from driegesprek.paper.press import printed
from driegesprek.paper.printable import isolate, unprintable

__all__ = [
    "Agreement",
    "Agreements",
    "Ask",
    "Attached",
    "Back",
    "Call",
    "Card",
    "Code",
    "Door",
    "Drawing",
    "Form",
    "Front",
    "Grid",
    "Heading",
    "Leaflet",
    "Letter",
    "Line",
    "Moment",
    "Nearby",
    "NotOffered",
    "Option",
    "Paragraph",
    "Prompt",
    "Quality",
    "Sheet",
    "Step",
    "Tick",
    "Typed",
    "agreements",
    "cards",
    "document",
    "forms",
    "framed",
    "isolate",
    "leaflets",
    "letters",
    "ready",
    "sheets",
    "unprintable",
]


def sheets(items: Iterable[Sheet], *, title: str) -> bytes:
    """Returns one PDF with two A4 pages a sheet, front and back, for duplex printing, in the order given.

    A page adapts to what is on it: the letters grow or shrink, never a third page.

    Args:
        items: The sheets; a generator keeps memory low.
        title: The document's title, in Dutch: "Bladen van 2A, Vmbo De Brug".

    Raises:
        ValueError: If there are no sheets.
    """
    return printed("sheets.typ", items, title=title, batch=16, leaves=2)


def cards(items: Iterable[Card], *, title: str) -> bytes:
    """Returns one PDF with eight pupils' cards a page and marks to cut along.

    Raises:
        ValueError: If there are no cards.
    """
    return printed("cards.typ", items, title=title, batch=160)


def agreements(items: Iterable[Agreements], *, title: str) -> bytes:
    """Returns one PDF with what was agreed, for the family; each family begins on a fresh leaf.

    Raises:
        ValueError: If there are no agreements.
    """
    return printed("agreements.typ", items, title=title, batch=64)


def letters(items: Iterable[Letter], *, title: str) -> bytes:
    """Returns one PDF with letters; each begins on a fresh leaf, so that nobody gets another's page.

    Raises:
        ValueError: If there are no letters.
    """
    return printed("letters.typ", items, title=title, batch=64)


def leaflets(items: Iterable[Leaflet], *, title: str) -> bytes:
    """Returns one PDF with two A5 pages a leaflet, front and back, in the order given.

    Raises:
        ValueError: If there are no leaflets.
    """
    return printed("leaflets.typ", items, title=title, batch=32, leaves=2)


def forms(form: Form, *, title: str) -> bytes:
    """Returns one PDF with a questionnaire to fill in on paper; a long one in parts, whose pages are numbered apart.

    Raises:
        ValueError: If it has no title.
    """
    return printed("forms.typ", parts(form), title=title, batch=1)
