import datetime as dt

import pytest
from tests.web import factories

from driegesprek import roster
from driegesprek.web.common.audit import System
from driegesprek.web.people.domain.importing import bring_in, plan
from driegesprek.web.people.models import (
    Adult,
    Bond,
    Enrolment,
    ExternalId,
    LikelyDouble,
    Pupil,
    SchoolClass,
    Staff,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
HEADINGS = (
    "Stamnummer;Roepnaam;Tussenvoegsel;Achternaam;Klas;Leerjaar;Mentor;"
    "Verzorger 1 naam;Verzorger 1 mobiel;Verzorger 1 taal;Verzorger 2 naam;Verzorger 2 e-mail"
)
SAMIRA = "1001;Samira;el;Amrani;2A;2;E. Yilmaz;Fatima el Amrani;06-12345678;Arabisch;Karim el Amrani;karim@example.com"
BILAL = "1002;Bilal;;Kaya;2B;2;J. de Wit;Ayşe Kaya;06-11111111;Turks;;"
SISTER = "1003;Noor;el;Amrani;2B;2;J. de Wit;Fatima el Amrani;06-12345678;Arabisch;;"


def class_list(*rows, headings=HEADINGS):
    return roster.read_path_or_bytes(
        "\n".join([headings, *rows]).encode("cp1252", "replace"), name="klassenlijst.csv", today=TODAY
    )


@pytest.fixture
def school():
    return factories.make_school()


def bring(school, *rows, today=TODAY, **options):
    return bring_in(school, class_list(*rows, **options), actor=System(school.pk), today=today)


def test_a_class_list_becomes_classes_pupils_adults_and_mentors(school):
    bring(school, SAMIRA, BILAL)
    samira = Pupil.objects.get(given_name="Samira")
    assert samira.full_name == "Samira el Amrani"
    assert samira.enrolments.get().school_class.name == "2A"
    assert samira.enrolments.get().since == dt.date(2026, 8, 1)
    assert SchoolClass.objects.get(name="2A").mentor.full_name == "E. Yilmaz"
    assert SchoolClass.objects.get(name="2A").year_group == 2
    mother = Bond.objects.get(pupil=samira, adult__given_name__startswith="Fatima").adult
    assert (mother.phone, mother.language) == ("+31612345678", "ar")


def test_adults_who_change_places_in_the_list_stay_who_they_are(school):
    bring(school, SAMIRA)
    before = dict(Adult.objects.values_list("pk", "given_name"))
    one, two = "Fatima el Amrani;06-12345678;Arabisch", "Karim el Amrani"
    swapped = f"1001;Samira;el;Amrani;2A;2;E. Yilmaz;{two};;;{one.split(';', 1)[0]};"
    bring(school, swapped)
    assert dict(Adult.objects.values_list("pk", "given_name")) == before
    assert Bond.objects.filter(until=None).count() == 2


def test_somebody_else_in_a_place_gets_nothing_of_who_stood_there(school):
    bring(school, BILAL)
    first = Bond.objects.get()
    bring(school, "1002;Bilal;;Kaya;2B;2;J. de Wit;Jan Smit;06-22222222;Nederlands;;")
    first.refresh_from_db()
    assert first.until is not None
    assert first.adult.given_name.endswith("e Kaya")
    assert Bond.objects.get(until=None).adult.given_name == "Jan Smit"
    bring(school, BILAL)
    assert Bond.objects.get(until=None).adult == first.adult


def test_brought_in_again_nothing_changes(school):
    bring(school, SAMIRA, BILAL, SISTER)
    before = [
        model.objects.count()
        for model in (Pupil, Adult, Bond, Enrolment, Staff, SchoolClass, ExternalId, LikelyDouble)
    ]
    done = bring(school, SISTER, BILAL, SAMIRA)
    assert done.difference.is_empty
    after = [
        model.objects.count()
        for model in (Pupil, Adult, Bond, Enrolment, Staff, SchoolClass, ExternalId, LikelyDouble)
    ]
    assert before == after


def test_a_plan_changes_nobody(school):
    done = plan(school, class_list(SAMIRA), today=TODAY)
    assert done.difference.counts["pupils"]["new"] == 1
    assert not Pupil.objects.exists()


def test_the_same_name_and_number_is_shown_to_a_person_and_not_merged(school):
    bring(school, SAMIRA, SISTER)
    assert Adult.objects.filter(given_name__startswith="Fatima").count() == 2
    assert LikelyDouble.objects.get().decided_at is None


def test_a_pupil_who_changed_class_keeps_both_enrolments_dated(school):
    bring(school, SAMIRA, BILAL)
    bring(
        school,
        SAMIRA.replace("2A", "2B").replace("E. Yilmaz", "J. de Wit"),
        BILAL,
        today=dt.date(2027, 1, 10),
    )
    first, second = Pupil.objects.get(given_name="Samira").enrolments.all()
    assert (first.school_class.name, first.until) == ("2A", dt.date(2027, 1, 10))
    assert (second.school_class.name, second.since, second.until) == ("2B", dt.date(2027, 1, 10), None)


def test_a_pupil_who_is_gone_from_the_list_has_left_and_is_kept(school):
    bring(school, SAMIRA, BILAL, SISTER)
    bring(school, SAMIRA, BILAL)
    gone = Pupil.objects.get(given_name="Noor")
    assert gone.left_on == TODAY
    assert gone.enrolments.get().until == TODAY


def test_a_pupil_who_comes_back_is_the_same_pupil(school):
    bring(school, SAMIRA, BILAL, SISTER)
    bring(school, SAMIRA, BILAL)
    bring(school, SAMIRA, BILAL, SISTER, today=dt.date(2026, 12, 1))
    back = Pupil.objects.get(given_name="Noor")
    assert back.left_on is None
    assert back.enrolments.filter(until=None).count() == 1


def test_a_column_that_is_not_in_the_list_changes_nothing(school):
    bring(school, SAMIRA)
    bring(school, "1001;Samira;el;Amrani;2A", headings="Stamnummer;Roepnaam;Tussenvoegsel;Achternaam;Klas")
    assert Bond.objects.filter(until=None).count() == 2
    assert SchoolClass.objects.get().mentor is not None


def test_an_adult_who_is_gone_is_no_longer_contacted(school):
    bring(school, SAMIRA)
    bring(school, SAMIRA.replace("Karim el Amrani;karim@example.com", ";"))
    gone = Bond.objects.get(adult__given_name__startswith="Karim")
    assert gone.until == TODAY
    assert not gone.contact_allowed


def test_a_class_and_a_mentor_made_by_hand_are_recognised(school):
    mentor = factories.make_staff(school, name="Yilmaz")
    mentor.given_name = "E."
    mentor.save()
    made = factories.make_class(school, "2A", mentor=mentor)
    bring(school, SAMIRA)
    assert SchoolClass.objects.get(name="2A") == made
    assert SchoolClass.objects.get(name="2A").mentor == mentor


def test_a_pupil_who_came_from_another_class_does_not_bring_the_mentor_along(school):
    bring(school, SAMIRA, BILAL)
    bring(school, SAMIRA.replace("2A", "2B"), BILAL)
    assert SchoolClass.objects.get(name="2B").mentor.full_name == "J. de Wit"


def test_next_years_class_of_the_same_name_is_another_class(school):
    bring(school, SAMIRA)
    bring(school, SAMIRA, today=dt.date(2027, 9, 1))
    assert SchoolClass.objects.filter(name="2A").count() == 2
    assert (
        Pupil.objects.get(given_name="Samira").enrolments.filter(until=None).get().school_class.year.name
        == "2027-2028"
    )


def test_two_schools_do_not_share_people(school):
    other = factories.make_school("Elders")
    bring(school, SAMIRA)
    bring(other, SAMIRA)
    assert Pupil.objects.filter(school=school).count() == Pupil.objects.filter(school=other).count() == 1


def test_1200_pupils_take_a_bounded_number_of_queries(school, django_assert_max_num_queries):
    rows = [
        f"{n};Naam{n};;Achter{n};2{'ABCDEFGH'[n % 8]};2;Mentor{n % 8};Ouder {n};06-1{n:07d};Turks;Vader {n};v{n}@example.com"
        for n in range(1200)
    ]
    with django_assert_max_num_queries(140):
        bring(school, *rows)
    with django_assert_max_num_queries(40):
        assert bring(school, *rows).difference.is_empty
