"""A picture of a stranger becomes one of ours: read, turned upright, made small enough for a phone, written anew.

What is written anew holds pixels only: no place where it was taken, no name of a camera, nothing hidden behind them.
"""

import io
import warnings
from dataclasses import dataclass
from typing import Final

from driegesprek.instruments.unusable import Unusable

MOST_PIXELS: Final = 40_000_000
"""Of the picture that is brought in; decoded these are 160 MB."""
LONGEST_SIDE: Final = 1_600
"""Pixels of the picture that is kept."""
_QUALITY: Final = 82
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP")


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG, with its size in pixels."""

    kind: str
    data: bytes
    width: int
    height: int


def redrawn(data: bytes) -> Picture:
    """The picture written anew: as PNG where parts of it are see-through or it was drawn (png, gif), else as JPEG.

    Of a moving picture the first image is kept: nothing moves by itself while somebody reads (WCAG 2.2.2).

    Raises:
        Unusable: `media_damaged`, or `media_pixels` where its head declares more than MOST_PIXELS.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 -- heavy, and only where a form with pictures is brought in

    try:
        with warnings.catch_warnings():
            # Pillow warns of bombs from some size on; ours is the limit, and of damage it raises.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise Unusable("media_pixels")
                drawn = found.format in {"PNG", "GIF"}
                found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                image = ImageOps.exif_transpose(found)
                image.load()
    except Image.DecompressionBombError as error:
        raise Unusable("media_pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise Unusable("media_damaged") from error
    see_through = image.has_transparency_data
    image = image.convert("RGBA" if see_through else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    if drawn or see_through:
        image.save(written, "PNG", optimize=True)
        return Picture("image/png", written.getvalue(), *image.size)
    image.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return Picture("image/jpeg", written.getvalue(), *image.size)
