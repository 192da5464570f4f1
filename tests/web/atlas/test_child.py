import lxml.html
import pytest
from django.urls import reverse

from driegesprek.content import LANGUAGES

pytestmark = pytest.mark.django_db


def ask(client, plek="", language="nl"):
    response = client.get(
        reverse("atlas:child"), {"plek": plek, "taal": language} if plek else {"taal": language}
    )
    assert len(response.content) < 60_000
    return response


def location(response, name):
    tree = lxml.html.fromstring(response.text)
    (found,) = [one for one in tree.xpath("//article") if name in one.text_content()]
    absent, offered = ([li.text_content() for li in part.xpath(".//li")] for part in found.xpath(".//dd"))
    return absent, offered


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_what_is_not_offered_at_each_location_stands_first_in_every_language(client, imported, language):
    response = ask(client, "3001", language)
    absent, offered = location(response, "School 00AA01, Rotterdam")
    assert offered == ["Zorg en welzijn"]
    assert "Groen" in absent
    assert len(absent) == 9
    tree = lxml.html.fromstring(response.text)
    assert tree.get("lang") == language
    assert "81" in tree.xpath("string(//section[@aria-labelledby='later'])")  # table 3.6, PIE, the country


def test_a_primary_school_is_a_place_too_and_several_of_one_name_are_offered(client, imported):
    assert "School 00AA00" in ask(client, "regenboog").text
    several = ask(client, "de ").text  # too short for a name
    assert "kennen wij niet" in several


@pytest.mark.parametrize("plek", ["9999", "<script>", "\0", "x" * 300])
def test_a_place_that_is_not_known_is_said_and_nothing_breaks(client, imported, plek):
    response = ask(client, plek)
    assert response.status_code == 404
    assert "<script>" not in response.text.replace("<script src", "")


def test_without_data_the_page_says_so_and_still_tells_what_profiles_mean(client, nothing):
    response = ask(client)
    assert response.status_code == 200
    assert "nog geen scholen bekend" in response.text
    assert "69 van de 100" in response.text


def test_the_way_to_another_language_keeps_the_place(client, imported):
    assert "?taal=tr&amp;plek=3001" in ask(client, "3001").text


def test_the_page_asks_the_database_nothing(client, imported, django_assert_num_queries):
    with django_assert_num_queries(0):
        ask(client, "3001")
