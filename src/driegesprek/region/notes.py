"""Remarks that belong to an answer: in English, and the same in Dutch."""

from typing import Self


class Note(str):
    """A remark in English that can be said in Dutch too.

    Attributes:
        dutch: The same in Dutch.
    """

    __slots__ = ("dutch",)
    dutch: str

    def __new__(cls, english: str, dutch: str) -> Self:
        """Make one of the English and the Dutch words."""
        made = super().__new__(cls, english)
        made.dutch = dutch
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override] # str has one argument, this has two
        """For copies."""
        return str(self), self.dutch


def said(remark: str, language: str) -> str:
    """A remark in Dutch (`nl`) where it has Dutch words, else as it is."""
    return remark.dutch if language == "nl" and isinstance(remark, Note) else str(remark)
