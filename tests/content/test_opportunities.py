"""Four pages for every family, different for vmbo and for havo and vwo."""

import pytest

from driegesprek import content
from driegesprek.content.files import HERE, rows
from driegesprek.content.texts import sources

CODES = [language.code for language in content.LANGUAGES]


def keys_of(page):
    return [page.title_key, page.intro_key, *page.point_keys, page.ask_key]


@pytest.mark.parametrize("level", ["vmbo", "havo_vwo"])
def test_there_are_four_pages_each_with_a_few_things_to_do_and_one_question(level):
    found = content.opportunities(level)
    assert [one.key for one in found] == ["choosing", "work_now", "trying", "role"]
    assert all(2 <= len(one.point_keys) <= 4 for one in found)
    for page in found:
        for code in CODES:
            assert all(content.text(key, code).language == code for key in keys_of(page))


def test_vmbo_gets_occupations_and_havo_and_vwo_kinds_of_work():
    vmbo, other = (content.opportunities(level)[1] for level in ("vmbo", "havo_vwo"))
    assert content.text(vmbo.title_key, "nl").text == "Beroepen van nu"
    assert content.text(other.title_key, "nl").text == "Werelden van werk"


def test_every_page_differs_between_the_levels_somewhere():
    for vmbo, other in zip(*(content.opportunities(level) for level in ("vmbo", "havo_vwo")), strict=True):
        assert keys_of(vmbo) != keys_of(other)


def test_every_text_is_used_and_every_used_text_is_there():
    used = {
        key
        for level in ("vmbo", "havo_vwo")
        for page in content.opportunities(level)
        for key in keys_of(page)
    }
    of_pages = tuple(f"opportunity.{page.key}." for page in content.opportunities())
    assert used == {key for key in sources() if key.startswith(of_pages)}
    assert {row["part"] for row in rows(HERE / "pages" / "opportunities.csv")} == {
        "title",
        "intro",
        "point",
        "ask",
    }


def test_a_level_that_does_not_exist_is_refused_by_name():
    with pytest.raises(KeyError, match="no level 'mbo'; there are vmbo, havo_vwo"):
        content.opportunities("mbo")
