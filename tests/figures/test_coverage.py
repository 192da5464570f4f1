import pytest
from lxml import etree

from driegesprek.figures import BarRow, CoverageCell, CoverageRow, bars, coverage

SVG = "{http://www.w3.org/2000/svg}"


def widths(svg, kind):
    return [float(r.get("width")) for r in etree.fromstring(svg).iter(SVG + "rect") if r.get("class") == kind]


def grid(*cells, activities=("thuis",)):
    return coverage([CoverageRow("2A", cells)], title="Geleverd", activities=activities, language="nl")


def test_a_cell_is_filled_in_proportion_and_never_over():
    figure = grid(CoverageCell(6, 24), CoverageCell(30, 24), activities=("a", "b"))
    track, _ = widths(figure.svg, "figure-track")
    assert widths(figure.svg, "figure-bar") == [pytest.approx(track / 4), pytest.approx(track)]


def test_cells_are_said_in_words():
    cells = (
        CoverageCell(19, 23),
        CoverageCell(text="14 nov"),
        CoverageCell(),
        CoverageCell(3),
        CoverageCell(2, 0),
    )
    figure = grid(*cells, activities=("a", "b", "c", "d", "e"))
    assert figure.table.rows == (("2A", "19 van 23", "14 nov", "nog niet", "3", "2"),)
    assert figure.alternative == "Geleverd. 2A: a 19 van 23, b 14 nov, c nog niet, d 3, e 2."


def test_many_activities_stand_beneath_each_other():
    figure = grid(*[CoverageCell(1, 2)] * 12, activities=[f"activiteit {i}" for i in range(12)])
    assert set(widths(figure.svg, "figure-track")) == {320}


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="'2A' has 2 cells for 1 activities"):
        grid(CoverageCell(), CoverageCell())
    with pytest.raises(ValueError, match="below 0"):
        grid(CoverageCell(-1, 3))


def test_a_bar_is_as_long_as_its_share():
    figure = bars([BarRow("a", 50, 42.0, 29.0, 56.0)], title="Vraag", language="nl")
    (track,), (bar,) = widths(figure.svg, "figure-track"), widths(figure.svg, "figure-bar")
    assert bar == pytest.approx(0.42 * track, abs=0.01)
    assert figure.alternative == "Vraag. a (n = 50): 42% (tussen 29% en 56%)."
    assert figure.table.rows == (("a", "50", "42%", "tussen 29% en 56%"),)


def test_a_hidden_bar_says_so():
    figure = bars([BarRow("a", None, None), BarRow("b", 0, None)], title="Vraag", language="nl")
    assert [row[2] for row in figure.table.rows] == [
        "te weinig antwoorden om te laten zien",
        "geen antwoorden",
    ]


def test_a_share_over_a_hundred_is_refused():
    with pytest.raises(ValueError, match="'a' is not between 0 and 100"):
        bars([BarRow("a", 5, 101.0)], title="Vraag", language="nl")


def test_what_needs_attention_is_marked_and_told():
    figure = grid(CoverageCell(attention=True), CoverageCell(1, 24, attention=True), activities=("a", "b"))
    assert figure.table.rows == (("2A", "nog niet (vraagt aandacht)", "1 van 24 (vraagt aandacht)"),)
    assert figure.svg.count("! ") == 2
