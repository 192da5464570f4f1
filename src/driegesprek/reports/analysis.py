"""What the answers of a voice show: the statistics of its plan, with nothing told of fewer than ten people.

An analysis holds results only, never a row or a sum: it may be kept and drawn on a page or in a report.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np

from driegesprek.evidence.problems import EvidenceError
from driegesprek.evidence.raking import Margin
from driegesprek.evidence.spreads import Spread, spread
from driegesprek.reports.answers import (
    BEFORE,
    COMPARISON,
    MINIMUM,
    PARTS,
    Given,
    Joined,
    ScaleColumns,
    column,
    join,
)
from driegesprek.reports.enough import fewest, shares, thin
from driegesprek.reports.parts import WEIGHT
from driegesprek.reports.planning import few, named, plan
from driegesprek.reports.weighing import Weighed, weighed

FILES = 5
"""Imputed files: enough for errors of estimates; `evidence regress --impute` makes as many as are wanted."""

FEWEST_CLUSTERS = 5
"""Groups from which a variance between them is told: with fewer it is badly known (Bolker's GLMM FAQ)."""


class Hidden(StrEnum):
    """Why a statistic is not shown."""

    TOO_FEW = "too_few"
    """Of fewer than ten people."""


@dataclass(frozen=True)
class Failed:
    """A statistic that cannot be estimated, with the code and the words of why."""

    code: str
    message: str


Found = Any
"""A result of `driegesprek.evidence`, `Failed`, `Hidden`, or None where it was not asked for."""


@dataclass(frozen=True)
class ScaleFound:
    """What there is of one scale.

    Attributes:
        label: {language: words}.
        spreads: {part: mean and spread of everybody who has a score}; None where of fewer than ten.
        reliability: {part: `evidence.Scale`, Failed or Hidden}.
        change: `evidence.Change` of who has both.
        model: `evidence.Regression` of the score after, in blocks.
        mixed: `evidence.Mixed`: the model without combinations, with a random intercept of the cluster.
        did: `evidence.Regression` with each activity by itself, of who began equal.
        imputed: the same model as `model` on imputed files; None where nothing was imputed.
        by_group: {group: `evidence.Regression` of the change, with the mean of each level as a contrast}.
        against: `evidence.Regression` with who took part against the classes that were set apart.
        weighted: `evidence.Weights`: the score after and the change, by design weights, raked to known numbers.
        described: {part: `evidence.Described`: how many have a score, and why the others have none}.
        moved: the unweighted mean change, to stand beside the weighted one.
        shares: which of `up` and `dropout` are of ten people at least on either side, of each weight.
    """

    name: str
    label: Mapping[str, str]
    ends: tuple[float, float] | None
    items: int
    spreads: Mapping[str, Spread | None]
    reliability: Mapping[str, Found]
    change: Found = None
    model: Found = None
    mixed: Found = None
    did: Found = None
    imputed: Any = None
    by_group: Mapping[str, Found] | None = None
    against: Found = None
    weighted: Found = None
    described: Mapping[str, Found] = field(default_factory=dict)
    moved: Spread | None = None
    shares: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LevelFound:
    """A level of a group or activity: its words, how many."""

    code: str
    label: Mapping[str, str]
    n: int


@dataclass(frozen=True)
class GroupFound:
    """A group or activity and its levels, the one with which the others are compared first."""

    name: str
    label: Mapping[str, str]
    levels: tuple[LevelFound, ...]


@dataclass(frozen=True)
class Analysis:
    """Everything of one voice.

    Attributes:
        respondents: {part: how many handed in}.
        both: how many handed in twice.
        activities, groups: of which results are told.
        comparison: whether classes were set apart to compare with, and how many people are on either side.
        cluster: who belongs together in errors: class or school; None: nobody.
        clusters: how many.
        plan: as JSON; empty where nothing was computed.
        seed: of the imputation.
        crossed: {question: {group: `evidence.Crosstab`, Failed or Hidden}}.
        chosen: {question of several answers: {group: {option: the same}}}.
        weighed: the design weights; None where they do not differ.
        margins: what is known of all, and where from; `few`: levels of it that keep it from being used.
    """

    voice: str
    title: str
    versions: tuple[str, ...]
    respondents: Mapping[str, int]
    both: int
    scales: tuple[ScaleFound, ...]
    activities: tuple[GroupFound, ...]
    groups: tuple[GroupFound, ...]
    comparison: GroupFound | None
    cluster: str | None
    clusters: int
    plan: Mapping[str, Any]
    seed: int
    crossed: Mapping[str, Mapping[str, Found]] = field(default_factory=dict)
    chosen: Mapping[str, Mapping[str, Mapping[str, Found]]] = field(default_factory=dict)
    weighed: Weighed | None = None
    margins: tuple[Margin, ...] = ()
    margins_from: str = ""
    few: tuple[str, ...] = ()


def analyse(given: Given, *, seed: int, files: int = FILES, intercepts: bool = True) -> Analysis:
    """Compute all that a page and a report need of a voice.

    Args:
        given: its answers.
        seed: of the imputation.
        files: how many imputed files; 0 for none.
        intercepts: whether models with random intercepts are wanted.
    """
    from driegesprek.evidence.held import Held  # noqa: PLC0415 - heavy
    from driegesprek.evidence.plans import plan_of  # noqa: PLC0415 - heavy
    from driegesprek.evidence.sums import results, sums_of  # noqa: PLC0415 - heavy

    joined = join(given)
    written: Mapping[str, Any] = plan(joined, intercepts=intercepts)
    found: dict[str, Any] = {}
    imputed: dict[str, Any] = {}
    if written["statistics"]:
        # The rows are here: a grid of variances is for sums that leave a school.
        read = plan_of(written)
        read = replace(read, statistics=tuple(replace(one, grid=None) for one in read.statistics))
        found = results(sums_of(Held.of_arrays(joined.numbers, joined.codes, joined.reasons), read))
        imputed = _imputed(joined, read, seed, files)
    telling = _Telling(joined, found, imputed)
    return Analysis(
        voice=given.voice,
        title=given.title,
        versions=given.versions,
        respondents=joined.respondents,
        both=joined.both,
        scales=tuple(telling.scale(one) for one in joined.scales),
        activities=tuple(_group(joined, name) for name in joined.activities),
        groups=tuple(_group(joined, name) for name in joined.groups),
        comparison=_comparison(joined),
        cluster=joined.cluster,
        clusters=_clusters(joined),
        plan=written,
        seed=seed,
        crossed=telling.crossed(),
        chosen=telling.chosen(),
        weighed=weighed(joined),
        margins=given.margins,
        margins_from=given.margins_from,
        few=tuple(few(joined)),
    )


def _imputed(joined: Joined, read: Any, seed: int, files: int) -> dict[str, Any]:
    from driegesprek.reports.imputing import impute  # noqa: PLC0415 - heavy

    names = [named("model", one.name) for one in joined.outcomes]
    if not files or joined.both < MINIMUM:
        return {}
    try:
        return dict(impute(joined, read, names, seed=seed, m=files))
    except EvidenceError:
        return {}


def _group(joined: Joined, name: str) -> GroupFound:
    known = joined.given.variable(name)
    labels = {one.code: one.label for one in known.values} if known else {}
    levels = tuple(
        LevelFound(code, labels.get(code, {}), joined.count(name, code)) for code in joined.levels[name]
    )
    return GroupFound(name, known.label if known else {}, levels)


def _comparison(joined: Joined) -> GroupFound | None:
    return _group(joined, COMPARISON) if COMPARISON in joined.levels else None


def _clusters(joined: Joined) -> int:
    return len({one for one in joined.codes[joined.cluster] if one}) if joined.cluster else 0


@dataclass(frozen=True)
class _Telling:
    """Results by name, and what of them may be told."""

    joined: Joined
    found: Mapping[str, Any]
    imputed: Mapping[str, Any]

    def scale(self, one: ScaleColumns) -> ScaleFound:
        may = self._hidden(one)
        return ScaleFound(
            name=one.name,
            label=self._label(one),
            ends=one.ends,
            items=len(one.scale.items),
            spreads={part: self._spread(one, part) for part in PARTS if one.asked(part)},
            reliability={
                part: self._told(named("scale", one.name, part)) for part in PARTS if len(one.items[part]) > 1
            },
            change=may or self._weighed(self._told(named("change", one.name)), column("change", one.name)),
            model=self._told(named("model", one.name)) and (may or self._told(named("model", one.name))),
            mixed=may or self._intercepts(named("mixed", one.name)),
            did=self._told(named("did", one.name)) and (may or self._told(named("did", one.name))),
            imputed=None if may else self.imputed.get(named("model", one.name)),
            by_group=dict(self._by_group(one, may)) if one in self.joined.outcomes else None,
            against=may or self._against(one),
            weighted=may or self._weights(one),
            described=dict(self._described(one)),
            moved=None if may or not one.twice else self._spread(one, "change"),
            shares=frozenset(shares(self.joined, one)) if one.twice else frozenset(),
        )

    def crossed(self) -> Mapping[str, Mapping[str, Found]]:
        """The questions that are told by group, by group."""
        found: dict[str, dict[str, Found]] = {}
        for name in self.found:
            kind, _slash, rest = name.partition("/")
            if kind == "cross":
                question, _slash, group = rest.rpartition("/")
                found.setdefault(question, {})[group] = self._told(name)
        return found

    def chosen(self) -> Mapping[str, Mapping[str, Mapping[str, Found]]]:
        """The questions of several answers that are told by group, by group and option."""
        return {
            name: {
                group: {one: self._told(named("chosen", name, f"{group}/{one}")) for one in options}
                for group in self.joined.groups
            }
            for name, options in self.joined.choices.items()
        }

    def _described(self, one: ScaleColumns) -> Iterator[tuple[str, Found]]:
        found = self.found.get("describe")
        variables = {each.name: each for each in getattr(found, "variables", ())}
        for part in PARTS:
            each = variables.get(column(part, one.name))
            if each is not None:
                plain = replace(each, weighted_mean=None, weighted_sd=None)
                each = plain if thin(self.joined, column(part, one.name), [WEIGHT]) else each
                yield part, Hidden.TOO_FEW if each.n < MINIMUM else each

    def _weighed(self, found: Found, name: str) -> Found:
        """What is weighted, where ten people of each weight are in it."""
        if not self.joined.weights or found is None or isinstance(found, Hidden | Failed):
            return found
        return Hidden.TOO_FEW if thin(self.joined, name, [WEIGHT]) else found

    def _weights(self, one: ScaleColumns) -> Found:
        """Weighted means, where ten people of each weight and of each level that is raked have a change."""
        found = self._told(named("weights", one.name))
        if found is None or isinstance(found, Hidden | Failed):
            return found
        by = [*found.margins] + [WEIGHT] * bool(self.joined.weights)
        return Hidden.TOO_FEW if thin(self.joined, column("change", one.name), by) else found

    def _label(self, one: ScaleColumns) -> Mapping[str, str]:
        known = self.joined.given.variable(one.name)
        return one.scale.label or (known.label if known else {})

    def _hidden(self, one: ScaleColumns) -> Hidden | None:
        """Whether fewer than ten have both scores; None too where it was asked once."""
        if not one.twice:
            return None
        both = np.isfinite(self.joined.numbers[column("change", one.name)]).sum()
        return Hidden.TOO_FEW if both < MINIMUM else None

    def _told(self, name: str) -> Found:
        if name not in self.found:
            return None
        one = self.found[name]
        if isinstance(one, EvidenceError):
            return Failed(one.code, str(one))
        return Hidden.TOO_FEW if one.n < MINIMUM else one

    def _intercepts(self, name: str) -> Found:
        """Of fewer groups than five the variance between them is hardly known, and its model not told."""
        found = self._told(name)
        sizes = getattr(found, "group_sizes", None)
        if sizes and min(sizes.values()) < FEWEST_CLUSTERS:
            return Failed(
                "few_clusters", f"A variance between fewer than {FEWEST_CLUSTERS} groups is not told."
            )
        return found

    def _spread(self, one: ScaleColumns, part: str) -> Spread | None:
        values = self.joined.numbers[column(part, one.name)]
        there = values[np.isfinite(values)]
        return spread(there.tolist()) if len(there) >= MINIMUM else None

    def _by_group(self, one: ScaleColumns, may: Hidden | None) -> Iterator[tuple[str, Found]]:
        for group in self.joined.groups:
            yield group, may or self._levelled(one, group)

    def _against(self, one: ScaleColumns) -> Found:
        """Who took part against who was set apart; weighted, where ten of each weight are on each side."""
        found = self._told(named("against", one.name))
        if found is None or not self.joined.weights:
            return found
        return Hidden.TOO_FEW if fewest(self.joined, one, COMPARISON) < MINIMUM else found

    def _levelled(self, one: ScaleColumns, group: str) -> Found:
        """Mean changes by level, where each is of ten people who have both scores."""
        few = fewest(self.joined, one, group) < MINIMUM
        return Hidden.TOO_FEW if few else self._told(named("group", one.name, group))


def measured(one: ScaleFound) -> bool:
    """Whether there is a change to show."""
    return one.change is not None and not isinstance(one.change, Hidden | Failed)


__all__ = [
    "BEFORE",
    "Analysis",
    "Failed",
    "GroupFound",
    "Hidden",
    "LevelFound",
    "ScaleFound",
    "Weighed",
    "analyse",
    "measured",
]
