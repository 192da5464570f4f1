"""A questionnaire with its pictures on the desk: one zip, or single files afterwards; what is wrong is said."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.instruments import bundling
from tests.web import factories
from tests.web.surveys import picturing, rounding

from driegesprek.web.surveys.models import FormMedium, InstrumentVersion

pytestmark = pytest.mark.django_db
FORMS = "/desk/vragenlijsten/formulieren/"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def of():
    return rounding.make_school({"2A": 1})


@pytest.fixture
def counsellor(client, of):
    return factories.login(client, of.counsellor)


def bring(client, data, name="dieren.zip"):
    return client.post(FORMS, {"file": SimpleUploadedFile(name, data)}, follow=True)


def add(client, at, **files):
    given = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client.post(at, {"files": given}, follow=True)


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_a_zip_brings_a_form_with_its_media(of, counsellor):
    page = text(bring(counsellor, bundling.zipped(bundling.media())))
    assert set(FormMedium.objects.values_list("name", flat=True)) == {
        "dier.png",
        "animal.png",
        "Hond.JPG",
        "dier.mp3",
        "dier.mp4",
    }
    assert "ontbreekt" not in page
    picture = FormMedium.objects.get(name="dier.png")
    sent = counsellor.get(f"{FORMS}{picture.version_id}/{picture.pk}/")
    assert b"".join(sent.streaming_content).startswith(b"\x89PNG")


def test_what_is_missing_is_told_and_can_be_added(of, counsellor):
    page = text(bring(counsellor, bundling.FORM.encode(), "dieren.md"))
    version = InstrumentVersion.objects.get(key="own-dieren")
    assert page.count("ontbreekt") == 5
    assert "dier.png" in page
    at = f"{FORMS}{version.pk}/"
    page = text(add(counsellor, at, **{"dier.png": bundling.picture(), "spare.png": b"x"}))
    assert page.count("ontbreekt") == 4
    assert "spare.png" in page
    assert [one.name for one in version.media.all()] == ["dier.png"]


@pytest.mark.parametrize("data", [bundling.SVG, bundling.bomb(), b"", b"text"])
def test_of_files_with_one_mistake_none_is_kept(of, counsellor, data):
    version = picturing.store(of, **dict.fromkeys(bundling.media()))
    at = f"{FORMS}{version.pk}/"
    page = text(
        add(counsellor, at, **{"animal.png": bundling.picture(), "dier.png": data}), 422 if data else 200
    )
    assert "dier.png" in page
    assert FormMedium.objects.count() == 0


def test_a_zip_with_a_picture_that_cannot_be_used_stores_nothing(of, counsellor):
    page = text(bring(counsellor, bundling.zipped(bundling.media() | {"dier.png": bundling.SVG})), 422)
    assert "SVG" in page
    assert not InstrumentVersion.objects.filter(key="own-dieren").exists()
    assert FormMedium.objects.count() == 0


def test_while_a_round_runs_the_pictures_stay_and_the_way_out_is_told(of, counsellor):
    version = picturing.store(of)
    row = picturing.start(of, version)
    page = text(
        bring(counsellor, bundling.zipped(bundling.media() | {"dier.png": bundling.picture(size=(5, 5))})),
        422,
    )
    assert "“settings”" in page
    assert version.media.get(name="dier.png").width == 40
    assert 'type="file"' not in text(counsellor.get(f"{FORMS}{version.pk}/"))
    assert "“settings”" in text(
        add(counsellor, f"{FORMS}{version.pk}/", **{"dier.png": bundling.picture(size=(5, 5))}), 422
    )
    newer = bundling.FORM.replace("form_title |", "form_title | version |").replace(
        "| Dieren |", "| Dieren | 2 |"
    )
    text(
        bring(
            counsellor,
            bundling.zipped(bundling.media() | {"dier.png": bundling.picture(size=(5, 5))}, form=newer),
        )
    )
    newest = InstrumentVersion.objects.filter(key="own-dieren").latest("created_at")
    assert newest != version
    counsellor.post(f"/desk/vragenlijsten/{row.pk}/formulier/adult/", {"version": str(newest.pk)})
    assert row.voices.get(voice="adult").version == newest


def test_a_round_says_which_pictures_its_form_lacks(of, counsellor):
    row = picturing.start(of, picturing.store(of, **{"dier.png": None}))
    page = text(counsellor.get(f"/desk/vragenlijsten/{row.pk}/"))
    assert "1 plaatje, geluid of film ontbreekt" in page


def test_a_csv_with_choices_comes_along_in_the_zip(of, counsellor):
    form = "| survey |\n| | type | name | label |\n| | select_one_from_file schools.csv | q | Welke? |\n"
    data = bundling.zipped({"schools.csv": b"name,label\na,A\n"}, form=form, name="keuze.md", folder="media/")
    text(bring(counsellor, data, "keuze.zip"))
    assert InstrumentVersion.objects.filter(key="own-keuze").exists()
