"""Families see and hear what a form brings along: in their language, with its words, and nobody else does."""

import re

import pytest
from tests.instruments import bundling
from tests.web import factories
from tests.web.surveys import picturing, rounding

from driegesprek.instruments import media as workshop
from driegesprek.web.surveys.domain import media
from driegesprek.web.surveys.models import FormMedium

pytestmark = pytest.mark.django_db
LIMIT = 60_000


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def of():
    return rounding.make_school({"2A": 1})


def asked(phone, of, row, language="nl"):
    """The page of the first question, on the phone of the adult."""
    (bond,) = of.bonds.values()
    bond.adult.language = language
    bond.adult.save()
    door = rounding.door_of(bond)
    rounding.begin(phone, door, row)
    page = phone.get(rounding.at(door, row, "opdracht", "animal"))
    assert page.status_code == 200
    return door, page.content.decode()


def address_of(page, tag):
    return re.search(rf'<{tag}[^>]* src="(/thuis/[^"]+/beeld/[^"]+)"', page)[1]


def test_a_question_shows_its_picture_sound_and_film_with_its_words(phone, of):
    row = picturing.start(of, picturing.store(of))
    _door, page = asked(phone, of, row)
    (picture,) = re.findall(r'<img src="[^"]+" alt="Welk dier\?"[^>]*>', page)
    assert 'loading="lazy"' in picture
    assert 'width="40" height="30"' in picture
    assert re.search(r'<audio controls preload="none" src="[^"]+" aria-label="Welk dier\?"', page)
    assert re.search(r'<video controls preload="none" playsinline src="[^"]+" aria-label="Welk dier\?"', page)
    assert 'class="option-photo"' in page.split('value="dog"')[1].split('value="cat"')[0]
    assert 'class="option-photo"' not in page.split('value="cat"')[1]
    assert len(page.encode()) < LIMIT
    sent = phone.get(address_of(page, "img"))
    assert (sent.status_code, sent.headers["Content-Type"]) == (200, "image/png")
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(sent.streaming_content).startswith(b"\x89PNG")
    part = phone.get(address_of(page, "audio"), headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.content) == (206, b"ID3")


def test_each_language_has_its_own_picture_and_else_the_forms_own(phone, of):
    row = picturing.start(of, picturing.store(of))
    _door, english = asked(phone, of, row, "en")
    _door, turkish = asked(phone, of, row, "tr")
    of_name = {one.name: str(one.pk) for one in FormMedium.objects.all()}
    assert of_name["animal.png"] in address_of(english, "img")
    assert of_name["dier.png"] in address_of(turkish, "img")


def test_without_its_files_the_words_stand_alone(phone, of):
    row = picturing.start(of, picturing.store(of, **{"dier.png": None, "hond.jpg": None}))
    _door, page = asked(phone, of, row)
    assert "<img" not in page
    assert "Welk dier?" in page


def test_nobody_else_gets_a_picture(phone, other_phone, of):
    version = picturing.store(of)
    row = picturing.start(of, version)
    _door, page = asked(phone, of, row)
    picture = address_of(page, "img")
    elsewhere = rounding.make_school({"2A": 1}, name="Elders")
    foreign = picturing.start(elsewhere, elsewhere.version)
    (bond,) = elsewhere.bonds.values()
    rounding.begin(other_phone, rounding.door_of(bond), foreign)
    mine = picture.replace(picture.split("/")[2], str(rounding.door_of(bond).pk))
    in_my_round = rounding.at(rounding.door_of(bond), foreign, "beeld", picture.split("/")[-2])
    # 403: the door of somebody else is not open on this phone, as on every page behind a door
    assert [other_phone.get(one).status_code for one in (picture, mine, in_my_round)] == [403, 404, 404]


def test_a_form_without_files_costs_no_query(phone, of, django_assert_num_queries):
    with django_assert_num_queries(1):  # the version itself, read once per process
        assert media.of_version(of.version.pk) == {}
    with django_assert_num_queries(0):
        assert media.of_version(of.version.pk) == {}


def test_media_stay_what_they_are_from_the_day_a_round_begins(of):
    version = picturing.store(of, **{"dier.png": None})
    found, _ = workshop.checked(media.wanted(version.pk), {"dier.png": bundling.picture()})
    assert media.put(version, found, actor=of.actor) == 1
    assert media.put(version, found, actor=of.actor) == 0
    picturing.start(of, version)
    other, _ = workshop.checked(media.wanted(version.pk), {"dier.png": bundling.picture(size=(9, 9))})
    with pytest.raises(media.FrozenError):
        media.put(version, other, actor=of.actor)
    assert media.put(version, found, actor=of.actor) == 0
    assert media.missing(version.pk) == ()


def test_a_newer_picture_takes_the_older_ones_place_and_its_file_goes(of, django_capture_on_commit_callbacks):
    version = picturing.store(of)
    older = version.media.get(name="dier.png")
    found, _ = workshop.checked(media.wanted(version.pk), {"dier.png": bundling.picture(size=(9, 9))})
    with django_capture_on_commit_callbacks(execute=True):
        media.put(version, found, actor=of.actor)
    assert version.media.get(name="dier.png").width == 9
    assert not older.file.storage.exists(older.file.name)


def test_a_counsellor_of_another_school_sees_nothing(client, of):
    version = picturing.store(of)
    stranger = factories.make_staff(factories.make_school("Elders"), "counsellor", name="Vreemd")
    factories.login(client, stranger)
    at = f"/desk/vragenlijsten/formulieren/{version.pk}/"
    assert client.get(at).status_code == 404
    assert client.get(f"{at}{version.media.first().pk}/").status_code == 404
