"""A scenario worked out against its baseline: who gains or loses access, and what associations suggest. Ranges only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from driegesprek.region.association import PER_KM, Association, TooFewError, supply_and_choice
from driegesprek.region.names import PROFILES, TECHNICAL, municipality_key, profile_name
from driegesprek.region.nearest import distances
from driegesprek.region.notes import Note
from driegesprek.region.scenario import Annex, Change, Effect, Result, Scenario, ScenarioError
from driegesprek.region.supply import Matrix, matrix
from driegesprek.region.world import World

if TYPE_CHECKING:
    import numpy as np

DISCLAIMER: Final = Note(
    "This is not a forecast. It says who gains or loses access if nothing else changes, and what an association "
    "seen between municipalities would suggest; an association is not an effect.",
    "Dit is geen voorspelling. Er staat wie toegang krijgt of verliest als verder niets verandert, en wat een samenhang "
    "tussen gemeenten zou doen vermoeden; een samenhang is geen gevolg.",
)


def work_out(world: World, scenario: Scenario) -> Result:
    """Who gains or loses access, by municipality, and what the association suggests.

    For pupils enrolled in a vmbo, access means their own location, since hardly anyone moves (note 8 of the report).
    Suppressed numbers count at their least possible value, in baseline and scenario alike.

    Raises:
        ScenarioError: a change names a location, profile or annex that is not there, or the year differs.
    """
    if world.year != scenario.year:
        raise ScenarioError(
            f"The scenario stands against {scenario.year}, the data are of {world.year}.",
            f"Het scenario staat tegenover {scenario.year}, de gegevens zijn van {world.year}.",
        )
    _known_places(world, scenario.changes)
    before = matrix(world)
    after = _changed(world, before, scenario.changes)
    association, notes = _association(world)
    profiles = sorted(
        {one.profile for one in scenario.changes if one.do in {"open_profile", "close_profile"}}
    )
    rows = [row for profile in profiles for row in _access(world, before, after, {profile}, profile)]
    technical = _access(world, before, after, TECHNICAL, "")
    rows += [_suggested(row, association) for row in technical]
    rows = _with_distances(world, scenario, rows)
    rows += _shifts(world, before, scenario.changes)
    return Result(
        scenario=scenario,
        source=world.source,
        effects=tuple(rows),
        whole=_whole(before, after),
        association=association,
        notes=(DISCLAIMER, *notes, *world.notes),
    )


def _known_places(world: World, changes: Iterable[Change]) -> None:
    known = set(world.locations.keys["municipality_today"])
    for place, change in enumerate(changes, 1):
        if change.municipality and municipality_key(change.municipality) not in known:
            raise ScenarioError(
                f"Change {place}: no municipality {change.municipality!r} has a location in {world.year}.",
                f"Wijziging {place}: geen gemeente {change.municipality!r} heeft een vestiging in {world.year}.",
            )


def _whole(before: Matrix, after: "np.ndarray[Any, Any]") -> Effect:
    """Access to a technical profile of everybody in the data."""
    columns = [index for index, key in enumerate(PROFILES) if key in TECHNICAL]
    pupils = before.low.sum(1)
    had, has = (one[:, columns].sum(1) > 0 for one in (_of_profiles(before), after))
    return Effect(
        municipality="",
        profile="",
        pupils=int(pupils.sum()),
        access_before=int(pupils[had].sum()),
        access_after=int(pupils[has].sum()),
    )


def _changed(world: World, before: Matrix, changes: Iterable[Change]) -> "np.ndarray[Any, Any]":
    """Where each profile is offered after the changes: locations × the profiles of PROFILES."""
    import numpy as np  # noqa: PLC0415 -- loaded when something is worked out

    offered = _of_profiles(before)
    pupils = before.low.sum(1)
    for place, change in enumerate(changes, 1):
        if change.do not in {"open_profile", "close_profile"}:
            continue
        index = world.locations.index.get(change.location.upper())
        if index is None or not pupils[index]:
            raise ScenarioError(
                f"Change {place}: no location {change.location!r} with pupils in B, K, G in {world.year}.",
                f"Wijziging {place}: geen vestiging {change.location!r} met leerlingen in basis, kader of gemengd in "
                f"{world.year}.",
            )
        column, opens = list(PROFILES).index(change.profile), change.do == "open_profile"
        if bool(offered[index, column]) is opens:
            state, stand = ("is there already", "is er al") if opens else ("is not there", "is er niet")
            raise ScenarioError(
                f"Change {place}: {profile_name(change.profile, 'en')} {state} at {change.location}.",
                f"Wijziging {place}: {profile_name(change.profile)} {stand} op {change.location}.",
            )
        offered[index, column] = opens
    return np.asarray(offered)


def _of_profiles(found: Matrix) -> "np.ndarray[Any, Any]":
    import numpy as np  # noqa: PLC0415 -- as above

    offered = np.zeros((found.low.shape[0], len(PROFILES)), dtype=bool)
    for column, key in enumerate(PROFILES):
        if key in found.profiles:
            offered[:, column] = found.offered[:, found.profiles.index(key)]
    return offered


def _access(
    world: World, before: Matrix, after: "np.ndarray[Any, Any]", profiles: Collection[str], told: str
) -> list[Effect]:
    """Pupils with access to one of some profiles, by municipality; only where something changed."""
    columns = [index for index, key in enumerate(PROFILES) if key in profiles]
    pupils = before.low.sum(1)
    had, has = (one[:, columns].sum(1) > 0 for one in (_of_profiles(before), after))
    names = world.locations.labels["municipality_today"]
    touched = sorted({names[one] for one in (had != has).nonzero()[0]})
    rows = []
    for name in touched:
        here = [index for index, one in enumerate(names) if one == name]
        rows.append(
            Effect(
                municipality=name,
                profile=told,
                pupils=int(pupils[here].sum()),
                access_before=int(pupils[here][had[here]].sum()),
                access_after=int(pupils[here][has[here]].sum()),
            )
        )
    return rows


def _association(world: World) -> tuple[Association | None, list[str]]:
    try:
        found = supply_and_choice(world, TECHNICAL)
    except TooFewError as error:
        return None, [
            Note(
                f"How choice goes with supply cannot be estimated: {error}",
                "Hoe keuze en aanbod samenhangen, is niet te schatten: daarvoor zijn er te weinig gemeenten.",
            )
        ]
    return found, [
        Note(
            f"Between {found.municipalities} municipalities, one point more access to a technical profile goes with "
            f"{found.low:.2f} to {found.high:.2f} points more pupils in one (95 % interval, {world.year}).",
            f"Tussen {found.municipalities} gemeenten gaat één procentpunt meer toegang tot een technisch profiel samen met "
            f"{found.low:.2f} tot {found.high:.2f} procentpunt meer leerlingen daarin (95%-interval, {world.year}).",
        )
    ]


def _suggested(row: Effect, association: Association | None) -> Effect:
    if association is None:
        return row
    ends = sorted(row.gained * one for one in (association.low, association.high))
    return replace(row, choice_low=ends[0], choice_high=ends[1])


def _with_distances(world: World, scenario: Scenario, rows: Sequence[Effect]) -> list[Effect]:
    """Add a row per municipality whose distance to the nearest technical mbo location changes."""
    import numpy as np  # noqa: PLC0415 -- as above

    where, pupils = world.locations, matrix(world).low.sum(1)
    before, after = _distances(world, scenario)
    labels = np.array(where.labels["municipality_today"])
    moved = ~np.isclose(before, after) & (pupils > 0) & ~np.isnan(before)
    found = list(rows)
    for name in sorted({str(one) for one in labels[moved]}):
        here = (labels == name) & (pupils > 0) & ~np.isnan(before)
        row = _distance_row(name, pupils[here], before[here], after[here])
        found.append(row if scenario.annexes else replace(row, km_before=None, km_after=None))
    return found


def _distances(world: World, scenario: Scenario) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Kilometres from each location to the nearest technical mbo location, before and after; without annexes, from 0."""
    import numpy as np  # noqa: PLC0415 -- as above

    added = _added(world, scenario.changes)
    if scenario.annexes:
        before = _to_nearest(world, scenario.annexes)
        return before, np.maximum(_to_nearest(world, _moved(scenario)) + added, 0)
    if any("annex" in one.do for one in scenario.changes):
        raise ScenarioError(
            'To change an annex, the scenario must name the technical mbo locations of now: "annexes".',
            "Om een mbo-locatie te openen, te sluiten of te verplaatsen, moet het scenario de technische mbo-locaties van "
            "nu noemen.",
        )
    return np.zeros_like(added), added


def _distance_row(
    name: str, pupils: "np.ndarray[Any, Any]", before: "np.ndarray[Any, Any]", after: "np.ndarray[Any, Any]"
) -> Effect:
    """Mean distances weighted by pupils; the range runs from nothing to 0.3 points per kilometre, the wider reading."""
    import numpy as np  # noqa: PLC0415 -- as above

    number = int(pupils.sum())
    km_before, km_after = (float(np.average(one, weights=pupils)) for one in (before, after))
    most = -PER_KM * (km_after - km_before) * number
    return Effect(
        municipality=name,
        profile="",
        pupils=number,
        access_before=0,
        access_after=0,
        choice_low=min(most, 0.0),
        choice_high=max(most, 0.0),
        km_before=km_before,
        km_after=km_after,
        km_change=km_after - km_before,
        kind="distance",
    )


def _to_nearest(world: World, annexes: Sequence[Annex]) -> "np.ndarray[Any, Any]":
    import numpy as np  # noqa: PLC0415 -- as above

    latitudes, longitudes = (
        np.array([getattr(one, name) for one in annexes]) for name in ("latitude", "longitude")
    )
    where = world.locations
    found: np.ndarray[Any, Any] = distances(
        where.latitudes[:, None], where.longitudes[:, None], latitudes, longitudes
    ).min(1)
    return found


def _moved(scenario: Scenario) -> list[Annex]:
    annexes = {one.name: one for one in scenario.annexes}
    for place, change in enumerate(scenario.changes, 1):
        if change.do in {"close_annex", "move_annex"} and change.annex not in annexes:
            raise ScenarioError(
                f"Change {place}: there is no annex {change.annex!r}.",
                f"Wijziging {place}: er is geen mbo-locatie {change.annex!r}.",
            )
        if change.do == "open_annex" and change.annex in annexes:
            raise ScenarioError(
                f"Change {place}: there is an annex {change.annex!r} already.",
                f"Wijziging {place}: er is al een mbo-locatie {change.annex!r}.",
            )
        if change.do == "close_annex":
            del annexes[change.annex]
        elif change.do in {"open_annex", "move_annex"}:
            annexes[change.annex] = Annex(
                name=change.annex, latitude=change.latitude or 0.0, longitude=change.longitude or 0.0
            )
    if not annexes:
        raise ScenarioError(
            "No technical mbo location is left; distances cannot be worked out.",
            "Er blijft geen technische mbo-locatie over; afstanden zijn dan niet te berekenen.",
        )
    return list(annexes.values())


def _added(world: World, changes: Iterable[Change]) -> "np.ndarray[Any, Any]":
    import numpy as np  # noqa: PLC0415 -- as above

    added = np.zeros(len(world.locations.ids))
    keys = np.array(world.locations.keys["municipality_today"])
    for change in changes:
        if change.do == "distance":
            added[(keys == municipality_key(change.municipality)) | (not change.municipality)] += change.km
    return added


def _shifts(world: World, before: Matrix, changes: Iterable[Change]) -> list[Effect]:
    """Choices that are assumed to shift: told as assumed, by municipality."""
    rows = []
    for place, change in enumerate(changes, 1):
        if change.do != "shift":
            continue
        if change.profile not in before.profiles:
            raise ScenarioError(
                f"Change {place}: nobody follows {change.profile!r} in {world.year}.",
                f"Wijziging {place}: niemand volgt {change.profile!r} in {world.year}.",
            )
        column = before.low[:, before.profiles.index(change.profile)]
        names = world.locations.labels["municipality_today"]
        for name in sorted({one for one in names if one}):
            here = [index for index, one in enumerate(names) if one == name]
            wanted = not change.municipality or municipality_key(change.municipality) == municipality_key(
                name
            )
            number = float(column[here].sum()) * change.share / 100
            if wanted and number:
                pupils = int(before.low[here].sum())
                rows.append(
                    Effect(
                        municipality=name, profile=change.to, pupils=pupils, access_before=0, access_after=0,
                        choice_low=number, choice_high=number, kind="shift",
                    )
                )  # fmt: skip
    return rows
