"""The answers of one voice, before and after, as the columns that are analysed: one row per respondent.

They come as a wide file with a row per respondent and measurement (`driegesprek.tables.codebook`; as exports and
`driegesprek.content.simulation` give it) and the scales that its form declares.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from driegesprek.evidence.raking import Margin
from driegesprek.instruments.scoring_model import Scale
from driegesprek.reports.parts import AFTER, BEFORE, MINIMUM, PARTS, ROUNDS, WEIGHT, column
from driegesprek.reports.taking import chosen, design_weights, ends, lacks, option_column, weight_classes
from driegesprek.tables.codebook import MISSING_SUFFIX, Codebook, Variable

MARGIN = "margin"
SCHOOL, CLASS, COMPARISON = "school", "class", "not_in_comparison"
NO = frozenset({"no", "nee", "0", "false"})
OTHER = "other"


@dataclass(frozen=True)
class Given:
    """What one voice answered.

    Attributes:
        voice: pupil, adult or staff.
        title: of the form.
        table: pyarrow, a row per respondent and measurement: person, round (`pre`, `post`), class, groups, answers, scores.
        codebook: what its columns mean.
        scales: of the newest form, in its order.
        activities: questions, afterwards, whether somebody took part.
        groups: variables by which results are compared, such as track.
        outcomes: scales that are explained and compared by group; empty for all that were asked twice.
        support: {scale: the scale of support that may explain it, as it stood before}.
        comparison: classes that did nothing of it; empty where none were set apart.
        versions: hashes of the forms that were answered.
        named: whether staff were told to see the answers.
        crossed: questions, afterwards, that are told by group.
        margins: how many there are of each level of groups, as known from elsewhere; scores are weighted to them.
        margins_from: where they are known from.
        weight: the column with design weights; empty where everybody was asked.
    """

    voice: str
    title: str
    table: Any
    codebook: Codebook
    scales: tuple[Scale, ...]
    activities: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    support: Mapping[str, str] = field(default_factory=dict)
    comparison: frozenset[str] = frozenset()
    versions: tuple[str, ...] = ()
    named: bool = False
    crossed: tuple[str, ...] = ()
    margins: tuple[Margin, ...] = ()
    margins_from: str = ""
    weight: str = ""

    def variable(self, name: str) -> Variable | None:
        """What the codebook says of a column; None where it says nothing."""
        return next((one for one in self.codebook.variables if one.name == name), None)

    @cached_property
    def joined(self) -> "Joined":
        """As `join` gives it, made once."""
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        halves = {part: self.table.filter(pc.equal(self.table["round"], ROUNDS[part])) for part in PARTS}
        return _Joining(self, halves).joined()


@dataclass(frozen=True)
class ScaleColumns:
    """A scale and the columns in which its items and scores stand.

    Attributes:
        ends: the lowest and highest score there can be; None where an item has no ends.
        items: {part: columns}; empty where it was not asked.
        reverse: {part: those columns that point the other way}.
    """

    scale: Scale
    ends: tuple[float, float] | None
    items: Mapping[str, tuple[str, ...]]
    reverse: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """As the form has it."""
        return self.scale.name

    def asked(self, part: str) -> bool:
        """Whether there are scores of this measurement."""
        return bool(self.items[part])

    @property
    def twice(self) -> bool:
        """Whether it was asked before and after."""
        return all(self.asked(part) for part in PARTS)


@dataclass(frozen=True)
class Joined:
    """One row per respondent.

    Attributes:
        numbers: {column: values, NaN where there is none}; `before.x` and `after.x`, and `change.x`.
        codes: {column: texts, None where there is none}.
        levels: {column of codes: what occurs, in order}, the reference first; none of fewer than the minimum.
        scales: in the order of the form.
        respondents: {part: how many}.
        activities, groups: of which there is enough to compare.
        cluster: the column that says who belongs together; None where everybody is in one.
        few: who handed in once, where these are fewer than ten of a round without names: they are counted nowhere.
        reasons: {column of a score: why it is missing}.
        choices: {question of several answers that is told by group: its options}; `codes` has yes or no for each.
        weights: the column of numbers with design weights; None where they do not differ or may not be used.
        light: how many design weights fewer than ten people have; then none is used. `codes` has who has which.
    """

    given: Given
    numbers: Mapping[str, Any]
    codes: Mapping[str, Any]
    levels: Mapping[str, tuple[str, ...]]
    scales: tuple[ScaleColumns, ...]
    respondents: Mapping[str, int]
    both: int
    activities: tuple[str, ...]
    groups: tuple[str, ...]
    cluster: str | None
    few: Any
    reasons: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights: str | None = None
    light: int = 0

    @property
    def nested(self) -> tuple[str, ...]:
        """What random intercepts are of: classes within schools where there are several of both."""
        if self.cluster != SCHOOL or CLASS not in self.codes:
            return (self.cluster or CLASS,)
        sizes = Counter(zip(self.codes[SCHOOL], self.codes[CLASS], strict=True))
        several = len(sizes) > len({school for school, _class in sizes})
        return (SCHOOL, CLASS) if several and max(sizes.values()) > 1 else (SCHOOL,)

    @property
    def outcomes(self) -> tuple[ScaleColumns, ...]:
        """The scales that are explained and compared by group."""
        wanted = set(self.given.outcomes) or {one.name for one in self.scales}
        return tuple(one for one in self.scales if one.twice and one.name in wanted)

    def count(self, column: str, level: str) -> int:
        """How many have a level, of those who are counted."""
        return int(((self.codes[column] == level) & ~self.few).sum())


def join(given: Given) -> Joined:
    """Put before and after of each respondent beside each other; people in the order of their keys."""
    return given.joined


class _Joining:
    """The columns as they are made."""

    def __init__(self, given: Given, halves: Mapping[str, Any]) -> None:
        import pyarrow as pa  # noqa: PLC0415 - heavy

        self.given, self.halves = given, halves
        people = sorted({one for half in halves.values() for one in half["person"].to_pylist()})
        self.people = pa.array(people, pa.string())
        self.numbers: dict[str, Any] = {}
        self.codes: dict[str, Any] = {}
        self.reasons: dict[str, Any] = {}
        self.few = self._once()

    def _once(self) -> Any:
        """Who handed in once, where these are fewer than ten, so that counts of everybody do not tell of them."""
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        there = [
            pc.is_in(self.people, value_set=half["person"].combine_chunks()) for half in self.halves.values()
        ]
        before, after = (np.asarray(one.to_numpy(zero_copy_only=False), dtype=bool) for one in there)
        few = np.zeros(len(before), dtype=bool)
        if self.given.named or not before.any() or not after.any():
            return few
        for once in (before & ~after, after & ~before):
            if int(once.sum()) < MINIMUM:
                few |= once
        return few

    def joined(self) -> Joined:
        scales = tuple(self._scale(one) for one in self.given.scales)
        groups = [name for name in self.given.groups if self._take_codes(name)]
        activities = [name for name in self.given.activities if self._take_codes(name, latest=True)]
        for name in (SCHOOL, CLASS):
            self._take_codes(name)
        self._take_crossed()
        self._take_margins()
        self._compare()
        choices = self._take_choices()
        weights = design_weights(self.given, self._taken, self.few)
        if weights is not None:
            self.numbers |= {WEIGHT: weights.all, column(AFTER, WEIGHT): weights.after}
            self.codes[WEIGHT] = weight_classes(weights.all)
        levels = {
            name: self._levels(name) for name in [*groups, *activities, COMPARISON] if name in self.codes
        }
        there = {part: len(half) for part, half in self.halves.items()}
        return Joined(
            given=self.given,
            numbers=self.numbers,
            codes=self.codes,
            levels={name: found for name, found in levels.items() if len(found) > 1},
            scales=tuple(one for one in scales if any(one.asked(part) for part in PARTS)),
            respondents=there,
            both=sum(there.values()) - len(self.people),
            activities=tuple(one for one in activities if len(levels[one]) > 1),
            groups=tuple(one for one in groups if len(levels[one]) > 1),
            cluster=next((name for name in (SCHOOL, CLASS) if self._several(name)), None),
            few=self.few,
            reasons=self.reasons,
            choices=choices,
            weights=WEIGHT if weights and not weights.light else None,
            light=weights.light if weights else 0,
        )

    def _taken(self, part: str, name: str) -> Any:
        """A column of one measurement in the order of the people; None where there is none or nobody has it."""
        half = self.halves[part]
        if name not in half.schema.names or half[name].null_count == len(half):
            return None
        return half[name].combine_chunks().take(self._places[part])

    @cached_property
    def _places(self) -> Mapping[str, Any]:
        """{part: the row of each of the people in it, null where there is none}."""
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        people = {part: half["person"].combine_chunks() for part, half in self.halves.items()}
        return {part: pc.index_in(self.people, value_set=own) for part, own in people.items()}

    def _several(self, name: str) -> bool:
        return name in self.codes and len({one for one in self.codes[name] if one}) > 1

    def _take_codes(self, name: str, *, latest: bool = False, kept: str = "") -> bool:
        """Text of the last measurement in which it was answered, else of the other one."""
        found = None
        for part in (AFTER, BEFORE):
            taken = self._taken(part, name)
            if taken is None:
                continue
            texts = np.array([None if one is None else str(one) for one in taken.to_pylist()], dtype=object)
            if found is None:
                found = texts
            elif not latest:
                found = np.where(lacks(found), texts, found)
        if found is not None:
            self.codes[kept or name] = found
        return found is not None

    def _take_crossed(self) -> None:
        for name in self.given.crossed:
            taken = self._taken(AFTER, name)
            if taken is not None:
                texts: Any = np.array(taken.cast("string").to_pylist(), dtype=object)
                self.codes[column(AFTER, name)] = np.where(~self.few, texts, None)

    def _take_choices(self) -> dict[str, tuple[str, ...]]:
        """Yes or no for each option of the questions of several answers that are told by group."""
        found = {}
        for name in self.given.crossed:
            options = chosen(self.given.variable(name), self._taken)
            if options:
                found[name] = tuple(code for code, _texts in options)
                for code, texts in options:
                    self.codes[option_column(name, code)] = np.where(~self.few, texts, None)
        return found

    def _take_margins(self) -> None:
        """The levels that are weighted to known numbers, of who handed in afterwards and is counted."""
        import pyarrow.compute as pc  # noqa: PLC0415 - heavy

        after = pc.is_in(self.people, value_set=self.halves[AFTER]["person"].combine_chunks())
        counted = np.asarray(after.to_numpy(zero_copy_only=False), dtype=bool) & ~self.few
        for name in dict.fromkeys(one.variable for one in self.given.margins):
            if self._take_codes(name, kept=column(MARGIN, name)):
                texts = self.codes[column(MARGIN, name)]
                self.codes[column(MARGIN, name)] = np.where(counted, texts, None)

    def _compare(self) -> None:
        """Who is in a class that was set apart to compare with."""
        if self.given.comparison and CLASS in self.codes:
            apart = [
                None if one is None else ("no" if one in self.given.comparison else "yes")
                for one in self.codes[CLASS]
            ]
            self.codes[COMPARISON] = np.array(apart, dtype=object)

    def _levels(self, name: str) -> tuple[str, ...]:
        """Levels of enough people; those of fewer are one together where they are enough, and else none."""
        texts = self.codes[name]
        known = self.given.variable(name)
        order = list(known.codes) if known else []
        counted = {
            one: int((texts == one).sum()) for one in sorted({one for one in texts if one is not None})
        }
        few = [one for one, n in counted.items() if n < MINIMUM]
        if few:
            together = OTHER if sum(counted[one] for one in few) >= MINIMUM and OTHER not in counted else None
            self.codes[name] = np.array([together if one in few else one for one in texts], dtype=object)
            counted = {one: n for one, n in counted.items() if one not in few} | (
                {together: MINIMUM} if together else {}
            )
        return tuple(sorted(counted, key=lambda one: (self._last(name, one), _place(order, one), one)))

    def _last(self, name: str, level: str) -> bool:
        """Of an activity and of a comparison `no` stands first: it is what the others are compared with."""
        return (name in self.given.activities or name == COMPARISON) and level not in NO

    def _scale(self, scale: Scale) -> ScaleColumns:
        items = {part: self._items(part, scale) for part in PARTS}
        reverse = {
            part: tuple(
                column for column, item in zip(items[part], scale.items, strict=False) if item.reverse
            )
            for part in PARTS
        }
        for part in PARTS:
            if own := self._take(part, scale.name, (f"{scale.name}_score", scale.name)):
                self._take_reasons(part, own, scale.name)
        if not self.given.named:
            self._leave_out_few(scale, items)
        before, after = (self.numbers.get(column(part, scale.name)) for part in PARTS)
        if before is not None and after is not None:
            self.numbers[column("change", scale.name)] = after - before
        asked = {part: items[part] if column(part, scale.name) in self.numbers else () for part in PARTS}
        return ScaleColumns(scale, ends(scale), asked, reverse)

    def _leave_out_few(self, scale: Scale, items: Mapping[str, tuple[str, ...]]) -> None:
        """Take out who has the score once, where these are fewer than ten.

        Beside the mean of who has both, that of everybody would tell theirs.
        """
        scores = {part: self.numbers.get(column(part, scale.name)) for part in PARTS}
        for part, other in (PARTS, PARTS[::-1]):
            own, its = scores[part], scores[other]
            if own is None or its is None:
                return
            once = np.isfinite(own) & np.isnan(its)
            if 0 < int(once.sum()) < MINIMUM:
                for name in [column(part, scale.name), *items[part]]:
                    self.numbers[name] = np.where(once, np.nan, self.numbers[name])

    def _take_reasons(self, part: str, made: str, name: str) -> None:
        taken = [self._taken(part, f"{one}{MISSING_SUFFIX}") for one in (f"{name}_score", name)]
        found = next((one for one in taken if one is not None), None)
        if found is not None:
            self.reasons[made] = found

    def _items(self, part: str, scale: Scale) -> tuple[str, ...]:
        names = [item.path.rpartition("/")[2] for item in scale.items]
        found = [self._take(part, name, self._versions(name, names)) for name in names]
        return tuple(one for one in found if one is not None)

    def _versions(self, name: str, items: Sequence[str]) -> list[str]:
        """The columns of a question: that of an older version has a number behind its name."""
        return [name, *(f"{name}_{n}" for n in range(2, 5) if f"{name}_{n}" not in items)]

    def _take(self, part: str, name: str, columns: Sequence[str]) -> str | None:
        """Keep the numbers of the first of the columns that has any in this measurement; tells where."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        made = column(part, name)
        for own in columns:
            taken = None if made in self.numbers else self._taken(part, own)
            if taken is None:
                continue
            try:
                numbers = taken.cast(pa.float64())
            except pa.ArrowInvalid:  # codes that are no numbers: no scale can be made of them
                continue
            self.numbers[made] = np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)
        return made if made in self.numbers else None


def _place(order: Sequence[str], level: str) -> int:
    return order.index(level) if level in order else len(order)


__all__ = ["AFTER", "BEFORE", "MINIMUM", "PARTS", "Given", "Joined", "ScaleColumns", "column", "join"]
