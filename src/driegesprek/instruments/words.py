"""Texts of a form with ${name} filled in."""

import re
from collections.abc import Iterator, Mapping, Sequence

_REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


def references(text: str) -> Iterator[str]:
    """The names that a text fills in."""
    return (found[1] for found in _REFERENCE.finditer(text))


def fill_in(text: str, values: Mapping[str, str], paths: Mapping[str, Sequence[str]]) -> str:
    """The text with each ${name} replaced by its value; '' where there is none yet.

    Args:
        text: as written in the form
        values: {path: value}
        paths: {name: its paths}
    """
    if "${" not in text:
        return text
    return _REFERENCE.sub(lambda found: values.get(next(iter(paths.get(found[1], ())), ""), ""), text)
