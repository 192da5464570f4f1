"""A plan to begin with: of each scale of an instrument whether it hangs together, how it changed, how schools differ."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from driegesprek import content
from driegesprek.evidence.plans import FORMAT, VERSION
from driegesprek.instruments.scoring_model import Scale

SCHOOL = "school"
LEAST = 2
"""Items of which to ask whether they hang together."""


def plan(instrument: str, *, twice: bool) -> dict[str, Any]:
    """A plan.

    Args:
        instrument: its key.
        twice: for schools that measured before and after; else of one measurement.
    """
    form = content.instrument(instrument)
    statistics = [one for scale in form.scales for one in (_twice(scale) if twice else _once(scale))]
    title = form.title or instrument
    return {"format": FORMAT, "version": VERSION, "title": title, SCHOOL: SCHOOL, "statistics": statistics}


def _twice(scale: Scale) -> Iterator[dict[str, Any]]:
    ends = {"pre": f"before.{scale.name}", "post": f"after.{scale.name}"}
    yield from _reliability(scale, "after.")
    yield {"kind": "change", "name": f"{scale.name}, change", **ends, "cluster": SCHOOL}
    yield {
        "kind": "mixed",
        "name": f"{scale.name}, schools",
        "outcome": ends["post"],
        "fixed": ends["pre"],
        "group": SCHOOL,
    }


def _once(scale: Scale) -> Iterator[dict[str, Any]]:
    yield from _reliability(scale, "")
    yield {"kind": "weights", "name": f"{scale.name}, mean", "mean": [scale.name], "cluster": SCHOOL}
    yield {"kind": "mixed", "name": f"{scale.name}, schools", "outcome": scale.name, "group": SCHOOL}


def _reliability(scale: Scale, part: str) -> Iterator[dict[str, Any]]:
    if len(scale.items) < LEAST:
        return
    names = {one: f"{part}{one.path.rpartition('/')[2]}" for one in scale.items}
    made: dict[str, Any] = {"kind": "scale", "name": f"{scale.name}, items", "items": list(names.values())}
    reverse = [names[one] for one in scale.items if one.reverse]
    ends = [end for one in scale.items for end in (one.low, one.high) if end is not None]
    if reverse and ends:
        made |= {"reverse": reverse, "span": [min(ends), max(ends)]}
    yield made


@cache
def choices() -> tuple[tuple[str, str], ...]:
    """Our instruments that have scales: key and title, by title."""
    found = []
    for key in content.instrument_keys():
        form = content.instrument(key)
        if form.scales:
            found.append((key, form.title or key))
    return tuple(sorted(found, key=lambda one: one[1]))
