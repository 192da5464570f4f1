"""What is computed of the answers of a voice, as a plan of `driegesprek.evidence`: general, for any form with scales.

Each scale: its reliability before and after, the change of who has both. Each outcome: a model of the score after, in
blocks: the score before; groups; support before; activities; pairs of activities; all activities together. The same without
combinations with a random intercept of the school, or of the class within one school. For each group: the mean change of
each of its levels. Where classes were set apart: those who took part against them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from driegesprek.evidence.plans import FORMAT, VERSION
from driegesprek.reports.answers import (
    AFTER,
    BEFORE,
    COMPARISON,
    MARGIN,
    MINIMUM,
    PARTS,
    Joined,
    ScaleColumns,
    column,
)
from driegesprek.reports.parts import WEIGHT
from driegesprek.reports.taking import CHOSEN, NOT_CHOSEN, option_column

MOST_ACTIVITIES = 4
"""More activities than this have no combinations in a model: those would be too many, of too few people."""
FEWEST_ITEMS = 2
LEVELS = (NOT_CHOSEN, CHOSEN)
OF_CLASSES = ("year_group", "track")
"""Groups that are known of everybody."""


def plan(joined: Joined, *, intercepts: bool = True) -> dict[str, Any]:
    """The plan as JSON holds it; `evidence.plans.plan_of` reads it.

    Args:
        joined: the answers.
        intercepts: whether models with random intercepts are in it; the page of a school shows none.

    Returns:
        None of its statistics is of a category with fewer than ten people in it.
    """
    statistics = [
        one
        for scale in joined.scales
        for one in _of_scale(joined, scale)
        if intercepts or one["kind"] != "mixed"
    ]
    statistics += [*_described(joined), *_crossed(joined), *_chosen(joined)]
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": f"{joined.given.title} ({joined.given.voice})",
        "school": None,
        "statistics": statistics,
    }


def _of_scale(joined: Joined, scale: ScaleColumns) -> Iterator[dict[str, Any]]:
    for part in PARTS:
        if len(scale.items[part]) >= FEWEST_ITEMS:
            yield _reliability(joined, scale, part)
    if not scale.twice:
        return
    yield _change(joined, scale)
    if weighable(joined) or joined.weights:
        yield _weighted(joined, scale)
    if scale in joined.outcomes:
        yield from _of_outcome(joined, scale)


def _of_outcome(joined: Joined, scale: ScaleColumns) -> Iterator[dict[str, Any]]:
    yield _model(joined, scale)
    if joined.cluster:
        yield _mixed(joined, scale)
    if joined.activities:
        yield _did(joined, scale)
    for group in joined.groups:
        yield _by_group(joined, scale, group)
    if COMPARISON in joined.levels:
        yield _against(joined, scale)


def _reliability(joined: Joined, scale: ScaleColumns, part: str) -> dict[str, Any]:
    items = scale.items[part]
    lows = [one.low for one in scale.scale.items if one.low is not None]
    highs = [one.high for one in scale.scale.items if one.high is not None]
    reverse = [one for one in scale.reverse[part] if lows and highs]
    return {
        "kind": "scale",
        "name": named("scale", scale.name, part),
        "items": list(items),
        "reverse": reverse,
        "span": [min(lows), max(highs)] if lows and highs else None,
        "missing": "listwise",
        "weights": joined.weights,
        "pivots": {name: pivot(joined.numbers[name]) for name in items},
    }


def _change(joined: Joined, scale: ScaleColumns) -> dict[str, Any]:
    both = [column(part, scale.name) for part in PARTS]
    return {
        "kind": "change",
        "name": named("change", scale.name),
        "pre": both[0],
        "post": both[1],
        "cluster": joined.cluster,
        "weights": joined.weights,
        "pivots": {name: pivot(joined.numbers[name]) for name in both},
    }


def weighable(joined: Joined) -> bool:
    """Whether every level with a known number has ten respondents, and none is without."""
    names = dict.fromkeys(one.variable for one in joined.given.margins)
    return bool(names) and all(column(MARGIN, name) in joined.codes for name in names) and not few(joined)


def few(joined: Joined) -> list[str]:
    """Levels with a known number and fewer than ten respondents, and levels of respondents without a number."""
    found = []
    for one in joined.given.margins:
        texts = joined.codes.get(column(MARGIN, one.variable))
        if texts is None or int((texts == one.level).sum()) < MINIMUM:
            found.append(f"{one.variable}={one.level}")
    known = {(one.variable, one.level) for one in joined.given.margins}
    for name in dict.fromkeys(one.variable for one in joined.given.margins):
        levels = {one for one in joined.codes.get(column(MARGIN, name), ()) if one is not None}
        found += [f"{name}={level}" for level in sorted(levels) if (name, level) not in known]
    return found


def _weighted(joined: Joined, scale: ScaleColumns) -> dict[str, Any]:
    """Score after and change of who handed in afterwards, by design weights, raked to what is known of all."""
    margins = joined.given.margins if weighable(joined) else ()
    numbers = [column(AFTER, scale.name), column("change", scale.name)]
    return {
        "kind": "weights",
        "name": named("weights", scale.name),
        "margins": [
            {"variable": column(MARGIN, one.variable), "level": one.level, "total": one.total}
            for one in margins
        ],
        "weights": joined.weights and column(AFTER, WEIGHT),
        "mean": numbers,
        "cluster": joined.cluster,
        "pivots": {name: pivot(joined.numbers[name]) for name in numbers},
    }


def _described(joined: Joined) -> list[dict[str, Any]]:
    """How many have each score, and why the others have none."""
    names = [column(part, one.name) for one in joined.scales for part in PARTS if one.asked(part)]
    if not names:
        return []
    pivots = {name: pivot(joined.numbers[name]) for name in names}
    kept = {"items": names, "levels": {}, "pivots": pivots, "weights": joined.weights}
    return [{"kind": "describe", "name": "describe", **kept}]


def _chosen(joined: Joined) -> list[dict[str, Any]]:
    """Each option of a question of several answers that is told by group, by each group."""
    return [
        _table(joined, named("chosen", name, f"{group}/{option}"), option_column(name, option), group, LEVELS)
        for name, options in joined.choices.items()
        for group in joined.groups
        for option in options
    ]


def _crossed(joined: Joined) -> list[dict[str, Any]]:
    """Each question that is told by group, by each group."""
    return [
        _table(joined, named("cross", name, group), column(AFTER, name), group, levels)
        for name, levels in _answered(joined)
        for group in joined.groups
        if group != name and len(levels) > 1
    ]


def _answered(joined: Joined) -> Iterator[tuple[str, list[str]]]:
    """The questions that are told by group, with the answers that occur."""
    for name in joined.given.crossed:
        own, known = column(AFTER, name), joined.given.variable(name)
        if own in joined.codes and known is not None:
            given = {one for one in joined.codes[own] if one is not None}
            yield name, [one for one in known.codes if one in given]


def _table(joined: Joined, name: str, own: str, group: str, levels: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": "crosstab",
        "name": name,
        "rows": own,
        "cols": group,
        "levels": {own: list(levels), group: list(joined.levels[group])},
        "cluster": None if group == joined.cluster else joined.cluster,
        "weights": joined.weights,
    }


def _model(joined: Joined, scale: ScaleColumns) -> dict[str, Any]:
    blocks = [*_blocks(joined, scale), *_combinations(joined)]
    written = ";".join("+".join(block) for block in blocks if block)
    numbers = _numbers(joined, scale)
    return _regression(
        joined, named("model", scale.name), column(AFTER, scale.name), written, numbers=numbers
    )


def _numbers(joined: Joined, scale: ScaleColumns) -> list[str]:
    """The score before, and that of the support that may explain it."""
    support = joined.given.support.get(scale.name, "")
    return [one for one in (column(BEFORE, scale.name), column(BEFORE, support)) if one in joined.numbers]


def _blocks(joined: Joined, scale: ScaleColumns) -> list[list[str]]:
    numbers = _numbers(joined, scale)
    return [numbers[:1], list(joined.groups), numbers[1:], list(joined.activities)]


def _mixed(joined: Joined, scale: ScaleColumns) -> dict[str, Any]:
    """The model without combinations; the group takes up what people of one school or class share."""
    fixed = [term for block in _blocks(joined, scale) for term in block]
    numbers = [*_numbers(joined, scale), column(AFTER, scale.name)]
    return {
        "kind": "mixed",
        "name": named("mixed", scale.name),
        "outcome": numbers[-1],
        "fixed": "+".join(fixed),
        "group": ",".join(joined.nested),
        "levels": {one: list(joined.levels[one]) for one in fixed if one in joined.levels},
        "pivots": {one: pivot(joined.numbers[one]) for one in numbers},
    }


def _did(joined: Joined, scale: ScaleColumns) -> dict[str, Any]:
    """Each activity by itself, of who began equal, in the same year group and track: for the page of a school."""
    first = column(BEFORE, scale.name)
    blocks = [[first], [one for one in OF_CLASSES if one in joined.groups], list(joined.activities)]
    written = ";".join("+".join(block) for block in blocks if block)
    return _regression(joined, named("did", scale.name), column(AFTER, scale.name), written, numbers=[first])


def _combinations(joined: Joined) -> list[list[str]]:
    """Pairs, then all of three: those in which people of each sort are enough."""
    if len(joined.activities) > MOST_ACTIVITIES:
        return []
    return [
        [":".join(names) for names in combinations(joined.activities, size) if _enough(joined, names)]
        for size in (2, 3)
    ]


def _enough(joined: Joined, names: Sequence[str]) -> bool:
    """Whether ten took part in all of these, and ten in each of them without the others."""
    if together(joined, names) < MINIMUM:
        return False
    return all(_alone(joined, one, [other for other in names if other != one]) >= MINIMUM for one in names)


def _alone(joined: Joined, one: str, others: Sequence[str]) -> int:
    rest = np.ones(len(joined.codes[one]), dtype=bool)
    for other in others:
        rest &= joined.codes[other] == joined.levels[other][0]
    return int(((joined.codes[one] == joined.levels[one][-1]) & rest).sum())


def _by_group(joined: Joined, scale: ScaleColumns, group: str) -> dict[str, Any]:
    """The mean change of each level, unadjusted."""
    levels = joined.levels[group]
    contrasts = {level: f"(Intercept) + {group}={level}" for level in levels[1:]}
    return _regression(
        joined,
        named("group", scale.name, group),
        column("change", scale.name),
        group,
        contrasts={levels[0]: "(Intercept)"} | contrasts,
    )


def _against(joined: Joined, scale: ScaleColumns) -> dict[str, Any]:
    first = column(BEFORE, scale.name)
    blocks = f"{first};{COMPARISON}"
    return _regression(
        joined, named("against", scale.name), column(AFTER, scale.name), blocks, numbers=[first]
    )


def _regression(
    joined: Joined,
    name: str,
    outcome: str,
    blocks: str,
    *,
    numbers: Sequence[str] = (),
    contrasts: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    used = {part for block in blocks.split(";") for term in block.split("+") for part in term.split(":")}
    return {
        "kind": "regress",
        "name": name,
        "outcome": outcome,
        "blocks": blocks,
        "levels": {one: list(levels) for one, levels in joined.levels.items() if one in used},
        "cluster": joined.cluster,
        "weights": joined.weights,
        "contrasts": dict(contrasts or {}),
        "pivots": {one: pivot(joined.numbers[one]) for one in [*numbers, outcome]},
    }


def together(joined: Joined, names: Sequence[str]) -> int:
    """How many took part in all of these activities, by the level that stands last."""
    there = np.ones(len(joined.codes[names[0]]), dtype=bool)
    for name in names:
        there &= joined.codes[name] == joined.levels[name][-1]
    return int(there.sum())


def named(kind: str, scale: str, of: str = "") -> str:
    """The name of a statistic in the plan."""
    return "/".join([kind, scale, *([of] if of else [])])


def pivot(values: Any) -> float:
    """A number near the mean, rounded, so that the same answers give the same plan."""
    there = values[np.isfinite(values)]
    return float(f"{there.mean():.6g}") if there.size else 0.0
