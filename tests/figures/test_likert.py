import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.evidence.makers import table

from driegesprek.evidence import shown_inside
from driegesprek.figures import LikertRow, likert

SVG = "{http://www.w3.org/2000/svg}"
OPTIONS = {"title": "Vraag", "labels": ["nee", "soms", "ja"], "language": "nl"}


def segments(svg):
    return [
        float(r.get("width"))
        for r in etree.fromstring(svg).iter(SVG + "rect")
        if r.get("class") == "figure-segment"
    ]


def texts(svg):
    return [t.text.strip("\u2068\u2069") for t in etree.fromstring(svg).iter(SVG + "text")]


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any))
def test_segments_fill_the_bar_in_proportion(numbers):
    shares = tuple(100 * k / sum(numbers) for k in numbers)
    figure = likert([LikertRow("a", sum(numbers), shares)], **OPTIONS)
    for svg, room in ((figure.svg, 440), (figure.narrow, 284)):
        assert segments(svg) == pytest.approx([room * s / 100 for s in shares if s], abs=0.02)
        assert sum(segments(svg)) == pytest.approx(room, abs=0.05)


def test_printed_rounded_shares_still_fill_the_bar():
    figure = likert([LikertRow("a", 900, (33, 33, 33))], **OPTIONS)
    assert sum(segments(figure.svg)) == pytest.approx(440, abs=0.05)


def test_rounding_happens_at_the_edge_and_halves_go_up():
    figure = likert([LikertRow("a", 8, (12.5, 37.5, 50.0))], **OPTIONS)
    assert figure.table.rows == (("a", "8", "13%", "38%", "50%"),)


def test_a_hidden_row_says_so_and_tells_no_number():
    figure = likert([LikertRow("2A", 30, (20, 30, 50)), LikertRow("2B", None)], **OPTIONS)
    assert "te weinig antwoorden om te laten zien" in texts(figure.svg)
    assert figure.table.rows[1] == ("2B", "", "te weinig antwoorden om te laten zien", "", "")
    assert "2B: te weinig antwoorden om te laten zien." in figure.alternative
    assert len([text for text in texts(figure.svg) if text.startswith("n = ")]) == 1


def test_answers_that_are_not_shown_apart_are_striped_and_said():
    figure = likert([LikertRow("2A", 30, (None, None, 60.0))], **OPTIONS)
    tree = etree.fromstring(figure.svg)
    stripes = [r for r in tree.iter(SVG + "rect") if r.get("class") == "figure-hidden"]
    assert max(float(r.get("width")) for r in stripes) == pytest.approx(440 * 0.4, abs=0.02)
    assert "te weinig om apart te laten zien" in texts(figure.svg)
    assert figure.table.rows[0][2:] == ("te weinig om apart te laten zien",) * 2 + ("60%",)


def test_rows_of_evidence_become_bars():
    counts = table({"2A": [20, 30, 0], "2B": [3, 2, 1], "2C": [15, 15, 30]})
    rows = shown_inside(counts).rows
    figure = likert([LikertRow.of(row, " ".join(row.group) or "allen") for row in rows], **OPTIONS)
    silent = "te weinig antwoorden om te laten zien"
    assert figure.table.rows == (
        ("allen", "116", "33%", "41%", "27%"),
        ("2A", "", silent, "", ""),
        ("2B", "", silent, "", ""),
        ("2C", "60", "25%", "25%", "50%"),
    )


def test_a_row_may_show_its_n_without_shares():
    figure = likert([LikertRow("2A", 30, (None, None, None))], **OPTIONS)
    assert figure.table.rows[0][:3] == ("2A", "30", "te weinig antwoorden om te laten zien")
    assert "n = 30" in texts(figure.svg)


def test_a_row_without_answers_says_so():
    assert "geen antwoorden" in texts(likert([LikertRow("2A", 0)], **OPTIONS).svg)


def test_the_last_answers_are_added_up_only_where_all_are_known():
    rows = [LikertRow("a", 30, (20.0, 30.0, 50.0)), LikertRow("b", 30, (40.0, None, 20.0))]
    figure = likert(rows, top=2, **OPTIONS)
    assert figure.table.headings[-1] == "soms + ja samen"
    assert [row[-1] for row in figure.table.rows] == ["80%", ""]
    assert "soms + ja samen 80%" in figure.alternative


def test_a_number_stands_only_where_it_fits():
    figure = likert([LikertRow("a", 1000, (1.0, 4.0, 95.0))], **OPTIONS)
    assert "1%" not in texts(figure.svg)
    assert "1%" in figure.table.rows[0]
    assert "nee 1%" in figure.alternative


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (LikertRow("2A", 30, (50.0, 50.0)), "'2A' has 2 shares for 3 answers"),
        (LikertRow("2A", 30, (50.0, 10.0, 10.0)), "add up to 70 instead of 100"),
        (LikertRow("2A", 30, (80.0, 40.0, None)), "add up to 120 instead of 100"),
        (LikertRow("2A", 30, (110.0, -10.0, 0.0)), "instead of 100"),
    ],
)
def test_shares_that_cannot_be_are_refused(row, message):
    with pytest.raises(ValueError, match=message):
        likert([row], **OPTIONS)


@pytest.mark.parametrize("steps", range(1, 12))
def test_scales_of_any_length_can_be_drawn(steps):
    labels = [f"antwoord {i}" for i in range(steps)]
    figure = likert(
        [LikertRow("a", 100, (100 / steps,) * steps)], title="Vraag", labels=labels, language="nl"
    )
    assert len(segments(figure.svg)) == steps
