"""What would change: a scenario is a file; its result stands against an explicit baseline. Ranges, never a forecast."""

import json
import math
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


MOST_CHANGES: Final = 500
MOST_ANNEXES: Final = 2_000
LONGEST: Final = 200
"""Characters of a name."""
_LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "latitude": (50, 54),
    "longitude": (3, 8),
    "km": (-500, 500),
    "share": (0, 100),
}
"""Numbers that make sense: degrees in or near the Netherlands, kilometres, per cent."""


class ScenarioError(ValueError):
    """A scenario that cannot be worked out; the message says which change and what to do.

    Attributes:
        dutch: The same in Dutch.
    """

    def __init__(self, english: str, dutch: str) -> None:
        super().__init__(english)
        self.dutch = dutch

    def said(self, language: str) -> str:
        """In Dutch (`nl`) or English."""
        return self.dutch if language == "nl" else str(self)


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
        km_change: Kilometres more or less; known without annexes too.
        kind: access, distance or shift (choices that are assumed to move, told as assumed).
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
    km_change: float | None = None
    kind: str = "access"

    @property
    def gained(self) -> int:
        """Pupils who gain access; negative where they lose it."""
        return self.access_after - self.access_before


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a scenario gives against its baseline.

    Attributes:
        whole: Of all pupils of the country, access to a technical profile in the baseline and after.
    """

    scenario: Scenario
    source: str
    effects: tuple[Effect, ...]
    whole: Effect
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
            "whole": {**vars(self.whole), "gained": self.whole.gained},
            "effects": [{**vars(one), "gained": one.gained} for one in self.effects],
            "association": vars(self.association) if self.association else None,
            "notes": list(self.notes),
        }


def from_json(text: str) -> Scenario:
    """Read a scenario: {name, year, changes: [{do, …}], annexes: [{name, latitude, longitude}]}.

    Raises:
        ScenarioError: it is no such file; the message says where.
    """
    found = _parsed(text)
    changes, annexes = found["changes"], found.get("annexes") or []
    if not isinstance(annexes, list):
        raise ScenarioError('"annexes" must be a list.', '"annexes" moet een lijst zijn.')
    if len(changes) > MOST_CHANGES or len(annexes) > MOST_ANNEXES:
        raise ScenarioError(
            f"A scenario has at most {MOST_CHANGES} changes and {MOST_ANNEXES} annexes.",
            f"Een scenario heeft hoogstens {MOST_CHANGES} wijzigingen en {MOST_ANNEXES} mbo-locaties.",
        )
    return Scenario(
        name=str(found.get("name") or "scenario")[:LONGEST],
        year=_year(found.get("year")),
        changes=tuple(_change(one, place) for place, one in enumerate(changes, 1)),
        annexes=_annexes(annexes),
    )


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"This is not JSON: {error}.", f"Dit is geen JSON: {error}.") from error
    if not isinstance(found, dict) or not isinstance(found.get("changes"), list):
        example = '{"name": …, "year": 2019, "changes": [{"do": "open_profile", …}]}'
        raise ScenarioError(f"A scenario is {example}.", f"Een scenario ziet er zo uit: {example}.")
    return found


def _year(year: Any) -> int:
    if not isinstance(year, int) or isinstance(year, bool) or not 1900 < year < 2200:  # noqa: PLR2004 - years
        raise ScenarioError(
            '"year" must be the first year of an imported school year, such as 2019.',
            '"year" moet het eerste jaar van een ingelezen schooljaar zijn, zoals 2019.',
        )
    return year


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
        known = ", ".join(DEEDS)
        raise _wrong(place, f'"do" must be one of {known}.', f'"do" moet een van deze zijn: {known}.')
    empty = vars(Change(do=""))
    if unknown := sorted(str(one) for one in set(plain) - set(empty)):
        raise _wrong(place, f"{unknown[0]!r} is not known.", f"{unknown[0]!r} is niet bekend.")
    for name, value in plain.items():
        _typed(name, value, place, text=isinstance(empty[name], str))
    made = Change(
        **{**plain, "profile": profile_key(plain.get("profile", "")), "to": profile_key(plain.get("to", ""))}
    )
    return _checked(made, place)


def _wrong(place: int, english: str, dutch: str) -> ScenarioError:
    return ScenarioError(f"Change {place}: {english}", f"Wijziging {place}: {dutch}")


def _typed(name: str, value: Any, place: int, *, text: bool) -> None:
    """Refuse what is no text or no number that makes sense."""
    if text:
        if not isinstance(value, str) or len(value) > LONGEST:
            raise _wrong(
                place,
                f"{name!r} must be a text of at most {LONGEST} characters.",
                f"{name!r} moet een tekst van hoogstens {LONGEST} tekens zijn.",
            )
    elif value is not None or name in {"km", "share"}:
        low, high = _LIMITS[name]
        if not is_number(value):
            raise _wrong(place, f"{name!r} must be a number.", f"{name!r} moet een getal zijn.")
        if not low <= value <= high:
            raise _wrong(
                place, f"{name!r} runs from {low} to {high}.", f"{name!r} loopt van {low} tot {high}."
            )


def _is_within(value: Any, low: float, high: float) -> bool:
    return is_number(value) and bool(low <= value <= high)


def is_number(value: Any) -> bool:
    """Whether a plain value is a number: no text, no truth, nothing infinite."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


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
            raise _wrong(
                place, f"{change.do}: {name!r} is missing.", f"{change.do}: {name!r} ontbreekt of is nul."
            )
    for one in (change.profile, change.to):
        if one and one not in PROFILES:
            known = ", ".join(PROFILES)
            raise _wrong(
                place,
                f"there is no profile {one!r}. Use one of {known}.",
                f"er is geen profiel {one!r}. Gebruik een van {known}.",
            )
    return change


def _annexes(plain: list[Any]) -> tuple[Annex, ...]:
    found: dict[str, Annex] = {}
    for place, one in enumerate(plain, 1):
        annex = _annex(one, place)
        if annex.name in found:
            raise ScenarioError(
                f"Annex {place}: there are two of the name {annex.name!r}.",
                f"Mbo-locatie {place}: er zijn er twee met de naam {annex.name!r}.",
            )
        found[annex.name] = annex
    return tuple(found.values())


def _annex(plain: Any, place: int) -> Annex:
    known = plain if isinstance(plain, dict) else {}
    name, spot = known.get("name"), [known.get(one) for one in ("latitude", "longitude")]
    fits = [_is_within(one, *limits) for one, limits in zip(spot, _BOX, strict=True)]
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST or not all(fits):
        raise ScenarioError(
            f"Annex {place} needs name, latitude (50 to 54) and longitude (3 to 8).",
            f"Mbo-locatie {place} heeft name, latitude (50 tot 54) en longitude (3 tot 8) nodig.",
        )
    return Annex(name=name, latitude=float(spot[0]), longitude=float(spot[1]))  # type: ignore[arg-type] # numbers, as seen above


_BOX: Final = (_LIMITS["latitude"], _LIMITS["longitude"])
