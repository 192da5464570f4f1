import pytest
from lxml import etree

from driegesprek.figures import StripActivity, strip

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ["sep", "okt", "nov", "dec"]


def blocks(activities):
    tree = etree.fromstring(strip(MONTHS, activities, title="Lijn", language="nl").svg)
    return [
        tuple(float(r.get(name)) for name in ("x", "y", "width", "height"))
        for r in tree.iter(SVG + "rect")
        if r.get("class") == "figure-activity"
    ]


def test_a_block_covers_its_months():
    assert blocks([StripActivity("a", 1, 2)])[0][::2] == (162, 316)


def test_what_overlaps_stands_beneath_each_other():
    (_, y1, _, h1), (_, y3, *_), (_, y2, *_) = blocks(
        [StripActivity("a", 0, 2), StripActivity("b", 2, 3), StripActivity("c", 3, 3)]
    )
    assert y1 == y3
    assert y2 >= y1 + h1


def test_months_and_activities_are_told_in_order():
    figure = strip(
        MONTHS,
        [StripActivity("gesprek", 3, 3), StripActivity("thuis", 0, 1)],
        title="Lijn",
        language="nl",
        now=1,
    )
    assert figure.alternative == "Lijn. Nu: okt. sep – okt: thuis. dec: gesprek."
    assert figure.table.rows == (("thuis", "sep – okt"), ("gesprek", "dec"))


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1), (0, 4)])
def test_an_activity_outside_the_months_is_refused(start, end):
    with pytest.raises(ValueError, match="'a' does not lie within the 4 months"):
        strip(MONTHS, [StripActivity("a", start, end)], title="Lijn", language="nl")


def test_a_strip_without_months_is_refused():
    with pytest.raises(ValueError, match="at least one month"):
        strip([], [], title="Lijn", language="nl")
