"""Rows that are told to be one line high stand where they would have stood if they had been measured."""

import random

import pypdfium2
import pytest

from driegesprek import paper
from driegesprek.paper import lines
from driegesprek.paper.document import Part
from driegesprek.paper.document import _print as print_of

WORDS = (
    "AVATAR",
    "To",
    "ffi",
    "één",
    "lopend",
    "Ť'",
    "\u201ezo\u201d",
    "thuisopdracht",
    "gemiddelde",
    "1,25",
    "–",
    "M&M",
    "WWW",
)


def text(draw: random.Random, most: int) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(0, most)))


def tables() -> list[Part]:
    draw, found = random.Random(7), [paper.Heading("Verslag", 1)]  # noqa: S311 - no secret
    for columns in (1, 2, 4, 7, 10, 13):
        rows = [
            ("Kop " + text(draw, 12),)
            if columns > 1 and n % 9 == 0
            else tuple(text(draw, 6) for _ in range(columns))
            for n in range(40)
        ]
        rows += [
            ("العربية",) * columns,
            ("a\nb",) * columns,
            ("zacht\u00adteken",) * columns,
            ("",) * columns,
        ]
        headings = tuple(f"Kolom {n}" for n in range(columns))
        found.append(paper.Grid("Tabel", headings, tuple(rows), beneath=frozenset({9})))
    return found


def pages(parts: list[Part]) -> list[object]:
    made = pypdfium2.PdfDocument(paper.document(parts, title="Verslag", author="De Brug", language="nl"))
    return [page.render(scale=1).to_numpy().tobytes() for page in made]


def test_a_table_looks_the_same_whether_its_rows_were_measured_or_not(monkeypatch):
    found, told = pages(tables()), []
    plain = lines.heights
    monkeypatch.setattr(
        lines, "heights", lambda rows, *given: told.extend(plain(rows, *given)) or [0] * len(rows)
    )
    assert pages(tables()) == found
    assert {lines.AS_IT_IS, lines.LINE, lines.OVER} == set(told)


@pytest.mark.parametrize("words", ["العربية", "a\nb", "zacht\u00adteken", "日本", "→"])
def test_of_other_letters_nothing_is_said(words):
    assert lines.width(words) is None
    assert not lines.fits(words, 1000, 8)


def test_a_text_is_as_wide_as_its_letters():
    assert lines.width("ii") == pytest.approx(2 * lines.width("i"))
    assert lines.width("i", bold=True) > lines.width("i")
    assert lines.fits("i" * 10, 10 * lines.width("i") * 8 * 1.02 + 0.5, 8)
    assert not lines.fits("i" * 10, 10 * lines.width("i") * 8, 8)


def test_a_picture_keeps_the_isolation_of_what_runs_the_other_way():
    svg = '<svg font-family="X, Y"><text>\u2068n = 3\u2069</text><text>\u2068العدد 3\u2069</text></svg>'
    kept = print_of(svg)
    assert kept == svg.replace("\u2068n = 3\u2069", "n = 3").replace("X, Y", "Noto Sans")
