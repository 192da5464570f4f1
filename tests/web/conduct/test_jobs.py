import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.web import factories

from driegesprek.web.access.models import Door, FailedTries, StaffInvitation
from driegesprek.web.access.tries import WINDOW
from driegesprek.web.common import outbox
from driegesprek.web.common.audit import System
from driegesprek.web.common.models import OutboxItem
from driegesprek.web.conduct import jobs, worker
from driegesprek.web.conduct.domain import activities
from driegesprek.web.conduct.tasks import make_print
from driegesprek.web.line.models import Step
from driegesprek.web.people.models import RosterUpload

pytestmark = pytest.mark.django_db
DAY, MINUTES = dt.timedelta(days=1), dt.timedelta(minutes=30)


@pytest.fixture
def school():
    return factories.make_school()


def test_what_is_in_the_outbox_is_done_once(monkeypatch):
    done = []
    monkeypatch.setitem(outbox._handlers, "tell", lambda item: done.append(item.payload))
    outbox.put("tell", school_id=None, number=1)
    outbox.put("tell", school_id=None, due_at=timezone.now() + DAY, number=2)
    jobs.empty_outbox()
    jobs.empty_outbox()
    assert done == [{"number": 1}]


def test_who_comes_later_gets_a_step_and_a_door(school):
    school_class = factories.make_class(school)
    first = factories.make_pupil(school_class)
    activity = factories.make_activity(school, [school_class])
    activities.open_activity(activity, actor=System(school.pk), today=timezone.localdate())
    later = factories.make_pupil(school_class, "Bo")
    bond = factories.make_adult_for(later)
    jobs.catch_up()
    assert set(Step.objects.values_list("pupil", "bond")) == {
        (first.pk, None),
        (later.pk, None),
        (later.pk, bond.pk),
    }
    assert Door.objects.filter(pupil=later).exists()
    assert Door.objects.filter(bond=bond).exists()
    before = set(Step.objects.values_list("pk", flat=True))
    jobs.catch_up()
    assert set(Step.objects.values_list("pk", flat=True)) == before


def test_what_has_closed_or_is_not_open_yet_is_left_alone(school):
    school_class = factories.make_class(school)
    today = timezone.localdate()
    past = factories.make_activity(school, [school_class], opens_on=today - 30 * DAY, closes_on=today - DAY)
    activities.open_activity(past, actor=System(school.pk), today=today - 30 * DAY)
    factories.make_activity(school, [school_class], kind="career_talk")
    Step.objects.all().delete()
    factories.make_pupil(school_class)
    jobs.catch_up()
    assert not Step.objects.exists()


def kept_and_gone(model, field, keep, days):
    """Two rows of a kind, one just within its time and one just past it."""
    rows = list(model.objects.order_by("pk"))
    now = timezone.now()
    for row, age in zip(rows, (days * DAY - MINUTES, days * DAY + MINUTES), strict=True):
        model.objects.filter(pk=row.pk).update(**{field: now - age})
    keep.append((model, rows[0].pk))


def test_what_is_kept_for_days_goes_when_they_are_over(school):
    keep = []
    staff = factories.make_staff(school, "counsellor")
    for _ in range(2):
        outbox.put("tell", school_id=None)
        StaffInvitation.objects.create(school=school, staff=staff, expires_at=timezone.now())
        RosterUpload.objects.create(school=school, file_name="list.csv", content="a;b")
        Session.objects.create(session_key=f"key{_}", session_data="", expire_date=timezone.now())
    kept_and_gone(OutboxItem, "done_at", keep, 90)
    kept_and_gone(StaffInvitation, "expires_at", keep, 30)
    kept_and_gone(RosterUpload, "uploaded_at", keep, 7)
    Session.objects.filter(session_key="key0").update(expire_date=timezone.now() + DAY)
    window = int(timezone.now().timestamp()) // WINDOW
    FailedTries.objects.create(place="now", window=window, count=3)
    FailedTries.objects.create(place="long ago", window=window - 97, count=3)
    for _ in range(2):
        jobs.forget_what_has_ended()
        for model, pk in keep:
            assert [row.pk for row in model.objects.all()] == [pk], model
        assert [row.session_key for row in Session.objects.all()] == ["key0"]
        assert [row.place for row in FailedTries.objects.all()] == ["now"]


def test_what_was_not_done_yet_stays_however_old(school):
    item = outbox.put("tell", school_id=school.pk, due_at=timezone.now() - 200 * DAY)
    jobs.forget_what_has_ended()
    assert OutboxItem.objects.get().pk == item.pk


# The worker


def begun(workers):
    """A task in the middle of which its worker was killed."""
    result = make_print.enqueue("00000000-0000-0000-0000-000000000000")
    DBTaskResult.objects.filter(pk=result.id).update(
        status="RUNNING", worker_ids=workers, started_at=timezone.now()
    )
    return result.id


def status(pk):
    return DBTaskResult.objects.get(pk=pk).status


def test_a_task_that_was_left_half_done_is_taken_up_again():
    task, waiting = begun(["first"]), make_print.enqueue("x").id
    assert worker.take_up_again() == 1
    assert (status(task), status(waiting)) == ("READY", "READY")
    assert worker.take_up_again() == 0


def test_a_task_that_keeps_killing_its_worker_is_given_up():
    task = begun(["first", "second", "third"])
    assert worker.take_up_again() == 0
    assert status(task) == "FAILED"
