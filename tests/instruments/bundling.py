"""Forms with pictures, sounds and films, made in memory."""

import io
import struct
import zipfile
import zlib

from PIL import Image

FORM = """| survey |
| | type | name | label::nl | label::en | media::image::nl | media::image::en | media::audio::nl | media::video |
| | select_one l | animal | Welk dier? | Which animal? | dier.png | animal.png | dier.mp3 | dier.mp4 |
| choices |
| | list_name | name | label::nl | label::en | media::image |
| | l | dog | Hond | Dog | Hond.JPG |
| | l | cat | Kat | Cat | |
| settings |
| | form_title | default_language |
| | Dieren | nl |
"""
MP3 = b"ID3\x04\x00" + bytes(200)
MP4 = b"\x00\x00\x00\x20ftypisom\x00" + bytes(200)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def picture(kind="PNG", size=(40, 30), colour=(200, 30, 30), **more):
    written = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, colour).save(written, kind, **more)
    return written.getvalue()


def bomb(width=60_000, height=60_000):
    """A PNG of a few bytes whose head declares more pixels than any memory holds."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def media():
    return {
        "dier.png": picture(),
        "animal.png": picture(colour=(30, 30, 200)),
        "hond.jpg": picture("JPEG", size=(2400, 1200)),
        "dier.mp3": MP3,
        "dier.mp4": MP4,
    }


def zipped(files, form=FORM, name="dieren.md", folder="dieren-media/"):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        if form is not None:
            archive.writestr(name, form)
        for one, data in files.items():
            archive.writestr(f"{folder}{one}", data)
    return written.getvalue()
