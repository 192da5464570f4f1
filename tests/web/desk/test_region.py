import datetime as dt
import re

import pytest
from django.urls import reverse
from tests.web import factories

from driegesprek import region as workshop
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.supply import opendata
from driegesprek.web.supply.models import RecordedNote, Scenario, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(imported):
    made = factories.make_school()
    made.brin = "00AA"
    made.save()
    return made


@pytest.fixture
def staff(school):
    return factories.make_staff(school, "counsellor")


@pytest.fixture
def desk(client, staff):
    factories.login(client, staff)
    client.cookies["django_language"] = "en"
    return client


def begin(desk, name="Technology in the centre"):
    desk.post(reverse("desk:region"), {"name": name})
    return Scenario.objects.get(name=name)


def change(desk, row, do="open_profile", location="00AA01", profile="pie"):
    address = reverse("desk:scenario", args=[row.pk]) + "?kind=profile&area=Rotterdam"
    return desk.post(address, {"do": do, "location": location, "profile": profile}, follow=True)


def test_a_scenario_tells_who_gains_by_municipality_with_the_disclaimer(desk):
    row = begin(desk)
    page = change(desk, row).text
    assert "78 pupils gain access" in page  # all of 00AA01, years 3 and 4
    assert "of vmbo (basis" in page
    assert "not a forecast" in page
    assert AuditEntry.objects.filter(verb="scenario changed", object_id=row.pk).exists()


def test_what_would_change_nothing_is_refused_and_a_change_can_be_taken_out(desk):
    row = begin(desk)
    assert "not there" in change(desk, row, do="close_profile").text
    change(desk, row)
    assert "there already" in change(desk, row).text
    desk.post(reverse("desk:scenario_deed", args=[row.pk]), {"deed": "out", "place": "0"})
    row.refresh_from_db()
    assert row.scenario.changes == ()


def test_scenarios_stand_side_by_side(desk):
    one, other = begin(desk, "One"), begin(desk, "Other")
    change(desk, one)
    page = desk.get(reverse("desk:scenarios_compare"), {"id": [one.pk, other.pk, "x"]}).text
    assert "+78" in page
    assert "One" in page
    assert "Other" in page


def test_a_scenario_is_of_its_school_until_it_is_shared_and_then_asks_for_a_login(desk, client, school):
    row = begin(desk)
    change(desk, row)
    client.logout()
    elsewhere = factories.make_staff(factories.make_school("Elsewhere"), "counsellor")
    shared, own = reverse("desk:scenario_shared", args=[row.pk]), reverse("desk:scenario", args=[row.pk])
    factories.login(client, elsewhere)
    assert client.get(shared).status_code == client.get(own).status_code == 404
    Scenario.objects.filter(pk=row.pk).update(shared_at="2026-11-26T12:00Z")
    assert client.get(shared).status_code == 200
    assert client.get(own).status_code == 404
    client.logout()
    assert client.get(shared).status_code == 302


@pytest.mark.parametrize(("wanted", "word"), [(10, "1 target is not reached"), (0, "reached")])
def test_a_target_that_is_not_reached_rings(desk, wanted, word):
    about = reverse("desk:targets") + "?indicator=supply&area=Rotterdam"
    assert re.search(r'value="pie">[^<]+: 0.0%', desk.get(about).text)
    desk.post(about, {"row_key": "pie", "wanted": wanted})
    desk.post(about, {"row_key": "pie", "wanted": wanted})  # the same line once
    assert Target.objects.count() == 1
    page = desk.get(reverse("desk:region")).text
    assert word in page
    assert ("is not reached" in page) is (wanted > 0)
    assert "no figures" in desk.get(reverse("desk:targets") + "?indicator=supply&area=Nergens").text


def test_a_target_of_travel_is_at_most_and_rests_on_the_report_without_a_file(desk):
    about = reverse("desk:targets") + "?indicator=travel&area=Rotterdam"
    page = desk.get(about).text
    assert "At most, kilometres" in page
    key = re.search(r'<option value="([^"]+)">[^<]+ km', page)[1]
    desk.post(about, {"row_key": key, "wanted": 0.5})
    assert "1 target is not reached" in desk.get(reverse("desk:region")).text


def test_an_area_stands_beside_the_country_and_municipalities_like_it(desk):
    page = desk.get(reverse("desk:region_bottlenecks"), {"gebied": "Rotterdam"}).text
    assert "Rotterdam beside the country" in page
    assert "Emmen" in page
    assert "divided by its standard deviation" in page
    assert "no area" in desk.get(reverse("desk:region_bottlenecks"), {"gebied": "Nergens"}).text
    assert "Only a municipality" in desk.get(reverse("desk:region_bottlenecks"), {"gebied": "NL"}).text


def test_an_area_without_figures_is_not_told_to_be_nowhere_worse(desk, tmp_path):
    (tmp_path / "stromen-2019.csv").write_text(
        "GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS\nEmmen;PIE;Techniek;10\nEmmen;PIE;Zorg;30\n"
        "Brielle;PIE;Techniek;12\nBrielle;PIE;Zorg;90\n"
    )
    opendata.store().keep(workshop.read(tmp_path / "stromen-2019.csv"), today=dt.date(2026, 11, 26))
    asked = {"gebied": "Rotterdam", "cijfer": "flow"}
    page = desk.get(reverse("desk:region_bottlenecks"), asked).text
    assert "46.0 % in Rotterdam against 59.0 %" in page, "what the report prints of both"
    assert page.count("There are no figures to compare.") == 1
    assert "Nowhere worse" not in page
    page = desk.get(reverse("desk:region_bottlenecks"), asked | {"gebied": "province:Zuid-Holland"}).text
    assert "Zuid-Holland beside the country" in page
    assert page.count('<div class="drawing narrow"><svg') == 2, (
        "a picture beside the country and beside those like it"
    )
    assert "25.0 % in areas like it" in page


def test_a_region_of_ones_own_can_be_asked_everywhere(desk, client, tmp_path):
    (tmp_path / "regios.csv").write_text("REGIO;GEMEENTE\nStad en veen;Rotterdam\nStad en veen;Emmen\n")
    opendata.store().keep(workshop.read(tmp_path / "regios.csv"), today=dt.date(2026, 11, 26))
    asked = {"gebied": "Stad en veen"}
    assert "Stad en veen beside the country" in desk.get(reverse("desk:region_bottlenecks"), asked).text
    page = client.get(reverse("atlas:overview"), {"area": "Stad en veen"}).text
    assert '<option value="Stad en veen" selected' in page


def test_what_a_school_records_is_shown_to_families_and_is_of_its_own_locations_only(desk, client):
    address = reverse("desk:school_notes")
    data = {"location": "00AA01", "kind": "elective", "profile": "pie", "text": "Lassen op <vrijdag>"}
    desk.post(address, data)
    desk.post(address, data | {"location": "00CC00"})
    assert RecordedNote.objects.count() == 1
    family = client.get(reverse("atlas:child"), {"plek": "3001", "taal": "nl"}).text
    assert "Lassen op &lt;vrijdag&gt;" in family
    assert "Keuzevak op deze school" in family
    desk.post(reverse("desk:school_note_back", args=[RecordedNote.objects.get().pk]))
    assert "Lassen" not in client.get(reverse("atlas:child"), {"plek": "3001", "taal": "nl"}).text


def test_the_list_asks_the_database_as_much_for_three_as_for_one(desk, django_assert_max_num_queries):
    begin(desk, "1")
    desk.get(reverse("desk:region"))
    for name in "23":
        begin(desk, name)
    with django_assert_max_num_queries(9):
        assert desk.get(reverse("desk:region")).status_code == 200
