"""What was released before, so that the next release cannot give it away.

Releases of one study are about growing numbers of respondents: answers come in, and the same question is
published again, by other groups or
for some of them only. Whoever lays two releases side by side sees the newcomers. So the respondents of every
group are split into
layers, those of the first release and the newcomers of each later one; every release is then a table of sums
over layers, and the gate
checks all of them together. What was published stays published; what would make it tell too much is not published now.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from driegesprek.evidence.counts import Absence, Answer, CountedQuestion, Counts, CountsError, Group
from driegesprek.evidence.counts_json import from_json, to_json
from driegesprek.evidence.disclosure.result import ProtectedTables

FORMAT = "driegesprek.ledger"
VERSION = 1
LAYER = "\tlayer"
N = ""
"""Stands for the number who answered, beside the codes of answers."""

Where = Mapping[str, tuple[str, ...]]
"""Only these codes of these grouping variables: a filter."""
Cell = tuple[tuple[str, ...], Group, str]
"""Grouping, group, and code of an answer or :data:`N`."""


@dataclass(frozen=True)
class Release:
    """One release. It holds the sums it was made from, which are personal data: it stays in the school.

    Attributes:
        counts: The sums, by all grouping variables.
        groupings: The tables.
        where: The filter.
        shown: The cells that were published, per question.
    """

    counts: Counts
    groupings: tuple[tuple[str, ...], ...]
    where: Where = field(default_factory=dict)
    shown: Mapping[str, frozenset[Cell]] = field(default_factory=dict)

    def has(self, group: Group) -> bool:
        """Whether the filter lets a group through."""
        return passes(group, self.counts.by, self.where)


def passes(group: Group, by: tuple[str, ...], where: Where) -> bool:
    """Whether a filter lets a group through."""
    return all(group[by.index(name)] in codes for name, codes in where.items())


@dataclass(frozen=True)
class Ledger:
    """The releases of one study, first to last."""

    releases: tuple[Release, ...] = ()

    def add(self, counts: Counts, tables: ProtectedTables, *, where: Where | None = None) -> "Ledger":
        """The ledger with one more release.

        Args:
            counts: The sums that were protected.
            tables: What :func:`driegesprek.evidence.disclosure.protect` made of them with this ledger.
            where: The filter that was used.
        """
        shown: dict[str, set[Cell]] = {}
        for row in tables.rows:
            cells = shown.setdefault(row.question, set())
            if row.n is not None:
                cells.add((row.by, row.group, N))
            cells.update((row.by, row.group, share.code) for share in row.shares if share.count is not None)
        frozen = {question: frozenset(cells) for question, cells in shown.items()}
        return Ledger((*self.releases, Release(counts, tables.groupings, dict(where or {}), frozen)))

    def of(self, question: CountedQuestion) -> tuple[Release, ...]:
        """The releases that published something of a question."""
        return tuple(one for one in self.releases if one.shown.get(question.name))

    def layered(self, counts: Counts, question: CountedQuestion) -> Counts | None:
        """The sums of a question in layers: the first release, and the newcomers since each.

        Returns:
            None when somebody was taken out or corrected since an earlier release: then the newcomers cannot be told.

        Raises:
            CountsError: The sums are by other variables than those released before.
        """
        before: Counts | None = None
        respondents: dict[Group, int] = {}
        answers: dict[Answer, int] = {}
        absences: dict[Absence, int] = {}
        for place, now in enumerate((*(one.counts for one in self.of(question)), counts)):
            if now.by != counts.by:
                raise CountsError(
                    f"Earlier releases were counted by {', '.join(now.by)}. Count by the same variables."
                )
            if now.question(question.name) != question:
                return None
            layer = _newcomers(before, now, question)
            if layer is None:
                return None
            respondents |= {(*group, str(place)): n for group, n in layer[0].items()}
            answers |= {key._replace(group=(*key.group, str(place))): n for key, n in layer[1].items()}
            absences |= {key._replace(group=(*key.group, str(place))): n for key, n in layer[2].items()}
            before = now
        return Counts((*counts.by, LAYER), (question,), respondents, answers, absences)

    def to_json(self) -> str:
        """The ledger as JSON text."""
        releases = [_release_to_plain(one) for one in self.releases]
        held = {"format": FORMAT, "version": VERSION, "releases": releases}
        return json.dumps(held, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Ledger":
        """What :meth:`to_json` wrote.

        Raises:
            CountsError: Not a ledger, or damaged.
        """
        try:
            held = json.loads(text)
            if (held["format"], held["version"]) != (FORMAT, VERSION):
                raise CountsError(f'This is not a ledger: "format" should be "{FORMAT}", version {VERSION}.')
            return cls(tuple(_release_from_plain(one) for one in held["releases"]))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            if isinstance(error, CountsError):
                raise
            raise CountsError(f"The ledger cannot be read: {error}.") from error


def _newcomers(
    before: Counts | None, now: Counts, question: CountedQuestion
) -> tuple[dict[Group, int], dict[Answer, int], dict[Absence, int]] | None:
    name = question.name
    respondents = _more(now.respondents, before.respondents if before else {})
    answers = _more(_own(now.answers, name), _own(before.answers, name) if before else {})
    absences = _more(_own(now.absences, name), _own(before.absences, name) if before else {})
    if any(n < 0 for layer in (respondents, answers, absences) for n in layer.values()):
        return None
    return respondents, answers, absences


def _own(sums: Mapping[Any, int], question: str) -> dict[Any, int]:
    return {key: n for key, n in sums.items() if key.question == question}


def _more(now: Mapping[Any, int], before: Mapping[Any, int]) -> dict[Any, int]:
    return {key: now.get(key, 0) - before.get(key, 0) for key in {*now, *before}}


def _release_to_plain(one: Release) -> dict[str, Any]:
    return {
        "counts": json.loads(to_json(one.counts)),
        "groupings": [list(by) for by in one.groupings],
        "where": {name: list(codes) for name, codes in one.where.items()},
        "shown": {question: _cells(cells) for question, cells in sorted(one.shown.items())},
    }


def _cells(cells: Iterable[Cell]) -> list[list[Any]]:
    return [[list(by), list(group), code] for by, group, code in sorted(cells)]


def _release_from_plain(held: Mapping[str, Any]) -> Release:
    shown = {
        question: frozenset((tuple(by), tuple(group), str(code)) for by, group, code in cells)
        for question, cells in held["shown"].items()
    }
    return Release(
        from_json(json.dumps(held["counts"])),
        tuple(tuple(by) for by in held["groupings"]),
        {name: tuple(codes) for name, codes in held["where"].items()},
        shown,
    )
