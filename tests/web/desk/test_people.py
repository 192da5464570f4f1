"""Classes, pupils and adults on the desk."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web import factories

from driegesprek.web.access.domain import doors
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.desk.pages.people import written_number
from driegesprek.web.people.models import Adult, Bond, LikelyDouble, Pupil, SchoolClass

pytestmark = pytest.mark.django_db
TIE = {"relation": "mother", "language": "tr", "household": "1", "authority": "on", "contact_allowed": "on"}


@pytest.fixture
def school():
    return factories.make_school()


@pytest.fixture
def mentor(school):
    return factories.make_staff(school, name="De Wit")


@pytest.fixture
def own(school, mentor):
    return factories.make_class(school, "2A", mentor=mentor)


@pytest.fixture
def pupil(own):
    return factories.make_pupil(own)


@pytest.fixture
def bond(pupil):
    return factories.make_adult_for(pupil)


@pytest.fixture
def other_pupil(school):
    return factories.make_pupil(factories.make_class(school, "2B"), "Zoë", "Kaya", "")


@pytest.fixture
def desk(school, client):
    return factories.login(client, factories.make_staff(school, "counsellor"))


@pytest.fixture
def mentors_desk(mentor, own, client):
    return factories.login(type(client)(), mentor)


def names(response):
    return [pupil.given_name for pupil in response.context["page"]]


def test_the_counsellor_sees_classes_and_pupils_the_mentor_the_own_class(
    desk, mentors_desk, pupil, other_pupil
):
    address = reverse("desk:people")
    assert [one.name for one in desk.get(address).context["classes"]] == ["2A", "2B"]
    assert set(names(desk.get(address, {"show": "pupils"}))) == {"Samira", "Zoë"}
    assert names(mentors_desk.get(address)) == ["Samira"]
    assert names(mentors_desk.get(address, {"class": str(SchoolClass.objects.get(name="2B").pk)})) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "zoe"}, ["Zoë"]),
        ({"q": "ZOË kay"}, ["Zoë"]),
        ({"q": "el amr"}, ["Samira"]),
        ({"q": "nobody"}, []),
        ({"group": "2"}, ["Samira", "Zoë"]),
        ({"group": "3", "show": "pupils"}, []),
        ({"group": "x' --", "class": "no-uuid", "show": "pupils"}, ["Samira", "Zoë"]),
        ({"left": "1"}, []),
    ],
)
def test_pupils_are_found_whatever_the_case_and_accents(desk, pupil, other_pupil, asked, found):
    assert names(desk.get(reverse("desk:people"), asked)) == found


def test_the_lists_take_as_many_queries_for_three_classes_as_for_one(
    desk, school, pupil, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse("desk:people")
    factories.make_adult_for(pupil)
    with django_assert_max_num_queries(14) as one:
        desk.get(address, {"show": "pupils"})
    for name in ("2B", "2C"):
        made = factories.make_class(school, name)
        for number in range(30):
            factories.make_adult_for(factories.make_pupil(made, f"P{number}"))
    with django_assert_num_queries(len(one)):
        desk.get(address, {"show": "pupils"})


def test_a_pupil_page_shows_the_adults_and_every_look_is_written_down(desk, bond):
    for _again in range(2):
        page = desk.get(reverse("desk:pupil", args=[bond.pupil_id]))
    text = page.content.decode()
    assert bond.adult.full_name in text
    assert bond.adult.phone in text
    assert AuditEntry.objects.filter(verb="pupil read", object_id=bond.pupil_id).count() == 2


def test_a_pupil_page_takes_as_many_queries_for_three_adults_as_for_one(
    desk, bond, django_assert_max_num_queries, django_assert_num_queries
):
    address = reverse("desk:pupil", args=[bond.pupil_id])
    with django_assert_max_num_queries(18) as one:
        desk.get(address)
    for household in "23":
        factories.make_door(factories.make_adult_for(bond.pupil, household=household))
    with django_assert_num_queries(len(one)):
        desk.get(address)


def test_another_mentors_pupil_is_not_there(mentors_desk, other_pupil):
    bond = factories.make_adult_for(other_pupil)
    for name, key in (("pupil", other_pupil.pk), ("new_adult", other_pupil.pk), ("edit_tie", bond.pk)):
        assert mentors_desk.get(reverse(f"desk:{name}", args=[key])).status_code == 404
    for name, key in (("end_tie", bond.pk), ("renew_door", bond.pk), ("renew_pupil_door", other_pupil.pk)):
        assert mentors_desk.post(reverse(f"desk:{name}", args=[key])).status_code == 404
    bond.refresh_from_db()
    assert bond.until is None


def test_a_mentor_changes_no_classes_and_erases_nobody(mentors_desk, own, pupil):
    for name, key in (("edit_class", own.pk), ("new_pupil", own.pk), ("move_pupil", pupil.pk)):
        assert mentors_desk.get(reverse(f"desk:{name}", args=[key])).status_code == 404
    mentors_desk.post(reverse("desk:erase_pupil", args=[pupil.pk]), {"sure": "yes"})
    assert Pupil.objects.filter(pk=pupil.pk).exists()


def test_an_adult_is_added_with_a_number_in_its_one_form(mentors_desk, pupil):
    sent = TIE | {"given_name": "Elif", "family_name": "Demir", "phone": "06 - 12 34 56 78"}
    mentors_desk.post(reverse("desk:new_adult", args=[pupil.pk]), sent)
    assert Bond.objects.get(pupil=pupil).adult.phone == "+31612345678"


@pytest.mark.parametrize("wrong", ["12345", "06-1234", "geen idee", "06-12345678 / 06-87654321"])
def test_what_is_no_telephone_number_is_refused_and_kept_in_the_field(desk, pupil, wrong):
    sent = TIE | {"given_name": "Elif", "phone": wrong}
    page = desk.post(reverse("desk:new_adult", args=[pupil.pk]), sent)
    assert "phone" in page.context["form"].errors
    assert f'value="{wrong}"' in page.content.decode()
    assert not Adult.objects.exists()


def test_a_number_that_stands_there_is_left_alone_whatever_it_is(desk, bond):
    Adult.objects.filter(pk=bond.adult_id).update(phone="+31697123456")
    address = reverse("desk:edit_tie", args=[bond.pk])
    shown = desk.get(address).context["form"]["phone"].value()
    desk.post(address, TIE | {"given_name": "Fatima", "relation": "aunt", "phone": shown})
    bond.refresh_from_db()
    assert bond.relation == "aunt"
    assert Adult.objects.get(pk=bond.adult_id).phone == "+31697123456"


def test_without_permission_the_door_shuts_and_with_it_again_the_code_is_new(desk, bond):
    door = factories.make_door(bond)
    code = doors.printed_code(door)
    sent = TIE | {"given_name": "Fatima"}
    address = reverse("desk:edit_tie", args=[bond.pk])
    desk.post(address, {name: value for name, value in sent.items() if name != "contact_allowed"})
    door.refresh_from_db()
    assert door.closed_at is not None
    assert doors.by_code(code) is None
    desk.post(address, sent)
    door.refresh_from_db()
    assert door.closed_at is None
    assert doors.by_code(code) is None
    assert doors.by_code(doors.printed_code(door)) == door


def test_a_lost_letter_gets_a_new_code(desk, bond):
    door = factories.make_door(bond)
    old = doors.printed_code(door)
    desk.post(reverse("desk:renew_door", args=[bond.pk]))
    assert doors.by_code(old) is None
    door.refresh_from_db()
    assert doors.by_code(doors.printed_code(door)) == door


def test_an_ended_tie_can_be_taken_back(desk, bond):
    door = factories.make_door(bond)
    desk.post(reverse("desk:end_tie", args=[bond.pk]))
    door.refresh_from_db()
    assert door.closed_at is not None
    assert "1 " in desk.get(reverse("desk:pupil", args=[bond.pupil_id])).content.decode()
    desk.post(reverse("desk:resume_tie", args=[bond.pk]))
    bond.refresh_from_db()
    assert bond.contact_allowed


def test_a_pupil_is_moved_and_a_day_too_early_is_said(desk, pupil, other_pupil):
    to = SchoolClass.objects.get(name="2B")
    address = reverse("desk:move_pupil", args=[pupil.pk])
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert "on" in desk.post(address, {"to": to.pk, "on": tomorrow}).context["form"].errors
    desk.post(address, {"to": to.pk, "on": timezone.localdate()})
    assert pupil.enrolments.get(until=None).school_class == to


def test_a_class_and_a_pupil_are_added_by_hand(desk, school, mentor):
    desk.post(
        reverse("desk:new_class"),
        {"name": "1C", "year_group": "1", "track": ["BB", "KB"], "mentor": mentor.pk},
    )
    made = SchoolClass.objects.get(name="1C")
    assert (made.track, made.mentor, made.year_group) == ("BB/KB", mentor, 1)
    assert "name" in desk.post(reverse("desk:new_class"), {"name": "1c"}).context["form"].errors
    sent = {"given_name": "Bo", "family_name": "Smit", "since": "2026-11-20", "number": "9"}
    desk.post(reverse("desk:new_pupil", args=[made.pk]), sent)
    assert made.enrolments.get().pupil.full_name == "Bo Smit"
    again = desk.post(reverse("desk:new_pupil", args=[made.pk]), sent)
    assert "number" in again.context["form"].errors


def test_the_list_is_exported_with_formulas_defused_and_without_who_may_not_be_contacted(desk, bond):
    factories.make_adult_for(bond.pupil, "=HYPERLINK(1)", contact_allowed=False, household="2")
    address = reverse("desk:people_export", args=["csv"])
    text = desk.get(address).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert bond.adult.phone in text
    silent = Adult.objects.get(given_name="=HYPERLINK(1)")
    assert silent.phone not in text
    book = openpyxl.load_workbook(io.BytesIO(desk.get(reverse("desk:people_export", args=["xlsx"])).content))
    assert book.active["A2"].value == "Amrani"
    assert AuditEntry.objects.filter(verb="class list exported").count() == 2
    assert desk.get(reverse("desk:people_export", args=["pdf"])).status_code == 404


def test_a_mentor_exports_the_own_class_only(mentors_desk, pupil, other_pupil):
    text = mentors_desk.get(reverse("desk:people_export", args=["csv"])).content.decode()
    assert "Samira" in text
    assert "Kaya" not in text


def test_two_records_become_one_by_a_button(desk, school, bond, other_pupil):
    other = factories.make_adult_for(other_pupil)
    question = LikelyDouble.objects.create(
        school=school, first=bond.adult, second=other.adult, reason="mobile"
    )
    page = desk.get(reverse("desk:doubles"))
    assert bond.pupil.full_name in page.content.decode()
    assert AuditEntry.objects.filter(verb="likely doubles read").exists()
    desk.post(reverse("desk:double", args=[question.pk]), {"answer": "same"})
    assert Adult.objects.get().bonds.count() == 2


def test_two_records_with_one_pupil_are_not_merged_and_it_says_why(desk, school, bond):
    other = factories.make_adult_for(bond.pupil)
    question = LikelyDouble.objects.create(
        school=school, first=bond.adult, second=other.adult, reason="mobile"
    )
    page = desk.post(reverse("desk:double", args=[question.pk]), {"answer": "same"}, follow=True)
    assert bond.pupil.full_name in page.content.decode()
    assert Adult.objects.count() == 2
    desk.post(reverse("desk:double", args=[question.pk]), {"answer": "two"})
    question.refresh_from_db()
    assert question.same is False


def test_erasing_asks_for_a_tick_first(desk, bond):
    address = reverse("desk:erase_pupil", args=[bond.pupil_id])
    assert bond.adult.full_name in desk.get(address).content.decode()
    desk.post(address)
    assert Pupil.objects.exists()
    desk.post(address, {"sure": "yes"})
    assert not Pupil.objects.exists()
    assert not Adult.objects.exists()


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("+31612345678", "06 12345678"),
        ("+31101234567", "010 123 4567"),
        ("+316970902938", "+316970902938"),
        ("", ""),
    ],
)
def test_a_number_is_written_so_that_it_can_be_dialled(stored, written):
    assert written_number(stored) == written
