"""What happens in real life: a shared phone, a lost sheet, another language, another class, midnight, no connection."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.web import factories
from tests.web.family.conftest import Phone
from tests.web.surveys import rounding

from driegesprek.web.access.domain import doors
from driegesprek.web.access.passes import COOKIE
from driegesprek.web.conduct.domain import survey_sittings
from driegesprek.web.people.models import Enrolment
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return rounding.make_school()


@pytest.fixture
def pupil(of):
    return of.pupils["2A"][0]


@pytest.fixture
def mother(of, pupil):
    return of.bonds[pupil.pk]


@pytest.fixture
def clock(monkeypatch):
    """Let the pages believe that it is another moment."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


def test_two_adults_and_a_pupil_share_one_phone_and_nobody_answers_for_another(of, pupil, mother, phone):
    father = factories.make_adult_for(pupil, "Karim", household="2", relation="father")
    row = rounding.make_round(of, "pseudonymous")
    people = {"mother": mother, "father": father, "pupil": pupil}
    for owner in people.values():
        rounding.begin(phone, rounding.door_of(owner), row)
    for name, owner in people.items():
        phone.answer(rounding.at(rounding.door_of(owner), row, "opdracht", "why"), f"van {name}")
    for name, owner in people.items():
        page = phone.get(rounding.at(rounding.door_of(owner), row, "opdracht", "why")).content.decode()
        assert f"van {name}" in page
        assert all(f"van {other}" not in page for other in people if other != name)
    assert Response.objects.count() == 3
    assert OverwrittenAnswer.objects.count() == 0


def test_two_codes_on_one_phone_stay_two_people(of, phone):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    _batch, codes = rounding.make_codes(of, row)
    starts = []
    for code, _link in codes[:2]:
        home = phone.post("/code/", {"code_1": code[:5], "code_2": code[6:]}).headers["Location"]
        starts.append(phone.get(home).headers["Location"])
        phone.post(starts[-1])
    for start, word in zip(starts, ("een", "twee"), strict=True):
        phone.answer(f"{start}why/", word)
    assert [one.value for one in Answer.objects.filter(question="/why").order_by("value")] == ["een", "twee"]
    assert Response.objects.count() == 2


def test_a_lost_sheet_opens_nothing_and_the_new_one_goes_on_where_it_was(of, mother, phone, other_phone):
    row = rounding.make_round(of)
    door = rounding.door_of(mother)
    rounding.begin(phone, door, row)
    phone.answer(rounding.at(door, row, "opdracht", "informed"), "no")
    old = doors.link_path(door)
    new = doors.renew(door, actor=of.actor)
    assert other_phone.post(old).status_code == 404
    assert phone.get(rounding.at(door, row)).status_code == 403
    other_phone.open(new)
    page = other_phone.get(rounding.at(new, row)).content.decode()
    assert rounding.at(new, row, "opdracht", "why") in page
    other_phone.answer(rounding.at(new, row, "opdracht", "why"), "Kwijt")
    assert Response.objects.count() == 1


def test_an_unnamed_answer_stays_shut_for_who_types_the_code_of_the_sheet(of, mother, phone, other_phone):
    row = rounding.make_round(of, "pseudonymous")
    door = rounding.door_of(mother)
    rounding.begin(phone, door, row)
    phone.answer(rounding.at(door, row, "opdracht", "why"), "GEHEIM")
    Answer.objects.update(saved_at=timezone.now() - dt.timedelta(minutes=2))
    letters = rounding.codes_of(door)
    other_phone.post("/code/", {"code_1": letters[0], "code_2": letters[1]})
    for page in ("opdracht", "delen", "bewijs"):
        assert "GEHEIM" not in other_phone.get(rounding.at(door, row, page), follow=True).content.decode()
    assert other_phone.get(rounding.at(door, row, "opdracht", "why")).status_code == 302


def test_another_language_half_way_keeps_every_answer_and_is_the_language_of_the_response(of, mother, phone):
    row = rounding.make_round(of)
    door = rounding.door_of(mother)
    rounding.begin(phone, door, row)
    phone.answer(rounding.at(door, row, "opdracht", "informed"), "no")
    phone.post(f"/thuis/{door.pk}/taal/", {"language": "tr"})
    page = phone.get(rounding.at(door, row, "opdracht", "why")).content.decode()
    assert '<html lang="tr"' in page
    phone.answer(rounding.at(door, row, "opdracht", "why"), "Geç duydum")
    phone.post(rounding.at(door, row, "delen"))
    response = Response.objects.get()
    assert response.language == "tr"
    assert dict(Answer.objects.values_list("question", "value")) == {"/informed": "no", "/why": "Geç duydum"}


def test_a_pupil_who_changed_class_answers_in_the_class_of_now_and_stays_one_person(of, pupil, phone):
    before = rounding.make_round(of, "pseudonymous")
    rounding.answer_all(phone, rounding.door_of(pupil), before)
    Enrolment.objects.filter(pupil=pupil).update(until=timezone.localdate())
    Enrolment.objects.create(
        school=of.school, pupil=pupil, school_class=of.classes["2B"], since=timezone.localdate()
    )
    after = rounding.make_again(of, before)
    rounding.answer_all(Phone(), rounding.door_of(pupil), after)
    first, second = Response.objects.get(round=before), Response.objects.get(round=after)
    assert (first.group["class"], second.group["class"]) == ("2A", "2B")
    assert first.pseudonym == second.pseudonym
    assert first.group["teacher"] != second.group["teacher"]


def test_a_form_open_over_midnight_of_the_last_day_is_still_taken_the_day_after_and_not_later(
    of, mother, phone, clock
):
    row = rounding.make_round(of)
    door = rounding.door_of(mother)
    rounding.begin(phone, door, row)
    last = timezone.localdate()
    Round.objects.filter(pk=row.pk).update(closes_on=last)
    clock(rounding.midnight_after(last))
    phone.open(door)
    phone.answer(rounding.at(door, row, "opdracht", "informed"), "no")
    phone.answer(rounding.at(door, row, "opdracht", "why"), "Net te laat")
    assert phone.post(rounding.at(door, row, "delen")).headers["Location"] == rounding.at(door, row, "bewijs")
    assert Answer.objects.count() == 2


def test_who_begins_after_the_last_day_is_told_and_what_was_typed_is_shown(of, mother, phone, clock):
    row = rounding.make_round(of)
    door = rounding.door_of(mother)
    last = timezone.localdate()
    Round.objects.filter(pk=row.pk).update(closes_on=last)
    clock(rounding.midnight_after(last))
    phone.open(door)
    assert phone.post(rounding.at(door, row)).status_code == 409
    refused = phone.send(rounding.at(door, row, "opdracht", "why"), "Mijn woorden")
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Deze vragen zijn gesloten" in page
    assert "Mijn woorden" in page
    assert "gesprek op school" not in page


@pytest.mark.parametrize("design", ["named", "anonymous"])
def test_a_phone_that_was_offline_for_hours_comes_back_and_nothing_typed_is_lost(of, mother, phone, design):
    if design == "anonymous":
        row = rounding.make_round(of, design, voices=("adult",))
        _batch, codes = rounding.make_codes(of, row)
        letters = codes[0][0].split()
        home = phone.post("/code/", {"code_1": letters[0], "code_2": letters[1]}).headers["Location"]
        start = phone.get(home).headers["Location"]
        phone.post(start)
    else:
        row = rounding.make_round(of, design)
        door = rounding.door_of(mother)
        letters = rounding.codes_of(door)
        rounding.begin(phone, door, row)
        start = rounding.at(door, row)
    del phone.cookies[COOKIE]
    ended = phone.send(f"{start}why/", "Zonder bereik getypt")
    assert ended.status_code == 403
    assert "Zonder bereik getypt" in ended.content.decode()
    carried = ended.context["kept"].as_field()
    back = phone.post("/code/", {"code_1": letters[0], "code_2": letters[1], "carried": carried})
    assert back.status_code == 303
    assert Answer.objects.get(question="/why").value == "Zonder bereik getypt"


def test_a_phone_that_comes_back_after_the_round_is_closed_gets_its_words_back(of, mother, phone, clock):
    row = rounding.make_round(of)
    door = rounding.door_of(mother)
    rounding.begin(phone, door, row)
    Round.objects.filter(pk=row.pk).update(closes_on=timezone.localdate() - dt.timedelta(days=3))
    refused = phone.send(rounding.at(door, row, "opdracht", "why"), "Drie dagen zonder bereik")
    assert refused.status_code == 409
    assert "Drie dagen zonder bereik" in refused.content.decode()


def test_sending_the_begin_button_twice_is_beginning_once(of, mother, phone):
    row = rounding.make_round(of)
    door = rounding.door_of(mother)
    rounding.begin(phone, door, row)
    phone.answer(rounding.at(door, row, "opdracht", "informed"), "no")
    again = phone.post(rounding.at(door, row))
    assert again.headers["Location"] == rounding.at(door, row, "opdracht", "why")
    assert Response.objects.count() == 1


def test_another_pupil_or_school_has_no_part_in_a_round(of, phone):
    row = rounding.make_round(of, whom={})
    other = rounding.make_school(name="Elders")
    elsewhere = rounding.make_round(other)
    door = rounding.door_of(of.pupils["2A"][0])
    phone.open(door)
    assert phone.get(rounding.at(door, elsewhere)).status_code == 404
    assert phone.get(rounding.at(door, row)).status_code == 200
    newcomer = factories.make_pupil(of.classes["2A"], "Nieuw")
    late = Phone()
    late.open(factories.make_door(newcomer))
    assert late.get(rounding.at(rounding.door_of(newcomer), row)).status_code == 404
    assert late.post(rounding.at(rounding.door_of(newcomer), row)).status_code == 404


def test_a_code_opens_its_own_round_only_and_no_page_of_families(of, phone):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    other = rounding.make_round(of, "anonymous", voices=("adult",))
    _batch, codes = rounding.make_codes(of, row)
    letters = codes[0][0].split()
    home = phone.post("/code/", {"code_1": letters[0], "code_2": letters[1]}).headers["Location"]
    assert phone.get(f"{home}opdracht/{other.pk}/").status_code == 404
    for page in ("bellen/", "wie-ziet-wat/", "gesprek/", "afspraken/"):
        assert phone.get(f"{home}{page}").status_code == 404
    assert phone.post(f"{home}sluiten/").status_code == 303


def test_the_first_screen_of_a_link_of_a_code_names_nobody(of, phone):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    _batch, codes = rounding.make_codes(of, row)
    page = phone.get(codes[0][1].removeprefix("https://school.example")).content.decode()
    assert "Niemand weet wie ze invult" in page


def test_the_to_do_list_takes_two_queries_more_however_many_rounds(
    of, mother, phone, django_assert_max_num_queries
):
    for _number in range(4):
        rounding.make_round(of)
    phone.open(rounding.door_of(mother))
    with django_assert_max_num_queries(16):
        phone.get(f"/thuis/{rounding.door_of(mother).pk}/")


def test_an_answer_to_a_survey_takes_few_queries(of, mother, phone, django_assert_max_num_queries):
    row = rounding.make_round(of)
    door = rounding.door_of(mother)
    rounding.begin(phone, door, row)
    path = rounding.at(door, row, "opdracht", "informed")
    with django_assert_max_num_queries(16):
        phone.send(path, "yes", revision="0")


def test_noon_is_the_same_day_in_summer_and_in_winter():
    for day in (dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2026, 3, 29), dt.date(2026, 10, 25)):
        for hour in (0, 3, 12, 23):
            moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 30)))
            assert timezone.localdate(survey_sittings.noon(moment)) == day
