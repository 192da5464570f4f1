"""A PDF of typst made small: objects that are no streams stand packed together in compressed object streams.

Nine tenths of a report are the elements of its tables, an object a cell, as plain text. Nothing is lost by
packing them, the tags neither. ISO 32000-1 (PDF 1.7), 7.5.7 (object streams) and 7.5.8 (cross-reference streams);
PDF/UA-1 (ISO 14289-1) rests on PDF 1.7 and allows both.
"""

import re
import struct
import zlib
from collections.abc import Sequence

from driegesprek.paper.binder import Objects

TOGETHER = 200
"""Objects in one stream: enough to compress well, few enough that a reader need not unpack all for one."""
LEVEL = 3
"""Of zlib: half the time of the usual 6, for a file that is three hundredths larger."""
_FREE, _PLAIN, _PACKED = 0, 1, 2


def packed(pdf: bytes) -> bytes:
    """The same document, smaller.

    Args:
        pdf: one PDF as typst wrote it.

    Raises:
        RuntimeError: the file has another shape.
    """
    objects = Objects(pdf)
    bodies = {number: objects.body(number) for number in sorted(objects.offsets)}
    streams = [number for number, body in bodies.items() if b"\nstream\n" in body]
    others = sorted(bodies.keys() - set(streams))
    made = _Writing(pdf[: min(objects.offsets.values())], objects.size)
    for number in streams:
        made.plain(number, bodies[number])
    for start in range(0, len(others), TOGETHER):
        numbers = others[start : start + TOGETHER]
        made.together(numbers, [bodies[number] for number in numbers])
    return made.finished(_kept(pdf[objects.end :]))


def _kept(tail: bytes) -> bytes:
    """What the trailer says of the whole: its root, its description, its name."""
    return b"".join(re.findall(rb"/(?:Root|Info) \d+ 0 R|/ID ?\[.*?\]", tail, re.DOTALL))


class _Writing:
    """The file as it grows, and where each object stands."""

    def __init__(self, head: bytes, size: int) -> None:
        self.text = bytearray(head)
        self.size = size
        self.rows: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 65535)}

    def plain(self, number: int, body: bytes) -> None:
        self.rows[number] = (_PLAIN, len(self.text), 0)
        self.text += b"%d 0 obj\n%b\nendobj\n" % (number, body)

    def together(self, numbers: Sequence[int], bodies: Sequence[bytes]) -> None:
        own, self.size = self.size, self.size + 1
        places, at = [], 0
        for place, (number, body) in enumerate(zip(numbers, bodies, strict=True)):
            self.rows[number] = (_PACKED, own, place)
            places.append(b"%d %d" % (number, at))
            at += len(body) + 1
        head = b" ".join(places) + b"\n"
        said = b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head))
        self.plain(own, _stream(said, head + b"\n".join(bodies)))

    def finished(self, kept: bytes) -> bytes:
        own, start = self.size, len(self.text)
        self.rows[own] = (_PLAIN, start, 0)
        rows = b"".join(
            struct.pack(">BIH", *self.rows.get(number, (_FREE, 0, 0))) for number in range(own + 1)
        )
        self.plain(own, _stream(b"/Type/XRef/W[1 4 2]/Size %d%b" % (own + 1, kept), rows))
        return bytes(self.text) + b"startxref\n%d\n%%%%EOF\n" % start


def _stream(said: bytes, data: bytes) -> bytes:
    small = zlib.compress(data, LEVEL)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (said, len(small), small)
