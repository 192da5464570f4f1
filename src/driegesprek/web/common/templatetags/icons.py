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
    """`{% picture quality.svg %}`: a drawing of our own content (24 by 24) inline, like an icon.

    Only for drawings that came with the package: what a user uploads is never put into a page this way.

    Raises:
        ValueError: it is no SVG.
    """
    return _inline(_inside(svg), "icon")


def _inline(inside: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' aria-hidden="true">{}</svg>',
        classes,
        mark_safe(inside),  # noqa: S308 - a file of our own package, never a user's
    )
