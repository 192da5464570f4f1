import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.region import files
from tests.region.test_supply import world_of

from driegesprek.region import (
    Scenario,
    ScenarioChange,
    ScenarioError,
    load,
    own_location,
    scenario_from_json,
    scenario_to_json,
    within_reach,
    work_out,
)


@pytest.fixture
def world(store):
    return load(store)


def scenario(*changes, annexes=()):
    plain = {"name": "Proef", "year": 2019, "changes": list(changes), "annexes": list(annexes)}
    return scenario_from_json(json.dumps(plain))


NAMES = ("location", "profile", "annex", "latitude", "longitude", "municipality", "km", "to", "share", "name")
DEEDS = ("open_profile", "close_profile", "open_annex", "move_annex", "distance", "shift")
OPEN = {"do": "open_profile", "location": "00AA01", "profile": "PIE"}


def test_a_profile_that_opens_gives_its_own_pupils_access(world):
    result = work_out(world, scenario(OPEN))
    by_profile = {(one.municipality, one.profile): one for one in result.effects}
    pie = by_profile["Rotterdam", "pie"]
    assert (pie.access_before, pie.access_after, pie.pupils, pie.gained) == (0, 78, 78, 78)
    assert "not a forecast" in result.notes[0]


def test_a_profile_that_closes_takes_access_away(world):
    result = work_out(world, scenario({"do": "close_profile", "location": "00CC00", "profile": "pie"}))
    assert [(one.profile, one.gained) for one in result.effects] == [("pie", -185)], (
        "building is technical too"
    )


def test_access_to_any_technical_profile_is_told_apart(world):
    result = work_out(world, scenario(OPEN, {"do": "close_profile", "location": "00BB00", "profile": "pie"}))
    technical = {one.municipality: one.gained for one in result.effects if not one.profile}
    assert technical == {"Rotterdam": 78, "Voorne aan Zee": -30}


def test_where_too_few_municipalities_are_known_nothing_is_suggested(world):
    result = work_out(world, scenario(OPEN))
    assert result.association is None
    assert all(one.choice_low is None for one in result.effects)
    assert any("cannot be estimated" in note for note in result.notes)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"do": "open_profile", "location": "99XX00", "profile": "pie"}, "no location '99XX00'"),
        ({"do": "open_profile", "location": "00AA01", "profile": "zw"}, "is there already"),
        ({"do": "close_profile", "location": "00AA01", "profile": "pie"}, "is not there"),
        ({"do": "open_profile", "location": "00AA01", "profile": "iets"}, "no profile 'iets'"),
        ({"do": "open_profile", "location": "00AA01"}, "'profile' is missing"),
        ({"do": "verhuis"}, '"do" must be one of'),
        ({"do": "distance", "km": "ver"}, "'km' must be a number"),
        ({"do": "distance", "km": 1, "kleur": 2}, "'kleur' is not known"),
        ({"do": "shift", "profile": "zw", "to": "pie", "share": 120}, "runs from 0 to 100"),
        (
            {"do": "open_annex", "annex": "Nieuw", "latitude": 52, "longitude": 5},
            "must name the technical mbo locations",
        ),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_its_number(world, change, said):
    with pytest.raises(ScenarioError, match=said):
        work_out(world, scenario(change))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"changes": 1}', '{"changes": [], "year": "2019"}', '{"changes": [], "year": true}']
)
def test_what_is_no_scenario_is_refused(text):
    with pytest.raises(ScenarioError) as refusal:
        scenario_from_json(text)
    assert refusal.value.said("nl") != refusal.value.said("en")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)


@given(
    changes=st.lists(
        st.fixed_dictionaries({"do": st.sampled_from(DEEDS)}, optional=dict.fromkeys(NAMES, JUNK))
    )
    | JUNK,
    annexes=JUNK,
    year=JUNK,
)
def test_whatever_stands_in_a_file_it_is_read_or_refused(changes, annexes, year):
    text = json.dumps({"name": year, "year": year, "changes": changes, "annexes": annexes})
    try:
        made = scenario_from_json(text)
    except ScenarioError:
        return
    assert scenario_from_json(scenario_to_json(made)) == made


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"year": 1' + "0" * 5000 + "}", '{"changes": [{"do": NaN}]}']
)
def test_a_file_made_to_do_harm_is_refused(text):
    with pytest.raises(ScenarioError):
        scenario_from_json(text)


def test_kilometres_are_told_without_knowing_where_mbo_is_taught(world):
    (row,) = work_out(world, scenario({"do": "distance", "km": -2.5, "municipality": "Emmen"})).effects
    assert (row.kind, row.municipality, row.km_before, row.km_change) == ("distance", "Emmen", None, -2.5)
    assert (row.choice_low, row.choice_high) == (0.0, pytest.approx(0.003 * 2.5 * row.pupils))


def test_a_municipality_without_a_location_is_refused(world):
    with pytest.raises(ScenarioError, match="no municipality 'Nergens'"):
        work_out(world, scenario({"do": "distance", "km": 1, "municipality": "Nergens"}))


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), number=st.integers(0, 6), profile=st.sampled_from(("pie", "groen", "mt")))
def test_access_never_falls_when_a_profile_is_added(tmp_path_factory, seed, number, profile):
    world = world_of(tmp_path_factory, files.invented(seed, size=7))
    change = {"do": "open_profile", "location": world.locations.ids[number], "profile": profile}
    try:
        result = work_out(world, scenario(change))
    except ScenarioError as refusal:
        assert "is there already" in str(refusal)  # noqa: PT017 - the only reason there may be
        return
    assert all(one.gained >= 0 for one in result.effects)
    assert result.whole.gained >= 0


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), profile=st.sampled_from(("pie", "bwi")))
def test_municipalities_together_are_the_whole(tmp_path_factory, seed, profile):
    world = world_of(tmp_path_factory, files.invented(seed, size=7))
    changes = [
        {"do": "open_profile", "location": one, "profile": profile}
        for one in world.locations.ids
        if profile not in offered_at(world, one)
    ]
    result = work_out(world, scenario(*changes))
    technical = [one for one in result.effects if not one.profile]
    assert sum(one.gained for one in technical) == result.whole.gained
    assert result.whole.access_after == (result.whole.pupils if changes else result.whole.access_before)


def test_another_year_than_the_data_is_refused(world):
    with pytest.raises(ScenarioError, match="2020"):
        work_out(world, Scenario(name="x", year=2020, changes=()))


def test_a_scenario_is_written_and_read_back():
    made = scenario(
        OPEN,
        {"do": "distance", "km": -2.5, "municipality": "Emmen"},
        annexes=[{"name": "A", "latitude": 52, "longitude": 5}],
    )
    assert scenario_from_json(scenario_to_json(made)) == made
    assert made.names_schools
    assert not scenario({"do": "distance", "km": 1}).names_schools


def test_shifts_are_told_as_assumed(world):
    change = {"do": "shift", "profile": "zw", "to": "pie", "share": 10, "municipality": "Emmen"}
    (row,) = work_out(world, scenario(change)).effects
    assert (row.municipality, row.choice_low, row.choice_high) == ("Emmen", 7.0, 7.0)


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000), k=st.integers(1, 4))
def test_the_best_own_locations_are_the_best_of_all_choices(tmp_path_factory, seed, k):
    from itertools import combinations  # noqa: PLC0415 - only here

    world = world_of(tmp_path_factory, files.invented(seed, size=7))
    plan = own_location(world, "pie", k)
    pupils = dict(zip(world.locations.ids, per_location(world), strict=True))
    without = [one for one in world.locations.ids if "pie" not in offered_at(world, one)]
    best = max(
        (sum(pupils[one] for one in many) for many in combinations(without, min(k, len(without)))), default=0
    )
    assert plan.gained == best == plan.bound


def per_location(world):
    return np.bincount(
        world.pupils.location, weights=world.pupils.low, minlength=len(world.locations.ids)
    ).astype(int)


def offered_at(world, number):
    rows = world.pupils.location == world.locations.index[number]
    return set(world.pupils.profile[rows])


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), k=st.integers(1, 3))
def test_the_best_places_within_reach_are_the_best_of_all_choices(tmp_path_factory, seed, k):
    from itertools import combinations  # noqa: PLC0415 - as above

    world, latitudes, longitudes = placed(tmp_path_factory, seed)
    weights = np.arange(1, len(latitudes) + 1, dtype=float)
    plan = within_reach(world, "pie", k, latitudes=latitudes, longitudes=longitudes, weights=weights, km=15)
    from driegesprek.region.nearest import distances  # noqa: PLC0415 - as above

    km = distances(
        latitudes[:, None], longitudes[:, None], world.locations.latitudes, world.locations.longitudes
    )
    has = np.array(["pie" in offered_at(world, one) for one in world.locations.ids])
    near = (km[:, has] <= 15).any(1)
    choices = combinations(np.flatnonzero(~has), min(k, int((~has).sum())))
    best = max((weights[(km[:, list(many)] <= 15).any(1) & ~near].sum() for many in choices), default=0)
    assert plan.gained == pytest.approx(best)
    assert plan.proven
    assert sum(plan.gains) == plan.gained


def placed(tmp_path_factory, seed):
    """Invented schools and places at random spots."""
    from dataclasses import replace  # noqa: PLC0415 - as above

    world = world_of(tmp_path_factory, files.invented(seed, size=7))
    chance = np.random.default_rng(seed)
    size = len(world.locations.ids)
    where = replace(
        world.locations, latitudes=chance.uniform(51.7, 52.2, size), longitudes=chance.uniform(4, 5, size)
    )
    spots = chance.uniform(51.7, 52.2, 20), chance.uniform(4, 5, 20)
    return type(world)(**{**vars(world), "locations": where}), *spots


def test_scenario_changes_have_a_name_of_their_own():
    assert ScenarioChange(do="distance", km=1).km == 1
