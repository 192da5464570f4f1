"""Several PDFs of one print become one, with their tags.

Libraries that merge PDF files drop the structure tree (pypdf, pdfium), without which a screen reader finds nothing, or keep
every object in memory. What typst writes is simple enough to bind as it stands: a plain cross-reference table, no object
streams, one flat list of pages, one Document element. All objects are copied with new numbers; only those that
list others (pages, structure tree, Document, metadata) are written anew. A file of another shape is refused.
ISO 32000-1 (PDF 1.7), 7.5 (file structure) and 14.7 (structure tree).
"""

import hashlib
import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import chain, repeat

# Whatever stands between brackets is text that a person may have typed, never a reference.
_TOKEN = re.compile(
    rb"(?P<cell>/ID\(U\d+x\d+y\d+\)|/Headers\[[^\]]*\])"
    rb"|\\.|[()]|(?P<number>\d+) 0 R\b|(?P<key>/StructParents?) (?P<page>\d+)",
    re.DOTALL,
)
_CELLS = re.compile(rb"/ID\(U\d+x\d+y\d+\)|/Headers\[[^\]]*\]")
_MOVING = re.compile(rb"(\d+) 0 R\b|\(U(\d+)(?=x\d+y\d+\))|(/StructParents?) (\d+)")
"""What moves in an object without a text, as most are; binding takes a third less for it (measured)."""
_REFERENCE = re.compile(rb"(\d+) 0 R")
_TABLE = re.compile(rb"\(U(\d+)(x\d+y\d+)\)")


def page_count(pdf: bytes) -> int:
    """Returns the number of pages of what typst wrote."""
    return int(_found(rb"/Type/Pages/Count (\d+)", pdf)[1])


def _found(pattern: bytes, text: bytes) -> re.Match[bytes]:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"Typst's PDF has a shape that cannot be bound: {pattern!r} is missing.")
    return match


class Objects:
    """One PDF as typst wrote it: its objects."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.end = int(_found(rb"startxref\n(\d+)\n%%EOF\s*$", pdf[-64:])[1])
        head = _found(rb"xref\n0 (\d+)\n", pdf[self.end : self.end + 40])
        self.size, first = int(head[1]), self.end + head.end()
        rows = (pdf[first + 20 * number : first + 20 * number + 18] for number in range(1, self.size))
        self.offsets = {number: int(row[:10]) for number, row in enumerate(rows, 1) if row[17:18] == b"n"}

    @cached_property
    def _following(self) -> dict[int, int]:
        order = sorted(self.offsets, key=self.offsets.__getitem__)
        ends = [self.offsets[number] for number in order[1:]] + [self.end]
        return dict(zip(order, ends, strict=True))

    def body(self, number: int) -> bytes:
        """Returns an object without ``7 0 obj`` and ``endobj``."""
        text = self.pdf[self.offsets[number] : self._following[number]]
        return text[text.index(b"obj\n") + 4 : text.rindex(b"\nendobj")]


class _Part(Objects):
    """One PDF as typst wrote it: its objects, and which of them list the others."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(pdf)
        self.catalog = self._reference(rb"/Root (\d+) 0 R", pdf[self.end :])
        self.info = self._reference(rb"/Info (\d+) 0 R", pdf[self.end :])
        self.pages = self._reference(rb"/Pages (\d+) 0 R", self.body(self.catalog))
        self.tree = self._reference(rb"/StructTreeRoot (\d+) 0 R", self.body(self.catalog))
        self.metadata = self._reference(rb"/Metadata (\d+) 0 R", self.body(self.catalog))
        self.document = self._reference(rb"/K\[(\d+) 0 R\]", self.body(self.tree))
        # Typst lifts the language of most of the text up to the catalog.
        language = re.search(rb"/Lang\([\w-]+\)", self.body(self.catalog))
        self.language = language[0] if language else b""

    @staticmethod
    def _reference(pattern: bytes, text: bytes) -> int:
        return int(_found(pattern, text)[1])

    def listed(self, key: bytes, number: int) -> list[int]:
        """Returns the numbers of the objects in the array `key` of an object."""
        array = _found(rb"/" + key + rb"\[([^\]]*)\]", self.body(number))[1]
        return [int(found[1]) for found in _REFERENCE.finditer(array)]

    @property
    def parents(self) -> dict[int, int]:
        """The parent tree: for each page's key, the object with the parents of its marked content."""
        array = _found(rb"/Nums\[([^\]]*)\]", self.body(self.tree))[1]
        return {int(key): int(number) for key, number in re.findall(rb"(\d+) (\d+) 0 R", array)}

    @cached_property
    def header_cells(self) -> dict[bytes, int]:
        """The names of header cells, to which the cells of a table refer: table, column, row; and their objects."""
        names = re.search(rb"/IDTree<</Names\[([^\]]*)\]", self.body(self.tree))
        return {name: int(to) for name, to in re.findall(rb"(\([^)]*\))(\d+) 0 R", names[1])} if names else {}

    @property
    def tables(self) -> int:
        """The highest number of a table."""
        return max((int(found[1]) for name in self.header_cells if (found := _TABLE.match(name))), default=0)

    @property
    def own(self) -> set[int]:
        """What is bound once for the whole: these objects are not copied."""
        return {self.catalog, self.info, self.pages, self.tree, self.metadata, self.document}


@dataclass(frozen=True, slots=True)
class _Move:
    """How far a part's numbers move: objects, keys of the parent tree, tables; and what it shares with the whole."""

    objects: int
    pages: int
    tables: int
    shared: dict[int, int]

    def number(self, old: int) -> int:
        return self.shared.get(old, old + self.objects)

    @property
    def still(self) -> bool:
        """Whether all keeps its number, as in the part that the whole begins with."""
        moved = any(old != new for old, new in self.shared.items())
        return not (self.objects or self.pages or self.tables or moved)

    def cells(self, text: bytes) -> bytes:
        return _TABLE.sub(lambda found: b"(U%d%b)" % (int(found[1]) + self.tables, found[2]), text)

    def body(self, body: bytes) -> bytes:
        """Returns an object with its references, its key in the parent tree and its names of cells moved along."""
        # A string never holds a raw line end (typst escapes it), so this is where a stream begins.
        head, stream, data = body.partition(b"\nstream\n")
        if b"(" not in head or b"(" not in _CELLS.sub(b"", head):
            return _MOVING.sub(self._moving, head) + stream + data
        return self._beside_texts(head) + stream + data

    def _moving(self, found: re.Match[bytes]) -> bytes:
        if found[1]:
            return b"%d 0 R" % self.number(int(found[1]))
        if found[2]:
            return b"(U%d" % (int(found[2]) + self.tables)
        return b"%b %d" % (found[3], int(found[4]) + self.pages)

    def _beside_texts(self, head: bytes) -> bytes:
        depth = 0

        def moved(found: re.Match[bytes]) -> bytes:
            nonlocal depth
            text = found[0]
            depth += (text == b"(") - (text == b")")
            return text if depth else self._token(found)

        return _TOKEN.sub(moved, head)

    def _token(self, found: re.Match[bytes]) -> bytes:
        if found["number"]:
            return b"%d 0 R" % self.number(int(found["number"]))
        if found["key"]:
            return b"%b %d" % (found["key"], int(found["page"]) + self.pages)
        return self.cells(found[0]) if found["cell"] else found[0]


class _Volume:
    """The file that is being written."""

    def __init__(self, first: _Part) -> None:
        self.first = first
        self.file = BytesIO()
        self.file.write(first.pdf[: min(first.offsets.values())])
        self.offsets = array("Q")  # by number; a dictionary of 300,000 would take forty megabytes
        self.document = first.size
        self.size, self.tables = first.size + 1, 0
        self.kids: list[int] = []
        self.elements: list[int] = []
        self.parents: dict[int, int] = {}
        self.header_cells: dict[bytes, int] = {}

    def write(self, number: int, body: bytes) -> None:
        self.offsets.extend(repeat(0, number + 1 - len(self.offsets)))
        self.offsets[number] = self.file.tell()
        self.file.write(b"%d 0 obj\n%b\nendobj\n\n" % (number, body))

    def add(self, part: _Part) -> None:
        """Copies a part's objects; its Document becomes one Part of the whole's, in the part's main language."""
        move = self._move(part)
        moved = bytes if move.still else move.body
        for old in part.offsets.keys() - part.own:
            self.write(old + move.objects, moved(part.body(old)))
        kids = _array([move.number(old) for old in part.listed(b"K", part.document)])
        element = b"<</Type/StructElem/S/Part/P %d 0 R%b/K[%b]>>" % (self.document, part.language, kids)
        self.write(move.number(part.document), element)
        self.elements.append(move.number(part.document))
        self.size = max(self.size, part.size + move.objects)
        self.tables += part.tables
        self.kids += map(move.number, part.listed(b"Kids", part.pages))
        self.parents |= {page + move.pages: move.number(old) for page, old in part.parents.items()}
        self.header_cells |= {move.cells(name): move.number(old) for name, old in part.header_cells.items()}

    def _move(self, part: _Part) -> _Move:
        shared = {part.pages: self.first.pages, part.tree: self.first.tree}
        objects = 0 if part is self.first else self.size - 1
        pages = max(self.parents, default=-1) + 1
        return _Move(objects=objects, pages=pages, tables=self.tables, shared=shared)

    def close(self) -> bytes:
        """Writes what lists all the rest, and returns the file."""
        first, pages = self.first, len(self.kids)
        self.write(first.pages, b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, _array(self.kids)))
        self.write(first.tree, self._tree(first.body(first.tree)))
        document = b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (first.tree, _array(self.elements))
        self.write(self.document, document)
        self.write(first.metadata, _metadata(first.body(first.metadata), pages))
        self.write(first.catalog, first.body(first.catalog))
        self.write(first.info, first.body(first.info))
        return self._finished()

    def _tree(self, body: bytes) -> bytes:
        nums = b" ".join(b"%d %d 0 R" % pair for pair in self.parents.items())
        # The keys of a name tree stand in the order of their bytes (7.9.6).
        names = b"".join(b"%b%d 0 R" % pair for pair in sorted(self.header_cells.items()))
        body = re.sub(rb"/K\[\d+ 0 R\]", b"/K[%d 0 R]" % self.document, body)
        body = re.sub(rb"/Nums\[[^\]]*\]", b"/Nums[%b]" % nums, body)
        body = re.sub(rb"/Names\[[^\]]*\]", b"/Names[%b]" % names, body)
        return re.sub(rb"/ParentTreeNextKey \d+", b"/ParentTreeNextKey %d" % (max(self.parents) + 1), body)

    def _finished(self) -> bytes:
        start = self.file.tell()
        name = hashlib.sha256(self.file.getbuffer()).hexdigest()[:32].encode()
        root, info = self.first.catalog, self.first.info
        self.file.write(b"xref\n0 %d\n" % len(self.offsets))
        self.file.writelines(map(_row, self.offsets))
        self.file.write(b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R" % (len(self.offsets), root, info))
        self.file.write(b"/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF" % (name, name, start))
        return self.file.getvalue()


def _row(offset: int) -> bytes:
    return b"%010d 00000 n\r\n" % offset if offset else b"0000000000 65535 f\r\n"


def _array(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _metadata(body: bytes, pages: int) -> bytes:
    packet = body.partition(b"\nstream\n")[2].rpartition(b"\nendstream")[0]
    packet = re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % pages, packet)
    return b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%b\nendstream" % (len(packet), packet)


def bind(parts: Iterable[bytes]) -> bytes:
    """Returns one PDF with the pages of all parts in order, and one structure tree over them.

    Args:
        parts: PDFs that typst wrote from one template, with the same title and language; each is let go once it is
            copied.

    Raises:
        ValueError: If there are no parts.
        RuntimeError: If a part has another shape than typst gives it.
    """
    rest = iter(parts)
    first = next(rest, None)
    if first is None:
        raise ValueError("There is nothing to bind.")
    second = next(rest, None)
    if second is None:
        return first
    volume = _Volume(_Part(first))
    volume.add(volume.first)
    for part in chain([second], rest):
        volume.add(_Part(part))
    return volume.close()
