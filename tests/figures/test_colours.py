from itertools import pairwise

import pytest

from driegesprek.figures import colours
from driegesprek.figures.strip import FILLS


@pytest.mark.parametrize("steps", range(1, 12))
def test_numbers_can_be_read_on_every_segment(steps):
    assert all(colours.contrast(colours.on(fill), fill) >= 4.5 for fill in colours.scale(steps))


@pytest.mark.parametrize("steps", range(2, 6))
def test_neighbours_are_told_apart_in_grey_print(steps):
    assert colours.smallest_step(colours.scale(steps)) >= 1.4


def test_all_five_answers_have_their_own_grey():
    greys = sorted(colours.luminance(fill) for fill in colours.SCALE)
    assert all(b - a > 0.04 for a, b in pairwise(greys))


@pytest.mark.parametrize("ink", [colours.INK, colours.QUIET])
@pytest.mark.parametrize("paper", [colours.CARD, colours.WHITE])
def test_words_can_be_read_on_the_page(ink, paper):
    assert colours.contrast(ink, paper) >= 4.5


def test_words_can_be_read_in_blocks():
    soft = [fill for fill, _ in FILLS.values()] + [colours.CORAL_SOFT, colours.TEAL_SOFT]
    assert all(colours.contrast(colours.INK, fill) >= 4.5 for fill in soft)


def test_contrast_equals_the_known_values():
    # WCAG 2.2: black on white is 21; #767676 on white is the palest grey that reaches 4.5 (4.54).
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert round(colours.contrast("#767676", "#ffffff"), 2) == 4.54
