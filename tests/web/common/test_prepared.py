import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.constants import OnConflict
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.common.conftest import an_answer

from driegesprek.web.common.prepared import Prepared, PreparedInsert, PreparedUpdate
from driegesprek.web.people.models import Adult, Bond, Pupil
from driegesprek.web.surveys.models import Answer, Response, Round

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


def test_a_row_that_is_there_already_gets_the_fields_that_are_named(response):
    answers = PreparedInsert(
        Answer, on_conflict=OnConflict.UPDATE, unique=("response", "question", "path"), update=("value",)
    )
    first = an_answer(response, id=uuid4(), value=["é", {"a": None}], revision=1)
    answers.insert([first, an_answer(response, path="1", value=None, revision=1)])
    answers.insert([an_answer(response, value="later", revision=2)])
    found = Answer.objects.order_by("path").values_list("pk", "path", "value", "revision")
    assert [(one[0] == first["id"], *one[1:]) for one in found] == [
        (True, "", "later", 1),
        (False, "1", None, 1),
    ]


def test_a_value_is_kept_as_django_keeps_it(response):
    moment = dt.datetime(2026, 10, 25, 2, 30, tzinfo=dt.UTC)
    PreparedInsert(Answer).insert([an_answer(response, value=["é", 1.5], revision=3, saved_at=moment)])
    Answer.objects.create(
        school=response.school,
        response=response,
        question="/q",
        path="2",
        value=["é", 1.5],
        revision=3,
        saved_at=moment,
    )
    ours, theirs = Answer.objects.order_by("path").values_list(
        "value", "status", "revision", "saved_at", "school"
    )
    assert ours == theirs


def test_a_row_that_is_there_already_is_refused_or_left_as_asked(response):
    PreparedInsert(Answer).insert([an_answer(response, value="first", revision=1)])
    PreparedInsert(Answer, on_conflict=OnConflict.IGNORE).insert([an_answer(response, value="x", revision=2)])
    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedInsert(Answer).insert([an_answer(response, value="x", revision=2)])
    assert Answer.objects.get().value == "first"


def test_values_are_written_on_one_row_only(response):
    other = Response.objects.create(
        school=response.school, round=response.round, version=response.version, voice="pupil", pseudonym="q"
    )
    revision = PreparedUpdate(
        lambda pk, old: Response.objects.filter(pk=pk, revision=old, submitted_at=None),
        "revision",
        pk=UUID,
        old=int,
    )
    assert [revision.update(7, pk=response.pk, old=old) for old in (0, 0, 7)] == [1, 0, 1]
    assert revision.update(9, pk=uuid4(), old=0) == 0
    response.refresh_from_db()
    other.refresh_from_db()
    assert (response.revision, other.revision) == (7, 0)


def test_a_day_is_a_value_and_a_new_one_is_a_new_question(response):
    days = Prepared(lambda day: Round.objects.filter(closes_on__gte=day), day=dt.date)
    last = response.round.closes_on
    assert [one.pk for one in days.rows(day=last)] == [response.round_id]
    assert days.rows(day=last + dt.timedelta(days=1)) == []


def test_a_remembered_row_is_read_anew_once_it_changed_and_shared_with_nobody(family):
    bonds = Prepared(lambda pk: Bond.objects.select_related("adult").filter(pk=pk), pk=UUID, remember=10)
    (first,), (again,) = bonds.rows(pk=family[0].pk), bonds.rows(pk=family[0].pk)
    assert again == first
    assert again is not first
    assert again.adult is not first.adult
    first.adult.given_name = "changed here only"
    assert bonds.rows(pk=family[0].pk)[0].adult.given_name == "Fatima"
    Adult.objects.update(given_name="Fatma")
    assert bonds.rows(pk=family[0].pk)[0].adult.given_name == "Fatma"
