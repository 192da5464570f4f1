"""The way in: a link that a GET never uses up, a typed code, and a session that ends without losing a word."""

import datetime as dt
import json
import logging
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.views.defaults import server_error
from tests.web.family.conftest import Phone, make_family

from driegesprek.web.access import passes, secrets, tries
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.common.logs import NoSecrets
from driegesprek.web.surveys.models import Answer

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def same(response) -> bytes:
    """The page without the token that differs at every showing."""
    return TOKEN.sub(b"", response.content)


def writes(queries) -> list[str]:
    return [one["sql"] for one in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", one["sql"])]


def test_an_empty_installation_leads_to_setting_up_a_school(phone):
    assert phone.get("/").headers["Location"] == "/desk/begin/"


def test_the_first_page_asks_for_a_code_in_the_language_of_the_browser(family, phone):
    assert "Typ uw code" in phone.get("/").content.decode()
    turkish = phone.get("/", headers={"Accept-Language": "tr-TR,tr;q=0.9"}).content.decode()
    assert '<html lang="tr"' in turkish
    assert '<html lang="ar" dir="rtl"' in phone.get("/?taal=ar").content.decode()


def test_a_look_at_a_link_logs_nobody_in_and_uses_nothing_up(family, phone):
    path = doors.link_path(family.door(family.mother))
    for look in (phone.get, phone.head, phone.get):
        with CaptureQueriesContext(connection) as queries:
            response = look(path)
        assert response.status_code == 200
        assert writes(queries) == []
        assert passes.COOKIE not in response.cookies
    assert phone.get(family.home(family.mother)).status_code == 403


def test_before_the_door_only_a_letter_and_the_school_are_shown(family, phone):
    page = phone.get(doors.link_path(family.door(family.mother))).content.decode()
    page = re.sub(
        r'value="[^"]*"', "", page
    )  # a token is random letters and digits: sometimes 2A is among them
    assert "De Brug" in page
    for name in ("Samira", "Fatima", "Amrani", "2A", "Yilmaz"):
        assert name not in page


def test_opening_swaps_the_link_for_a_pass_and_leaves_no_secret_behind(family, phone):
    door = family.door(family.mother)
    response = phone.post(doors.link_path(door))
    secret = secrets.link_secret(door.pk, door.generation)
    assert response.status_code == 303
    assert response.headers["Location"] == family.home(family.mother)
    assert secret not in str(response.headers) + str(response.cookies)
    home = phone.get(family.home(family.mother))
    assert secret not in home.content.decode()
    assert home.headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in home.headers["Cache-Control"]
    assert "no-store" in phone.get(doors.link_path(door)).headers["Cache-Control"]
    assert response.cookies[passes.COOKIE]["samesite"] == "Lax"
    assert response.cookies[passes.COOKIE]["httponly"]


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}{1}", "{0}-{1}", " {0}  {1} "])
def test_a_code_may_be_typed_with_or_without_space_in_any_case(family, phone, typed):
    first, last = doors.printed_code(family.door(family.mother)).lower().split()
    response = phone.post("/code/", {"code_1": typed.format(first, last)})
    assert response.headers["Location"] == family.home(family.mother)


def test_a_code_may_be_typed_in_two_fields(family, phone):
    first, last = doors.printed_code(family.door(family.mother)).split()
    assert phone.post("/code/", {"code_1": first, "code_2": last}).status_code == 303


def test_unknown_expired_closed_and_renewed_codes_get_the_same_answer_to_the_byte(family):
    gone = timezone.now() - dt.timedelta(seconds=1)
    mother, father = family.door(family.mother), family.door(family.father)
    pupil = family.door(family.pupil)
    old_code = doors.printed_code(pupil)
    codes = [doors.printed_code(mother), doors.printed_code(father), old_code, "K7PTM 4QXRD", "not a code"]
    Door.objects.filter(pk=mother.pk).update(code_expires_at=gone)
    Door.objects.filter(pk=father.pk).update(closed_at=gone)
    Door.objects.filter(pk=pupil.pk).update(code_index="renewed", link_index="renewed")
    answers = [Phone().post("/code/", {"code_1": code}) for code in codes]
    assert {answer.status_code for answer in answers} == {404}
    assert len({same(answer) for answer in answers}) == 1
    assert {frozenset(answer.cookies) for answer in answers} == {frozenset({"tries", "csrftoken"})}


def test_unknown_expired_and_closed_links_get_the_same_answer_to_the_byte(family):
    gone = timezone.now() - dt.timedelta(seconds=1)
    mother, father = family.door(family.mother), family.door(family.father)
    Door.objects.filter(pk=mother.pk).update(expires_at=gone)
    Door.objects.filter(pk=father.pk).update(closed_at=gone)
    paths = [doors.link_path(mother), doors.link_path(father), f"/d/{'a' * 32}/"]
    for method in ("get", "post"):
        answers = [getattr(Phone(), method)(path) for path in paths]
        assert {answer.status_code for answer in answers} == {404}
        assert len({same(answer) for answer in answers}) == 1


def test_too_many_wrong_codes_wait_and_the_right_one_still_works_elsewhere(family, phone):
    right = doors.printed_code(family.door(family.mother))
    for number in range(tries.LIMITS["browser"]):
        wrong = f"{secrets.ALPHABET[number]}{secrets.ALPHABET[number]}AAAAAAAA"
        assert phone.post("/code/", {"code_1": wrong}).status_code == 404
    refused = phone.post("/code/", {"code_1": "AAAAAAAAAA"})
    assert refused.status_code == 429
    assert "Wachttijd in minuten: 15" in refused.content.decode()
    assert Phone().post("/code/", {"code_1": right}).status_code == 303


def test_a_language_picked_before_the_door_goes_along_for_this_door_only(family, phone):
    phone.post(doors.link_path(family.door(family.mother)), {"taal": "pl"})
    phone.open(family.door(family.pupil))
    assert '<html lang="pl"' in phone.get(family.home(family.mother)).content.decode()
    assert '<html lang="nl"' in phone.get(family.home(family.pupil)).content.decode()
    back = phone.post(
        f"{family.home(family.mother)}taal/", {"language": "uk", "next": "https://evil.example/"}
    )
    assert back.headers["Location"] == family.home(family.mother)
    assert '<html lang="uk"' in phone.get(family.home(family.mother)).content.decode()


def test_a_language_we_do_not_have_falls_back_on_dutch(phone):
    family = make_family("Tifinagh", language="zgh")
    phone.open(family.door(family.mother))
    assert '<html lang="nl"' in phone.get(family.home(family.mother)).content.decode()


def test_two_people_share_one_phone_in_two_tabs(family, phone):
    phone.open(family.door(family.mother))
    phone.open(family.door(family.pupil))
    assert "Samira" in phone.get(family.home(family.mother)).content.decode()
    switch = phone.get(family.home(family.mother)).content.decode()
    assert f'href="{family.home(family.pupil)}"' in switch
    phone.answer(family.at(family.mother, "opdracht", "informed"), "no")
    phone.answer(family.at(family.pupil, "opdracht", "qualities"), ["helping", "making", "neat"])
    assert Answer.objects.filter(question="/informed", response__voice="adult").count() == 1
    assert Answer.objects.filter(question="/qualities", response__voice="pupil").count() == 1


def test_leaving_shuts_one_door_on_this_phone_and_not_the_other(family, phone):
    phone.open(family.door(family.mother))
    phone.open(family.door(family.pupil))
    response = phone.post(f"{family.home(family.mother)}sluiten/")
    assert response.headers["Location"].startswith("/dicht/")
    assert "data-keep-clear" in phone.get(response.headers["Location"]).content.decode()
    assert phone.get(family.home(family.mother)).status_code == 403
    assert phone.get(family.home(family.pupil)).status_code == 200


def test_behind_another_persons_door_or_another_schools_activity_there_is_nothing(family, phone):
    other = make_family("Het Baken")
    phone.open(family.door(family.mother))
    assert phone.get(family.home(family.father)).status_code == 403
    here = f"/thuis/{family.door(family.mother).pk}"
    for page in ("opdracht", "delen", "bewijs", "stoppen"):
        assert phone.get(f"{here}/{page}/{other.activity.pk}/").status_code == 404
    assert phone.get(f"{here}/opdracht/{other.activity.pk}/informed/").status_code == 404
    assert phone.send(f"{here}/opdracht/{other.activity.pk}/informed/", "no").status_code == 404
    assert phone.get(f"{here}/met-wie/{family.activity.pk}/").status_code == 404
    assert phone.get(f"{here}/samen/{family.activity.pk}/").status_code == 404
    assert Answer.objects.count() == 0


def test_an_ended_session_keeps_what_was_typed_and_saves_it_after_the_code(family, phone):
    mother = family.mother
    path = family.at(mother, "opdracht", "informed")
    ended = phone.send(path, "no", revision="0")
    assert ended.status_code == 403
    page = ended.content.decode()
    assert "vanzelf dichtgegaan" in page
    carried = json.dumps({"path": path, "fields": {"answer": ["no"], "go": ["next"], "revision": ["0"]}})
    assert re.search(r'name="carried" value="([^"]+)"', page)[1].replace("&quot;", '"') == json.dumps(
        {"path": path, "fields": {"answer": ["no"], "go": ["next"], "revision": ["0"]}}
    )
    wrong = phone.post("/code/", {"code_1": "AAAAAAAAAA", "carried": carried})
    assert wrong.status_code == 404
    assert 'name="carried"' in wrong.content.decode()
    response = phone.type_code(family.door(mother), carried=carried)
    assert response.headers["Location"] == family.at(mother, "opdracht", "informed_answer")
    assert Answer.objects.get().value == "no"
    assert phone.get(family.home(mother)).status_code == 200


def test_what_was_typed_is_never_saved_behind_another_door(family, phone):
    path = family.at(family.mother, "opdracht", "informed")
    carried = json.dumps({"path": path, "fields": {"answer": ["no"]}})
    response = phone.type_code(family.door(family.father), carried=carried)
    assert response.status_code == 404
    assert "carried" in response.content.decode()
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "{",
        "[]",
        '{"path": 1}',
        '{"path": "/desk/", "fields": {}}',
        '{"path":"/","fields":[1]}',
        "x" * 200_000,
    ],
)
def test_a_hidden_field_that_is_not_ours_is_passed_over(family, phone, carried):
    assert phone.type_code(family.door(family.mother), carried=carried).status_code == 303


def test_a_form_with_an_old_token_loses_no_word_and_can_be_sent_again(family):
    strict = Phone(enforce_csrf_checks=True)
    path = family.at(family.mother, "opdracht", "example_helping")
    refused = strict.post(path, {"answer": "De kast van oma", "revision": "3", "go": "next"})
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "De kast van oma" in page
    assert f'action="{path}"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert 'name="revision" value="3"' in page


def test_another_site_cannot_make_somebody_confirm_an_answer(family):
    strict = Phone(enforce_csrf_checks=True)
    path = family.at(family.mother, "opdracht", "informed")
    refused = strict.post(path, {"answer": "no"}, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert "<form" not in refused.content.decode()


def test_no_secret_of_a_door_is_in_the_log(family, phone, caplog):
    caplog.handler.addFilter(NoSecrets())
    with caplog.at_level(logging.DEBUG, "django.request"):
        phone.get("/d/geheim123geheim/")
        phone.post("/d/geheim123geheim/")
    assert caplog.records
    assert "geheim123geheim" not in caplog.text


def test_a_pass_opened_by_code_ends_when_the_code_expires_and_that_of_a_link_does_not(
    family, phone, other_phone
):
    door = family.door(family.mother)
    phone.type_code(door)
    other_phone.open(door)
    Door.objects.filter(pk=door.pk).update(code_expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert phone.get(family.home(family.mother)).status_code == 403
    assert other_phone.get(family.home(family.mother)).status_code == 200


def test_a_page_that_does_not_exist_says_so_kindly(family, phone):
    response = phone.get("/nergens/")
    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.content.decode()


def test_a_mistake_of_ours_says_so_without_the_database(family, rf, settings):
    settings.DEBUG = False
    with CaptureQueriesContext(connection) as queries:
        response = server_error(rf.get("/"))
    assert "Er ging bij ons iets mis" in response.content.decode()
    assert len(queries) == 0
