"""A typed code, which the pupil carries along on the adult's sheet, opens no earlier answer to anybody else either."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.web.family.test_questions import THREE, long_ago

from driegesprek.web.surveys.models import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(family, phone):
    """Who answered something by the link."""
    phone.open(family.door(family.mother))
    phone.answer(family.at(family.mother, "opdracht", "informed"), "no")
    long_ago()
    return family.mother


def handed_in_long_ago(family, phone, owner):
    phone.post(family.at(owner, "delen"), {"asks_pupil": "1"})
    Response.objects.update(submitted_at=timezone.now() - dt.timedelta(minutes=2))


def test_what_was_handed_in_is_not_shared_with_more_people_by_a_typed_code(
    family, phone, other_phone, mother
):
    handed_in_long_ago(family, phone, mother)
    other_phone.type_code(family.door(mother))
    assert other_phone.get(family.at(mother, "delen")).headers["Location"] == family.at(mother, "bewijs")
    other_phone.post(family.at(mother, "delen"), {"share": ["mentor", "pupil"], "asks_pupil": "1"})
    assert Response.objects.get().shared == {"mentor": False, "pupil": False}
    assert family.at(mother, "delen") not in other_phone.get(family.at(mother, "bewijs")).content.decode()
    phone.post(family.at(mother, "delen"), {"share": ["mentor"], "asks_pupil": "1"})
    assert Response.objects.get().shared == {"mentor": True, "pupil": False}


def test_earlier_answers_of_an_adult_are_not_opened_to_the_pupil_by_a_typed_code(family, other_phone, mother):
    other_phone.type_code(family.door(mother))
    assert "asks_pupil" not in other_phone.get(family.at(mother, "delen")).content.decode()
    other_phone.post(family.at(mother, "delen"), {"share": ["mentor", "pupil"], "asks_pupil": "1"})
    assert Response.objects.get().shared == {"mentor": True}


def test_who_answers_all_by_a_typed_code_decides_about_all(family, phone):
    phone.type_code(family.door(family.mother))
    phone.answer(family.at(family.mother, "opdracht", "informed"), "no")
    phone.post(family.at(family.mother, "delen"), {"share": ["pupil"], "asks_pupil": "1"})
    assert Response.objects.get().shared == {"mentor": False, "pupil": True}


def test_the_pupils_qualities_are_not_shown_to_another_adult_by_a_typed_code(family, phone, other_phone):
    pupil = family.pupil
    phone.open(family.door(pupil))
    phone.answer(family.at(pupil, "opdracht", "qualities"), THREE)
    phone.post(family.at(pupil, "met-wie"), {"who": str(family.mother.pk)})
    before = Response.objects.get().shared
    long_ago()
    other_phone.type_code(family.door(pupil))
    other_phone.post(family.at(pupil, "met-wie"), {"who": str(family.father.pk)})
    assert Response.objects.get().shared == before
    phone.post(family.at(pupil, "met-wie"), {"who": str(family.father.pk)})
    assert Response.objects.get().shared != before
