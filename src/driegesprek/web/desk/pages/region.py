"""What a scenario gives, in the words of the desk."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driegesprek import region
from driegesprek.web.supply import opendata
from driegesprek.web.supply.models import Scenario


@dataclass(frozen=True)
class Worked:
    """A scenario with its result, or why there is none.

    Attributes:
        rows: What changes, by municipality.
        changes: What it changes, in words.
        notes: What must be known; the disclaimer first.
        problem: Why it cannot be worked out; '' where it can.
    """

    row: Scenario
    year: int
    changes: tuple[str, ...]
    rows: tuple[region.Effect, ...] = ()
    gained: int = 0
    lost: int = 0
    notes: tuple[str, ...] = ()
    source: str = ""
    problem: str = ""


def language() -> str:
    """Dutch or English."""
    return (get_language() or "nl")[:2]


def worked(row: Scenario) -> Worked:
    """Work a scenario out against its baseline."""
    scenario = row.scenario
    try:
        result = _result(opendata.stamp(), row.document)
    except (region.NothingImportedError, region.StoreError, region.ScenarioError):
        said = tuple(_in_words(one, None) for one in scenario.changes)
        return Worked(
            row, scenario.year, said, problem=_("The data of this year cannot be worked with here any more.")
        )
    world = opendata.world(scenario.year)
    profiles = [one for one in result.effects if one.profile]
    return Worked(
        row=row,
        year=scenario.year,
        changes=tuple(_in_words(one, world) for one in scenario.changes),
        rows=result.effects,
        gained=sum(max(one.gained, 0) for one in profiles),
        lost=sum(max(-one.gained, 0) for one in profiles),
        notes=tuple(region.said(one, language()) for one in result.notes),
        source=result.source,
    )


@lru_cache(maxsize=200)
def _result(_stamp: str, document: str) -> region.Result:
    scenario = region.scenario_from_json(document)
    return region.work_out(opendata.world(scenario.year), scenario)


def _in_words(change: region.ScenarioChange, world: region.World | None) -> str:
    place = change.location
    if world and place in world.locations.index:
        place = world.locations.names[world.locations.index[place]]
    values = {"profile": region.profile_name(change.profile, language()), "place": place}
    known = {
        "open_profile": _("%(profile)s is added at %(place)s"),
        "close_profile": _("%(profile)s ends at %(place)s"),
    }
    return known[change.do] % values if change.do in known else change.do


def lines(found: Worked) -> list[tuple[str, str, str, str, str]]:
    """Rows of a table: municipality, profile, access before and after of how many, more or less, what choice suggests."""
    shown = []
    for one in found.rows:
        about = region.profile_name(one.profile, language()) if one.profile else _("any technical profile")
        suggested = ""
        if one.choice_low is not None and one.choice_high is not None:
            suggested = _("%(low)s to %(high)s pupils") % {
                "low": f"{one.choice_low:+.0f}",
                "high": f"{one.choice_high:+.0f}",
            }
        access = f"{one.access_before} → {one.access_after} / {one.pupils}"
        shown.append((one.municipality, about, access, f"{one.gained:+d}", suggested))
    return shown
