"""Twenty qualities with pictures, and the profiles of the vmbo."""

import csv
import re
from xml.etree import ElementTree as ET

import pytest

from driegesprek import content
from driegesprek.content import catalogue

QUALITIES = catalogue.qualities()


def test_there_are_twenty_qualities_each_with_its_own_picture_and_words():
    assert len({one.key for one in QUALITIES}) == 20
    assert len({one.icon for one in QUALITIES}) == 20
    for language in content.LANGUAGES:
        assert len({one.label(language.code).text for one in QUALITIES}) == 20


def test_every_picture_is_used_and_every_used_picture_is_there():
    of_forms = {
        icon
        for key in content.instrument_keys()
        for question in content.instrument(key).questions.values()
        for media in (question.media, *(choice.media for choice in question.choices))
        for icon in media.values()
    }
    assert {one.icon for one in QUALITIES} | of_forms == catalogue.icon_names()


@pytest.mark.parametrize("name", sorted(catalogue.icon_names()))
def test_a_picture_is_a_small_safe_drawing_in_the_colour_of_the_text(name):
    drawing = catalogue.icon(name)
    root = ET.fromstring(drawing)  # noqa: S314 -- our own files, checked here
    assert root.attrib["viewBox"] in {"0 0 24 24", "0 0 72 48"}
    assert len(drawing) < 2500
    assert root.attrib["stroke"] == "currentColor"
    allowed = {"svg", "path", "circle", "rect", "line"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= allowed
    assert not re.search(r"style|class|href|on\w+=|#[0-9a-f]{3}", drawing)


def test_a_picture_that_is_not_ours_is_refused():
    with pytest.raises(KeyError, match="no picture"):
        catalogue.icon("../SOURCES.md")


def test_quality_words_fit_a_small_button():
    for language in content.LANGUAGES:
        assert max(len(one.label(language.code).text) for one in QUALITIES) <= 34


def test_profiles_keep_their_dutch_name_and_are_explained_in_every_language():
    found = catalogue.profiles()
    assert [one.track for one in found].count("beroepsgericht") == 10
    assert [one.track for one in found].count("theoretisch") == 4
    for one in found:
        assert {one.about(language.code).language for language in content.LANGUAGES} == {
            language.code for language in content.LANGUAGES
        }
    assert catalogue.profile("bwi").name == "Bouwen, Wonen en Interieur"
    with pytest.raises(KeyError):
        catalogue.profile("none")


@pytest.mark.shared
def test_the_names_of_the_ten_profiles_are_those_of_the_survey(shared):
    with (shared / "facts" / "profiles_lookup.csv").open(encoding="utf-8") as file:
        names = {row["profile_key"]: row["name_seor2020_questionnaire"] for row in csv.DictReader(file)}
    ours = {one.key: one.name for one in catalogue.profiles() if one.track == "beroepsgericht"}
    assert ours == {key: name for key, name in names.items() if name != "NA"}
