import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.region import files

from driegesprek.region import boundaries, grid, load
from driegesprek.region.supply import choice, supply

SQUARE = [[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), name=st.sampled_from(["supply", "choice"]))
def test_all_municipalities_at_once_are_those_one_by_one(kept, seed, name):
    schools = files.invented(seed)
    text = files.pupils(schools).replace(";1;", ";<5;")
    world = load(
        kept({f"leerlingen-{2010 + seed % 10}.csv": text, "adressen-vo.csv": files.addresses(schools)}), None
    )
    found = grid(world, name)
    one_by_one = {"supply": supply, "choice": choice}[name]
    for key, label in zip(found.keys, found.labels, strict=True):
        for row in one_by_one(world, world.area(f"municipality:{label}")).rows:
            known = row.share_low == row.share_high and row.share_low is not None
            assert found.share(key, row.key) == (pytest.approx(row.share_low) if known else None)


def test_boundaries_are_rings_and_what_is_none_is_left_out(kept):
    features = [
        {
            "properties": {"statnaam": "Brielle"},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE, [[1, 2]]]},
        },
        {
            "properties": {"statnaam": "Emmen"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]},
        },
    ]
    store = kept({"g.geojson": json.dumps({"type": "FeatureCollection", "features": features})}, year=2023)
    brielle, emmen = boundaries(store)
    assert (brielle.key, len(brielle.rings), len(emmen.rings)) == ("voorne aan zee", 1, 2)


def test_without_boundaries_there_is_no_map(kept):
    assert boundaries(kept({})) == ()
