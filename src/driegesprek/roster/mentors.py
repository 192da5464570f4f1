"""Mentors as a class list names them: by name, code or e-mail address."""

import re

from driegesprek.roster.cells import RowReader
from driegesprek.roster.contact import is_nothing
from driegesprek.roster.names import split_full, without_title
from driegesprek.roster.people import RosterStaff
from driegesprek.roster.texts import folded

_SEVERAL = re.compile(r"\s*(?:/|;|&|\s\+\s|\ben\b)\s*")
_CODE = re.compile(r"[A-Za-z]{2,4}\d{0,2}|[A-Z]{5,6}")


def read_mentors(reader: RowReader) -> tuple[RosterStaff, ...]:
    """The mentors of a row; two in one cell (`JAN / PET`) are two.

    The id is the e-mail address, else the code, else the name, so that all rows of a class agree.
    """
    email = reader.email("class.mentor_email")
    code = reader.text("class.mentor_code")
    names = [*_names(reader.text("class.mentor")), *_names(reader.text("class.mentor_2"))]
    if not names and (email or code):
        names = [email or code]
    single = len(names) == 1
    return tuple(_mentor(name, email if single else None, code if single else "") for name in names)


def _names(text: str) -> list[str]:
    return [part for part in _SEVERAL.split(text) if not is_nothing(part)]


def _mentor(text: str, email: str | None, code: str) -> RosterStaff:
    if "@" in text:
        email, text = email or text, text.split("@", maxsplit=1)[0]
    is_code = _CODE.fullmatch(text) is not None and text.isupper()
    code = code or (text if is_code else "")
    identity = email or code or text
    return RosterStaff(folded(identity), _spoken(text), email=email, role="mentor", code=code or None)


def _spoken(text: str) -> str:
    """`Vries, Jan de` as it is said: `Jan de Vries`."""
    if "," not in text:
        return without_title(text)
    given, prefix, family, _ = split_full(text)
    return " ".join(part for part in (given, prefix, family) if part)
