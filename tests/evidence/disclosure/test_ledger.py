"""Many releases of one study: an attacker who keeps them all finds nobody; with the gate off he does."""

import os
from functools import cached_property

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog
from tests.evidence.makers import table

from driegesprek.evidence import Answer, CountedQuestion, Counts, CountsError
from driegesprek.evidence.disclosure import Ledger, Withheld, protect
from driegesprek.evidence.shares import Row, share
from driegesprek.tables.codebook import Kind

CODES = ("no", "some", "yes")
BY = ("class", "sex")


def waves(releases=12, seed=2, classes=4):
    """Sums that grow: a school of girls and boys in classes, a few late answers before every release."""
    rng = np.random.default_rng(seed)
    answers = {}
    found = []
    for release in range(releases):
        for letter in "ABCDEFGH"[:classes]:
            for sex in ("f", "m"):
                many = rng.integers(12, 20) if release == 0 else rng.choice([0, 0, 0, 1, 2])
                for code, k in zip(CODES, rng.multinomial(many, (0.2, 0.3, 0.5)), strict=True):
                    key = Answer("q", code, (letter, sex))
                    answers[key] = answers.get(key, 0) + int(k)
        groups = {}
        for key, k in answers.items():
            groups[key.group] = groups.get(key.group, 0) + k
        found.append(Counts(BY, (CountedQuestion("q", Kind.SINGLE, CODES),), groups, dict(answers)))
    return found


TABLES = [
    ([("class",)], None),
    ([("sex",)], None),
    ([("class",)], {"sex": ("f",)}),
    ([()], None),
    ([("class",), ("sex",)], None),
    ([("class", "sex")], None),
]


def published(counts, *, gate):
    """What goes out: (counts, tables, where) per release."""
    ledger, found = Ledger(), []
    for place, now in enumerate(counts):
        groupings, where = TABLES[place % len(TABLES)]
        tables = (
            protect(now, groupings=groupings, ledger=ledger, where=where)
            if gate
            else careless(now, groupings, where)
        )
        ledger = ledger.add(now, tables, where=where)
        found.append((now, tables, where or {}))
    return ledger, found


def careless(counts, groupings, where, minimum=10):
    """Cells under the minimum are left out, and nothing else."""
    from driegesprek.evidence.disclosure import ProtectedTables  # noqa: PLC0415

    kept = [g for g in counts.groups if all(g[counts.by.index(n)] in c for n, c in (where or {}).items())]
    rows = []
    for by in ((), *groupings):
        at = [counts.by.index(name) for name in by]
        for group in sorted({tuple(g[a] for a in at) for g in kept}):
            inside = [g for g in kept if tuple(g[a] for a in at) == group]
            k = [sum(counts.of("q", code, g) for g in inside) for code in CODES]
            seen = [value if value >= minimum else None for value in (sum(k), *k)]
            rows.append(
                Row(
                    "q",
                    by,
                    group,
                    seen[0],
                    tuple(share(c, v, None) for c, v in zip(CODES, seen[1:], strict=True)),
                )
            )
    return ProtectedTables(minimum, ((), *map(tuple, groupings)), counts.questions, tuple(rows))


class Attacker:
    """Knows every release; an unknown per release, group and answer; later ones hold at least what earlier ones did.

    Written apart from the gate: he does not think in layers but in inequalities between releases.
    """

    def __init__(self, found):
        self.found = found
        self.groups = sorted({group for counts, _, _ in found for group in counts.groups})
        self.cells = [(r, g, c) for r in range(len(found)) for g in self.groups for c in CODES]
        self.number = {cell: place for place, cell in enumerate(self.cells)}
        self.equal, self.right, self.targets = [], [], []
        for r, (_, tables, where) in enumerate(found):
            for row in tables.rows:
                self.read(r, row, where)
        self.below = [
            self.row({(r - 1, g, c): 1.0, (r, g, c): -1.0})
            for r in range(1, len(found))
            for g in self.groups
            for c in CODES
        ]

    @cached_property
    def programme(self):
        return {
            "A_ub": sparse.csr_matrix(np.array(self.below)) if self.below else None,
            "b_ub": np.zeros(len(self.below)) if self.below else None,
            "A_eq": sparse.csr_matrix(np.array(self.equal)) if self.equal else None,
            "b_eq": self.right or None,
        }

    def row(self, terms):
        found = np.zeros(len(self.cells))
        for cell, factor in terms.items():
            found[self.number[cell]] += factor
        return found

    def read(self, r, row, where):
        at = [BY.index(name) for name in row.by]
        inside = [
            g
            for g in self.groups
            if tuple(g[a] for a in at) == row.group and all(g[BY.index(n)] in c for n, c in where.items())
        ]
        for code, value in [("", row.n), *((s.code, s.count) for s in row.shares)]:
            terms = self.row({(r, g, c): 1.0 for g in inside for c in ([code] if code else CODES)})
            if value is None:
                self.targets.append(((r, row.by, row.group, code), terms))
            else:
                self.equal.append(terms)
                self.right.append(float(value))

    def newcomers(self):
        """Per release, group and answer how many came: what the difference of two releases would tell."""
        for r in range(1, len(self.found)):
            before, now = self.found[r - 1][0], self.found[r][0]
            for g in self.groups:
                if now.respondents.get(g, 0) == before.respondents.get(g, 0):
                    continue
                for c in CODES:
                    yield (r, g, c), self.row({(r, g, c): 1.0, (r - 1, g, c): -1.0})

    def interval(self, terms):
        ends = []
        for sign in (1.0, -1.0):
            result = linprog(sign * terms, bounds=(0, 10_000), **self.programme)
            assert result.success
            ends.append(sign * result.fun)
        return ends

    def finds(self, minimum=10):
        """What he can bound under the minimum, or to within less than it."""
        found = {}
        for name, terms in (*self.targets, *self.newcomers()):
            low, high = self.interval(terms)
            if high < minimum - 1e-6 or high - low < minimum - 1e-6:
                found[name] = (low, high)
        return found


LONG = [pytest.mark.long, pytest.mark.skipif(not os.environ.get("DRIEGESPREK_LONG"), reason="make long")]


@pytest.mark.parametrize("classes", [2, pytest.param(4, marks=LONG)])
def test_an_attack_on_twelve_releases_finds_nobody(classes):
    _, found = published(waves(classes=classes), gate=True)
    assert len(found) == 12
    assert sum(row.n is not None for row in found[0][1].rows) > 1
    assert Attacker(found).finds() == {}


def test_the_same_attack_with_the_gate_off_finds_some():
    _, found = published(waves(), gate=False)
    assert Attacker(found[:4]).finds()


def test_the_same_sums_are_published_again_as_they_were():
    counts = waves(1)[0]
    first = protect(counts, groupings=[("class",)])
    ledger = Ledger().add(counts, first)
    again = protect(counts, groupings=[("class",)], ledger=ledger)
    assert [(row.group, row.n) for row in again.rows] == [(row.group, row.n) for row in first.rows]


def test_one_late_answer_is_not_seen():
    rows = {"2A": [20, 20], "2B": [30, 30]}
    before, now = table(rows), table(rows | {"2A": [20, 21]})
    ledger = Ledger().add(before, protect(before))
    assert protect(now).rows  # alone it could be published
    later = protect(now, ledger=ledger)
    assert all(row.n is None for row in later.rows if row.group == ("2A",))
    assert later.withheld or all(row.n is None for row in later.rows)


def test_many_late_answers_are_published():
    before, now = table({"2A": [20, 20], "2B": [30, 30]}), table({"2A": [40, 40], "2B": [60, 60]})
    later = protect(now, ledger=Ledger().add(before, protect(before)))
    assert [row.n for row in later.rows] == [200, 80, 120]


def test_a_correction_is_withheld():
    before, now = table({"2A": [20, 20]}), table({"2A": [19, 21]})
    assert protect(now, ledger=Ledger().add(before, protect(before))).withheld == {"q": Withheld.CHANGED}


def test_a_ledger_reads_back_as_it_was_written():
    ledger, _ = published(waves(3), gate=True)
    assert Ledger.from_json(ledger.to_json()) == ledger


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "driegesprek.ledger", "version": 9, "releases": []}']
)
def test_what_is_no_ledger_is_refused(text):
    with pytest.raises(CountsError):
        Ledger.from_json(text)


def test_sums_by_other_variables_are_refused():
    counts = waves(1)[0]
    ledger = Ledger().add(counts, protect(counts, groupings=[("class",)]))
    with pytest.raises(CountsError, match="Count by the same variables"):
        protect(counts.over(("class",)), ledger=ledger)
