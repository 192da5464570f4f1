"""Lines of text of a picture are gathered for typst, and look and read as before."""

import sys

import pytest
from tests.paper.reading import image, read

from driegesprek import paper

MODULE = sys.modules["driegesprek.paper.document"]


def _svg(body):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" font-family="Noto Sans">{body}</svg>'
    )


LINES = (
    '<rect x="0" y="0" width="90" height="20" fill="#c9784f"/>'
    '<text x="4" y="14" font-size="13" fill="#ffffff" text-anchor="start" font-weight="bold">Een &amp; ander</text>'
    '<rect x="90" y="0" width="90" height="20" fill="#e5bda7"/>'
    '<text x="170" y="14" font-size="12" fill="#000000" text-anchor="end">36%</text>'
    '<text x="100" y="40" font-size="13" fill="#1d2733" text-anchor="middle">\u2068\u0643\u0644\u0645\u0629 12\u2069</text>'
)


def _made(svg):
    parts = [paper.Heading("Verslag", 1), paper.Drawing(svg, "Een balk")]
    return paper.document(parts, title="Verslag", author="De Brug", language="nl")


def test_a_picture_looks_and_reads_the_same(monkeypatch):
    assert MODULE._gathered(_svg(LINES)).count("<text") == 1
    gathered = _made(_svg(LINES))
    monkeypatch.setattr(MODULE, "_gathered", lambda svg: svg)
    apart = _made(_svg(LINES))
    assert read(gathered, 0) == read(apart, 0)
    assert "Een&ander36%" in read(gathered, 0)
    assert image(gathered, 0, dpi=144).tobytes() == image(apart, 0, dpi=144).tobytes()


@pytest.mark.parametrize(
    "body",
    [
        f'<g transform="translate(9 9)">{LINES}</g>',
        '<text x="4" y="14" font-size="9" transform="rotate(-90 4 14)">Schuin</text>',
        '<text x="4" y="14" font-size="9"><tspan>Twee</tspan> delen</text>',
        '<rect x="0" y="0" width="90" height="20"/>',
    ],
    ids=["group", "turned", "pieces", "none"],
)
def test_what_cannot_be_moved_stays_where_it_is(body):
    assert MODULE._gathered(_svg(body)) == _svg(body)
