"""In which order the values of a form can be worked out, from what each of them reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Final

_MOST_MERGED: Final = 200


@dataclass(frozen=True)
class Reads:
    """What one item waits for."""

    parent: str
    around: str
    """The innermost repeat around it; '' when there is none."""
    columns: Mapping[str, Mapping[str, bool]]
    """{column: {path: whether it is read in chosen instances of a repeat only}}"""

    def waits(self, *, counted: bool) -> Iterator[str]:
        """What must come first; without `counted`, the number of repeats does not wait."""
        if self.parent:
            yield self.parent
        for column, paths in self.columns.items():
            if counted or column != "count":
                yield from paths


@dataclass(frozen=True)
class Ordered:
    """The order: steps of one item, or of several that are worked out instance by instance."""

    steps: tuple[tuple[str, ...], ...]
    iterated: bool = False


@dataclass(frozen=True)
class Circle:
    """Items that wait for each other; told at the first that reads the next."""

    path: str
    column: str
    along: tuple[str, ...]


def ordered(reads: Mapping[str, Reads]) -> Ordered | Circle:
    """The order in which the items can be worked out, or the circle that makes it impossible.

    A number of repeats may depend on answers inside it: it is then found by trying (`iterated`). A value may read
    itself in another instance of its repeat, by place or by a test: a running total.
    """
    for counted in (True, False):
        graph = {path: list(one.waits(counted=counted)) for path, one in reads.items()}
        try:
            steps = tuple((path,) for path in TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle = error.args[1][::-1]
        else:
            return Ordered(steps, iterated=not counted)
    return _merged(reads, graph, circle)


def _merged(
    reads: Mapping[str, Reads], graph: Mapping[str, list[str]], circle: list[str]
) -> Ordered | Circle:
    """Items of one circle within one repeat become one step, if an instance waits for other instances only."""
    step_of = {path: path for path in graph}
    for _ in range(_MOST_MERGED):
        if len({reads[path].around for path in circle}) > 1 or not reads[circle[0]].around:
            return _told(reads, circle)
        members = {step_of[path] for path in circle}
        step_of = {path: circle[0] if step in members else step for path, step in step_of.items()}
        try:
            order = list(TopologicalSorter(_contracted(graph, step_of)).static_order())
        except CycleError as error:
            circle = _members(error.args[1][::-1], step_of)
            continue
        return _with_steps(reads, step_of, order)
    return _told(reads, circle)


def _members(circle: Iterable[str], step_of: Mapping[str, str]) -> list[str]:
    return [path for step in dict.fromkeys(circle) for path, one in step_of.items() if one == step]


def _contracted(graph: Mapping[str, list[str]], step_of: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {step: set() for step in step_of.values()}
    for path, waits in graph.items():
        found[step_of[path]] |= {step_of[one] for one in waits if step_of[one] != step_of[path]}
    return found


def _with_steps(reads: Mapping[str, Reads], step_of: Mapping[str, str], order: list[str]) -> Ordered | Circle:
    steps = []
    for step in order:
        members = [path for path, one in step_of.items() if one == step]
        within = {path: _same_instance(reads[path], {*members}) for path in members}
        try:
            steps.append(tuple(TopologicalSorter(within).static_order()))
        except CycleError as error:
            return _told(reads, error.args[1][::-1])
    counted = any("count" in one.columns for one in reads.values())
    return Ordered(tuple(steps), iterated=counted)


def _same_instance(one: Reads, members: set[str]) -> list[str]:
    return [
        path
        for column, paths in one.columns.items()
        if column != "count"
        for path, across in paths.items()
        if path in members and not across
    ]


def _told(reads: Mapping[str, Reads], circle: list[str]) -> Circle:
    along = (*circle, circle[0]) if circle[0] != circle[-1] else tuple(circle)
    for path, following in pairwise(along):
        for column, paths in reads[path].columns.items():
            if following in paths:
                return Circle(path, column, along)
    columns = reads[along[0]].columns
    return Circle(along[0], next(iter(columns), "calculation"), along)
