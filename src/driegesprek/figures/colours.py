"""Colours of the house: told apart by the colour-blind and in grey print, with letters that can be read on them."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

INK = "#1d2733"
BLACK = "#000000"
WHITE = "#ffffff"
CARD = "#fffdf9"
QUIET = "#5b6675"
LINE = "#e4dccf"
TEAL = "#0b6a68"
TEAL_SOFT = "#dcefec"
SUN = "#f2b632"
SUN_SOFT = "#fdf1d3"
CORAL = "#c8512b"
CORAL_SOFT = "#fbe6dd"
SKY = "#2f6db5"
SKY_SOFT = "#dfe9f6"

SCALE = ("#c9784f", "#e5bda7", "#f6f0e6", "#6fada6", "#0b6a68")
"""From one end to the other: orange-brown to teal. Each has its own lightness, so that grey print keeps them apart."""


@lru_cache(maxsize=64)
def scale(steps: int) -> tuple[str, ...]:
    """Colours for the answers of a scale from one end to the other.

    Args:
        steps: Number of answers; with an even number the pale middle is left out.
    """
    if steps == 1:
        return (SCALE[-1],)
    if steps in {2, 4}:
        chosen = {2: (0, 4), 4: (0, 1, 3, 4)}[steps]
        return tuple(SCALE[place] for place in chosen)
    return tuple(_between(place * (len(SCALE) - 1) / (steps - 1)) for place in range(steps))


def _between(place: float) -> str:
    start = min(int(place), len(SCALE) - 2)
    a, b = (_parts(SCALE[start + i]) for i in (0, 1))
    mixed = (round(x + (y - x) * (place - start)) for x, y in zip(a, b, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white). Source: WCAG 2.2, definition of relative luminance."""
    linear = [_linear(part / 255) for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- as in WCAG


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, definition of contrast ratio."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=256)
def on(colour: str) -> str:
    """The letter colour, black or white, that stands out most."""
    return max((BLACK, WHITE), key=lambda letter: contrast(letter, colour))


def smallest_step(colours: Sequence[str]) -> float:
    """The smallest contrast between neighbours."""
    return min((contrast(a, b) for a, b in pairwise(colours)), default=21.0)
