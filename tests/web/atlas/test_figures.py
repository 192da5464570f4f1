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


SQUARE = [[4, 51.5], [5, 51.5], [5, 52.5], [4, 52.5], [4, 51.5]]
HOLE = [[4.2, 51.7], [4.4, 51.7], [4.4, 51.9], [4.2, 51.9], [4.2, 51.7]]


@pytest.fixture
def bounded(imported, tmp_path):
    """Boundaries of one municipality with a hole in it, and of a neighbour without vmbo."""
    beside = [[[x + 1, y] for x, y in SQUARE]]
    features = [
        {"properties": {"statnaam": name}, "geometry": {"type": "Polygon", "coordinates": rings}}
        for name, rings in (("Rotterdam", [SQUARE, HOLE]), ("Buren", beside))
    ]
    (tmp_path / "g.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    opendata.store().keep(region.read(tmp_path / "g.geojson", year=2023), today=TODAY)


def test_without_boundaries_there_is_a_table_and_no_map(client, imported):
    response = page(client, "map", area="NL", profile="zw")
    assert "<figure" not in response.text
    assert "map.js" not in response.text


def test_the_map_and_its_tables_say_the_same(client, bounded):
    response = page(client, "map", area="Rotterdam", profile="zw", language="en")
    assert "Rotterdam: 100.0%" in response.text
    found = cells(response)
    assert found["Rotterdam"] == ["100.0%"]
    assert found["School 00AA01"] == ["Rotterdam", "yes"]
    moved = page(client, "map_file", "geojson", area="Rotterdam", profile="zw", language="en").json()
    facts = {one["properties"]["name"]: one["properties"] for one in moved["features"]}
    assert facts["Rotterdam"]["share"] == 100
    assert facts["School 00AA01"]["here"] is True
    assert facts["Buren"]["kind"] == "neighbour"
    assert "leerlingen-2019.csv" in " ".join(moved["description"])


def test_a_hole_in_a_municipality_is_a_hole_in_the_map(client, bounded):
    moved = page(client, "map_file", "geojson", area="NL").json()
    (town,) = [one for one in moved["features"] if one["properties"]["name"] == "Rotterdam"]
    (polygon,) = town["geometry"]["coordinates"]
    assert [len(ring) for ring in polygon] == [5, 5]
    assert polygon[0][0] == polygon[0][-1]


def test_a_map_of_what_is_not_known_is_said_and_a_filter_without_sense_breaks_nothing(client, bounded):
    assert page(client, "map", area="Nergens").status_code == 404
    assert page(client, "map_file", "geojson", area="Nergens").status_code == 404
    assert page(client, "map", profile="x", indicator="y").status_code == 200


FILES = (
    ("download", ("supply",), {"area": "Rotterdam"}, "Zorg en welzijn"),
    ("flows_file", (), {}, "Zorg en welzijn"),
    ("trend_file", ("supply",), {"area": "Rotterdam"}, "Zorg en welzijn"),
    ("bottlenecks_file", (), {"area": "Rotterdam", "indicator": "supply"}, "Economie en ondernemen"),
    ("map_file", (), {"area": "Rotterdam", "profile": "zw"}, "School 00AA01"),
)


@pytest.mark.parametrize("what", FILES, ids=[one[0] for one in FILES])
def test_every_figure_can_be_taken_along_with_its_definition_and_source(client, bounded, what):
    name, args, filters, line = what
    text = page(client, name, *args, "csv", **filters).content.decode("utf-8-sig")
    assert line in text
    assert "Bron: " in text
    about = "flow" if name == "flows_file" else "supply"
    assert region.DEFINITIONS[about].words("formula", "nl") in text.replace('""', '"')
    book = openpyxl.load_workbook(io.BytesIO(page(client, name, *args, "xlsx", **filters).content))
    assert line in {str(row[0].value) for row in book.worksheets[0]} | {
        str(row[2].value) for row in book.worksheets[0] if len(row) > 2
    }
    assert page(client, name, *args, "svg", **filters).content.startswith(b"<svg")
    assert page(client, name, *args, "exe", **filters).status_code == 404


@pytest.mark.parametrize(
    ("name", "args", "filters"),
    [
        ("indicator", ("supply",), {"area": "Rotterdam"}),
        ("indicator", ("flow",), {}),
        ("trend", ("supply",), {"area": "Rotterdam"}),
        ("bottlenecks", (), {"area": "Rotterdam"}),
        ("map", (), {"area": "Rotterdam"}),
    ],
)
def test_every_page_with_a_figure_has_its_table_its_source_and_its_files(
    client, bounded, name, args, filters
):
    tree = lxml.html.fromstring(page(client, name, *args, **filters).text)
    addresses = tree.xpath("//a[@download]/@href")
    assert {one.partition("?")[0].rpartition(".")[2] for one in addresses} >= {"csv", "xlsx", "svg"}
    assert [client.get(one).status_code for one in addresses] == [200] * len(addresses)
    assert tree.xpath("//main//figure")
    assert tree.xpath("//main//table")
    assert "Formule" in tree.text_content()
    assert "leerlingen-2019.csv" in tree.text_content() or "SEOR (2026)" in tree.text_content()


def test_flows_are_a_picture_with_its_table(client, nothing):
    response = page(client, "indicator", "flow")
    assert response.text.count("figure-flow") >= 20
    assert "81" in lxml.html.fromstring(response.text).xpath("string(//figure//table)")


def test_every_kind_of_open_data_has_words():
    assert set(words.KINDS) == {one.value for one in Kind}
