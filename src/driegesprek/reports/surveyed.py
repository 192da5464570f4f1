"""What people answered, in the form of the tables of SEOR (2020), annex III.

III.1 and III.2: who they are, beside what is known of all; III.3: a question by group; III.4: question by question.

Counts have passed the gate. What is known of everybody's class, such as the track, is rounded down to tens; shares by group
are whole per cents without a number of people: beside exact numbers they would tell how few skipped a question.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from driegesprek.evidence import Row
from driegesprek.figures import Figure, LikertRow, likert
from driegesprek.reports.analysis import Analysis, Failed, GroupFound, Hidden
from driegesprek.reports.counting import BY
from driegesprek.reports.said import Labels, Said
from driegesprek.reports.several import weighted_percent
from driegesprek.reports.table import TEN, Cell, ReportTable, tens
from driegesprek.reports.words import called, label, variable, word
from driegesprek.tables.codebook import Kind

LEVEL = 0.05
MOST_BARS = 8
"""In a figure: more do not fit a page."""
NOTHING = (None,) * 6
Codes = tuple[str, ...]


class Surveyed:
    """The tables and figures of what a voice answered."""

    def __init__(self, of: Analysis, said: Said, language: str) -> None:
        self.of, self.said, self.language = of, said, language
        self.rows = {row.question: row for row in said.tables.rows if not row.by and row.n is not None}
        items = {name for names in said.scales.values() for name in names}
        several = {one.name for one in said.tables.questions if one.kind is Kind.MULTIPLE}
        self.loose = [name for name in self.rows if name not in items | several]
        self.known = {(one.variable, one.level): one.total for one in of.margins}

    def tables(self) -> Iterator[ReportTable]:
        """In the order of the report; those without rows are left out."""
        made = [self._background(), *self._sets(), *self._by_group()]
        yield from (one for one in made if one.rows)

    def sheets(self) -> Iterator[ReportTable]:
        """Every answer with its count and interval, for the workbook."""
        keys = ("question", "answer")
        raked = f"% {word('raked', self.language)}"
        headings = (*self._words(*keys), "n", "%", "% 95% ↓", "% 95% ↑")
        if self.said.weighted:
            headings = (*headings, raked, f"{raked} 95% ↓", f"{raked} 95% ↑")
        rows = tuple(row[: len(headings)] for row in self._counted())
        if rows:
            yield self._table("answers", "answers", headings, rows, words=2, digits=1)

    def figures(self) -> Iterator[Figure]:
        """Bars of the items of each scale, of loose questions with the same answers, and of a question by group."""
        for name, questions in self.said.scales.items():
            title = next((one.label for one in self.of.scales if one.name == name), {})
            yield from self._bars(questions, label(title, self.language, name))
        for answers, loose in self._alike().items():
            if len(loose) > 1 or len(answers) > 2:  # noqa: PLR2004 - yes and no of one question is a table's row
                yield from self._bars(loose, word("answers", self.language))
        yield from self._bars_by_group()

    def _words(self, *keys: str) -> tuple[str, ...]:
        return tuple(word(key, self.language) for key in keys)

    def _table(
        self, key: str, name: str, headings: Sequence[str], rows: Sequence[tuple[Cell, ...]], **more: Any
    ) -> ReportTable:
        title = f"{word(name, self.language)}: {word(self.of.voice, self.language)}"
        return ReportTable(f"{self.of.voice} {key}", title, tuple(headings), tuple(rows), **more)

    def _question(self, name: str) -> str:
        return label(self.said.labels.get(name, {}), self.language, name)

    def _answers(self, name: str) -> list[str]:
        return [label(one, self.language, code) for code, one in self.said.answers[name].items()]

    def _alike(self) -> Mapping[Codes, list[str]]:
        """Loose questions by their answers."""
        found: dict[Codes, list[str]] = {}
        for name in self.loose:
            found.setdefault(tuple(self.said.answers[name]), []).append(name)
        return found

    def _background(self) -> ReportTable:
        """As III.1 and III.2: a characteristic, its answers, how many, and what is known of all."""
        rows = [cells for one in self.of.groups if one.name not in self.rows for cells in self._levels(one)]
        for names in self._alike().values():
            if len(names) == 1:
                rows += self._distribution(names[0])
        headings = (*self._words("question", "answer"), "n", "%", word("known", self.language))
        notes = self._words("tens")
        if self.known:
            notes += (f"{word('known_from', self.language)}: {self.of.margins_from}.",)
        else:
            rows, headings = [row[:-1] for row in rows], headings[:-1]
        return self._table("background", "background", headings, rows, words=2, digits=1, notes=notes)

    def _levels(self, one: GroupFound) -> Iterator[tuple[Cell, ...]]:
        numbers = [tens(level.n) for level in one.levels]
        total = sum(each or 0 for each in numbers)
        first = label(one.label, self.language, variable(one.name, self.language))
        for level, n in zip(one.levels, numbers, strict=True):
            name = label(level.label, self.language, level.code)
            yield first, name, n, n and 100 * n / total, self._share(one.name, level.code)
            first = ""

    def _distribution(self, name: str) -> Iterator[tuple[Cell, ...]]:
        first, row = self._question(name), self.rows[name]
        shares = {one.code: one for one in row.shares}
        for code, words in self.said.answers[name].items():
            one = shares.get(code)
            n, percent = (one.count, one.percent) if one else (None, None)
            shown = word("hidden", self.language) if n is None else n
            yield first, label(words, self.language, code), shown, percent, self._share(name, code)
            first = ""

    def _share(self, name: str, code: str) -> float | None:
        total = sum(number for (of, _level), number in self.known.items() if of == name)
        own = self.known.get((name, code))
        return None if own is None or not total else 100 * own / total

    def _sets(self) -> Iterator[ReportTable]:
        """As III.4: a question a row, its answers across; a table for each set of answers."""
        sets: dict[Codes, list[tuple[str, str]]] = {}
        titles = {one.name: label(one.label, self.language, one.name) for one in self.of.scales}
        for scale, names in self.said.scales.items():
            for name in filter(self.rows.__contains__, names):
                sets.setdefault(tuple(self.said.answers[name]), []).append((titles.get(scale, scale), name))
        for codes, loose in self._alike().items():
            if len(loose) > 1:
                sets.setdefault(codes, []).extend((word("loose", self.language), name) for name in loose)
        for place, several in enumerate(sets.values(), 1):
            headings = (*self._words("scale", "question"), "n", *self._answers(several[0][1]))
            rows = list(self._asked(several))
            notes = self._words("design_shares") if self.said.weighted else ()
            name = f"questions {place}"
            yield self._table(name, "questions", headings, rows, words=2, digits=0, notes=notes)

    def _asked(self, several: Sequence[tuple[str, str]]) -> Iterator[tuple[Cell, ...]]:
        before = ""
        for title, name in several:
            percents = self._percents(name)
            first = title if title != before else ""
            before = title
            yield first, self._question(name), self.rows[name].n, *percents

    def _percents(self, name: str) -> list[float | None]:
        """Of each answer, in the order of the form: weighted where the round is."""
        weighted = self.said.weighted
        shares = weighted.get(name, {}) if weighted else {one.code: one for one in self.rows[name].shares}
        return [shares[code].percent if code in shares else None for code in self.said.answers[name]]

    def _by_group(self) -> Iterator[ReportTable]:
        """As III.3: of each group how many per cent gave each answer, and which answers differ from all other groups."""
        for name, tested in self.of.crossed.items():
            rows = [cells for group in self.of.groups for cells in self._crossed(name, group, tested)]
            headings = (*self._words("group", "level"), *self._answers(name), word("differs", self.language))
            title = f"{self._question(name)} ({word(self.of.voice, self.language)})"
            notes = (*self._words("whole", "differs_how"), *self._tests(tested))
            key = f"{self.of.voice} by {name}"[:31]
            yield ReportTable(key, title, headings, tuple(rows), words=2, digits=0, notes=notes)

    def _shown(self, name: str, group: GroupFound) -> Iterator[tuple[str, Row]]:
        """The levels of a group of which the gate shows something."""
        tables = self.said.crossed.get(group.name)
        found = {
            row.group: row
            for row in (tables.rows if tables else ())
            if row.question == name and row.by == (f"{BY}{group.name}",) and row.n is not None
        }
        for level in group.levels:
            if (level.code,) in found:
                yield label(level.label, self.language, level.code), found[(level.code,)]

    def _crossed(self, name: str, group: GroupFound, tested: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
        first = label(group.label, self.language, variable(group.name, self.language))
        answers = self.said.answers[name]
        for words, row in self._shown(name, group):
            shares = {one.code: one.percent for one in row.shares}
            found, level = tested.get(group.name), row.group[0]
            percents = [_whole(found, code, level, shares.get(code)) for code in answers]
            apart = differing(found, level)
            named = ", ".join(label(answers[code], self.language, code) for code in answers if code in apart)
            yield first, words, *percents, named
            first = ""

    def _tests(self, tested: Mapping[str, Any]) -> Iterator[str]:
        for group in self.of.groups:
            found = tested.get(group.name)
            if found is None or isinstance(found, Hidden | Failed) or found.p is None:
                continue
            p = "< 0.001" if found.p < 0.001 else f"{found.p:.3f}"  # noqa: PLR2004 - as APA prints p
            text = f"{called(group.name, group.label, self.language)}: p = {p}, V = {found.cramers_v:.2f}."
            yield text.replace("= <", "<").replace("0.", "0," if self.language == "nl" else "0.")

    def _bars(self, questions: Sequence[str], title: str) -> Iterator[Figure]:
        shown = [name for name in questions if name in self.rows]
        for answers in dict.fromkeys(tuple(self.said.answers[name]) for name in shown):
            same = [name for name in shown if tuple(self.said.answers[name]) == answers]
            for start in range(0, len(same), MOST_BARS):
                drawn = [self._drawn(name) for name in same[start : start + MOST_BARS]]
                yield likert(drawn, title=title, labels=self._answers(same[0]), language=self.language)

    def _drawn(self, name: str) -> LikertRow:
        """A bar; one of which no share may be told is hidden as a whole."""
        drawn = LikertRow(self._question(name), self.rows[name].n, tuple(self._percents(name)))
        return drawn if drawn.known else LikertRow(drawn.label, None)

    def _bars_by_group(self) -> Iterator[Figure]:
        """As SEOR's figure 2.6: a bar for each level."""
        for name in self.of.crossed:
            for group in self.of.groups:
                found = self.of.crossed[name].get(group.name)
                drawn = [self._bar(words, row, found) for words, row in self._shown(name, group)]
                if drawn:
                    own = called(group.name, group.label, self.language)
                    title = f"{self._question(name)} ({own})"
                    yield likert(drawn, title=title, labels=self._answers(name), language=self.language)

    def _bar(self, words: str, row: Row, found: Any) -> LikertRow:
        whole = [_whole(found, one.code, row.group[0], one.percent) for one in row.shares]
        percents = tuple(None if one is None else float(one) for one in whole)
        return LikertRow(words, (row.n or 0) // TEN * TEN, percents)

    def _counted(self) -> Iterator[tuple[Cell, ...]]:
        for name, row in self.rows.items():
            yield self._question(name), "n", row.n, *NOTHING
            shares = {share.code: share for share in row.shares}
            weighted = self.said.weighted.get(name, {})
            for code, words in self.said.answers[name].items():
                share: Any = shares.get(code)
                shown = label(words, self.language, code)
                if share is None or share.count is None:
                    yield "", shown, word("hidden", self.language), *NOTHING
                else:
                    heavy = weighted.get(code)
                    own = (heavy.percent, heavy.low, heavy.high) if heavy else (None,) * 3
                    yield "", shown, share.count, share.percent, share.low, share.high, *own


def differing(found: Any, level: str) -> frozenset[str]:
    """The answers of which the share in a level differs from that in every other level, after Holm's correction."""
    if found is None or isinstance(found, Hidden | Failed):
        return frozenset()
    own: dict[str, list[float | None]] = {}
    for one in found.comparisons:
        if level in {one.a, one.b}:
            own.setdefault(one.row, []).append(one.p_corrected)
    return frozenset(row for row, ps in own.items() if all(p is not None and p < LEVEL for p in ps))


def _whole(found: Any, code: str, level: str, percent: float | None) -> int | None:
    """Whole per cent of an answer in a level, weighted where the round is."""
    return None if percent is None else round(weighted_percent(found, code, level, percent))


def withheld(of: Analysis, several: Sequence[Said], language: str) -> Iterator[ReportTable]:
    """The questions that the gate kept back, and why."""
    rows = tuple(
        (label(one.labels.get(name, {}), language, name), str(why))
        for one in several
        for name, why in one.tables.withheld.items()
    )
    if rows:
        headings = (word("question", language), word("withheld", language))
        yield ReportTable(f"{of.voice} withheld", word("withheld", language), headings, rows, words=2)


__all__ = ["Labels", "Surveyed", "differing", "withheld"]
