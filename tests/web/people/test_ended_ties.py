"""A tie that a person ended stays ended, whatever a list from the administration still says."""

import datetime as dt

import pytest
from tests.web import factories
from tests.web.people.test_importing import SAMIRA, SISTER, TODAY, bring, class_list

from driegesprek.web.common.audit import System
from driegesprek.web.people.domain import edits
from driegesprek.web.people.domain.importing import plan
from driegesprek.web.people.models import Bond

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 12, 1)


@pytest.fixture
def school():
    return factories.make_school()


def karim():
    return Bond.objects.get(adult__given_name__startswith="Karim")


def fatima():
    return Bond.objects.get(adult__given_name__startswith="Fatima", pupil__given_name="Samira")


def ended(school, bond):
    edits.end_tie(bond, actor=System(school.pk), today=TODAY)


def state(bond):
    bond.refresh_from_db()
    return bond.until, bond.contact_allowed


def test_a_list_that_still_names_the_adult_brings_nothing_back(school):
    bring(school, SAMIRA, SISTER)
    ended(school, karim())
    assert plan(school, class_list(SAMIRA, SISTER), today=LATER).difference.is_empty
    bring(school, SAMIRA, SISTER, today=LATER)
    assert state(karim()) == (TODAY, False)


def test_an_adult_of_another_pupil_in_the_list_stays_with_that_one(school):
    bring(school, SAMIRA, SISTER)
    ended(school, fatima())
    assert plan(school, class_list(SAMIRA, SISTER), today=LATER).difference.is_empty
    bring(school, SAMIRA, SISTER.replace("06-12345678", "06-87654321"), today=LATER)
    assert state(fatima()) == (TODAY, False)
    assert Bond.objects.filter(pupil__given_name="Noor", until=None, contact_allowed=True).exists()


def test_what_a_person_took_back_and_what_a_list_ended_a_list_may_bring_back(school):
    without = SAMIRA.replace("Karim el Amrani;karim@example.com", ";")
    bring(school, SAMIRA)
    ended(school, karim())
    edits.resume_tie(karim(), actor=System(school.pk))
    bring(school, without)
    assert state(karim()) == (TODAY, False)
    bring(school, SAMIRA, today=LATER)
    assert state(karim()) == (None, True)
