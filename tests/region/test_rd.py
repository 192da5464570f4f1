"""The national grid becomes degrees, in postcodes and in GeoJSON; numbers as programs write them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.region import bounds, rd, read
from driegesprek.tables import FileRefused

WESTERTOREN = (120_700.723, 487_525.501)
"""The tower of Amsterdam, often given as an example beside its degrees."""


def test_known_points_lie_where_they_are_published():
    assert rd.degrees(155_000, 463_000) == pytest.approx((5.38720621, 52.15517440), abs=1e-9)
    assert rd.degrees(*WESTERTOREN) == pytest.approx((4.88352559, 52.37453253), abs=2e-5)


@given(st.floats(20_000, 270_000), st.floats(310_000, 610_000))
def test_a_step_of_a_kilometre_is_a_kilometre(x, y):
    from driegesprek.region.nearest import distances  # noqa: PLC0415 -- heavy

    (east, north), (other_east, other_north) = rd.degrees(x, y), rd.degrees(x + 1000, y)
    assert float(distances(north, east, other_north, other_east)) == pytest.approx(1, abs=0.006)


def test_postcodes_in_metres_are_read(tmp_path):
    path = tmp_path / "pc.csv"
    path.write_text("PC4;X;Y\n3011;92000;437000\n9999;1;1\n")
    (found,) = read(path)
    assert found.columns["postcode"] == ["3011"]
    assert found.columns["latitude"] == pytest.approx([51.9179], abs=1e-3)
    assert "left out" in found.notes[0]


def test_postcodes_that_lie_nowhere_are_refused(tmp_path):
    path = tmp_path / "pc.csv"
    path.write_text("postcode,latitude,longitude\n3011,151.9,4.4\n")
    with pytest.raises(FileRefused, match="not one row"):
        read(path)


def areas(*rings):
    made = [
        {
            "properties": {"statnaam": f"Stad {n}"},
            "geometry": {"type": "Polygon", "coordinates": [ring] if ring else []},
        }
        for n, ring in enumerate(rings)
    ]
    return json.dumps({"type": "FeatureCollection", "features": made})


def test_boundaries_in_metres_are_read_as_degrees_and_one_without_corners_is_left_out(tmp_path):
    path = tmp_path / "grenzen-2020.geojson"
    path.write_text(areas([[92000, 437000], [93000, 437000], [93000, 438000], [92000, 437000]], []))
    (found,) = read(path)
    assert found.columns["name"] == ["Stad 0"]
    assert json.loads(found.columns["geometry"][0])["coordinates"][0][0] == pytest.approx(
        [4.47146, 51.91792], abs=1e-5
    )
    assert found.notes


def test_a_boundary_with_a_broken_corner_is_refused(tmp_path):
    path = tmp_path / "grenzen-2020.geojson"
    path.write_text(areas([[92000, 437000], ["x", 437000], [92000, 437000]]))
    with pytest.raises(FileRefused, match="no corner"):
        read(path)


def test_travel_times_that_are_not_there_are_unknown_and_negative_ones_refused(tmp_path):
    path = tmp_path / "tijden.csv"
    path.write_text("from_id,to_id,travel_time\na,b,nan\na,c,12.5\n")
    (found,) = read(path)
    assert found.columns["minutes"] == [None, 12.5]
    path.write_text("from_id,to_id,travel_time\na,b,-4\n")
    with pytest.raises(FileRefused, match="row 2"):
        read(path)


@pytest.mark.parametrize("text", ["12,0", "12.00", "12", 12.0])
def test_a_count_as_a_program_writes_it(text):
    assert bounds.count(text) == bounds.Bounds(12, 12)


@pytest.mark.parametrize("text", ["12,5", "12.01", "1,0,0"])
def test_a_broken_count_is_no_count(text):
    with pytest.raises(bounds.NotANumberError):
        bounds.count(text)
