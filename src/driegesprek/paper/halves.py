"""A long document in halves: cut where a page begins anyway, laid out beside each other, bound into one.

Typst lays out most of a document on one processor. A process of its own lays out the second half, which is safe whatever
other threads there are here, since nothing is forked that goes on with what it finds. On one processor, or where no process
can be begun, one half is laid out after the other; the bytes are the same.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from driegesprek.paper import beside, binder, fonts, press

SCRIPT = Path(beside.__file__)

MEMORY = "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864:glibc.malloc.mmap_threshold=1073741824"
"""Memory in few large pieces: a tenth of the time went into asking for small ones (glibc; others do not read it)."""


def laid_out(template: str, first: str, second: str) -> bytes:
    """One tagged PDF of two halves.

    Args:
        template: the file in templates/ that lays them out; it takes the numbers of pages from `numbers.json`.
        first: data as JSON.
        second: as well; it begins on a page of its own.
    """
    with _Beside(template, second) as other:
        return binder.bind(_both(template, first, other), continued=True)


def _both(template: str, first: str, other: "_Beside") -> Iterator[bytes]:
    before = _pages(template, first)
    every = before + other.pages()
    other.number(_numbers(before, every))
    yield press.compiled(template, first, _numbers(0, every))
    yield other.pdf()


def _pages(template: str, data: str) -> int:
    return beside.pages(press.typst(), press.given(template, data, _numbers(0, 0)))


def _numbers(before: int, every: int) -> str:
    return json.dumps({"before": before, "all": every})


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Beside:
    """A half in a process of its own; where there is none, or it ends too soon, in this one."""

    def __init__(self, template: str, data: str) -> None:
        self._template, self._data, self._numbers = template, data, ""
        self._process = _begun(press.files(template, data, _numbers(0, 0))) if _processors() > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def pages(self) -> int:
        """On how many pages it stands; waits for it."""
        told = self._process.stdout.readline() if self._process and self._process.stdout else b""
        if told.strip().isdigit():
            return int(told)
        self._end()
        return _pages(self._template, self._data)

    def number(self, numbers: str) -> None:
        """Tell which numbers its pages have; it goes on at once."""
        self._numbers = numbers
        if self._process and self._process.stdin:
            with suppress(OSError):  # it was killed, for want of memory most likely
                self._process.stdin.write(f"{numbers}\n".encode())
                self._process.stdin.flush()

    def pdf(self) -> bytes:
        """What it is; not held to PDF/UA by typst, since a document that is begins with its title."""
        made = self._process.communicate()[0] if self._process else b""
        if self._process and self._process.returncode == 0 and made:
            return made
        return press.compiled(self._template, self._data, self._numbers, standard=None)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _begun(files: Mapping[str, bytes]) -> "subprocess.Popen[bytes] | None":
    """The process at work; None where none could be begun."""
    told = {"files": {name: text.decode() for name, text in files.items()}, "fonts": str(fonts.FOLDER)}
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(  # noqa: S603 - our own file, by this same Python
            [sys.executable, "-P", str(SCRIPT)],
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            env={"GLIBC_TUNABLES": MEMORY, **os.environ},
        )
    except OSError:
        return None
    try:
        if process.stdin:
            process.stdin.write(f"{json.dumps(told, ensure_ascii=False)}\n".encode())
            process.stdin.flush()
    except OSError:
        process.kill()
        process.communicate()
        return None
    return process
