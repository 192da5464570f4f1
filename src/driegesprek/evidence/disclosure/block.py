"""A linked table as a system of equations: what an attacker knows of it, and what he does not.

A block has a row per margin (everybody, each class, each track ...) and a column per count (those who answered,
each answer, ...). Every margin is a sum of base groups, the finest groups that were counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from driegesprek.evidence.counts import CountedQuestion, Counts, Group
from driegesprek.evidence.disclosure.ledger import Release, Where, passes
from driegesprek.tables.codebook import Kind, Missing

if TYPE_CHECKING:
    from scipy import sparse
else:
    from driegesprek.evidence.later import sparse


class Role(Enum):
    """What a column counts."""

    VALID = "valid"
    """Who answered the question."""
    ANSWER = "answer"
    """Who gave this answer."""
    OTHER = "other"
    """Who answered without choosing this option: never printed, but valid minus answer."""
    REASON = "reason"
    """Who gave no answer for this reason."""


@dataclass(frozen=True)
class Column:
    """One column of a block."""

    role: Role
    code: str = ""


@dataclass(frozen=True)
class Margin:
    """One row of a block: a set of base groups.

    Attributes:
        members: Places of the base groups it sums.
        places: The rows of the tables that show it; none when only needed as a term. Two rows that sum the same
            groups (a track with one class) are one margin.
    """

    members: frozenset[int]
    places: tuple[tuple[tuple[str, ...], Group], ...] = ()

    @property
    def displayed(self) -> bool:
        """Whether a table has a row for it."""
        return bool(self.places)

    @property
    def total(self) -> bool:
        """Whether it is everybody."""
        return ((), ()) in self.places


class Layout:
    """The margins of a set of linked tables, and how they are made of each other.

    Args:
        counts: The sums; with earlier releases in layers, see :mod:`.ledger`.
        groupings: The tables to publish.
        where: Their filter.
        earlier: Releases that are public already, first to last.
    """

    def __init__(
        self,
        counts: Counts,
        groupings: Sequence[tuple[str, ...]],
        *,
        where: Where | None = None,
        earlier: Sequence[Release] = (),
    ) -> None:
        self.base = counts.groups
        self.groupings = tuple(groupings)
        self.earlier = tuple(earlier)
        self.linked = bool(self.earlier or where)
        self.margins = _margins(counts, self.groupings, where or {}, self.earlier)
        self.base_margin = self._find_base()

    def _find_base(self) -> list[int]:
        places = {margin.members: place for place, margin in enumerate(self.margins)}
        return [places[frozenset({b})] for b in range(len(self.base))]

    @cached_property
    def incidence(self) -> Any:
        """Margins × base groups: 1 where the margin contains the base group."""
        return np.array(
            [[b in margin.members for b in range(len(self.base))] for margin in self.margins], int
        )

    @cached_property
    def total(self) -> int:
        """The place of the margin of everybody."""
        return next(place for place, margin in enumerate(self.margins) if margin.total)

    @cached_property
    def partitions(self) -> list[list[int]]:
        """For each grouping the margins that together make up everybody."""
        return [
            [place for place, margin in enumerate(self.margins) if any(by == g for by, _ in margin.places)]
            for g in self.groupings
            if g
        ]

    @cached_property
    def composed(self) -> list[tuple[int, list[int]]]:
        """Each margin that is not a base group, with the margins of the base groups it sums."""
        return [
            (place, [self.base_margin[b] for b in sorted(margin.members)])
            for place, margin in enumerate(self.margins)
            if len(margin.members) > 1
        ]


def tag(release: int, by: tuple[str, ...]) -> tuple[str, ...]:
    """How a table of an earlier release is told from one to be published."""
    return (f"\trelease {release}", *by)


def _margins(
    counts: Counts, groupings: Sequence[tuple[str, ...]], where: Where, earlier: Sequence[Release]
) -> list[Margin]:
    members: dict[tuple[tuple[str, ...], Group], set[int]] = {}
    for by in groupings:
        inside = [place for place, group in enumerate(counts.groups) if passes(group, counts.by, where)]
        _add_members(members, counts, by, by, inside)
    for number, release in enumerate(earlier):
        inside = [
            place
            for place, group in enumerate(counts.groups)
            if int(group[-1]) <= number and passes(group, counts.by, release.where)
        ]
        for by in release.groupings:
            _add_members(members, counts, by, tag(number, by), inside)
    places: dict[frozenset[int], list[tuple[tuple[str, ...], Group]]] = {}
    for key, held in members.items():
        places.setdefault(frozenset(held), []).append(key)
    for b in range(len(counts.groups)):
        places.setdefault(frozenset({b}), [])
    return [Margin(held, tuple(keys)) for held, keys in places.items()]


def _add_members(
    members: dict[tuple[tuple[str, ...], Group], set[int]],
    counts: Counts,
    by: tuple[str, ...],
    name: tuple[str, ...],
    inside: Sequence[int],
) -> None:
    columns = [counts.by.index(one) for one in by]
    for place in inside:
        group = counts.groups[place]
        members.setdefault((name, tuple(group[c] for c in columns)), set()).add(place)


class Block:
    """Counts of margins × columns with the equations between them.

    Attributes:
        values: The true counts, one row per margin.
        shown: Which of them are published. Only ever goes from shown to hidden.
        fixed: Which of them earlier releases published, so that they cannot be hidden any more.
    """

    def __init__(self, layout: Layout, columns: Sequence[Column], base_values: Any, minimum: int) -> None:
        self.layout = layout
        self.columns = tuple(columns)
        self.values = layout.incidence @ np.asarray(base_values, dtype=np.int64)
        self.minimum = minimum
        self.slacks: list[dict[int, float]] = []
        self.equations: list[dict[int, float]] = []
        self._add_sums()
        self.displayed = np.array([margin.displayed for margin in layout.margins])
        self.shown = self.displayed[:, None] & (self.values >= minimum)
        self.shown[:, self.at(Role.OTHER)] = False
        self.fixed = np.zeros_like(self.shown)

    def fix(self, question: str) -> None:
        """Cells that earlier releases published stay so; those they hid may not be found through this one."""
        for place, margin in enumerate(self.layout.margins):
            if all(_is_tagged(by) for by, _ in margin.places):
                self.shown[place] = False
            for by, group in margin.places:
                if _is_tagged(by):
                    self._fix_row(place, question, by, group)
        self.shown |= self.fixed

    def _fix_row(self, place: int, question: str, by: tuple[str, ...], group: Group) -> None:
        release = self.layout.earlier[int(by[0].removeprefix("\trelease "))]
        public = release.shown.get(question, frozenset())
        for column in self.at(Role.VALID, Role.ANSWER):
            if (by[1:], group, self.columns[column].code) in public:
                self.fixed[place, column] = True

    def at(self, *roles: Role) -> list[int]:
        """Places of the columns with these roles."""
        return [place for place, column in enumerate(self.columns) if column.role in roles]

    def cell(self, margin: int, column: int) -> int:
        """The number of a cell in the flattened system."""
        return margin * len(self.columns) + column

    def _add_sums(self) -> None:
        for whole, parts in self.layout.composed:
            for column in range(len(self.columns)):
                terms = {self.cell(part, column): 1.0 for part in parts}
                self.equations.append(terms | {self.cell(whole, column): -1.0})

    def add_row_equation(self, parts: Sequence[int], whole: int) -> None:
        """In every base group the columns ``parts`` add up to the column ``whole``."""
        for margin in self.layout.base_margin:
            terms = {self.cell(margin, part): 1.0 for part in parts}
            self.equations.append(terms | {self.cell(margin, whole): -1.0})

    def add_row_limit(self, terms: dict[int, float]) -> None:
        """In every base group the weighted sum of these columns is not below zero."""
        for margin in self.layout.base_margin:
            self.slacks.append({self.cell(margin, column): factor for column, factor in terms.items()})

    @property
    def size(self) -> int:
        """Unknowns of the system: cells, then slacks of the limits."""
        return int(self.values.size) + len(self.slacks)

    def matrix(self) -> Any:
        """The equations as a sparse matrix A with A x = 0."""
        rows = [*self.equations]
        rows += [slack | {self.values.size + i: -1.0} for i, slack in enumerate(self.slacks)]
        entries = [(r, column, factor) for r, terms in enumerate(rows) for column, factor in terms.items()]
        if not entries:
            return sparse.csr_matrix((0, self.size))
        r, c, factor = zip(*entries, strict=True)
        return sparse.csr_matrix((factor, (r, c)), shape=(len(rows), self.size))

    def exposed(self) -> Any:
        """Cells that must not be bounded: what a table does not show, and small terms behind it."""
        hidden = ~self.shown & (self.displayed[:, None] | (self.values < self.minimum))
        if others := self.at(Role.OTHER):
            hidden[:, others] &= ~(self.shown[:, self.at(Role.ANSWER)] & self.shown[:, [0]])
        return hidden


def _is_tagged(by: tuple[str, ...]) -> bool:
    return bool(by) and by[0].startswith("\t")


def answers_block(counts: Counts, question: CountedQuestion, layout: Layout, minimum: int) -> Block:
    """The block of who answered a question, and what."""
    multiple = question.kind is Kind.MULTIPLE
    columns = [Column(Role.VALID), *(Column(Role.ANSWER, code) for code in question.categories)]
    valid = np.array([counts.n(question.name, group) for group in layout.base])
    answers = np.array([[counts.of(question.name, c, g) for c in question.categories] for g in layout.base])
    parts = [valid[:, None], answers]
    if multiple:
        columns += [Column(Role.OTHER, code) for code in question.categories]
        parts.append(valid[:, None] - answers)
    block = Block(layout, columns, np.hstack(parts), minimum)
    _add_multiple(block, question) if multiple else block.add_row_equation(block.at(Role.ANSWER), 0)
    if layout.earlier:
        block.fix(question.name)
    return block


def _add_multiple(block: Block, question: CountedQuestion) -> None:
    """Chosen and not chosen make up who answered; the form may limit how many are chosen."""
    answers, others = block.at(Role.ANSWER), block.at(Role.OTHER)
    for answer, other in zip(answers, others, strict=True):
        block.add_row_equation([answer, other], 0)
        block.shown[:, answer] &= block.values[:, other] >= block.minimum
    if question.least:
        block.add_row_limit({0: -float(question.least)} | dict.fromkeys(answers, 1.0))
    if question.most is not None and question.most < len(answers):
        block.add_row_limit({0: float(question.most)} | dict.fromkeys(answers, -1.0))


def reason_block(
    counts: Counts, question: CountedQuestion, reason: Missing, layout: Layout, minimum: int
) -> Block:
    """The block of who gave no answer for one reason."""
    values = [[counts.without(question.name, reason, group)] for group in layout.base]
    return Block(layout, [Column(Role.REASON, reason.value)], np.array(values), minimum)


def size_block(counts: Counts, question: CountedQuestion, layout: Layout, minimum: int) -> Block:
    """The block of how many answered a question, without what they answered."""
    values = [[counts.n(question.name, group)] for group in layout.base]
    return Block(layout, [Column(Role.VALID)], np.array(values), minimum)
