"""Scenarios at the desk of a municipality: every sort of change, files, links, side by side."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web import factories

from driegesprek.web.supply.models import Scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(imported):
    return factories.make_analyst()


@pytest.fixture
def desk(client, analyst):
    factories.login(client, analyst)
    client.cookies["django_language"] = "en"
    return client


def begin(desk, name="Techniek"):
    desk.post(reverse("desk:region"), {"name": name})
    return Scenario.objects.get(name=name)


def add(desk, row, kind, **data):
    return desk.post(
        reverse("desk:scenario", args=[row.pk]) + f"?kind={kind}&area=Rotterdam", data, follow=True
    ).text


def deed(desk, row, name, **data):
    return desk.post(reverse("desk:scenario_deed", args=[row.pk]), {"deed": name, **data})


def bring(desk, text):
    file = SimpleUploadedFile("s.json", text.encode() if isinstance(text, str) else text)
    return desk.post(reverse("desk:scenario_from_file"), {"file": file}, follow=True).text


def test_every_sort_of_change_is_made_on_the_page_and_taken_out_again(desk):
    row = begin(desk)
    assert "must name the technical mbo locations" in add(
        desk, row, "annex", do="open_annex", annex="Zuid", place="3001"
    )
    add(desk, row, "now", name="Centrum", place="3003 AB")
    assert "a postcode or degrees" in add(desk, row, "now", name="Nergens", place="9999")
    page = add(desk, row, "annex", do="open_annex", annex="Zuid", place="51.92, 4.48")
    assert "A new mbo location opens: Zuid" in page
    assert "Distance to the nearest technical mbo location" in page
    add(desk, row, "profile", do="open_profile", location="00AA01", profile="pie")
    add(desk, row, "distance", km="-2.5", municipality="Rotterdam")
    page = add(desk, row, "shift", profile="zw", to="pie", share="10", municipality="Emmen")
    assert "10.0% of the pupils of Zorg en welzijn" in page or "10.0% of the pupils" in page
    assert "7 pupils" in page
    row.refresh_from_db()
    assert [one.do for one in row.scenario.changes] == ["open_annex", "open_profile", "distance", "shift"]
    assert len(row.scenario.annexes) == 1
    deed(desk, row, "annex_out", place="0")
    assert "must name the technical" in desk.get(reverse("desk:scenario", args=[row.pk])).text
    deed(desk, row, "out", place="0")
    assert "Baseline 2019" in desk.get(reverse("desk:scenario", args=[row.pk])).text


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("annex", {"do": "close_annex", "annex": "Weg"}, "there is no annex"),
        ("annex", {"do": "move_annex", "annex": "Centrum"}, "Say where it comes"),
        ("distance", {"km": "0"}, "is missing"),
        ("distance", {"km": "ver"}, "Enter a number"),
        ("shift", {"profile": "mt", "to": "pie", "share": "10"}, "nobody follows"),
        ("shift", {"profile": "zw", "to": "pie", "share": "400"}, "less than or equal to 100"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_kept_in_the_form(desk, kind, data, said):
    row = begin(desk)
    add(desk, row, "now", name="Centrum", place="3003")
    assert said in add(desk, row, kind, **data)
    row.refresh_from_db()
    assert not row.scenario.changes


def test_a_scenario_is_downloaded_and_brought_in_again(desk):
    row = begin(desk)
    add(desk, row, "profile", do="open_profile", location="00AA01", profile="pie")
    file = desk.get(reverse("desk:scenario_json", args=[row.pk]))
    assert file["Content-Disposition"] == 'attachment; filename="techniek-2019.json"'
    assert "pie" in file.text
    assert "78" in bring(desk, file.text)
    assert Scenario.objects.count() == 2
    table = desk.get(reverse("desk:scenario_csv", args=[row.pk])).content.decode("utf-8-sig")
    assert "Rotterdam" in table
    assert desk.get(reverse("desk:scenario_xlsx", args=[row.pk])).content.startswith(b"PK")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("geen json", "not JSON"),
        (b"\xff\xfe\x00", "not a text in UTF-8"),
        ('{"year": 2019, "changes": [{"do": "dans"}]}', "Change 1"),
        ('{"year": 1999, "changes": []}', "no schools of 1999"),
        (
            '{"year": 2019, "changes": [{"do": "open_profile", "location": "99XX00", "profile": "pie"}]}',
            "no location",
        ),
        ("[" * 60_000, "not JSON"),
        ("x" * 1_000_001, "too large"),
    ],
)
def test_a_file_that_cannot_be_worked_out_is_refused(desk, text, said):
    assert said in bring(desk, text)
    assert not Scenario.objects.exists()


def test_a_shared_link_that_names_no_school_opens_for_everybody_and_else_asks_for_a_login(desk, client):
    row = begin(desk)
    add(desk, row, "distance", km="-2", municipality="Emmen")
    link = reverse("desk:scenario_shared", args=[row.pk])
    deed(desk, row, "share")
    client.logout()
    assert "Emmen" in client.get(link).text
    assert "desk/regio/scenario" not in client.get(link).text
    row.refresh_from_db()
    school = {"do": "open_profile", "location": "00AA01", "profile": "pie"}
    Scenario.objects.filter(pk=row.pk).update(
        document=json.dumps({**json.loads(row.document), "changes": [school]})
    )
    assert client.get(link).url.startswith(reverse("account_login"))
    factories.login(client, factories.make_staff(factories.make_school(), "leader"))
    assert "00AA01" in client.get(link).text


def test_colleagues_of_an_office_share_and_others_see_only_what_is_shared(desk, client, analyst):
    row = begin(desk)
    other = factories.make_analyst("Den Haag", "'s-Gravenhage")
    colleague = factories.make_analyst()
    addresses = {
        name: reverse(f"desk:{name}", args=[row.pk])
        for name in ("scenario", "scenario_json", "scenario_shared")
    }
    factories.login(client, colleague)
    assert client.get(addresses["scenario"]).status_code == 200
    factories.login(client, other)
    assert {client.get(one).status_code for one in addresses.values()} == {404}
    assert deed(client, row, "share").status_code == 404
    assert "Techniek" not in client.get(reverse("desk:scenarios_compare"), {"id": [row.pk]}).text
    factories.login(client, colleague)
    deed(client, row, "share")
    factories.login(client, other)
    assert client.get(addresses["scenario_json"]).status_code == 200
    assert "Techniek" in client.get(reverse("desk:scenarios_compare"), {"id": [row.pk]}).text
    assert client.get(addresses["scenario"]).status_code == 404


def test_side_by_side_stand_access_distances_and_choices(desk):
    one, other = begin(desk, "Een"), begin(desk, "Ander")
    add(desk, one, "profile", do="open_profile", location="00AA01", profile="pie")
    add(desk, other, "distance", km="-3", municipality="Emmen")
    add(desk, other, "shift", profile="zw", to="pie", share="10", municipality="Emmen")
    page = desk.get(reverse("desk:scenarios_compare"), {"id": [one.pk, other.pk]}).text
    for said in ("+78", "−3.0", "7 pupils", "assumed: to"):
        assert said in page
