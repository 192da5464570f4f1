import pytest

from driegesprek.figures import Flow, MapArea, choropleth, sankey

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
    figure = choropleth(areas, title="Aanbod", language="nl", unknown="niet bekend")
    assert figure.svg.count("<path") == 2
    assert "Emmen: 85,0%" in figure.svg
    assert "<Leeg>" not in figure.svg
    assert figure.table.rows[1:] == (("<Leeg>", "niet bekend"), ("Zonder grens", "10,0%"))


def test_a_map_of_nothing_is_still_a_picture_with_its_words():
    assert choropleth([], title="Aanbod", language="en", unknown="unknown").alternative == "Aanbod."
