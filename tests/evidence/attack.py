"""An attacker who sees only what was published. Written apart from the gate, and slower."""

from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from driegesprek.evidence.shares import Row
from driegesprek.tables.codebook import Kind, Missing

FAR = 10_000.0
AT_ONCE = 8
"""Sums that are looked for together."""


class Attack:
    """Every count of every question in one linear programme, tied by the number of respondents per group.

    The attacker is taken to know which base groups exist, of which groups they are part, and the form's limits.
    """

    def __init__(self, tables, base, by):
        self.by, self.base = by, base
        self.names, self.equal, self.below = {}, [], []
        self.lower, self.upper = [], []
        for question in tables.questions:
            if question.name not in tables.withheld:
                self.add_question(question)
        multiple = {q.name for q in tables.questions if q.kind is Kind.MULTIPLE}
        self.read(tables.rows)
        self.read_complements([row for row in tables.rows if row.question in multiple])

    def unknown(self, *name):
        if name not in self.names:
            self.names[name] = len(self.names)
            self.lower.append(0.0)
            self.upper.append(FAR)
        return self.names[name]

    def add_question(self, question):
        q = question.name
        for b in self.base:
            valid = self.unknown(q, "n", b)
            reasons = {self.unknown(q, reason, b): 1.0 for reason in Missing}
            self.equal.append(({**reasons, valid: 1.0, self.unknown("respondents", b): -1.0}, 0.0))
            answers = {self.unknown(q, code, b): 1.0 for code in question.categories}
            if question.kind is Kind.MULTIPLE:
                self.below += [({answer: 1.0, valid: -1.0}, 0.0) for answer in answers]
                self.below.append(({**dict.fromkeys(answers, -1.0), valid: float(question.least or 0)}, 0.0))
                most = len(answers) if question.most is None else question.most
                self.below.append(({**answers, valid: -float(most)}, 0.0))
            else:
                self.equal.append(({**answers, valid: -1.0}, 0.0))

    def members(self, row: Row):
        places = [self.by.index(name) for name in row.by]
        return [b for b in self.base if tuple(b[p] for p in places) == row.group]

    def read(self, rows):
        """Published numbers become equations; hidden ones are remembered as targets."""
        self.targets = []
        for row in rows:
            numbers = {"n": row.n} | {s.code: s.count for s in row.shares} | dict(row.missing)
            for what, number in numbers.items():
                terms = {self.unknown(row.question, what, b): 1.0 for b in self.members(row)}
                if number is None:
                    self.targets.append(((row.question, row.group, what), terms))
                else:
                    self.equal.append((terms, float(number)))
                    self.read_percent(row, what, terms)

    def read_percent(self, row, what, terms):
        """A percentage with a count tells n, should n be hidden."""
        percent = {s.code: s.percent for s in row.shares}.get(what)
        if percent:
            valid = {self.unknown(row.question, "n", b): percent / 100 for b in self.members(row)}
            self.equal.append(({**valid, **dict.fromkeys(terms, -1.0)}, 0.0))

    def read_complements(self, rows):
        """For several answers: who did not choose an option is a cell too."""
        for row in rows:
            for s in row.shares:
                valid = {self.unknown(row.question, "n", b): 1.0 for b in self.members(row)}
                chosen = {self.unknown(row.question, s.code, b): -1.0 for b in self.members(row)}
                if s.count is None or row.n is None:
                    self.targets.append(((row.question, row.group, f"not {s.code}"), {**valid, **chosen}))

    def matrix(self, rows):
        a = sparse.lil_matrix((len(rows), len(self.names)))
        for i, (terms, _) in enumerate(rows):
            for j, factor in terms.items():
                a[i, j] += factor
        return (a.tocsr() if rows else None), ([number for _, number in rows] or None)

    @cached_property
    def programme(self):
        """All that is known, as matrices: made once, when everything has been read."""
        (a_eq, b_eq), (a_ub, b_ub) = self.matrix(self.equal), self.matrix(self.below)
        return {"A_ub": a_ub, "b_ub": b_ub, "A_eq": a_eq, "b_eq": b_eq}

    def optima(self, costs):
        """The least of each of these sums. They are one programme, each with unknowns of its own: a solver starts slowly."""
        several = sparse.identity(len(costs), format="csr")
        (a_eq, b_eq), (a_ub, b_ub) = (
            (self.programme[f"A_{of}"], self.programme[f"b_{of}"]) for of in ("eq", "ub")
        )
        result = linprog(
            np.concatenate(costs),
            bounds=np.tile(np.array([self.lower, self.upper]).T, (len(costs), 1)),
            A_eq=None if a_eq is None else sparse.kron(several, a_eq, format="csr"),
            b_eq=None if a_eq is None else np.tile(b_eq, len(costs)),
            A_ub=None if a_ub is None else sparse.kron(several, a_ub, format="csr"),
            b_ub=None if a_ub is None else np.tile(b_ub, len(costs)),
        )
        assert result.success, result.message
        return [float(cost @ x) for cost, x in zip(costs, np.split(result.x, len(costs)), strict=True)]

    def intervals(self, terms):
        """Between which two numbers each of these sums must lie."""
        for start in range(0, len(terms), AT_ONCE):
            some = terms[start : start + AT_ONCE]
            costs = np.zeros((len(some), len(self.names)))
            for i, one in enumerate(some):
                costs[i, list(one)] = list(one.values())
            ends = self.optima([*costs, *-costs])
            yield from zip(ends[: len(some)], (-end for end in ends[len(some) :]), strict=True)

    def found(self, minimum=10):
        """The hidden cells that this attacker can bound under the minimum, or to within less than it."""
        intervals = self.intervals([terms for _name, terms in self.targets])
        return {
            name: (low, high)
            for (name, _terms), (low, high) in zip(self.targets, intervals, strict=True)
            if high < minimum - 1e-6 or high - low < minimum - 1e-6
        }
