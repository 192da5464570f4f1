import datetime as dt
import io
import re

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web import factories as make
from tests.web.conduct.test_talks import answer, qualities
from tests.web.talks.making import AMSTERDAM, Setting

from driegesprek.web.common.models import AuditEntry
from driegesprek.web.line.models import ActivityClass
from driegesprek.web.talks.models import Agreement, Slot, Talk

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def there():
    return Setting().open()


@pytest.fixture
def desk(client, there):
    return make.login(client, there.mentor)


def text(response):
    return response.content.decode()


def times_form(there, **changes):
    day = there.today + dt.timedelta(days=8)
    given = {
        "activity": there.activity.pk,
        "mentor": there.mentor.pk,
        "day": day.isoformat(),
        "begin": "18:00",
        "end": "19:00",
        "minutes": "20",
        "pause": "0",
        "place": "lokaal 12",
    }
    return given | changes


def give(desk, form):
    """Look first, then give what was seen."""
    seen = re.search(r'name="seen" value="([^"]*)"', text(desk.post(reverse("desk:talk_times"), form)))
    assert seen, "no preview to give"
    return desk.post(reverse("desk:talk_times"), {**form, "seen": seen[1], "go": "give"})


def test_times_are_shown_first_and_given_as_the_clock_at_school_shows_them(desk, there):
    form = times_form(there)
    shown = text(desk.post(reverse("desk:talk_times"), form))
    assert all(at in shown for at in ("18:00", "18:20", "18:40"))
    assert not Slot.objects.exists()
    assert give(desk, form).status_code == 302
    at = [timezone.localtime(slot.starts_at, AMSTERDAM) for slot in Slot.objects.order_by("starts_at")]
    assert [f"{one:%H:%M}" for one in at] == ["18:00", "18:20", "18:40"]


def test_what_was_not_seen_is_not_given(desk, there):
    form = times_form(there)
    desk.post(reverse("desk:talk_times"), {**form, "go": "give"})
    desk.post(reverse("desk:talk_times"), {**form, "go": "give", "seen": "something else"})
    assert not Slot.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": "10"}, "minutes"),
        ({"end": "18:10"}, "end"),
        ({"day": "2026-01-05"}, "day"),
        ({"day": "2027-03-28", "begin": "02:00", "end": "03:00"}, "begin"),
    ],
)
def test_what_cannot_be_given_is_said_at_its_field(desk, there, change, field):
    response = desk.post(reverse("desk:talk_times"), times_form(there, **change))
    assert list(response.context["form"].errors) == [field]
    assert not Slot.objects.exists()


def test_times_that_clash_are_marked_and_cannot_be_given(desk, there):
    there.slot(days=8, at="18:30")
    response = desk.post(reverse("desk:talk_times"), times_form(there))
    assert len(response.context["clashes"]) == 2
    assert 'name="seen"' not in text(response)


def test_a_mentor_gives_only_own_times_and_the_counsellor_for_each_mentor(desk, there, client):
    colleague = make.make_staff(there.school, name="Vos")
    make.make_class(there.school, "2B", mentor=colleague)
    form = times_form(there, mentor=colleague.pk)
    assert "mentor" in desk.post(reverse("desk:talk_times"), form).context["form"].errors
    make.login(client, there.counsellor)
    give(client, form)
    assert {slot.mentor for slot in Slot.objects.all()} == {colleague}


def test_a_free_time_is_taken_back_a_booked_one_is_not(desk, there):
    free, booked = there.slot(), there.slot(at="18:20")
    there.book(booked)
    for slot in (free, booked):
        desk.post(reverse("desk:withdraw_time", args=[slot.pk]))
    assert list(Slot.objects.filter(withdrawn_at=None)) == [booked]


def plan(there, pupil=None):
    return reverse("desk:plan_talk", args=[there.activity.pk, (pupil or there.pupil).pk])


def test_after_a_call_the_mentor_fills_in_the_time(desk, there):
    slot = there.slot()
    assert "18:00" in text(desk.get(f"{plan(there)}?home=2"))
    desk.post(plan(there), {"home": "2", "slot": slot.pk, "interpreter": "1"})
    talk = Talk.objects.get()
    assert (talk.household, talk.slot, talk.booked_by, talk.interpreter) == ("2", slot, "staff", True)


def test_a_time_that_was_just_taken_is_said_kindly_and_others_stay(desk, there):
    slot, other = there.slot(), there.slot(at="18:20")
    there.book(slot)
    response = desk.post(plan(there), {"home": "2", "slot": slot.pk})
    assert response.status_code == 409
    assert str(other.pk) in text(response)
    assert Talk.objects.count() == 1


def test_a_time_of_a_mentor_one_does_not_plan_for_is_not_given_away(desk, there):
    slot = there.slot(mentor=make.make_staff(there.school, name="Vos"))
    assert desk.post(plan(there), {"home": "1", "slot": slot.pk}).status_code == 409
    assert not Talk.objects.exists()


def test_a_talk_may_begin_without_a_time(desk, there):
    response = desk.post(plan(there), {"home": "1", "go": "begin"})
    talk = Talk.objects.get()
    assert response["Location"] == reverse("desk:talk", args=[talk.pk])
    assert desk.get(response["Location"]).status_code == 200


def test_cancelling_frees_the_time_and_names_whom_to_call(desk, there):
    talk = there.book(there.slot())
    response = desk.post(reverse("desk:cancel_talk", args=[talk.pk]), follow=True)
    assert there.mother.adult.full_name in text(response)
    talk.refresh_from_db()
    assert talk.slot is None


def page(talk):
    return reverse("desk:talk", args=[talk.pk])


def sent(response, **changes):
    """What a browser would send from this page."""
    form, rows = response.context["form"], response.context["rows"]
    given = {"going_well": form["going_well"].value() or "", "was": form["was"].value() or ""}
    given |= {f"a-{name}": value for name, value in rows.management_form.initial.items()}
    for row in rows:
        for field in row:
            value = field.value()
            given[field.html_name] = "" if value in {None, False} else str(value)
    return given | changes


def test_what_is_typed_is_there_after_every_button(desk, there):
    talk = there.book(there.slot())
    there.agree(talk, what="Belt oma")
    for go in ("save", "more", "print", "held", "not_held"):
        now = sent(desk.get(page(talk)), going_well=f"goed: {go}", go=go)
        assert desk.post(page(talk), now).status_code == 302
        talk.refresh_from_db()
        assert talk.going_well == f"goed: {go}"


def test_agreements_are_added_changed_and_taken_away(desk, there):
    talk = there.book(there.slot())
    changes = {"a-0-who": "school", "a-0-what": "Stuurt data", "a-0-by": "2027-02-12"}
    desk.post(page(talk), sent(desk.get(page(talk)), **changes))
    row = Agreement.objects.get()
    assert (row.who, row.what, row.by) == ("school", "Stuurt data", dt.date(2027, 2, 12))
    desk.post(page(talk), sent(desk.get(page(talk)), **{"a-0-what": "Stuurt alle data"}))
    row.refresh_from_db()
    assert row.what == "Stuurt alle data"
    desk.post(page(talk), sent(desk.get(page(talk)), **{"a-0-remove": "on"}))
    assert not Agreement.objects.exists()


def test_what_cannot_be_saved_is_still_in_the_page_and_nothing_is_half_stored(desk, there):
    talk = there.book(there.slot())
    changes = {
        "a-0-what": "Zonder wie",
        "going_well": "Helpt graag",
        "a-1-by": "2026-01-01",
        "a-1-who": "pupil",
    }
    response = desk.post(page(talk), sent(desk.get(page(talk)), **changes))
    assert response.status_code == 200
    assert "Zonder wie" in text(response)
    assert "Helpt graag" in text(response)
    assert 'href="#id_a-0-who"' in text(response)
    talk.refresh_from_db()
    assert talk.going_well == ""
    assert not Agreement.objects.exists()


def test_two_windows_lose_nothing(desk, there):
    talk = there.book(there.slot())
    first, second = desk.get(page(talk)), desk.get(page(talk))
    one = {"going_well": "Een", "a-0-who": "pupil", "a-0-what": "Belt"}
    other = {"going_well": "Twee", "a-0-who": "adult", "a-0-what": "Gaat mee"}
    desk.post(page(talk), sent(first, **one))
    response = desk.post(page(talk), sent(second, **other), follow=True)
    talk.refresh_from_db()
    assert talk.going_well == "Een\n\nTwee"
    assert sorted(row.what for row in Agreement.objects.all()) == ["Belt", "Gaat mee"]
    assert "ander venster" in text(response)


def test_held_counts_who_was_there(desk, there):
    talk = there.book(there.slot())
    now = sent(desk.get(page(talk)), go="held", about_home="1", present=str(there.mother.pk))
    assert "gehouden" in text(desk.post(page(talk), now, follow=True))
    talk.refresh_from_db()
    assert talk.held_at
    assert there.pupil.steps.filter(talked_at__isnull=False).count() == 4


def test_an_agreement_is_marked_from_the_page_with_what_was_typed(desk, there):
    talk = there.book(there.slot())
    row = there.agree(talk, "adult")
    desk.post(page(talk), sent(desk.get(page(talk)), going_well="Ja", go=f"done {row.pk}"))
    row.refresh_from_db()
    talk.refresh_from_db()
    assert (row.done_by, talk.going_well) == ("school", "Ja")


def test_reading_from_home_is_audited_once_per_opening(desk, there):
    talk = there.book(there.slot())
    answer(there, there.pupil, {"/qualities": qualities(), "/curious": "Koken"})
    reads = AuditEntry.objects.filter(verb="home answers read", object_id=talk.pk)
    response = desk.get(page(talk))
    assert "Koken" in text(response)
    assert reads.count() == 1
    desk.post(page(talk), sent(response, going_well="Ja"), follow=True)
    assert reads.count() == 1
    desk.get(page(talk))
    assert reads.count() == 2


def test_nothing_of_another_household_is_on_the_page(desk, there):
    with_mother = there.book(there.slot())
    with_father = there.book(there.slot(at="18:20"), "2")
    there.agree(with_father, "adult", "Afspraak van vader")
    answer(there, there.father, {"/find_out_about": "job", "/find_out": "Antwoord van vader"})
    shown = text(desk.get(page(with_mother)))
    assert "vader" not in shown
    assert there.father.adult.full_name not in shown
    assert "Antwoord van vader" in text(desk.get(page(with_father)))


def test_the_family_prints_what_was_agreed(desk, there):
    talk = there.book(there.slot())
    empty = desk.get(reverse("desk:talk_print", args=[talk.pk]))
    assert empty["Location"] == page(talk)
    there.agree(talk)
    response = desk.get(reverse("desk:talk_print", args=[talk.pk]))
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]
    assert AuditEntry.objects.filter(verb="agreements printed", object_id=talk.pk).count() == 1


def test_school_marks_what_it_did_and_takes_it_back(desk, there):
    row = there.agree(there.book(there.slot()), "school")
    for done in ("1", "0"):
        desk.post(reverse("desk:agreement", args=[row.pk]), {"done": done, "next": "home"})
        row.refresh_from_db()
        assert (row.done_at is not None) == (done == "1")


def of_other_school():
    other = Setting()
    return make.make_staff(other.school, "counsellor", name="Elders")


@pytest.mark.parametrize("who", ["other mentor", "leader", "other school"])
def test_the_talk_is_of_its_mentor_and_the_counsellor_only(client, there, who):
    talk, slot = there.book(there.slot()), there.slot(at="20:00")
    row = there.agree(talk, "school")
    colleague = make.make_staff(there.school, name="Vos")
    make.make_class(there.school, "2B", mentor=colleague)
    staff = {"other mentor": colleague, "leader": there.leader, "other school": of_other_school()}[who]
    make.login(client, staff)
    addresses = [
        ("get", page(talk)),
        ("post", page(talk)),
        ("get", reverse("desk:talk_print", args=[talk.pk])),
        ("get", plan(there)),
        ("post", plan(there)),
        ("post", reverse("desk:cancel_talk", args=[talk.pk])),
        ("post", reverse("desk:agreement", args=[row.pk])),
        ("post", reverse("desk:withdraw_time", args=[slot.pk])),
    ]
    assert {getattr(client, method)(url).status_code for method, url in addresses} == {404}
    talk.refresh_from_db()
    assert talk.slot is not None


def test_a_leader_who_is_a_mentor_too_holds_the_own_talks_only(client, there):
    make.make_class(there.school, "2B", mentor=there.leader)
    talk = there.book(there.slot())
    make.login(client, there.leader)
    assert client.get(page(talk)).status_code == 404


def test_a_mentor_sees_the_own_class_and_counsellor_and_leader_all(client, there):
    other_class = make.make_class(there.school, "2B", mentor=make.make_staff(there.school, name="Vos"))
    ActivityClass.objects.create(school=there.school, activity=there.activity, school_class=other_class)
    make.make_adult_for(make.make_pupil(other_class, "Bilal", "Bos", ""))
    seen = {}
    for name in ("mentor", "counsellor", "leader"):
        make.login(client, getattr(there, name))
        seen[name] = "Bilal" in text(client.get(reverse("desk:talks")))
    assert seen == {"mentor": False, "counsellor": True, "leader": True}


def test_the_list_is_filtered(desk, there):
    there.book(there.slot())
    make.make_adult_for(make.make_pupil(there.school_class, "Bilal", "Bos", ""))

    def found(**given):
        rows = desk.get(reverse("desk:talks"), given).context["rows"]
        return [(row.pupil.given_name, row.household.key) for row in rows]

    assert found() == [("Samira", "1"), ("Samira", "2"), ("Bilal", "1")]
    assert found(state="booked") == [("Samira", "1")]
    assert found(q="bil") == [("Bilal", "1")]
    assert found(**{"class": str(there.school_class.pk), "state": "held"}) == []
    assert found(**{"class": "nonsense"}) == []


def test_a_pupil_counts_once_however_many_households(desk, there):
    there.book(there.slot())
    there.book(there.slot(at="18:20"), "2")
    (one,) = desk.get(reverse("desk:talks")).context["counts"]
    assert (one.pupils, one.planned, one.held) == (1, 1, 0)


def more_classes(there, *names):
    """Classes with four pupils each, all with a time."""
    for number, name in enumerate(names):
        mentor = make.make_staff(there.school, name=f"Vos {name}")
        school_class = make.make_class(there.school, name, mentor=mentor)
        ActivityClass.objects.create(school=there.school, activity=there.activity, school_class=school_class)
        for child in range(4):
            pupil = make.make_pupil(school_class, f"Kind {child}")
            make.make_adult_for(pupil)
            there.book(there.slot(at=f"1{number}:{child}5", mentor=mentor), pupil=pupil)


@pytest.mark.parametrize(
    ("name", "before"),
    # With one mentor there is nothing to choose in the form of times, so that page is compared from two on.
    [("desk:talks", ()), ("desk:talks_day", ()), ("desk:talk_times", ("2X",))],
)
def test_one_class_or_three_ask_as_many_queries(client, there, name, before, django_assert_max_num_queries):
    make.login(client, there.counsellor)

    def count():
        with django_assert_max_num_queries(30) as asked:
            client.get(reverse(name))
        return len(asked)

    there.book(there.slot())
    more_classes(there, *before)
    count()
    one = count()
    more_classes(there, "2C", "2D")
    assert count() == one


def test_the_day_list_names_who_comes_when(desk, there):
    there.book(there.slot(at="18:20"), interpreter=True)
    there.slot()
    shown = text(desk.get(reverse("desk:talks_day")))
    assert shown.index("18:00") < shown.index("18:20") < shown.index("Samira el Amrani")
    assert "tolk" in shown


def test_exports_hold_the_list_with_formulas_defused_and_are_audited(desk, there):
    there.mother.adult.given_name, there.mother.adult.family_name = "=1+1", ""
    there.mother.adult.save()
    there.book(there.slot())
    table = desk.get(reverse("desk:talks_export", args=["csv"]))
    assert "'=1+1" in table.content.decode("utf-8-sig")
    assert "no-store" in table["Cache-Control"]
    book = openpyxl.load_workbook(io.BytesIO(desk.get(reverse("desk:talks_export", args=["xlsx"])).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "18:00" in [cell.value for cell in cells]
    assert AuditEntry.objects.filter(verb="talks exported").count() == 2
    assert desk.get(reverse("desk:talks_export", args=["exe"])).status_code == 404


def test_nothing_is_planned_yet_is_said_with_what_to_do(client):
    school = make.make_school("Leeg")
    staff = make.make_staff(school, "counsellor")
    make.login(client, staff)
    for name in ("desk:talks", "desk:talk_times", "desk:talks_day"):
        assert client.get(reverse(name)).status_code == 200


def test_what_is_not_an_id_is_no_error(desk, there):
    there.book(there.slot())
    assert desk.post(plan(there), {"home": "1", "slot": "nonsense"}).status_code == 200
    assert desk.get(f"{plan(there)}?home=99").status_code == 404
    assert desk.get(f"{reverse('desk:talks')}?activity=nonsense&class=1&state=x").status_code == 200
    assert desk.post(page(Talk.objects.get()), {"a-TOTAL_FORMS": "x"}).status_code == 200
