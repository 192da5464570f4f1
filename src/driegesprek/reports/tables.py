"""The tables of a report, in the form of City Deal's tables 4–7 and annex 2, for any form with scales; not rounded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from driegesprek.reports.analysis import Analysis, Failed, GroupFound, Hidden, ScaleFound
from driegesprek.reports.answers import COMPARISON, PARTS
from driegesprek.reports.table import Cell, ReportTable, tens
from driegesprek.reports.words import called, label, variable, word
from driegesprek.tables.codebook import Missing


def tables(of: Analysis, language: str) -> list[ReportTable]:
    """The tables of one voice that have rows."""
    made = _Tables(of, language)
    found = [
        made.scales(),
        made.describe(),
        made.means(),
        made.groups(),
        made.models(),
        made.coefficients(),
        made.combinations(),
        made.intercepts(),
        made.fixed(),
        made.against(),
        made.weighted(),
    ]
    return [one for one in found if one.rows]


def respondents(several: Sequence[Analysis], language: str) -> ReportTable:
    """How many answered, by voice."""
    rows = tuple(
        (word(one.voice, language), *(tens(one.respondents[part]) for part in PARTS), tens(one.both))
        for one in several
    )
    headings = tuple(word(key, language) for key in ("voice", "before", "after", "both"))
    return ReportTable(
        "respondents", word("who", language), headings, rows, digits=0, notes=(word("rounded", language),)
    )


@dataclass(frozen=True)
class _Tables:
    of: Analysis
    language: str

    def words(self, *keys: str) -> tuple[str, ...]:
        return tuple(word(key, self.language) for key in keys)

    def made(
        self, key: str, headings: Sequence[str], rows: Iterator[tuple[Cell, ...]], **more: Any
    ) -> ReportTable:
        title = f"{word(key, self.language)}: {word(self.of.voice, self.language)}"
        return ReportTable(f"{self.of.voice} {key}", title, tuple(headings), tuple(rows), **more)

    def name(self, one: ScaleFound) -> str:
        return label(one.label, self.language, one.name)

    def scales(self) -> ReportTable:
        """As annex 2: items, alpha and omega before and after."""
        before, after = self.words("before", "after")
        parts = [
            f"{name}, {part}" for part in (before, after) for name in ("n", "α", "α 95% ↓", "α 95% ↑", "ω")
        ]
        rows = ((self.name(one), one.items, *self._alphas(one)) for one in self.of.scales if one.reliability)
        notes = self.words("scales_weighted") if self._used else ()
        return self.made("scales", [*self.words("scale", "items"), *parts], rows, notes=notes)

    def _alphas(self, one: ScaleFound) -> Iterator[Cell]:
        for part in PARTS:
            found = one.reliability.get(part)
            if found is None or isinstance(found, Hidden | Failed):
                yield from (self.why(found), None, None, None, None)
            else:
                yield from (found.n, found.alpha, *(found.alpha_ci or (None, None)), found.omega)

    def why(self, found: Any) -> str | None:
        if found is None:
            return None
        return word("hidden" if isinstance(found, Hidden) else "cannot", self.language)

    def describe(self) -> ReportTable:
        """How many have each score, and why the others have none."""
        found = [(one, part, each) for one in self.of.scales for part, each in one.described.items()]
        told = [each for _one, _part, each in found if not isinstance(each, Hidden)]
        reasons = [one for one in Missing if any(tens(each.missing.get(one, 0)) for each in told)]
        headings = [*self.words("scale", "measured"), "n", *self.words(*(one.value for one in reasons))]
        own = ["mean", "sd"]
        headings += [word("mean", self.language), "sd"]
        if self._used:
            headings += [
                f"{word(one, self.language) if one == 'mean' else one} {word('raked', self.language)}"
                for one in own
            ]
        rows = (
            (self.name(one), word(part, self.language), *self._describe(each, reasons))[: len(headings)]
            for one, part, each in found
        )
        return self.made("describe", headings, rows, words=2, notes=self.words("describe_how"))

    @property
    def _used(self) -> bool:
        """Whether design weights are."""
        return self.of.weighed is not None and self.of.weighed.used

    def _describe(self, each: Any, reasons: Sequence[Missing]) -> tuple[Cell, ...]:
        if isinstance(each, Hidden):
            return self.why(each), *(None,) * (len(reasons) + 4)
        missing = (tens(each.missing.get(one, 0)) for one in reasons)
        return each.n, *missing, each.mean, each.sd, each.weighted_mean, each.weighted_sd

    def means(self) -> ReportTable:
        """As tables 4 to 7: of who answered both times."""
        before, after, mean, change, up, dropout = self.words(
            "before", "after", "mean", "change", "up", "dropout"
        )
        headings = [
            word("scale", self.language),
            "n",
            f"{mean} {before}",
            f"sd {before}",
            f"{mean} {after}",
            f"sd {after}",
        ]
        headings += [change, "95% ↓", "95% ↑", "p", "d", "d 95% ↓", "d 95% ↑", up, dropout]
        rows = ((self.name(one), *self._mean(one)) for one in self.of.scales if one.spreads)
        notes = self.words("means_weighted") if self._used else ()
        return self.made("means", headings, rows, notes=notes)

    def _mean(self, one: ScaleFound) -> tuple[Cell, ...]:
        found = one.change
        if found is None:
            spreads = [one.spreads.get(part) for part in PARTS]
            n = next((spread.n for spread in spreads if spread), None)
            each = [
                cell for spread in spreads for cell in ((spread.mean, spread.sd) if spread else (None, None))
            ]
            return (n, *each, *(None,) * 9)
        if isinstance(found, Hidden | Failed):
            return (self.why(found), *(None,) * 13)
        moved, d = found.difference, found.effect_dav
        return (
            found.n,
            found.pre.mean,
            found.pre.sd,
            found.post.mean,
            found.post.sd,
            moved.mean,
            *(moved.ci or (None, None)),
            moved.p,
            d.d,
            *(d.ci or (None, None)),
            found.improved.percent if "up" in one.shares else None,
            found.dropout.percent if "dropout" in one.shares else None,
        )

    def models(self) -> ReportTable:
        """R² and its change, block by block."""
        headings = [*self.words("outcome", "block"), "n", "R²", "ΔR²", "F", "df1", "df2", "p"]
        return self.made("models", headings, self._blocks(), words=2, digits=3)

    def _blocks(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.of.scales:
            for place, block in enumerate(getattr(one.model, "blocks", ())):
                terms = " + ".join(self.term(term) for term in block.terms)
                first = self.name(one) if place == 0 else ""
                yield (
                    first,
                    terms,
                    one.model.n,
                    block.r2,
                    block.r2_change,
                    block.f_change,
                    block.df1,
                    block.df2,
                    block.p,
                )

    def coefficients(self) -> ReportTable:
        """Complete cases and imputed files beside each other."""
        return self.made("coefficients", self._headings(), self._terms(combined=False), **self._short())

    def combinations(self) -> ReportTable:
        """Interactions of activities, over and above each by itself."""
        return self.made("combinations", self._headings(), self._terms(combined=True), **self._short())

    def _short(self) -> dict[str, Any]:
        return {"words": 2, "digits": 3, "notes": self.words("short")}

    def _headings(self) -> list[str]:
        complete, imputed = self.words("complete", "imputed")
        own = ["n", "b", "se", "df", "95% ↓", "95% ↑", "p", "β"]
        return [
            *self.words("outcome", "term"),
            *(f"{one} ({complete})" if one in "nb" else one for one in own),
            f"b ({imputed})",
            "se",
            "95% ↓",
            "95% ↑",
            "p",
            "fmi",
        ]

    def _terms(self, *, combined: bool) -> Iterator[tuple[Cell, ...]]:
        for one in self.of.scales:
            pooled = {row.term: row for row in getattr(one.imputed, "coefficients", ())}
            first = self.name(one)
            for row in getattr(one.model, "coefficients", ()):
                if (":" in row.term) is combined:
                    yield (
                        first,
                        self.term(row.term),
                        one.model.n,
                        *_own(row),
                        *_pooled(pooled.get(row.term)),
                    )
                    first = ""

    def intercepts(self) -> ReportTable:
        """How much people of one school or class resemble each other, given the terms of the model."""
        headings = [
            *self.words("outcome", "cluster"),
            "n",
            *self.words("clusters", "between", "residual"),
            "ICC",
        ]
        rows = (row for one in self.of.scales if one.mixed is not None for row in self._intercept(one))
        notes = self.words(*self._levels_told())
        return self.made("intercepts", headings, rows, words=2, digits=3, notes=notes)

    def _levels_told(self) -> Iterator[str]:
        """What must be known of the groups: of which they are, and that nothing is weighted."""
        sizes = [getattr(one.mixed, "group_sizes", {}) for one in self.of.scales]
        if any(len(of) > 1 for of in sizes):
            yield "nested"
        elif self.of.cluster == "class":
            yield "one_level"
        if self._used:
            yield "intercepts_unweighted"
        if any(isinstance(one.mixed, Failed) and one.mixed.code == "few_clusters" for one in self.of.scales):
            yield "few_clusters_note"

    def _intercept(self, one: ScaleFound) -> Iterator[tuple[Cell, ...]]:
        found = one.mixed
        if isinstance(found, Hidden | Failed):
            yield self.name(one), self.why(found), *(None,) * 5
            return
        for name, variance in found.groups.items():
            size = found.group_sizes[name]
            named = variable(name, self.language)
            yield self.name(one), named, found.n, size, variance, found.residual, found.iccs[name]

    def fixed(self) -> ReportTable:
        """The terms beside the random intercept."""
        headings = [*self.words("outcome", "term"), "n", "b", "se", "df", "95% ↓", "95% ↑", "p"]
        return self.made("fixed", headings, self._fixed(), words=2, digits=3)

    def _fixed(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.of.scales:
            first, found = self.name(one), one.mixed
            for row in getattr(found, "fixed", ()):
                low, high = row.ci or (None, None)
                yield first, self.term(row.term), found.n, row.b, row.se, row.df, low, high, row.p
                first = ""

    def groups(self) -> ReportTable:
        """The mean change of each level."""
        headings = [
            *self.words("scale", "group", "level"),
            "n",
            word("change", self.language),
            "95% ↓",
            "95% ↑",
            "p",
        ]
        return self.made("groups", headings, self._levels(), words=3)

    def _levels(self) -> Iterator[tuple[Cell, ...]]:
        for one in self.of.scales:
            first = self.name(one)
            for group in self.of.groups:
                found: Any = (one.by_group or {}).get(group.name)
                named = called(group.name, group.label, self.language)
                for row in getattr(found, "contrasts", ()):
                    low, high = row.ci or (None, None)
                    yield first, named, self.level(group, row.term), found.n, row.b, low, high, row.p
                    first = named = ""

    def against(self) -> ReportTable:
        """Who took part against the classes that were set apart."""
        headings = [word("outcome", self.language), "n", "b", "se", "df", "95% ↓", "95% ↑", "p", "β"]
        rows = (
            (self.name(one), one.against.n, *_own(row))
            for one in self.of.scales
            for row in getattr(one.against, "coefficients", ())
            if row.term.startswith(COMPARISON)
        )
        return self.made("against", headings, rows, digits=3)

    def weighted(self) -> ReportTable:
        """Means beside those weighted to known numbers, with what the weights cost."""
        after, change, plain, raked = self.words("after", "change", "unweighted", "raked")
        headings = [
            word("scale", self.language),
            "n",
            f"{after} {plain}",
            f"{after} {raked}",
            "95% ↓",
            "95% ↑",
            f"{change} {plain}",
            f"{change} {raked}",
            "95% ↓",
            "95% ↑",
            *self.words("effect", "effective"),
        ]
        if self.of.margins and self.of.few and not self._used:
            lines = iter([(word("cannot", self.language),)])
            return self.made("weighted", headings[:1], lines, notes=tuple(self._margins_told()))
        rows = (self._weights(one) for one in self.of.scales if one.weighted is not None)
        notes = [*(self.words("by_design") if self._used else ()), *self._margins_told(), *self.words("kish")]
        return self.made("weighted", headings, rows, notes=tuple(notes))

    def _margins_told(self) -> Iterator[str]:
        """What scores are raked to, or the levels that keep them from it."""
        if not self.of.margins:
            return
        if self.of.few:
            yield f"{word('not_raked', self.language)}: {', '.join(self.of.few)}."
        else:
            yield from (
                *self.words("raked_how"),
                f"{word('known_from', self.language)}: {self.of.margins_from}.",
            )

    def _weights(self, one: ScaleFound) -> tuple[Cell, ...]:
        found = one.weighted
        if isinstance(found, Hidden | Failed):
            return self.name(one), self.why(found), *(None,) * 10
        after, change = found.mean[f"after.{one.name}"], found.mean[f"change.{one.name}"]
        score, moved = one.spreads.get("after"), one.moved
        return (
            self.name(one),
            found.n,
            score.mean if score else None,
            after.estimate,
            *(after.ci or (None, None)),
            moved.mean if moved else None,
            change.estimate,
            *(change.ci or (None, None)),
            found.design_effect,
            found.effective_n,
        )

    def term(self, written: str) -> str:
        """A term of a model in words: `before.x` is the score before."""
        return " × ".join(self._part(one) for one in written.split(":"))

    def _part(self, one: str) -> str:
        name, _equals, level = one.partition("=")
        part, dot, scale = name.partition(".")
        if dot and part in PARTS:
            found = next((self.name(each) for each in self.of.scales if each.name == scale), scale)
            return f"{found} ({word(part, self.language)})"
        named = variable(name, self.language)
        if not level:
            return named
        known = [*self.of.groups, *self.of.activities, *([self.of.comparison] if self.of.comparison else [])]
        group = next((each for each in known if each.name == name), None)
        return f"{named}: {self.level(group, level) if group else level}"

    def level(self, group: GroupFound, code: str) -> str:
        return label(next((one.label for one in group.levels if one.code == code), {}), self.language, code)


def _own(row: Any) -> tuple[Cell, ...]:
    error = row.se_cr2 if row.se_cr2 is not None else row.se
    return (row.b, error, row.df_cr2, *(row.ci or (None, None)), row.p, row.beta)


def _pooled(row: Any) -> tuple[Cell, ...]:
    if row is None:
        return (None,) * 6
    return (row.b, row.se, *(row.ci or (None, None)), row.p, row.fmi)
