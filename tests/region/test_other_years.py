"""Files as other years, programs and spreadsheets write them."""

import json

import pytest

from driegesprek.region import Kind, indicator, read
from driegesprek.region.areas import UnknownAreaError
from driegesprek.region.bounds import count
from driegesprek.tables import FileRefused

HEAD = "INSTELLINGSCODE;VESTIGINGSCODE;ONDERWIJSTYPE VO;AFDELING;LEERJAAR 3 - MAN;LEERJAAR 3 - VROUW\n"
SQUARE = [[4.3, 52.0], [4.4, 52.0], [4.4, 52.1], [4.3, 52.1], [4.3, 52.0]]


def area(rings, kind="Polygon"):
    feature = {
        "type": "Feature",
        "properties": {"statcode": "GM0503", "statnaam": "Delft"},
        "geometry": {"type": kind, "coordinates": rings},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_the_number_of_a_school_alone_is_its_main_location(tmp_path):
    for number in ("00AA", "00AA00", "00", "0", "0.0", ""):
        (tmp_path / "l-2024.csv").write_text(f"{HEAD}00AA;{number};VMBO BL;PIE;4;5\n")
        (found,) = read(tmp_path / "l-2024.csv")
        assert set(found.columns["location"]) == {"00AA00"}, number


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [("*", 0, None), ("–", 0, None), ("minder dan 5", 0, 4), ("< 10", 0, 9), ("<=4", 0, 4), ("≤ 4", 0, 4)],
)
def test_what_is_suppressed_is_bounded_however_it_is_written(cell, low, high):
    assert (count(cell).low, count(cell).high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "SECTORKAMER;LEERWEG;WOONGEMEENTE;2021;2022\nTechniek;BOL;Delft;10;<5\n",
        "SECTORKAMER;LEERWEG;WOONGEMEENTE;2022 MAN;2022 VROUW;2022 TOTAAL\nTechniek;BOL;Delft;1;<5;4\n",
    ],
)
def test_students_in_columns_of_years_are_recognised(tmp_path, text):
    (tmp_path / "mbo.csv").write_text(text)
    (found,) = read(tmp_path / "mbo.csv")
    assert (found.kind, found.columns["row_year"][-1], found.columns["high"][-1]) == (
        Kind.MBO_STUDENTS,
        2022,
        4,
    )


def test_a_row_of_years_among_data_is_no_row_of_headings(tmp_path):
    (tmp_path / "mbo.csv").write_text("1;2;3\n2020;2021;2022\n1;2;3\n")
    with pytest.raises(FileRefused, match="headings"):
        read(tmp_path / "mbo.csv")


def test_coordinates_the_wrong_way_round_are_refused(tmp_path):
    (tmp_path / "g-2023.geojson").write_text(area([[[y, x] for x, y in SQUARE]]))
    with pytest.raises(FileRefused, match="latitude and longitude"):
        read(tmp_path / "g-2023.geojson")


def test_a_map_in_another_encoding_or_direction_is_the_same_area(tmp_path):
    for text in (area([SQUARE]).encode("utf-16"), area([SQUARE[::-1]]).encode("utf-8-sig")):
        (tmp_path / "g-2023.geojson").write_bytes(text)
        (found,) = read(tmp_path / "g-2023.geojson")
        assert (found.kind, found.columns["name"]) == (Kind.BOUNDARIES, ["Delft"])


def test_a_postcode_that_a_spreadsheet_made_a_number_is_one(tmp_path):
    (tmp_path / "p.csv").write_text("postcode;latitude;longitude\n2611.0;52.01;4.36\n2612,0;52.01;4.36\n")
    (found,) = read(tmp_path / "p.csv")
    assert found.columns["postcode"] == ["2611", "2612"]


FLOWS = "GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS\nDelft;PIE;Techniek;40\nDelft;PIE;Zorg;10\n"


def test_a_municipality_is_known_by_its_code(kept):
    store = kept({"s-2022.csv": FLOWS, "g-2023.geojson": area([SQUARE])})
    for code in ("GM0503", "gm503", "0503", "503", " Delft ", "DELFT"):
        assert indicator(store, "flow", area=code).area == "Delft"
    with pytest.raises(UnknownAreaError):
        indicator(store, "flow", area="GM9999")


def test_a_province_is_known_by_its_code_and_by_both_its_names(store):
    first = indicator(store, "supply", area="Drenthe")
    assert indicator(store, "supply", area="PV22") == first
