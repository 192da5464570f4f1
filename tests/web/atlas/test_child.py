import lxml.html
import pytest
from django.urls import reverse
from tests.web import factories
from tests.web.conftest import TODAY

from driegesprek import region
from driegesprek.content import LANGUAGES
from driegesprek.web.atlas.pages import child, leaflets
from driegesprek.web.common.speaking import Speaker
from driegesprek.web.supply import opendata

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
    assert [one.partition(" ·")[0] for one in absent].count("Groen") == 1
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


def test_the_page_asks_the_database_once_what_schools_recorded(client, imported, django_assert_num_queries):
    with django_assert_num_queries(1):
        ask(client, "3001")


def test_a_leaflet_of_a_place_is_a_pdf(client, imported):
    address = reverse("atlas:leaflet")
    assert client.get(address, {"plek": "10XX00", "taal": "ar"}).content.startswith(b"%PDF")
    assert client.get(address).status_code == 404


def test_leaflets_of_a_municipality_are_one_file_for_staff(client, imported):
    address = reverse("atlas:all_leaflets")
    assert client.get(address, {"gemeente": "Voorne aan Zee"}).status_code == 302
    factories.login(client, factories.make_staff(factories.make_school(), "counsellor"))
    assert client.get(address, {"gemeente": "Voorne aan Zee"}).content.startswith(b"%PDF")
    assert client.get(address, {"gemeente": "Nergens"}).status_code == 404


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_ways_on_begin_with_the_own_idea_and_have_two_others_in_every_language(client, nothing, language):
    response = client.get(reverse("atlas:ways"), {"profiel": "zw", "leerweg": "K", "taal": language})
    tree = lxml.html.fromstring(response.text)
    headings = [one.text_content() for one in tree.xpath("//article/h3")]
    assert headings == ["Zorg en welzijn", "Bouwen, wonen en interieur", "Dienstverlening en producten"]
    assert "6" in tree.xpath("string(//article[1])")
    assert len(response.content) < 60_000


@pytest.mark.parametrize("filters", [{}, {"profiel": "x"}, {"profiel": "zw", "leerweg": "\0"}])
def test_ways_on_of_what_is_no_profile_ask_for_one(client, nothing, filters):
    assert client.get(reverse("atlas:ways"), filters).status_code == 200


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_the_map_has_the_numbers_of_the_list_and_says_it_in_words(client, imported, language):
    tree = lxml.html.fromstring(ask(client, "3001", language).text)
    (drawing,) = tree.xpath("//figure//svg")
    headings = [one.text_content().split(maxsplit=1) for one in tree.xpath("//article/h3")]
    said = drawing.xpath("string(desc)")
    assert len(headings) >= 3
    assert [name in said for _, name in headings] == [True] * len(headings)
    assert [number for number, _ in headings] == [str(one) for one in range(1, len(headings) + 1)]


def test_what_is_not_there_says_how_far_away_it_is(client, imported):
    absent, _offered = location(ask(client, "3001"), "School 00AA01, Rotterdam")
    assert "Maritiem en techniek" in absent  # nowhere in these data
    (pie,) = [one for one in absent if one.startswith("Produceren")]
    assert pie.endswith(" km")


ON_AND_FURTHER = {
    "instellingen-mbo.csv": (
        "PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;POSTCODE;PLAATSNAAM;GEMEENTENAAM\n"
        "Zuid-Holland;25ZZ;25ZZ00;Techniek College;3000 AA;ROTTERDAM;ROTTERDAM\n"
        "Drenthe;25YY;25YY00;Drenthe College;3003 AA;EMMEN;EMMEN\n"
    ),
    "stromen.csv": (
        "PROFIEL;SECTORKAMER;DOORSTROMERS\n"
        "Groen;Techniek en gebouwde omgeving;16\n"
        "Groen;Zorg, welzijn en sport;64\n"
    ),
    "reizen.csv": (
        "WOONGEMEENTE;SECTORKAMER;GEMIDDELDE FIETSAFSTAND;AANTAL STUDENTEN\n"
        "ROTTERDAM;Techniek en gebouwde omgeving;7,5;100\n"
        "ROTTERDAM;Zorg, welzijn en sport;4,2;100\n"
    ),
    "kansen.csv": (
        "programme,direction,route,level,indicator,value,unit,region,source,date\n"
        'Verzorgende,"Zorg, welzijn en sport",BBL,3,uurloon na een jaar,15.5,euro,Nederland,CBS,2025-06\n'
    ),
}


@pytest.fixture
def further(imported, tmp_path):
    """Mbo locations, flows, travel and chances of an invented region."""
    for name, text in ON_AND_FURTHER.items():
        (tmp_path / name).write_bytes(text.encode("cp1252"))
    datasets = [one for name in ON_AND_FURTHER for one in region.read(tmp_path / name, year=2022)]
    opendata.store().keep(datasets, today=TODAY)


def ways_of(client, **filters):
    return lxml.html.fromstring(client.get(reverse("atlas:ways"), {"taal": "nl", **filters}).text)


def test_ways_on_begin_at_this_school_and_say_how_far_everything_is(client, further):
    tree = ways_of(client, profiel="groen", leerweg="B", plek="00AA01")
    own = tree.xpath("//article")[0].text_content()
    assert "niet op deze school" in own
    assert "School 00CC00, Emmen" in own
    assert "20 van de 100" in own
    assert "7,5 km" in own
    assert "4,2 km" in own
    assert "uurloon na een jaar 15,5 euro" in " ".join(own.split())
    assert "CBS, 2025-06" in own
    near = tree.xpath("string(//section[@aria-labelledby='mbo'])")
    assert near.index("Techniek College") < near.index("Drenthe College")


def test_chances_without_flows_stand_by_direction_and_say_what_is_missing(client, imported, tmp_path):
    name = next(one for one in ON_AND_FURTHER if "uurloon" in ON_AND_FURTHER[one])
    (tmp_path / name).write_text(ON_AND_FURTHER[name])
    opendata.store().keep(region.read(tmp_path / name), today=TODAY)
    tree = ways_of(client, profiel="zw", leerweg="K")
    (section,) = tree.xpath("//section[@aria-labelledby='chances']")
    told = section.text_content()
    assert section.xpath("string(h3)") == "Zorg, welzijn en sport"
    assert section.xpath("string(ul/li)").startswith("Verzorgende (BBL, 3): uurloon na een jaar 15,5 euro")
    assert "weten wij hier niet" in told
    assert "geen cijfers" not in tree.text_content()


def test_ways_on_from_a_postcode_tell_where_the_profile_is_nearest(client, further):
    own = ways_of(client, profiel="pie", leerweg="K", plek="3001").xpath("//article")[0].text_content()
    assert "School 00BB00" in own
    assert "deze school" not in own


@pytest.mark.parametrize("plek", ["9999", "\0", "<b>", "00", "00ZZ", "de "])
def test_ways_on_from_nowhere_say_so_and_still_tell_the_rest(client, further, plek):
    tree = ways_of(client, profiel="zw", leerweg="K", plek=plek)
    assert "kennen wij niet" in tree.text_content()
    assert len(tree.xpath("//article")) == 3


def test_flows_with_small_numbers_are_told_between_bounds_and_not_left_out(client, imported, tmp_path):
    text = "PROFIEL;SECTORKAMER;DOORSTROMERS\nGroen;Techniek;40\nGroen;Zorg;<5\nGroen;Handel;46\nMaritiem;Techniek;x\n"
    (tmp_path / "stromen.csv").write_text(text, encoding="cp1252")
    opendata.store().keep(region.read(tmp_path / "stromen.csv", year=2022), today=TODAY)
    assert "42–47 van de 100" in ways_of(client, profiel="groen").xpath("//article")[0].text_content()
    leaflet = leaflets.leaflet(child.near(region.find_place(opendata.store(), "3001"), "nl"), Speaker("nl"))
    assert [(name.text, "42–47" in much.text) for name, much in leaflet.flows] == [("Groen", True)]
    assert len(leaflet.later) == 2


def test_a_leaflet_without_flows_promises_none(client, imported, tmp_path):
    (tmp_path / "stromen.csv").write_text(
        "PROFIEL;SECTORKAMER;DOORSTROMERS\nGroen;Techniek;x\n", encoding="cp1252"
    )
    opendata.store().keep(region.read(tmp_path / "stromen.csv", year=2022), today=TODAY)
    leaflet = leaflets.leaflet(child.near(region.find_place(opendata.store(), "3001"), "nl"), Speaker("nl"))
    assert (leaflet.flows, len(leaflet.later)) == ((), 1)
