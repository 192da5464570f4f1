import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.figures import (
    Flow,
    MapArea,
    MapSpot,
    MapWords,
    NearbySpot,
    NearbyWords,
    choropleth,
    nearby,
    sankey,
)
from driegesprek.figures.ground import around, clipped

SQUARE = ((4.0, 52.0), (5.0, 52.0), (5.0, 53.0), (4.0, 53.0), (4.0, 52.0))


def test_flows_are_bands_in_proportion_with_the_table():
    figure = sankey(
        [
            Flow("PIE", "techniek", 81),
            Flow("PIE", "anders", 19),
            Flow("Zorg", "techniek", 6),
            Flow("Zorg", "anders", 94),
        ],
        title="Stromen",
        language="nl",
    )
    assert figure.svg.count('class="figure-flow"') == 4
    assert "PIE → techniek: 81." in figure.alternative
    assert figure.table.rows == (("PIE", "81", "19"), ("Zorg", "6", "94"))
    assert "style=" not in figure.svg


@pytest.mark.parametrize("flows", [[], [Flow("a", "b", -1)], [Flow("a", "b", 0)]])
def test_what_is_no_flow_is_refused(flows):
    with pytest.raises(ValueError, match="flow"):
        sankey(flows, title="x", language="nl")


def test_a_map_shades_by_share_and_leaves_unknown_blank():
    areas = [
        MapArea("Emmen", 85.0, (SQUARE,)),
        MapArea("<Leeg>", None, (SQUARE,)),
        MapArea("Zonder grens", 10.0, ()),
    ]
    figure = choropleth(areas, title="Aanbod", language="nl", legend=MapWords("niet bekend"))
    assert figure.svg.count("<path") == 2
    assert "Emmen: 85,0%" in figure.svg
    assert "<Leeg>" not in figure.svg
    assert figure.table.rows[1:] == (("<Leeg>", "niet bekend"), ("Zonder grens", "10,0%"))


def test_a_map_of_nothing_is_still_a_picture_with_its_words():
    assert choropleth([], title="Aanbod", language="en", legend=MapWords("unknown")).alternative == "Aanbod."


def test_places_are_full_and_open_dots_and_neighbours_stand_in_no_table():
    areas = [MapArea("Emmen", 85.0, (SQUARE,)), MapArea("Buren", None, (SQUARE,), inside=False)]
    spots = [MapSpot("A", (4.5, 52.5), full=True), MapSpot("B", (4.6, 52.5), full=False)]
    legend = MapWords("onbekend", "hier", "niet hier")
    figure = choropleth(areas, title="Aanbod", language="nl", legend=legend, spots=spots)
    assert [row[0] for row in figure.table.rows] == ["Emmen"]
    assert "hier: 1. niet hier: 1." in figure.alternative
    assert figure.svg.count('rx="4.5"') == 4  # two on the map, two in the legend


BOX = (0.0, 0.0, 100.0, 80.0)
POINTS = st.tuples(st.floats(-300, 300), st.floats(-300, 300))


@given(st.lists(POINTS, min_size=3, max_size=9))
def test_what_is_clipped_lies_in_the_box_and_what_was_inside_stays(ring):
    found = clipped(ring, BOX)
    assert all(-1e-6 <= x <= 100 + 1e-6 and -1e-6 <= y <= 80 + 1e-6 for x, y in found)
    assert {one for one in ring if 0 <= one[0] <= 100 and 0 <= one[1] <= 80} <= set(found)


def test_a_square_around_the_box_becomes_the_box():
    found = clipped([(-10, -10), (200, -10), (200, 200), (-10, 200)], BOX)
    assert set(found) == {(0, 0), (100, 0), (100, 80), (0, 80)}


def test_ground_places_corners_and_keeps_proportion():
    ground = around([(4.0, 52.0), (4.1, 52.0)], 340, 2)
    (west, _), (east, _) = ground.place((4.0, 52.0)), ground.place((4.1, 52.0))
    assert (round(west), round(east)) == (0, 340)
    # 0.1 degree at 52 degrees north is 6.846 km (cos 52° × 111.195 / 10).
    assert ground.scale / 111.195 * 6.846 == pytest.approx(340, rel=1e-3)


def test_a_map_of_what_is_near_numbers_its_spots_and_says_them_in_words():
    spots = [NearbySpot("School A", (4.5, 51.9), "1,2 km"), NearbySpot("School B", (4.5, 51.9), "1,2 km")]
    figure = nearby(spots, (4.48, 51.92), said=NearbyWords("Kaart", "U bent hier"), language="nl")
    assert "1. School A: 1,2 km. 2. School B: 1,2 km." in figure.alternative
    assert figure.table.rows == (("School A", "1,2 km"), ("School B", "1,2 km"))
    assert "U bent hier" in figure.svg
    assert "style=" not in figure.svg


@given(
    st.lists(st.tuples(st.floats(3.4, 7.2), st.floats(50.8, 53.5)), max_size=6), st.sampled_from(["nl", "ar"])
)
def test_any_places_can_be_drawn(points, language):
    spots = [NearbySpot(f"S{n}", at, "1 km") for n, at in enumerate(points)]
    figure = nearby(spots, (5.0, 52.0), said=NearbyWords("Kaart", "hier"), language=language)
    assert figure.svg.count("<text") == len(points) + 2
    assert "nan" not in figure.svg


def test_the_words_at_the_place_stand_where_no_spot_is():
    beneath = NearbySpot("School", (4.4801, 51.9165), "0,4 km")
    figure = nearby([beneath], (4.48, 51.92), said=NearbyWords("Kaart", "U bent hier"), language="nl")
    words, number = (
        re.search(rf'y="([-\d.]+)"[^>]*>\u2068{one}', figure.svg)[1] for one in ("U bent hier", "1")
    )
    assert float(words) < float(number)


def test_no_word_at_a_flow_is_broken_on_a_phone_where_there_is_room():
    drawn = sankey([Flow("Produceren, installeren", "techniek", 3)], title="T", language="nl").narrow
    assert "Produceren," in drawn
    assert "installeren" in drawn
