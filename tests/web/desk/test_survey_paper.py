"""A questionnaire on paper from the desk: of a round as it is asked, and of the school's own before there is one."""

import pytest
from tests.instruments import bundling
from tests.paper.reading import bare, image, read
from tests.web import factories
from tests.web.surveys import picturing, rounding

from driegesprek.web.surveys.domain import printing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def of():
    return rounding.make_school({"2A": 1})


@pytest.fixture
def counsellor(client, of):
    return factories.login(client, of.counsellor)


def pdf(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response.content


def test_an_own_form_with_the_pictures_that_were_brought_in(of, counsellor):
    version = picturing.store(of)
    page = counsellor.get(f"/desk/vragenlijsten/formulieren/{version.pk}/").content.decode()
    assert f"{version.pk}/papier/en.pdf" in page
    made = pdf(counsellor.get(f"/desk/vragenlijsten/formulieren/{version.pk}/papier/en.pdf"))
    assert bare("Which animal?") in read(made, 0)
    assert bare("Welk dier?") in read(made, 0), "the Dutch stands beneath"
    colours = image(made, 0, dpi=40).convert("RGB").getcolors(100_000)
    blue = sum(n for n, (r, g, b) in colours if b > 180 and r < 60 and g < 60)
    red = sum(n for n, (r, g, b) in colours if r > 180 and g < 60 and b < 60)
    assert min(blue, red) > 100, "the English picture, and that of the choice"


def test_of_a_round_only_what_is_asked_in_it(of, counsellor):
    version = picturing.store(of, **{"dier.png": bundling.picture()})
    row = picturing.start(of, version)
    page = counsellor.get(f"/desk/vragenlijsten/{row.pk}/").content.decode()
    assert f"/desk/vragenlijsten/{row.pk}/papier/pupil/nl.pdf" in page
    made = pdf(counsellor.get(f"/desk/vragenlijsten/{row.pk}/papier/pupil/nl.pdf"))
    assert bare("Wat je hier opschrijft, telt nog niet mee") in read(made, 0)
    for wrong in ("pupil/xx.pdf", "staff/nl.pdf"):
        assert counsellor.get(f"/desk/vragenlijsten/{row.pk}/papier/{wrong}").status_code == 404


def test_of_a_form_too_long_to_wait_for_no_paper_is_offered(of, counsellor, monkeypatch):
    monkeypatch.setattr(printing, "MOST", 3)
    version = picturing.store(of)
    page = counsellor.get(f"/desk/vragenlijsten/formulieren/{version.pk}/").content.decode()
    assert "/papier/" not in page
    at = f"/desk/vragenlijsten/formulieren/{version.pk}/papier/nl.pdf"
    assert counsellor.get(at).status_code == 404


def test_another_school_and_a_mentor_get_none(of, client):
    version = picturing.store(of)
    at = f"/desk/vragenlijsten/formulieren/{version.pk}/papier/nl.pdf"
    factories.login(client, of.mentors["2A"])
    assert client.get(at).status_code == 404
    other = rounding.make_school({"2A": 1})
    factories.login(client, other.counsellor)
    assert client.get(at).status_code == 404
