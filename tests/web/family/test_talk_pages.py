import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from tests.web import factories as make
from tests.web.talks.making import AMSTERDAM, Setting

from driegesprek.content import LANGUAGES
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.outreach.models import Contact
from driegesprek.web.people.models import Bond
from driegesprek.web.talks.models import Agreement, Slot, Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return Setting().open()


def go_in(client, owner):
    """Open the door by its link; returns the addresses behind it."""
    door = make.make_door(owner)
    make.open_door(client, door)
    return lambda name, *rest: reverse(f"family:{name}", args=[door.pk, *rest])


def go_in_by_code(client, owner):
    door = make.make_door(owner)
    first, second = doors.printed_code(door).split()
    client.post(reverse("family:code"), {"code_1": first, "code_2": second})
    return lambda name, *rest: reverse(f"family:{name}", args=[door.pk, *rest])


def text(response):
    return response.content.decode()


def test_an_adult_picks_a_time(client, there):
    slot, at = there.slot(), go_in(client, there.mother)
    assert "18:00" in text(client.get(at("talk")))
    response = client.post(at("talk"), {"slot": slot.pk, "met": "1"})
    assert response.status_code == 303
    talk = Talk.objects.get()
    assert (talk.household, talk.booked_by, talk.slot) == ("1", "adult", slot)
    shown = text(client.get(response["Location"]))
    assert "De afspraak staat" in shown
    assert "lokaal 12" in shown


def test_looking_changes_nothing(client, there):
    slot, at = there.slot(), go_in(client, there.mother)
    client.get(at("talk"), {"slot": slot.pk, "met": "1"})
    client.get(at("talk_cancel"))
    assert not Talk.objects.exists()


def test_a_pupil_of_two_homes_says_with_whom(client, there):
    slot, at = there.slot(), go_in(client, there.pupil)
    shown = text(client.get(at("talk")))
    assert there.mother.adult.full_name in shown
    assert there.father.adult.full_name in shown
    assert client.post(at("talk"), {"slot": slot.pk}).status_code == 404
    client.post(at("talk"), {"slot": slot.pk, "met": "2"})
    talk = Talk.objects.get()
    assert (talk.household, talk.booked_by) == ("2", "pupil")


def test_a_pupil_without_an_adult_has_a_talk_too(client):
    there = Setting()
    Bond.objects.update(contact_allowed=False)
    there.open()
    slot, at = there.slot(), go_in(client, there.pupil)
    client.post(at("talk"), {"slot": slot.pk, "met": ""})
    assert Talk.objects.get().household == ""


def test_an_adult_cannot_book_for_the_other_home(client, there):
    slot, at = there.slot(), go_in(client, there.mother)
    assert client.post(at("talk"), {"slot": slot.pk, "met": "2"}).status_code == 404
    assert not Talk.objects.exists()


def test_what_was_just_taken_is_said_kindly_and_other_times_stay(client, there):
    slot, other, at = there.slot(), there.slot(at="18:20"), go_in(client, there.mother)
    there.book(slot, "2")
    response = client.post(at("talk"), {"slot": slot.pk, "met": "1"})
    assert response.status_code == 409
    assert "Iemand anders koos net deze tijd." in text(response)
    assert str(other.pk) in text(response)
    assert str(slot.pk) not in text(response)


@pytest.mark.parametrize("slot", ["", "nonsense", "6f2b0c1e-57a0-4d35-9a9e-0d7b8a1c2d3e"])
def test_what_is_no_time_books_nothing(client, there, slot):
    there.slot()
    at = go_in(client, there.mother)
    assert client.post(at("talk"), {"slot": slot, "met": "1"}).status_code in {200, 409}
    assert not Talk.objects.exists()


def test_a_time_of_another_mentor_is_not_theirs_to_choose(client, there):
    other = make.make_staff(there.school, name="Vos")
    slot, at = there.slot(mentor=other), go_in(client, there.mother)
    assert str(slot.pk) not in text(client.get(at("talk")))
    assert client.post(at("talk"), {"slot": slot.pk, "met": "1"}).status_code == 409
    assert not Talk.objects.exists()


def test_another_time_frees_the_first(client, there):
    first, second, at = there.slot(), there.slot(at="18:20"), go_in(client, there.mother)
    client.post(at("talk"), {"slot": first.pk, "met": "1"})
    assert str(second.pk) in text(client.get(at("talk"), {"met": "1", "anders": "1"}))
    client.post(at("talk"), {"slot": second.pk, "met": "1"})
    assert Talk.objects.get().slot == second
    assert str(first.pk) in text(client.get(at("talk"), {"met": "1", "anders": "1"}))


def test_cancelling_asks_first(client, there):
    there.book(there.slot())
    at = go_in(client, there.mother)
    assert "Wilt u de afspraak afzeggen?" in text(client.get(at("talk_cancel")))
    assert Talk.objects.get().slot
    shown = text(client.post(at("talk_cancel"), {"met": "1"}, follow=True))
    assert "De afspraak is afgezegd." in shown
    assert Talk.objects.get().slot is None


def test_when_no_time_suits_the_mentor_is_asked_to_call(client, there):
    there.slot()
    at = go_in(client, there.mother)
    assert client.get(at("talk_none_suits")).status_code == 405
    for _again in range(2):
        shown = text(client.post(at("talk_none_suits"), {"met": "1"}, follow=True))
    assert "De mentor belt om samen een tijd te zoeken." in shown
    contact = Contact.objects.get()
    assert (contact.outcome, contact.bond, contact.activity) == ("call_back", there.mother, there.activity)


def test_without_free_times_a_call_can_be_asked_for(client, there):
    at = go_in(client, there.mother)
    shown = text(client.get(at("talk")))
    assert "Er zijn nu geen vrije tijden." in shown
    assert at("talk_none_suits") in shown


def event(response):
    return Calendar.from_ical(response.content).walk("VEVENT")[0]


def test_the_calendar_file_follows_the_talk(client, there):
    slot, other, at = there.slot(), there.slot(at="19:20"), go_in(client, there.mother)
    assert client.get(at("talk_calendar")).status_code == 404
    client.post(at("talk"), {"slot": slot.pk, "met": "1"})
    response = client.get(at("talk_calendar"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert response["Content-Disposition"] == 'attachment; filename="gesprek.ics"'
    first = event(response)
    assert first.decoded("dtstart").astimezone(AMSTERDAM).strftime("%H:%M") == "18:00"
    client.post(at("talk"), {"slot": other.pk, "met": "1"})
    moved = event(client.get(at("talk_calendar")))
    assert moved["uid"] == first["uid"]
    assert moved.decoded("sequence") > first.decoded("sequence")
    client.post(at("talk_cancel"), {"met": "1"})
    cancelled = client.get(at("talk_calendar"))
    assert b"METHOD:CANCEL" in cancelled.content
    assert event(cancelled).decoded("sequence") > moved.decoded("sequence")


def test_the_calendar_file_names_no_child(client, there):
    there.book(there.slot())
    at = go_in(client, there.mother)
    content = text(client.get(at("talk_calendar")))
    assert "Samira" not in content
    assert "Amrani" not in content
    assert "De Brug" in content


def test_the_other_childs_time_is_a_hint_for_the_same_adult_by_link_only(client, there):
    sister = make.make_pupil(there.school_class, "Nora")
    Bond.objects.create(school=there.school, pupil=sister, adult=there.mother.adult, household="1")
    there.book(there.slot(at="19:00"), "1", pupil=sister)
    there.slot()
    seen = {}
    for name, enter, owner in (
        ("link", go_in, there.mother),
        ("code", go_in_by_code, there.mother),
        ("father", go_in, there.father),
        ("pupil", go_in, there.pupil),
    ):
        client.cookies.clear()
        at = enter(client, owner)
        query = {"met": "1"} if owner != there.father else {}
        seen[name] = "Nora" in text(client.get(at("talk"), query))
    assert seen == {"link": True, "code": False, "father": False, "pupil": False}


def test_held_is_over(client, there):
    there.book(there.slot())
    Talk.objects.update(held_at=timezone.now())
    slot, at = there.slot(at="20:00"), go_in(client, there.mother)
    assert "Het gesprek is geweest." in text(client.get(at("talk")))
    client.post(at("talk"), {"slot": slot.pk, "met": "1"})
    client.post(at("talk_cancel"), {"met": "1"})
    assert Talk.objects.get().slot != slot
    assert Talk.objects.get().slot is not None


def test_no_talk_this_year_is_not_found(client):
    there = Setting()
    at = go_in(client, there.mother)
    for name in ("talk", "talk_cancel", "talk_calendar"):
        assert client.get(at(name)).status_code == 404


def agreed(there):
    """One agreement of the talk with each home."""
    with_mother, with_father = there.book(there.slot()), there.book(there.slot(at="18:20"), "2")
    return {
        "mother": there.agree(with_mother, "adult", "Afspraak thuis bij moeder", dt.date(2027, 2, 12)),
        "father": there.agree(with_father, "adult", "Afspraak thuis bij vader"),
        "pupil": there.agree(with_father, "pupil", "Belt de bakker"),
    }


def test_each_door_has_its_own_agreements(client, there):
    rows = agreed(there)
    seen = {}
    for name in ("mother", "father", "pupil"):
        client.cookies.clear()
        shown = text(client.get(go_in(client, getattr(there, name))("agreements")))
        seen[name] = {key for key, row in rows.items() if row.what in shown}
    assert seen == {"mother": {"mother"}, "father": {"father", "pupil"}, "pupil": set(rows)}


def test_who_came_by_a_typed_code_sees_no_agreements(client, there):
    rows = agreed(there)
    at = go_in_by_code(client, there.mother)
    shown = text(client.get(at("agreements")))
    assert "Afspraak thuis" not in shown
    assert "Scan het vierkant" in shown
    assert client.post(at("agreement", rows["mother"].pk), {"done": "1"}).status_code == 404


def test_the_own_agreement_is_marked_done_and_back(client, there):
    row = agreed(there)["mother"]
    at = go_in(client, there.mother)
    for done in ("1", "0"):
        assert client.post(at("agreement", row.pk), {"done": done}).status_code == 303
        row.refresh_from_db()
        assert (row.done_at is not None) == (done == "1")
    assert client.get(at("agreement", row.pk)).status_code == 405


@pytest.mark.parametrize(("owner", "what"), [("mother", "father"), ("father", "pupil"), ("pupil", "mother")])
def test_what_is_another_persons_is_not_found(client, there, owner, what):
    row = agreed(there)[what]
    at = go_in(client, getattr(there, owner))
    assert client.post(at("agreement", row.pk), {"done": "1"}).status_code == 404
    assert Agreement.objects.get(pk=row.pk).done_at is None


def test_a_door_of_another_school_opens_nothing_here(client, there):
    row = agreed(there)["mother"]
    other = Setting().open()
    at = go_in(client, other.mother)
    assert "Afspraak thuis" not in text(client.get(at("agreements")))
    assert client.post(at("agreement", row.pk), {"done": "1"}).status_code == 404
    slot = Slot.objects.filter(school=there.school).first()
    assert client.post(at("talk"), {"slot": slot.pk, "met": "1"}).status_code == 409


def test_without_a_pass_nothing_is_shown(client, there):
    there.book(there.slot())
    make.make_door(there.mother)
    door = Door.objects.get(bond=there.mother)
    for name in ("talk", "talk_cancel", "talk_calendar", "agreements"):
        response = client.get(reverse(f"family:{name}", args=[door.pk]))
        assert response.status_code == 403
        assert "18:00" not in text(response)


def test_what_was_typed_stands_in_its_own_direction(client, there):
    there.agree(there.book(there.slot()), "adult", "<b>تذهب</b>")
    shown = text(client.get(go_in(client, there.mother)("agreements")))
    assert '<span dir="auto" data-read>&lt;b&gt;تذهب&lt;/b&gt;</span>' in shown


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_every_page_speaks_every_language(client, there, language):
    there.mother.language = language
    there.mother.save()
    there.agree(there.book(there.slot(), interpreter=True), "adult", by=there.today)
    there.slot(at="19:00")
    at = go_in(client, there.mother)
    for url in (at("talk"), f"{at('talk')}?anders=1", at("talk_cancel"), at("agreements")):
        response = client.get(url)
        assert response.status_code == 200
        assert f'<html lang="{language}"' in text(response)
