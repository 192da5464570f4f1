"""What would change: a scenario is a file; its result stands against an explicit baseline. Ranges, never a forecast."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from driegesprek.region.association import Association
from driegesprek.region.names import PROFILES, profile_key

DEEDS: Final = (
    "open_profile",
    "close_profile",
    "open_annex",
    "close_annex",
    "move_annex",
    "distance",
    "shift",
)


class ScenarioError(ValueError):
    """A scenario that cannot be worked out; the message says which change and what to do."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change.

    Attributes:
        do: One of DEEDS.
        location: Number of a vmbo location (open_profile, close_profile).
        profile: Key of a profile.
        annex: Name of an mbo location (open_annex, close_annex, move_annex).
        latitude: Of an annex, degrees.
        longitude: Of an annex, degrees.
        municipality: Where a distance or a shift changes; '' = everywhere.
        km: Kilometres added to (or, negative, taken from) the distance to the nearest technical mbo location.
        to: The profile to which a share of the choices shifts.
        share: Per cent of the pupils of `profile` who choose `to` instead (shift).
    """

    do: str
    location: str = ""
    profile: str = ""
    annex: str = ""
    latitude: float | None = None
    longitude: float | None = None
    municipality: str = ""
    km: float = 0.0
    to: str = ""
    share: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Annex:
    """A place where technical mbo programmes are taught."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Changes against a baseline.

    Attributes:
        name: As people call it.
        year: Of the baseline: first year of a school year that was imported.
        changes: In this order.
        annexes: Technical mbo locations of the baseline; empty: no distances are worked out.
    """

    name: str
    year: int
    changes: tuple[Change, ...]
    annexes: tuple[Annex, ...] = ()

    @property
    def names_schools(self) -> bool:
        """Whether a school stands in it; then it is shared with a login only."""
        return any(change.location for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What changes in one municipality.

    Attributes:
        municipality: Its name today.
        profile: Key of the profile; '' for all technical profiles together, and for distances.
        pupils: Pupils of vmbo (B, K, G, years 3 and 4) in the municipality.
        access_before: Of them with access at their own location.
        access_after: The same after the changes.
        choice_low: Least number of pupils whose choice the association suggests would change; None where not worked out.
        choice_high: Most such number.
        km_before: Mean distance to the nearest technical mbo location; None where no annexes are given.
        km_after: The same after the changes.
    """

    municipality: str
    profile: str
    pupils: int
    access_before: int
    access_after: int
    choice_low: float | None = None
    choice_high: float | None = None
    km_before: float | None = None
    km_after: float | None = None

    @property
    def gained(self) -> int:
        """Pupils who gain access; negative where they lose it."""
        return self.access_after - self.access_before


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a scenario gives against its baseline."""

    scenario: Scenario
    source: str
    effects: tuple[Effect, ...]
    association: Association | None
    notes: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "scenario": self.scenario.name,
            "year": self.scenario.year,
            "source": self.source,
            "gained": sum(max(one.gained, 0) for one in self.effects if one.profile),
            "lost": sum(max(-one.gained, 0) for one in self.effects if one.profile),
            "effects": [{**vars(one), "gained": one.gained} for one in self.effects],
            "association": vars(self.association) if self.association else None,
            "notes": list(self.notes),
        }


def from_json(text: str) -> Scenario:
    """Read a scenario: {name, year, changes: [{do, …}], annexes: [{name, latitude, longitude}]}.

    Raises:
        ScenarioError: it is no such file; the message says where.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ScenarioError(f"This is not JSON: {error}.") from error
    if not isinstance(found, dict) or not isinstance(found.get("changes"), list):
        raise ScenarioError(
            'A scenario is {"name": …, "year": 2019, "changes": [{"do": "open_profile", …}]}.'
        )
    year = found.get("year")
    if not isinstance(year, int) or isinstance(year, bool):
        raise ScenarioError('"year" must be the first year of an imported school year, such as 2019.')
    return Scenario(
        name=str(found.get("name") or "scenario"),
        year=year,
        changes=tuple(_change(one, place) for place, one in enumerate(found["changes"], 1)),
        annexes=tuple(_annex(one, place) for place, one in enumerate(found.get("annexes") or [], 1)),
    )


def to_json(scenario: Scenario) -> str:
    """The scenario as text that `from_json` reads."""
    empty = vars(Change(do=""))
    changes = [
        {name: value for name, value in vars(one).items() if value != empty[name]} for one in scenario.changes
    ]
    document = {
        "name": scenario.name,
        "year": scenario.year,
        "changes": changes,
        "annexes": [vars(one) for one in scenario.annexes],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _change(plain: Any, place: int) -> Change:
    if not isinstance(plain, dict) or plain.get("do") not in DEEDS:
        raise ScenarioError(f'Change {place}: "do" must be one of {", ".join(DEEDS)}.')
    if unknown := sorted(set(plain) - set(vars(Change(do="")))):
        raise ScenarioError(f"Change {place}: {unknown[0]!r} is not known.")
    for name in ("latitude", "longitude", "km", "share"):
        if not isinstance(plain.get(name, 0.0), int | float | None) or isinstance(plain.get(name), bool):
            raise ScenarioError(f"Change {place}: {name!r} must be a number.")
    made = Change(
        **{**plain, "profile": profile_key(plain.get("profile", "")), "to": profile_key(plain.get("to", ""))}
    )
    return _checked(made, place)


_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "open_profile": ("location", "profile"),
    "close_profile": ("location", "profile"),
    "open_annex": ("annex", "latitude", "longitude"),
    "close_annex": ("annex",),
    "move_annex": ("annex", "latitude", "longitude"),
    "distance": ("km",),
    "shift": ("profile", "to", "share"),
}


def _checked(change: Change, place: int) -> Change:
    for name in _NEEDS[change.do]:
        if getattr(change, name) in ("", None, 0.0):
            raise ScenarioError(f"Change {place} ({change.do}): {name!r} is missing.")
    for one in (change.profile, change.to):
        if one and one not in PROFILES:
            raise ScenarioError(
                f"Change {place}: there is no profile {one!r}. Use one of {', '.join(PROFILES)}."
            )
    if not 0 <= change.share <= 100:  # noqa: PLR2004 - per cent
        raise ScenarioError(f"Change {place}: 'share' is per cent, from 0 to 100.")
    return change


def _annex(plain: Any, place: int) -> Annex:
    try:
        return Annex(
            name=str(plain["name"]), latitude=float(plain["latitude"]), longitude=float(plain["longitude"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ScenarioError(f"Annex {place} needs name, latitude and longitude.") from error
