"""Drawing SVG that passes a strict content security policy: presentation attributes and classes, no styles.

Places along a line count from where reading starts: in a language that runs from right to left everything mirrors.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from math import ceil

from driegesprek.figures import colours
from driegesprek.figures.letters import BOLD, ISOLATE, POP, clean, wrap
from driegesprek.figures.model import Direction

FONT = "Atkinson Hyperlegible, system-ui, Noto Sans, sans-serif"
LINE_HEIGHT = 1.35
RIM = 2
"""Room in px around the drawing for the thickness of lines."""
Number = float | int


def number(value: Number) -> str:
    """A length without needless digits."""
    if isinstance(value, int):
        return str(value)
    return f"{value:.2f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=256)
def _named(key: str) -> str:
    """An attribute by the name that Python gives it: ``class_``, ``stroke_width``."""
    return key.rstrip("_").replace("_", "-")


_escaped = lru_cache(maxsize=1024)(escape)
"""The same few values stand in most elements."""


def element(tag: str, attributes: dict[str, Number | str], *inner: str) -> str:
    """One SVG element; attribute values are escaped, ``inner`` must be markup."""
    given = "".join(
        [
            f' {name}="{_escaped(value) if isinstance(value, str) else number(value)}"'
            for name, value in attributes.items()
        ]
    )
    return f"<{tag}{given}>{''.join(inner)}</{tag}>" if inner else f"<{tag}{given}/>"


class Canvas:
    """A drawing that grows downwards.

    Attributes:
        width: In px.
        y: Where the next thing goes.
    """

    def __init__(self, width: Number, direction: Direction) -> None:
        self.width = float(width)
        self.direction = Direction(direction)
        self.y = 0.0
        self.parts: list[str] = []

    @property
    def mirrored(self) -> bool:
        """Whether reading starts at the right."""
        return self.direction is Direction.RTL

    def rect(self, x: float, y: float, w: float, h: float, fill: str, **more: Number | str) -> None:
        """A rectangle whose start edge is ``x`` px from where reading starts."""
        left = self.width - x - w if self.mirrored else x
        attributes: dict[str, Number | str] = {"x": left, "y": y, "width": w, "height": h, "fill": fill}
        self._add("rect", attributes, more)

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, **more: Number | str) -> None:
        """A line between two places."""
        ends = [self.width - x if self.mirrored else x for x in (x1, x2)]
        attributes: dict[str, Number | str] = {
            "x1": ends[0],
            "y1": y1,
            "x2": ends[1],
            "y2": y2,
            "stroke": stroke,
        }
        self._add("line", attributes, more)

    def ribbon(
        self,
        start: tuple[float, float, float],
        end: tuple[float, float, float],
        fill: str,
        **more: Number | str,
    ) -> None:
        """A band from one place to another: each is (x, top, bottom), counted from where reading starts."""
        (x1, top1, low1), (x2, top2, low2) = (
            (self.width - x if self.mirrored else x, top, low) for x, top, low in (start, end)
        )
        half = (x1 + x2) / 2
        d = (
            f"M{number(x1)} {number(top1)}C{number(half)} {number(top1)} {number(half)} {number(top2)} {number(x2)} "
            f"{number(top2)}L{number(x2)} {number(low2)}C{number(half)} {number(low2)} {number(half)} {number(low1)} "
            f"{number(x1)} {number(low1)}Z"
        )
        self._add("path", {"d": d, "fill": fill}, more)

    def shape(
        self, rings: Sequence[Sequence[tuple[float, float]]], fill: str, name: str, **more: Number | str
    ) -> None:
        """An area of a map with its name; maps do not turn round with the language."""
        d = "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "Z" for ring in rings)
        self._add(
            "path", {"d": d, "fill": fill}, more, element("title", {}, escape(clean(name), quote=False))
        )

    def text(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = 14,
        fill: str = colours.INK,
        anchor: str = "start",
        **more: Number | str,
    ) -> None:
        """One line of text on the baseline ``y``; it keeps its own direction whatever stands around it."""
        attributes: dict[str, Number | str] = {
            "x": self.width - x if self.mirrored else x,
            "y": y,
            "font-size": size,
            "fill": fill,
            "text-anchor": anchor,
        }
        self._add("text", attributes, more, escape(f"{ISOLATE}{clean(text)}{POP}", quote=False))

    def lines(
        self, lines: Sequence[str], x: float, y: float, *, size: float = 14, **more: Number | str
    ) -> float:
        """Lines of text beneath each other from the top edge ``y``; returns the bottom edge."""
        fill = str(more.pop("fill", colours.INK))
        anchor = str(more.pop("anchor", "start"))
        for i, line in enumerate(lines):
            baseline = y + size * (LINE_HEIGHT * i + 1)
            self.text(line, x, baseline, size=size, fill=fill, anchor=anchor, **more)
        return y + size * LINE_HEIGHT * len(lines)

    def note(self, text: str, x: float, y: float, w: float, h: float) -> float:
        """Words in a dashed frame at least ``h`` px high, where a number would stand; returns the frame's height."""
        size = 13.0
        lines = wrap(text, w - 16, size)
        block = size * LINE_HEIGHT * len(lines)
        h = max(h, block + 8)
        self.rect(
            x + 0.5, y, w - 1, h, "none", stroke=colours.QUIET, stroke_width=1, stroke_dasharray="4 3", rx=4
        )
        self.lines(lines, x + 8, y + (h - block) / 2, size=size, fill=colours.QUIET)
        return h

    def heading(self, title: str) -> None:
        """The title at the top."""
        self.y = self.lines(wrap(title, self.width, 17 * BOLD), 0, self.y, size=17, font_weight="bold") + 6

    def stripes(self, x: float, y: float, w: float, h: float) -> None:
        """A striped rectangle for what is not shown: seen in colour and in grey."""
        self.rect(x, y, w, h, colours.CARD, stroke=colours.QUIET, stroke_width=1, class_="figure-hidden")
        places = (x + 4 + 6 * place for place in range(max(ceil((w - 5) / 6), 0)))
        d = "".join(
            f"M{number(self.width - at if self.mirrored else at)} {number(y + 2)}V{number(y + h - 2)}"
            for at in places
        )
        if d:
            self._add("path", {"d": d, "stroke": colours.QUIET, "stroke-width": 1}, {})

    def _add(
        self, tag: str, attributes: dict[str, Number | str], more: dict[str, Number | str], *inner: str
    ) -> None:
        named = {_named(key): value for key, value in more.items()}
        self.parts.append(element(tag, attributes | named, *inner))

    def svg(self, title: str, description: str, language: str) -> str:
        """The whole drawing, with its name and its description for who does not see it."""
        height = self.y
        title, description = clean(title), clean(description)
        attributes: dict[str, Number | str] = {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "figure",
            "role": "img",
            "aria-label": title,
            "lang": language,
            "direction": self.direction.value,
            "viewBox": f"{-RIM} {-RIM} {number(self.width + 2 * RIM)} {number(height + 2 * RIM)}",
            "width": self.width + 2 * RIM,
            "height": height + 2 * RIM,
            "font-family": FONT,
        }
        head = [element("title", {}, escape(title, quote=False))]
        head += [element("desc", {}, escape(description, quote=False))]
        return element("svg", attributes, *head, *self.parts)
