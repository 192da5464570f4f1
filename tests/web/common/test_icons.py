"""Icons in a page: inline, silent, and an error for one that does not exist."""

import re

import pytest
from defusedxml import ElementTree

from driegesprek.web.common.templatetags import icons

NAMES = sorted(path.stem for path in icons.ICONS.glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_well_formed_drawing_without_styles_or_scripts(name):
    svg = str(icons.icon(name))
    root = ElementTree.fromstring(svg)
    assert root.get("aria-hidden") == "true"
    assert root.get("class", "").startswith("icon")
    assert len(root) > 0
    assert not re.search(r"<script|style=|\son\w+=|href", svg)


def test_one_without_a_file_is_an_error_that_says_what_to_do():
    with pytest.raises(icons.UnknownIconError, match=r"no icon 'telefoon'.*README"):
        icons.icon("telefoon")


def test_a_name_cannot_leave_the_folder():
    with pytest.raises(icons.UnknownIconError):
        icons.icon("../static/driegesprek/favicon")


def test_arrows_are_marked_to_be_mirrored_and_others_are_not():
    assert 'class="icon icon-flip"' in icons.icon("arrow-right")
    assert 'class="icon big"' in icons.icon("check", "big")


def test_the_directional_ones_exist():
    assert set(NAMES) >= icons.DIRECTIONAL


def test_a_drawing_of_the_content_becomes_an_icon():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="24">\n  <path d="M1 1" />\n</svg>'
    assert '<path d="M1 1"/></svg>' in icons.picture(svg)


def test_a_wide_drawing_keeps_its_shape_and_is_shown_larger():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="72" viewBox="0 0 72 48"><path d="M1 1" /></svg>'
    assert 'class="icon scene" viewBox="0 0 72 48" width="72" height="48"' in icons.picture(svg)


def test_what_is_no_drawing_is_refused():
    with pytest.raises(ValueError, match="no SVG drawing"):
        icons.picture("<b>hello</b>")
