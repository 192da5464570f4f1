"""What kind of picture, sound or film a file is, by its first bytes; its name and what a browser says are not believed."""

from typing import Final

HEAD: Final = 64
"""Bytes that are looked at."""

_PICTURES: Final = (
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF87a"),
    ("image/gif", b"GIF89a"),
)
_MP4_BRANDS: Final = frozenset(
    {
        b"M4A ",
        b"M4B ",
        b"M4V ",
        b"mp41",
        b"mp42",
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"avc1",
        b"dash",
    }
)


def picture_kind(head: bytes) -> str:
    """The media type of a picture by its first bytes: png, jpeg, gif or webp; empty for anything else.

    Signatures: PNG (W3C, 5.2), JPEG (ISO 10918-1, SOI), GIF87a and GIF89a, RIFF/WEBP (RFC 9649).
    """
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for kind, start in _PICTURES if head.startswith(start)), "")


def sound_kind(head: bytes) -> str:
    """The media type of a sound by its first 64 bytes: mp3, ogg, m4a, wav or webm; empty for anything else.

    Signatures: ID3v2 and MPEG audio frame sync (ISO 11172-3), OggS (RFC 3533), RIFF/WAVE, `ftyp` (ISO 14496-12),
    EBML with doctype webm.
    """
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    container = _container(head)
    if container:
        return f"audio/{container}"
    return "audio/mpeg" if head.startswith(b"ID3") or _mpeg_frame(head) else ""


def film_kind(head: bytes) -> str:
    """The media type of a film by its first 64 bytes: mp4, webm or ogg; empty for anything else."""
    container = _container(head)
    return f"video/{container}" if container else ""


def is_svg(head: bytes) -> bool:
    """Whether it is a drawing in SVG, which may hold scripts."""
    return b"<svg" in head or (head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"))


def _container(head: bytes) -> str:
    """The container that holds sound or film alike."""
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return "mp4"
    return "webm" if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:HEAD] else ""


def _mpeg_frame(head: bytes) -> bool:
    """Eleven bits set, then a version, layer III, a bit rate and a sample rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004 - a frame header has four bytes
        return False
    layer_three = head[1] & 0x06 == 0x02  # noqa: PLR2004 - bits of the frame header
    version = head[1] & 0x18 != 0x08  # noqa: PLR2004 - as above
    rates = head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C  # noqa: PLR2004 - as above
    return layer_three and version and rates
