import io
import json

import lxml.html
import openpyxl
import pytest
from django.urls import reverse
from tests.web.conftest import TODAY

from driegesprek import region
from driegesprek.region.dataset import Kind
from driegesprek.web.atlas import words
from driegesprek.web.supply import opendata

pytestmark = pytest.mark.django_db
NAMES = list(region.DEFINITIONS)


def page(client, name, *args, language="nl", **filters):
    client.cookies["django_language"] = language
    response = client.get(reverse(f"atlas:{name}", args=args), filters)
    assert len(response.content) < 200_000
    assert b"style=" not in response.content or response["Content-Type"].endswith("sheet")
    return response


def cells(response):
    rows = lxml.html.fromstring(response.text).xpath("//main//table//tbody/tr")
    return {row.xpath("string(th)").strip(): [one.text_content() for one in row.xpath("td")] for row in rows}


def test_without_any_import_the_report_is_told_with_its_name(client, nothing):
    response = page(client, "indicator", "supply", area="MRDH")
    assert cells(response)["Zorg en welzijn"] == ["62,6", "62,1", "0,5"]
    assert "SEOR (2026)" in response.text
    assert "afgerond zoals gedrukt" in response.text


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_page_in_both_languages_without_a_query(
    client, nothing, name, django_assert_num_queries
):
    with django_assert_num_queries(0):
        for view in ("indicator", "trend"):
            for language in ("nl", "en"):
                response = page(client, view, name, language=language)
                assert response.status_code == 200
                assert (
                    region.DEFINITIONS[name].words("text", language)
                    in lxml.html.fromstring(response.text).text_content()
                )


def test_imported_figures_stand_beside_those_of_the_country(client, imported):
    response = page(client, "indicator", "supply", area="Rotterdam", year=2019)
    found = cells(response)
    assert found["Zorg en welzijn"][0] == "100,0"
    assert found["Groen"][0] == "0,0"
    assert "leerlingen-2019.csv" in response.text
    assert response.text.count("figure-bar") > 0


def test_the_file_holds_the_numbers_of_the_page_and_what_they_are(client, imported):
    text = page(client, "download", "supply", "csv", area="Rotterdam").content.decode("utf-8-sig")
    assert "Zorg en welzijn;100,0" in text or 'Zorg en welzijn,"100,0"' in text
    assert "leerlingen-2019.csv" in text
    book = openpyxl.load_workbook(
        io.BytesIO(page(client, "download", "supply", "xlsx", area="Rotterdam").content)
    )
    assert book.worksheets[0]["B2"].value == 100
    svg = page(client, "download", "supply", "svg", area="Rotterdam")
    assert svg.content.startswith(b"<svg")


def test_an_area_that_is_not_known_is_said_and_is_no_page(client, imported):
    response = page(client, "indicator", "supply", area="<b>Nergens")
    assert response.status_code == 404
    assert "&lt;b&gt;Nergens" in response.text


@pytest.mark.parametrize(
    "filters", [{"year": "x"}, {"year": "9" * 40}, {"tracks": "Z"}, {"area": "\0"}, {"year": "²"}]
)
def test_filters_that_make_no_sense_break_nothing(client, imported, filters):
    for name in ("overview", "bottlenecks"):
        assert page(client, name, **filters).status_code in {200, 404}
    assert page(client, "indicator", "supply", **filters).status_code in {200, 404}


def test_what_is_no_figure_or_no_kind_of_file_is_not_found(client, nothing):
    assert page(client, "indicator", "nothing").status_code == 404
    assert page(client, "download", "supply", "exe").status_code == 404
    assert page(client, "download", "supply", "csv", area="Nergens").status_code == 404


def test_bottlenecks_are_sentences_in_the_language_of_the_page(client, imported):
    dutch = page(client, "bottlenecks", area="Rotterdam")
    assert "procentpunt minder" in dutch.text
    assert "points less" in page(client, "bottlenecks", area="Rotterdam", language="en").text
    assert "met zichzelf" in page(client, "bottlenecks").text


def test_what_is_imported_later_is_shown_at_once(client, nothing, tmp_path, request):
    assert "Nothing was imported" in page(client, "overview", language="en").text
    request.getfixturevalue("imported")
    assert "leerlingen-2019.csv" in page(client, "overview", language="en").text


def test_a_damaged_folder_is_said(client, imported, settings):
    (settings.DATA / "open-data" / "manifest.json").write_text("{")
    response = page(client, "indicator", "supply", language="en")
    assert response.status_code == 200
    assert "cannot be read" in response.text


def test_the_map_and_its_table_say_the_same(client, imported, tmp_path):
    square = [[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]
    feature = {
        "properties": {"statnaam": "Rotterdam"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    (tmp_path / "g.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert "<figure" not in page(client, "map", area="NL", profile="zw").text
    opendata.store().keep(region.read(tmp_path / "g.geojson", year=2023), today=TODAY)
    response = page(client, "map", area="NL", profile="zw", language="en")
    assert "Rotterdam: 100.0%" in response.text
    assert cells(response)["Rotterdam"] == ["100.0%"]
    assert page(client, "map", area="Nergens").status_code == 404
    assert page(client, "map", profile="x", indicator="y").status_code == 200


def test_flows_are_a_picture_with_its_table(client, nothing):
    response = page(client, "indicator", "flow")
    assert response.text.count("figure-flow") >= 20
    assert "81" in lxml.html.fromstring(response.text).xpath("string(//figure//table)")


def test_every_kind_of_open_data_has_words():
    assert set(words.KINDS) == {one.value for one in Kind}
