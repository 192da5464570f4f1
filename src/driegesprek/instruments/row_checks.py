"""Whether what stands in the row of a question fits together."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from driegesprek.instruments.cells import Cells
from driegesprek.instruments.model import Choice, Kind, Question
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.program import is_dynamic
from driegesprek.instruments.scales import scale_of
from driegesprek.instruments.scopes import FROM_ANSWERS
from driegesprek.instruments.typed import Unusable, typed
from driegesprek.instruments.words import references

_OUTSIDE = re.compile(r"\bsearch\s*\(|\b(?:ex|printer):")
"""Appearances that take choices or values from a file or another program on the device."""
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CHOOSING = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
_OF_CHOICES: Final = ("randomize", "seed")
_OF_FILES: Final = (*_OF_CHOICES, "value", "label")
_OF_RANGE: Final = ("start", "end", "step", "tick_interval", "tick_labelset", "placeholder")


def parameters_of(cells: Cells) -> dict[str, str]:
    """The parameters column: 'rows=5 other=…', also separated by commas or semicolons."""
    text = re.sub(r"\s*=\s*", "=", cells["parameters"])
    found = dict(part.partition("=")[::2] for part in _WORD.findall(re.sub(r"[,;]", " ", text)))
    return {**found, "rows": cells["rows"]} if cells["rows"] else found


def checked(question: Question, cells: Cells, lists: Mapping[str, tuple[Choice, ...]]) -> Iterator[Problem]:
    """What is wrong with a question, by the row that it stands in."""
    kind = question.kind
    computed = question.calculation or question.default or question.trigger
    if kind is Kind.CALCULATE and not computed:
        yield cells.problem("calculation_missing", "calculation", name=question.name)
    shown = question.label or question.hint or question.media or question.sound or question.film
    if kind.shown and not shown:
        yield cells.problem("label_missing", "label", name=question.name)
    if _OUTSIDE.search(question.appearance):
        yield cells.problem("appearance_outside", "appearance", appearance=question.appearance)
    if cells["repeat_count"]:
        yield cells.problem("count_without_repeat", "repeat_count")
    yield from _check_list(question, cells, lists)
    yield from _check_default(question, cells)
    yield from _check_parameters(question, cells)


def _check_list(
    question: Question, cells: Cells, lists: Mapping[str, tuple[Choice, ...]]
) -> Iterator[Problem]:
    if not question.list_name or question.kind not in {*_CHOOSING, Kind.NOTE}:
        if question.choice_filter:
            yield cells.problem("filter_without_choices", "choice_filter")
    elif question.list_name.startswith(FROM_ANSWERS):
        if len(list(references(question.list_name))) != 1 or question.kind is Kind.NOTE:
            yield cells.problem("list_from_repeat", "type", name=question.list_name)
    elif not question.choices:
        if "." not in question.list_name:  # of a file it has been told already
            yield _no_list(question, cells, lists)
    elif question.kind is not Kind.SELECT_ONE:
        yield from _spaced(question)


def _spaced(question: Question) -> Iterator[Problem]:
    """A space in a name makes two of it, where several names stand in one answer."""
    spaced = next((one.name for one in question.choices if " " in one.name), None)
    if spaced is not None:
        details = {"name": spaced, "list": question.list_name}
        yield Problem("choices", None, "name", "choice_spaced", details)


def _no_list(question: Question, cells: Cells, lists: Mapping[str, tuple[Choice, ...]]) -> Problem:
    near = get_close_matches(question.list_name, list(lists), n=1, cutoff=0.5)
    details = {"name": question.list_name, "near": near[0] if near else ""}
    return cells.problem("list_misspelt" if near else "list_unknown", "type", **details)


def _check_default(question: Question, cells: Cells) -> Iterator[Problem]:
    default = question.default
    listed = question.list_name.startswith(FROM_ANSWERS)
    if not default or not question.kind.answerable or listed or is_dynamic(default):
        return
    try:
        typed(question, default)
    except Unusable:
        details = {"default": default[:60], "kind": question.kind.value}
        yield cells.problem("default_bad", "default", **details)
    except ValueError:
        return  # the scale itself is wrong, which is told apart


def _check_parameters(question: Question, cells: Cells) -> Iterator[Problem]:
    accepted = _accepted(question)
    for name in question.parameters:
        if name not in accepted:
            details = {"name": name, "accepted": ", ".join(f"{one}=…" for one in accepted)}
            yield cells.problem("parameter_unknown", "parameters", **details)
    if question.kind is Kind.RANGE:
        yield from _check_scale(question, cells)
    yield from _check_order(question, cells)


def _accepted(question: Question) -> tuple[str, ...]:
    if question.kind is Kind.RANGE:
        return (*_OF_RANGE, "rows")
    if question.kind in _CHOOSING or question.list_name:
        return _OF_FILES if "." in question.list_name else (*_OF_CHOICES, "rows")
    return ("rows",)


def _check_scale(question: Question, cells: Cells) -> Iterator[Problem]:
    try:
        scale_of(question)
    except ValueError:
        yield cells.problem("range_bad", "parameters")
    if question.parameters.get("tick_labelset") and not question.choices:
        yield cells.problem("list_unknown", "parameters", name=question.list_name)


def _check_order(question: Question, cells: Cells) -> Iterator[Problem]:
    """The parameters randomize and seed."""
    random, seed = question.parameters.get("randomize", ""), question.parameters.get("seed", "")
    if random not in {"", "true", "false"}:
        yield cells.problem("randomize_bad", "parameters", value=random)
    if seed and not (_NUMBER.fullmatch(seed) or (seed.startswith("${") and seed.endswith("}"))):
        yield cells.problem("seed_bad", "parameters", value=seed)
