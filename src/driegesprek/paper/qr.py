"""QR codes as one light vector path."""

from collections.abc import Iterator
from itertools import groupby

QUIET_ZONE = 4
"""Modules of white around the code; ISO/IEC 18004 asks for four."""

MASK = 4
"""One fixed mask: trying all eight takes most of the time, and readers cope with any."""


def _bars(row: bytes | bytearray, y: int) -> Iterator[str]:
    x = QUIET_ZONE
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            yield f"M{x} {y}h{width}v1h-{width}z"
        x += width


def svg(url: str) -> str:
    """Returns the QR code of `url` as the text of an SVG file, quiet zone included, error correction M or better.

    Raises:
        segno.encoder.DataOverflowError: If the address is longer than a QR code can hold (about 2,300 bytes).
    """
    import segno  # noqa: PLC0415 - heavy

    matrix = segno.make(url, error="m", mask=MASK, micro=False).matrix
    size = len(matrix) + 2 * QUIET_ZONE
    path = "".join(bar for y, row in enumerate(matrix, QUIET_ZONE) for bar in _bars(row, y))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path d="{path}"/></svg>'
    )
