"""The fonts that are shipped, and what they can print."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Tifinagh", "Noto Sans Ethiopic", "DejaVu Sans")
CODE_FAMILY = "DejaVu Sans Mono"


@cache
def covered() -> frozenset[int]:
    """Returns the code points that some font can print, from fonts/coverage.txt (a test compares it with the fonts)."""
    points: set[int] = set()
    for line in (FOLDER / "coverage.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)
