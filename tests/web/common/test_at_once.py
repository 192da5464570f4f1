"""Rows that are written only after another: in the caller's transaction, and in one of their own."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection
from django.db.models.constants import OnConflict
from tests.web.common.conftest import an_answer

from driegesprek.web.common.at_once import write_after, write_at_once
from driegesprek.web.common.prepared import PreparedInsert, PreparedUpdate
from driegesprek.web.surveys.models import Answer, Response

pytestmark = pytest.mark.django_db(transaction=True)
REVISION = PreparedUpdate(
    lambda pk, revision: Response.objects.filter(pk=pk, revision=revision), "revision", pk=UUID, revision=int
)
STANDING = PreparedInsert(
    Answer, on_conflict=OnConflict.UPDATE, unique=("response", "question", "path"), update=("value",)
)
ADDING = PreparedInsert(Answer)
WAYS = pytest.mark.parametrize("write", [write_after, write_at_once])


@WAYS
@pytest.mark.parametrize("paths", [[""], ["1", "2"]])
def test_rows_are_written_only_after_a_row_that_was_written(response, write, paths):
    def save(value, earlier):
        rows = [STANDING.bound(an_answer(response, value=value, revision=1, path=path)) for path in paths]
        return write(REVISION.bound(earlier + 1, pk=response.pk, revision=earlier), rows)

    assert save(["é", None], 0)
    assert not save("too late", 0)
    assert save(None, 1)
    assert save("%s and %%", 2)
    response.refresh_from_db()
    assert response.revision == 3
    assert list(Answer.objects.values_list("value", flat=True)) == ["%s and %%"] * len(paths)
    assert not connection.in_atomic_block


@WAYS
def test_a_row_may_follow_the_row_that_it_belongs_to(response, write):
    begin = PreparedInsert(Response, on_conflict=OnConflict.IGNORE)
    theirs = {name: getattr(response, name) for name in ("school_id", "round_id", "version_id", "voice")}

    def save(pseudonym):
        key = uuid4()
        row = {"question": "/q", "revision": 1, "school_id": response.school_id, "response_id": key}
        return write(begin.bound({"id": key, "pseudonym": pseudonym} | theirs), [ADDING.bound(row)])

    assert save("q")
    assert not save("q")
    assert not save("p")
    assert [one.response.pseudonym for one in Answer.objects.all()] == ["q"]


@pytest.mark.parametrize("paths", [[""], ["1", "", "2"]])
def test_of_what_cannot_be_written_nothing_stands_and_the_next_can_be(response, paths):
    STANDING.insert([an_answer(response, value="first", revision=1)])
    rows = [ADDING.bound(an_answer(response, value="again", revision=2, path=path)) for path in paths]
    with pytest.raises(DatabaseError):
        write_at_once(REVISION.bound(1, pk=response.pk, revision=0), rows)
    response.refresh_from_db()
    assert response.revision == 0
    assert Answer.objects.get().value == "first"
    assert write_at_once(
        REVISION.bound(1, pk=response.pk, revision=0),
        [STANDING.bound(an_answer(response, value="second", revision=1))],
    )
    assert Answer.objects.get().value == "second"


def test_what_does_not_write_given_values_follows_nothing(response):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes them one after the other")
    update = REVISION.bound(1, pk=response.pk, revision=0)
    with pytest.raises(ValueError, match="more than the values"):
        write_at_once(update, [update])


def test_what_was_counted_is_seen_by_who_listens(response, django_assert_num_queries):
    rows = [STANDING.bound(an_answer(response, value="x", revision=1))]
    statements = 1 if connection.vendor == "postgresql" else 4
    with django_assert_num_queries(statements):
        assert write_at_once(REVISION.bound(1, pk=response.pk, revision=0), rows)
