"""Texts of a form with ${name} filled in."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from driegesprek.instruments.places import template_of

if TYPE_CHECKING:
    from driegesprek.instruments.scopes import Names

_REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


def references(text: str) -> Iterator[str]:
    """The names that a text fills in."""
    return (found[1] for found in _REFERENCE.finditer(text))


def filled(text: str, values: Mapping[str, str], names: "Names", at: str = "") -> str:
    """The text with each ${name} replaced by its value; '' where there is none yet.

    Args:
        text: as written in the form
        values: {path with the ids of instances: value}
        names: the names of the form
        at: the path with ids of the question or group to which the text belongs; what it names is looked for in the
            same instances of repeats, and otherwise in the first
    """
    if "${" not in text:
        return text
    return _REFERENCE.sub(lambda found: _value(found[1], values, names, at), text)


def _value(name: str, values: Mapping[str, str], names: "Names", at: str) -> str:
    path = next(iter(names.paths.get(name, ())), "")
    chain = names.tree.chains.get(path, ())
    if not chain:
        return values.get(path, "")
    bound = names.tree.bindings((template_of(at), at)) if at else {}
    around = next((bound[one] for one in reversed(chain) if one in bound), "")
    if chain[-1] in bound:
        return values.get(around + path[len(chain[-1]) :], "")
    return next(
        (value for key, value in values.items() if template_of(key) == path and key.startswith(around)), ""
    )
