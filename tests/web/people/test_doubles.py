import datetime as dt

import pytest
from tests.web import factories

from driegesprek import roster
from driegesprek.web.access.domain import doors
from driegesprek.web.common.audit import System
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.people.domain import doubles, edits
from driegesprek.web.people.domain.importing import bring_in
from driegesprek.web.people.models import Adult, Bond, LikelyDouble

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
HEAD = "Stamnummer;Roepnaam;Achternaam;Klas;Verzorger 1 naam;Verzorger 1 mobiel;Verzorger 1 taal;Moeder naam;Moeder mobiel"
SAMIRA = "1001;Samira;Amrani;2A;Fatima Amrani;06-12345678;Arabisch;;"
NOOR = "1003;Noor;Amrani;2B;;;;Fatima Amrani;06-12345678"


@pytest.fixture
def school():
    return factories.make_school()


@pytest.fixture
def staff(school):
    return factories.make_staff(school, "counsellor")


def bring(school, *rows, head=HEAD):
    found = roster.read_path_or_bytes("\n".join([head, *rows]).encode(), name="a.csv", today=TODAY)
    return bring_in(school, found, actor=System(school.pk), today=TODAY)


@pytest.fixture
def question(school):
    bring(school, SAMIRA, NOOR)
    return LikelyDouble.objects.get()


def system(question):
    return System(question.school_id)


def test_merged_the_bonds_and_doors_stay_what_they_are(question):
    bonds = {bond.pk: doors.link_path(factories.make_door(bond)) for bond in Bond.objects.all()}
    kept = doubles.merge(question, actor=system(question))
    assert Adult.objects.get() == kept
    assert {bond.pk: doors.link_path(bond.door) for bond in kept.bonds.all()} == bonds
    assert AuditEntry.objects.filter(verb="adults merged", object_id=kept.pk).exists()


def test_merged_the_next_list_changes_nothing_and_asks_nothing(school, question):
    doubles.merge(question, actor=system(question))
    done = bring(school, NOOR, SAMIRA)
    assert done.difference.is_empty
    assert Bond.objects.filter(until=None, contact_allowed=True).count() == 2
    assert not LikelyDouble.objects.exists()


def test_merged_a_list_of_one_of_the_classes_leaves_the_other_tie_alone(school, question):
    doubles.merge(question, actor=system(question))
    assert bring(school, NOOR).difference.is_empty
    assert bring(school, SAMIRA).difference.is_empty
    assert Bond.objects.filter(until=None).count() == 2


def test_merged_a_new_number_in_the_list_reaches_the_one_record(school, question):
    doubles.merge(question, actor=system(question))
    bring(school, SAMIRA.replace("06-12345678", "06-87654321"), NOOR.replace("06-12345678", "06-87654321"))
    assert Adult.objects.get().phone == "+31687654321"


def test_what_the_first_record_lacks_the_second_fills_in(question):
    Adult.objects.filter(pk=question.second_id).update(language="tr")
    second = Adult.objects.get(pk=question.second_id)
    second.email, second.other_phone = "f@example.com", "+31201234567"
    second.save()
    kept = doubles.merge(question, actor=system(question))
    assert (kept.email, kept.other_phone) == ("f@example.com", "+31201234567")
    assert {bond.spoken_language for bond in kept.bonds.select_related("adult")} == {"ar", "tr"}


def test_kept_apart_they_are_not_asked_about_again(school, question, staff):
    doubles.keep_apart(question, by=staff, actor=system(question))
    bring(school, SAMIRA, NOOR)
    assert not doubles.open_questions(school.pk).exists()
    assert Adult.objects.count() == 2


def test_a_decision_is_made_once(question, staff):
    doubles.keep_apart(question, by=staff, actor=system(question))
    with pytest.raises(doubles.DecidedError):
        doubles.merge(question, actor=system(question))


def test_two_open_ties_with_one_pupil_are_not_merged(school):
    pupil = factories.make_pupil(factories.make_class(school))
    one, other = factories.make_adult_for(pupil), factories.make_adult_for(pupil)
    question = LikelyDouble.objects.create(
        school=school, first=one.adult, second=other.adult, reason="mobile"
    )
    with pytest.raises(doubles.ClashError) as clash:
        doubles.merge(question, actor=System(school.pk))
    assert clash.value.pupils == [pupil]
    assert Bond.objects.filter(pupil=pupil).count() == 2


@pytest.mark.parametrize("ended", [0, 1])
def test_a_tie_that_ended_first_keeps_what_hangs_on_it(school, ended):
    pupil = factories.make_pupil(factories.make_class(school))
    ties = [factories.make_adult_for(pupil), factories.make_adult_for(pupil)]
    edits.end_tie(ties[ended], actor=System(school.pk), today=TODAY)
    question = LikelyDouble.objects.create(
        school=school, first=ties[0].adult, second=ties[1].adult, reason="mobile"
    )
    kept = doubles.merge(question, actor=System(school.pk))
    assert kept.bonds.get() == ties[1 - ended]
    assert Bond.objects.get(pk=ties[ended].pk).adult != kept


def test_questions_about_the_record_that_goes_are_asked_of_the_one_that_stays(school):
    pupils = [factories.make_pupil(factories.make_class(school, name)) for name in ("2A", "2B", "2C")]
    a, b, c = [factories.make_adult_for(pupil).adult for pupil in pupils]
    first = LikelyDouble.objects.create(school=school, first=a, second=b, reason="mobile")
    LikelyDouble.objects.create(school=school, first=b, second=c, reason="email")
    doubles.merge(first, actor=System(school.pk))
    left = LikelyDouble.objects.get()
    assert {left.first, left.second} == {a, c}
