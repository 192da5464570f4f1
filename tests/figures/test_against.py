import pytest

from driegesprek.figures import AgainstRow, Sides, TrendRow, against, trends

ROWS = [AgainstRow("Zorg & welzijn", 62.5, 61.9), AgainstRow("Groen", None, 21.2, low=10.0, high=14.5)]


def drawn(rows=ROWS, **more):
    return against(rows, Sides("Rotterdam", "Nederland"), title="Aanbod", language="nl", **more)


def test_the_words_hold_every_number_of_both_areas():
    figure = drawn()
    assert "Zorg & welzijn: Rotterdam 62,5%, Nederland 61,9%." in figure.alternative
    assert "Groen: Rotterdam tussen 10,0 en 14,5%, Nederland 21,2%." in figure.alternative
    assert figure.table.headings[1:] == ("Rotterdam", "Nederland")
    assert figure.table.rows[0] == ("Zorg & welzijn", "62,5%", "61,9%")


def test_what_is_known_within_bounds_is_striped_and_not_a_bar():
    figure = drawn()
    assert figure.svg.count('class="figure-bar"') == 1
    assert figure.svg.count('class="figure-hidden"') == 1
    assert figure.svg.count('class="figure-mark"') == 3  # one is the legend's


def test_nothing_in_it_needs_a_style_or_can_escape_into_the_page():
    figure = drawn([AgainstRow("<script>", 1.0)])
    assert "style=" not in figure.svg
    assert "<script>" not in figure.svg


def test_a_number_beyond_the_scale_is_refused():
    with pytest.raises(ValueError, match="outside"):
        drawn([AgainstRow("x", 101.0)])


def test_a_scale_of_kilometres_ends_at_the_longest():
    figure = against(
        [AgainstRow("Techniek", 12.3)], Sides("Rotterdam", unit="km", most=0), title="t", language="en"
    )
    assert "12.3\u00a0km" in figure.alternative


def test_a_trend_tells_each_year_and_what_is_not_known():
    figure = trends([TrendRow("Groen", (10.0, None, 12.0))], [2019, 2020, 2022], title="Groen", language="nl")
    assert "2019 10,0%, 2020 ?, 2022 12,0%" in figure.alternative
    assert figure.table.headings[1:] == ("2019", "2020", "2022")
    assert figure.svg.count('class="figure-line"') == 1


def test_a_trend_of_one_year_is_one_point():
    assert "figure-line" not in trends([TrendRow("x", (10.0,))], [2019], title="x", language="nl").svg


@pytest.mark.parametrize(("values", "why"), [((1.0,), "each year"), ((1.0, 101.0), "outside")])
def test_a_trend_that_does_not_fit_is_refused(values, why):
    with pytest.raises(ValueError, match=why):
        trends([TrendRow("x", values)], [2019, 2020], title="x", language="nl")


def test_a_trend_whose_newest_year_is_not_known_says_of_which_year_its_number_is():
    drawn = trends([TrendRow("A", (10, 20, None))], [2021, 2022, 2023], title="T", language="nl").svg
    assert "\u20682022\u2069</text>" in drawn
    assert (
        ">2022<"
        not in trends([TrendRow("A", (10, None, 20))], [2021, 2022, 2023], title="T", language="nl").svg
    )
