"""What stands ready, asking for a call, recorded sound, the school's own words."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from tests.web import factories
from tests.web.family.conftest import make_family

from driegesprek.content import dutch_hash, text
from driegesprek.web.common.audit import System
from driegesprek.web.common.models import AuditEntry, SchoolTranslation
from driegesprek.web.conduct.domain import school_facts
from driegesprek.web.conduct.domain.activities import open_activity
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.outreach.models import Contact, Recording
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.talks.domain import booking
from driegesprek.web.talks.enums import BookedBy
from driegesprek.web.talks.models import Agreement, Slot, Talk

pytestmark = pytest.mark.django_db


def page_of(phone, path):
    return phone.get(path).content.decode()


def test_each_step_shows_where_it_stands(family, phone):
    mother = family.mother
    phone.open(family.door(mother))
    home = family.home(mother)
    assert "Nog te doen" in page_of(phone, home)
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    assert "Begonnen" in page_of(phone, home)
    Step.objects.filter(bond=mother).update(done_at=timezone.now())
    assert ">Klaar<" in page_of(phone, home).replace("</svg>Klaar", "</svg>>Klaar")
    Step.objects.filter(bond=mother).update(talked_at=timezone.now())
    assert "Besproken" in page_of(phone, home)


def test_what_is_yet_to_come_or_was_not_opened_is_not_shown(family, phone):
    phone.open(family.door(family.mother))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    Activity.objects.update(opens_on=tomorrow, closes_on=tomorrow)
    assert "Er staat nu niets klaar." in page_of(phone, family.home(family.mother))


def test_a_talk_leads_to_its_times_and_agreements_to_their_list(family, phone):
    talk = factories.make_activity(family.school, [SchoolClass.objects.get()], kind="career_talk")
    open_activity(talk, actor=System(family.school.pk), today=timezone.localdate())
    phone.open(family.door(family.mother))
    home = family.home(family.mother)
    assert f'href="{home}gesprek/"' in page_of(phone, home)
    assert "afspraken/" not in page_of(phone, home)
    held = Talk.objects.create(school=family.school, activity=talk, pupil=family.pupil, household="1")
    Agreement.objects.create(school=family.school, talk=held, who="adult", what="Bellen")
    assert f'href="{home}afspraken/"' in page_of(phone, home)
    phone.open(family.door(family.father))
    assert "afspraken/" not in page_of(phone, family.home(family.father))


@pytest.fixture
def planning(family):
    """A career talk with times to pick; gives the hand that books one for a household, and cancels it."""
    activity = factories.make_activity(family.school, [SchoolClass.objects.get()], kind="career_talk")
    open_activity(activity, actor=System(family.school.pk), today=timezone.localdate())
    mentor, day = SchoolClass.objects.get().mentor, timezone.localdate() + dt.timedelta(days=5)

    def book(household, at):
        starts = dt.datetime.combine(day, at, tzinfo=ZoneInfo("Europe/Amsterdam"))
        slot = Slot.objects.create(school=family.school, activity=activity, mentor=mentor, starts_at=starts)
        actor = System(family.school.pk)
        return booking.book(
            slot.pk,
            activity=activity,
            pupil=family.pupil,
            household=household,
            by=BookedBy.STAFF,
            actor=actor,
            now=timezone.now(),
        )

    return book


def test_a_talk_with_a_time_is_no_longer_to_do_and_says_when(family, phone, planning):
    phone.open(family.door(family.mother))
    phone.open(family.door(family.father))
    talk = planning("1", dt.time(15, 20))
    mothers = page_of(phone, family.home(family.mother))
    assert "Afgesproken" in mothers
    assert "om 15:20." in mothers
    assert mothers.count("Nog te doen") == 1  # the assignment
    fathers = page_of(phone, family.home(family.father))
    assert "Afgesproken" not in fathers
    assert "15:20" not in fathers
    booking.cancel(talk, actor=System(family.school.pk))
    assert "Afgesproken" not in page_of(phone, family.home(family.mother))


def test_a_pupil_of_two_homes_has_a_talk_to_plan_until_both_have_a_time(family, phone, planning):
    phone.open(family.door(family.pupil))
    planning("1", dt.time(15, 20))
    half = page_of(phone, family.home(family.pupil))
    assert "om 15:20." in half
    assert "Afgesproken" not in half
    planning("2", dt.time(19, 40))
    both = page_of(phone, family.home(family.pupil))
    assert "Afgesproken" in both
    assert both.index("om 15:20.") < both.index("om 19:40.")


def test_the_dutch_beneath_has_a_dutch_day(phone, db):
    family = make_family(language="ar")
    phone.open(family.door(family.mother))
    page = page_of(phone, family.home(family.mother))
    day = school_facts.day_in_words(family.activity.closes_on, "nl")
    assert f'<span class="dutch" lang="nl" dir="ltr">Doe dit uiterlijk {day}.</span>' in page


def test_one_tap_asks_for_a_call_and_asking_again_changes_when(family, phone):
    phone.open(family.door(family.mother))
    path = f"{family.home(family.mother)}bellen/"
    phone.post(path)
    phone.post(path, {"when": "evening"})
    phone.post(path, {"when": "night"})
    contact = Contact.objects.get()
    assert (contact.bond, contact.outcome, contact.call_from) == (family.mother, "call_back", "evening")
    assert "School weet dat u een telefoontje wilt" in page_of(phone, path)
    assert "School weet dat u een telefoontje wilt" in page_of(phone, family.home(family.mother))
    phone.post(path, {"go": "withdraw"})
    assert Contact.objects.count() == 0
    assert list(AuditEntry.objects.filter(verb__startswith="call").values_list("verb", flat=True)) == [
        "call asked for",
        "call withdrawn",
    ]


@pytest.mark.parametrize(("kind", "outcome"), [("sheet", "reached"), ("phone", "not_reached")])
def test_a_wish_stands_until_somebody_was_spoken(family, phone, kind, outcome):
    phone.open(family.door(family.mother))
    path = f"{family.home(family.mother)}bellen/"
    phone.post(path, {"when": "evening"})
    Contact.objects.create(
        school=family.school,
        pupil=family.pupil,
        bond=family.mother,
        kind=kind,
        outcome=outcome,
        at=timezone.now() + dt.timedelta(seconds=1),
    )
    assert "School weet dat u een telefoontje wilt" in page_of(phone, family.home(family.mother))
    phone.post(path, {"when": "morning"})
    assert Contact.objects.get(outcome="call_back").call_from == "morning"


def test_once_somebody_called_a_new_wish_is_a_new_request(family, phone):
    phone.open(family.door(family.mother))
    path = f"{family.home(family.mother)}bellen/"
    phone.post(path)
    Contact.objects.create(
        school=family.school,
        pupil=family.pupil,
        bond=family.mother,
        kind="phone",
        outcome="reached",
        at=timezone.now() + dt.timedelta(seconds=1),
    )
    assert "Praten is vaak makkelijker" in page_of(phone, path)
    phone.post(path, {"go": "withdraw"})
    assert Contact.objects.filter(outcome="call_back").count() == 1


def test_a_pupil_may_ask_for_a_call_too(family, phone):
    phone.open(family.door(family.pupil))
    phone.post(f"{family.home(family.pupil)}bellen/", {"when": "afternoon"})
    assert Contact.objects.get().bond is None


def recording(family, key, language, content=b"0123456789"):
    row = Recording(school=family.school, key=key, language=language, kind="audio/ogg")
    row.file.save("sound.ogg", ContentFile(content))
    return row


def test_recorded_sound_stands_at_its_question_without_script(phone):
    family = make_family(language="zgh")
    sound = recording(family, "qualities_adult.survey.informed.label", "zgh")
    phone.open(family.door(family.mother))
    page = page_of(phone, family.at(family.mother, "opdracht", "informed"))
    assert f'<audio controls preload="none" src="{family.home(family.mother)}geluid/{sound.pk}/"' in page
    assert "<audio" not in page_of(phone, family.at(family.mother, "opdracht", "call_wanted"))


def test_sound_is_sent_whole_or_in_the_part_that_is_asked_for(family, phone):
    sound = recording(family, "x", "nl")
    phone.open(family.door(family.mother))
    path = f"{family.home(family.mother)}geluid/{sound.pk}/"
    whole = phone.get(path)
    assert (b"".join(whole.streaming_content), whole.headers["Content-Type"]) == (b"0123456789", "audio/ogg")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    for asked, status, content, told in [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=20-30", 416, b"", "bytes */10"),
    ]:
        part = phone.get(path, headers={"Range": asked})
        assert (part.status_code, part.content, part.headers["Content-Range"]) == (status, content, told)


def test_sound_of_another_school_or_that_is_gone_is_not_found(family, phone):
    other = make_family("Het Baken")
    sound, gone = recording(other, "x", "nl"), recording(family, "y", "nl")
    gone.file.storage.delete(gone.file.name)
    phone.open(family.door(family.mother))
    for row in (sound, gone):
        assert phone.get(f"{family.home(family.mother)}geluid/{row.pk}/").status_code == 404


def test_a_draft_shows_the_dutch_and_what_the_school_had_reviewed_stands_alone(phone):
    family = make_family(language="tr")
    phone.open(family.door(family.mother))
    home = family.home(family.mother)
    dutch, own = "De keuze van Samira", "Samira'nın seçimi (okul)"
    assert dutch in page_of(phone, home)
    source = text("home.title", "nl", pupil="{pupil}").text
    SchoolTranslation.objects.create(
        school_id=family.school.pk,
        key="home.title",
        language="tr",
        text="{pupil}'nın seçimi (okul)",
        dutch_hash=dutch_hash(source),
        translated_by=family.mother.pk,
        reviewed_by=family.father.pk,
    )
    page = page_of(phone, home).replace("&#x27;", "'")
    assert own in page
    assert dutch not in page


def test_dates_beneath_a_draft_are_in_dutch(phone):
    family = make_family(language="tr")
    phone.open(family.door(family.mother))
    page = page_of(phone, family.at(family.mother, "opdracht", "when_answer"))
    assert "12 Şubat 2027" in page
    assert "12 februari 2027" in page
