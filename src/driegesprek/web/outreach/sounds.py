"""What kind of sound a file is, by its content; its name and what the browser says are not believed."""

LARGEST = 10 * 1024 * 1024
HEAD = 64
MP4_BRANDS = {b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso5", b"iso6", b"dash"}
EXTENSIONS = {
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/webm": "webm",
}


def kind_of(head: bytes) -> str:
    """The media type of a sound by its first 64 bytes: mp3, ogg, m4a, wav or webm; empty for anything else.

    Signatures: ID3v2 and MPEG audio frame sync (ISO 11172-3), OggS (RFC 3533), RIFF/WAVE, `ftyp` (ISO 14496-12),
    EBML with doctype webm.
    """
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp" and head[8:12] in MP4_BRANDS:
        return "audio/mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:HEAD]:
        return "audio/webm"
    return "audio/mpeg" if head.startswith(b"ID3") or _mpeg_frame(head) else ""


def _mpeg_frame(head: bytes) -> bool:
    """Eleven bits set, then a version, layer III, a bit rate and a sample rate that exist."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004 - a frame header has four bytes
        return False
    layer_three = head[1] & 0x06 == 0x02  # noqa: PLR2004 - bits of the frame header
    version = head[1] & 0x18 != 0x08  # noqa: PLR2004 - as above
    rates = head[2] & 0xF0 != 0xF0 and head[2] & 0x0C != 0x0C  # noqa: PLR2004 - as above
    return layer_three and version and rates
