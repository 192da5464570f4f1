import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import factories

from driegesprek.web.common.prepared import Prepared
from driegesprek.web.people.models import Adult, Bond, Pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def family():
    pupil = factories.make_pupil(factories.make_class(factories.make_school()))
    return factories.make_adult_for(pupil, "Fatima"), factories.make_adult_for(pupil, "Karim")


def test_rows_are_those_of_the_query_for_each_value(family):
    bonds = Prepared(lambda pk: Bond.objects.select_related("adult", "pupil__school").filter(pk=pk), pk=UUID)
    for bond in (*family, *family):
        with CaptureQueriesContext(connection) as queries:
            found = bonds.rows(pk=bond.pk)
            assert [(one.pk, one.adult.given_name, one.pupil.school.name) for one in found] == [
                (bond.pk, bond.adult.given_name, "De Brug")
            ]
        assert len(queries) == 1
    assert bonds.rows(pk=uuid4()) == []


def test_contact_fields_come_out_readable(family):
    phones = Prepared(
        lambda pk: Adult.objects.filter(pk=pk).values_list("phone", "school__created_at"), pk=UUID
    )
    expected = Adult.objects.values_list("phone", "school__created_at").get(pk=family[0].adult_id)
    assert phones.rows(pk=family[0].adult_id) == [expected]


def test_words_numbers_and_moments_are_values_too(family):
    since = Prepared(
        lambda name, most, moment: Pupil.objects.filter(
            given_name=name, enrolments__school_class__year_group__lt=most, school__created_at__lt=moment
        ),
        name=str,
        most=int,
        moment=dt.datetime,
    )
    later = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    assert [one.given_name for one in since.rows(name="Samira", most=3, moment=later)] == ["Samira"]
    assert since.rows(name="Samira", most=2, moment=later) == []
    assert since.rows(name="x' OR 1=1 --", most=3, moment=later) == []
    assert since.rows(name="Samira", most=3, moment=dt.datetime(2000, 1, 1, tzinfo=dt.UTC)) == []


def test_a_value_that_the_query_does_not_hold_is_refused():
    lost = Prepared(lambda pk, name: Pupil.objects.filter(pk=pk), pk=UUID, name=str)  # noqa: ARG005 - the point
    with pytest.raises(ValueError, match="name"):
        lost.rows(pk=uuid4(), name="Samira")
