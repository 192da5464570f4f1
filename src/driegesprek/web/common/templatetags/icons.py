"""Interface icons, put into the page itself: no request, the colour of the text, no inline style."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "icons"
# These point along the line of reading; family.css and desk.css mirror them where it runs to the left.
DIRECTIONAL = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "circle-play",
        "external-link",
        "footprints",
        "list",
        "list-checks",
        "list-todo",
        "log-in",
        "log-out",
        "milestone",
        "play",
        "send",
        "undo-2",
        "volume-2",
    }
)
_DRAWING = re.compile(r"<svg[^>]*>(?P<drawing>.*)</svg>", re.DOTALL)
_SIZE = re.compile(r'<svg[^>]*viewBox="0 0 (?P<width>\d+) (?P<height>\d+)"')
SQUARE = (24, 24)


class UnknownIconError(LookupError):
    """No file of that name lies in web/common/icons."""


@cache
def drawing(name: str) -> str:
    """The inside of an icon's SVG on one line.

    Args:
        name: the file's name without `.svg`, for example `phone`.

    Raises:
        UnknownIconError: there is no such icon; copy it from lucide-static (icons/README.md).
    """
    path = ICONS / f"{name}.svg"
    if "/" in name or not path.is_file():
        raise UnknownIconError(f"no icon {name!r} in {ICONS}; see the README.md there to add one")
    return _inside(path.read_text(encoding="utf-8"))


def _inside(svg: str) -> str:
    found = _DRAWING.search(svg)
    if found is None:
        raise ValueError(f"this is no SVG drawing: {svg[:40]!r}")
    return re.sub(r"\s*\n\s*", "", found["drawing"]).replace(" />", "/>")


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """`{% icon "phone" %}`: the drawing inline, hidden from screen readers; its word stands beside it.

    Args:
        name: the icon, a file of web/common/icons.
        extra_class: further classes for the `<svg>`.

    Raises:
        UnknownIconError: there is no such icon.
    """
    classes = " ".join(filter(None, ["icon", "icon-flip" if name in DIRECTIONAL else "", extra_class]))
    return _inline(drawing(name), classes)


@register.simple_tag
def picture(svg: str) -> SafeString:
    """`{% picture quality.svg %}`: a drawing of our own content inline, like an icon.

    A drawing of another size than 24 by 24 keeps its shape and has the class `scene`: it is shown larger. Only for
    drawings that came with the package: what a user uploads is never put into a page this way.

    Raises:
        ValueError: it is no SVG.
    """
    found = _SIZE.match(svg)
    size = (int(found["width"]), int(found["height"])) if found else SQUARE
    return _inline(_inside(svg), "icon" if size == SQUARE else "icon scene", size)


def _inline(inside: str, classes: str, size: tuple[int, int] = SQUARE) -> SafeString:
    width, height = size
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" width="{}" height="{}" fill="none" stroke="currentColor"'
        ' aria-hidden="true">{}</svg>',
        classes,
        *(width, height, width, height),
        mark_safe(inside),  # noqa: S308 - a file of our own package, never a user's
    )
