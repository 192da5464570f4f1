"""Questions of several answers: which options were chosen, by how many, by whom; as SEOR (2020), chapter 2, tells them.

Per cent are of who answered the question, so that they add up to more than 100. Counts have passed the gate; by group there
are whole per cents without a number of people, for the same reason as of questions of one answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from driegesprek.evidence import Row, Share
from driegesprek.figures import BarRow, Figure, bars
from driegesprek.reports.analysis import Analysis, Failed, GroupFound, Hidden
from driegesprek.reports.counting import BY
from driegesprek.reports.said import Said
from driegesprek.reports.table import Cell, ReportTable
from driegesprek.reports.words import called, label, word
from driegesprek.tables.codebook import Kind

Tests = Mapping[str, Mapping[str, float]]


class Several:
    """The tables and figures of the questions of several answers of a voice."""

    def __init__(self, of: Analysis, said: Said, language: str) -> None:
        self.of, self.said, self.language = of, said, language
        kinds = {one.name: one.kind for one in said.tables.questions}
        rows = (row for row in said.tables.rows if not row.by and row.n is not None)
        # In the order of the form, which the words of the codebook have.
        found = {row.question: row for row in rows if kinds[row.question] is Kind.MULTIPLE}
        self.rows = {name: found[name] for name in said.answers if name in found}

    def tables(self) -> Iterator[ReportTable]:
        """All questions in one table, then those that are told by group, a table for each group."""
        if self.rows:
            yield self._everybody()
        place = 0
        for name, tested in self.of.chosen.items():
            tests = _holm(_tested(tested))
            for group in self.of.groups:
                rows = self._levels(name, group) if name in self.rows else {}
                if rows:
                    place += 1
                    yield self._by_group(place, name, group, rows, tests)

    def figures(self) -> Iterator[Figure]:
        """A bar for each option, in the order of the form."""
        for name, row in self.rows.items():
            weighted = self.said.weighted.get(name, {})
            shares = weighted if self.said.weighted else {one.code: one for one in row.shares}
            drawn = [_bar(words, shares.get(code)) for code, words in self._answers(name).items()]
            much = f"n = {row.n}" + (f", {word('raked', self.language)}" if self.said.weighted else "")
            yield bars(drawn, title=f"{self._question(name)} ({much})", language=self.language)

    def _question(self, name: str) -> str:
        return label(self.said.labels.get(name, {}), self.language, name)

    def _answers(self, name: str) -> dict[str, str]:
        return {code: label(one, self.language, code) for code, one in self.said.answers[name].items()}

    def _everybody(self) -> ReportTable:
        raked = f"% {word('raked', self.language)}"
        headings = [
            word("question", self.language),
            word("answer", self.language),
            "n",
            "%",
            "% 95% ↓",
            "% 95% ↑",
        ]
        notes = [word("several_how", self.language)]
        if self.said.weighted:
            headings += [raked, f"{raked} 95% ↓", f"{raked} 95% ↑"]
            notes.append(word("design_shares", self.language))
        notes += self._left_out()
        rows = [cells[: len(headings)] for name in self.rows for cells in self._options(name)]
        title = f"{word('several', self.language)}: {word(self.of.voice, self.language)}"
        key = f"{self.of.voice} several"
        return ReportTable(key, title, tuple(headings), tuple(rows), words=2, digits=1, notes=tuple(notes))

    def _left_out(self) -> Iterator[str]:
        """The groups by which a question is not told, and why."""
        for name in (one for one in self.of.chosen if one in self.rows):
            tables = self.said.chosen.get(name)
            told = {by for grouping in tables.groupings for by in grouping} if tables else set()
            groups = [one for one in self.of.groups if f"{BY}{one.name}" not in told and one.name != name]
            if groups:
                which = ", ".join(called(one.name, one.label, self.language) for one in groups)
                why = word("too_many" if tables else "not_by_group", self.language)
                yield f"{self._question(name)} ({which}): {why}"

    def _options(self, name: str) -> Iterator[tuple[Cell, ...]]:
        row, nothing = self.rows[name], (None,) * 6
        yield self._question(name), word("answered", self.language), row.n, *nothing
        shares = {one.code: one for one in row.shares}
        weighted = self.said.weighted.get(name, {})
        for code, words in self._answers(name).items():
            one, heavy = shares.get(code), weighted.get(code)
            if one is None or one.count is None:
                yield "", words, word("hidden", self.language), *nothing
                continue
            own = (heavy.percent, heavy.low, heavy.high) if heavy else nothing[:3]
            yield "", words, one.count, one.percent, one.low, one.high, *own

    def _levels(self, name: str, group: GroupFound) -> dict[str, Row]:
        """The levels of a group of which the gate shows something."""
        tables = self.said.chosen.get(name)
        found = {
            row.group[0]: row
            for row in (tables.rows if tables else ())
            if row.by == (f"{BY}{group.name}",) and row.n is not None
        }
        kept = {level.code: found[level.code] for level in group.levels if level.code in found}
        return kept if len(kept) > 1 else {}

    def _by_group(
        self, place: int, name: str, group: GroupFound, rows: Mapping[str, Row], tests: Tests
    ) -> ReportTable:
        own = called(group.name, group.label, self.language)
        levels = {one.code: label(one.label, self.language, one.code) for one in group.levels}
        headings = (word("answer", self.language), *(levels[code] for code in rows), "p", "p Holm")
        tested = self.of.chosen[name].get(group.name, {})
        cells = []
        for code, words in self._answers(name).items():
            shown = [self._percent(rows[of], code, tested) for of in rows]
            if any(one is not None for one in shown):
                cells.append((words, *shown, *_ps(tests.get(f"{group.name}/{code}"), shown)))
        notes = [word("whole", self.language), word("chosen_how", self.language)]
        notes += [word("design_shares", self.language)] if self.said.weighted else []
        title = f"{self._question(name)} ({own}; {word(self.of.voice, self.language)})"
        key = f"{self.of.voice} chosen {place}"
        return ReportTable(key, title, headings, tuple(cells), words=1, digits=0, notes=tuple(notes))

    def _percent(self, row: Row, code: str, tested: Mapping[str, Any]) -> int | None:
        """Whole per cent of an option in a level, weighted where the round is; None where it is hidden."""
        share = next((one for one in row.shares if one.code == code), None)
        if share is None or share.percent is None:
            return None
        return round(weighted_percent(tested.get(code), "yes", row.group[0], share.percent))


def _bar(words: str, one: Share | None) -> BarRow:
    return BarRow(words, None, None) if one is None else BarRow(words, None, one.percent, one.low, one.high)


def weighted_percent(found: Any, answer: str, level: str, otherwise: float) -> float:
    """The per cent of a cell in its column as the test has it, which is weighted where the round is; else as it was."""
    if found is None or isinstance(found, Hidden | Failed):
        return otherwise
    cells = (one.col_percent for one in found.cells if (one.row, one.col) == (answer, level))
    return next(cells, otherwise)


def _tested(found: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """{group/option: p} of what could be tested."""
    every = {f"{group}/{code}": one for group, options in found.items() for code, one in options.items()}
    return {name: p for name, one in every.items() if (p := getattr(one, "p", None)) is not None}


def _holm(ps: Mapping[str, float]) -> Tests:
    """With p corrected for all tests of a question (Holm 1979)."""
    import numpy as np  # noqa: PLC0415 - heavy

    from driegesprek.evidence.comparisons import Correction, correct  # noqa: PLC0415 - heavy

    better = correct(np.array(list(ps.values())), Correction.HOLM)
    return {name: {"p": p, "holm": float(q)} for (name, p), q in zip(ps.items(), better, strict=True)}


def _ps(test: Mapping[str, float] | None, shown: Sequence[int | None]) -> tuple[float | None, float | None]:
    """The p as it is and corrected; of an option that is hidden in a level none."""
    return (None, None) if test is None or None in shown else (test["p"], test["holm"])
