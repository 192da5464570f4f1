"""The monitor and who is not reached yet: whose rows, what counts, how many queries."""

import csv
import datetime as dt
import io
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conduct.test_activities import many
from tests.web.desk.line_school import make_small
from tests.web.factories import login, make_adult_for, make_class, make_pupil, make_staff, year_of

from driegesprek.web.common.models import AuditEntry
from driegesprek.web.conduct.domain import activities
from driegesprek.web.desk.pages import monitor, unreached
from driegesprek.web.line.domain import delivery
from driegesprek.web.line.enums import DeliveryState
from driegesprek.web.line.models import Activity, Step
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.outreach.models import Contact
from driegesprek.web.people.models import Adult, Pupil
from driegesprek.web.talks.models import Agreement, Slot, Talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make_small()


def tables(small, actor=None, **only):
    rows = Activity.objects.filter(school=small.school)
    return monitor.tables(actor or small.actor, rows, today=timezone.localdate(), **only)


def names(table):
    return [row.school_class.name for row in table.rows]


def test_classes_stand_side_by_side_by_name_and_a_mentor_sees_the_own(small):
    assert [names(table) for table in tables(small)] == [["2A", "2B"]] * 2
    assert [names(table) for table in tables(small, small.mentor_actor)] == [["2A"]] * 2
    assert [names(table) for table in tables(small, name="2B")] == [["2B"]] * 2


def test_what_was_delivered_stands_beside_what_was_agreed(small):
    agreed = timezone.localdate() - dt.timedelta(days=3)
    Activity.objects.filter(pk=small.home.pk).update(announce_by=agreed, prepare_by=agreed)
    delivery.tell(small.home, small.a, "announced", on=agreed, actor=small.actor)
    a, b = tables(small)[0].rows
    assert (a.by_stage["announced"].on, a.by_stage["announced"].agreed) == (agreed, agreed)
    assert a.by_stage["prepared"].state == DeliveryState.LATE
    assert b.by_stage["announced"].state == DeliveryState.LATE
    assert a.by_stage["reviewed"].state == DeliveryState.OPEN


def test_a_late_stage_is_said_in_words_with_the_day_that_was_agreed(client, small):
    Activity.objects.filter(pk=small.home.pk).update(announce_by=dt.date(2026, 11, 14))
    page = login(client, small.counsellor).get(reverse("desk:progress"), headers={"accept-language": "en"})
    assert "not yet" in page.text
    assert "agreed for 14 Nov" in page.text


def counts(small, school_class, activity=0):
    rows = tables(small)[activity].rows
    return next(row.counts for row in rows if row.school_class == school_class)


def test_a_pupil_with_two_adults_counts_once(small):
    make_adult_for(small.pupils[0], "Ali", household="2")
    activities.catch_up(small.home, today=timezone.localdate())
    Step.objects.filter(activity=small.home, pupil=small.pupils[0]).update(
        done_at=timezone.now(), sent_at=timezone.now()
    )
    found = counts(small, small.a)
    assert (found.pupils, found.done, found.sent) == (2, 1, 1)


def test_a_pupil_counts_in_the_class_of_today(small):
    pupil = small.pupils[0]
    pupil.enrolments.update(until=timezone.localdate())
    pupil.enrolments.create(school=small.school, school_class=small.b, since=timezone.localdate())
    assert (counts(small, small.a).pupils, counts(small, small.b).pupils) == (1, 2)


def talk_of(small, pupil, **changes):
    slot = Slot.objects.create(
        school=small.school,
        activity=small.talk,
        mentor=small.mentor,
        starts_at=timezone.now() + dt.timedelta(days=30, minutes=20 * Slot.objects.count()),
    )
    given = {"slot": slot, "booked_by": "adult", "booked_at": timezone.now(), "household": "1"}
    return Talk.objects.create(school=small.school, activity=small.talk, pupil=pupil, **(given | changes))


def test_talks_booked_and_held_and_their_agreements_are_counted(small):
    first = talk_of(small, small.pupils[0], held_at=timezone.now())
    talk_of(small, small.pupils[0], household="2")
    talk_of(small, small.pupils[1])
    for what in ("Open dag", "Oma bellen"):
        Agreement.objects.create(school=small.school, talk=first, who="pupil", what=what)
    found = counts(small, small.a, activity=1)
    assert (found.booked, found.held, found.agreements, found.pupils) == (2, 1, 2, 2)


def not_reached(small, actor=None, **only):
    rows = Activity.objects.filter(school=small.school)
    found = unreached.rows(
        actor or small.actor, year_of(small.school), rows, today=timezone.localdate(), **only
    )
    return [row.pupil.given_name for row in found]


def first_row(small):
    rows = Activity.objects.filter(school=small.school)
    return unreached.rows(small.actor, year_of(small.school), rows, today=timezone.localdate())[0]


def test_at_first_nobody_is_reached_and_each_mentor_sees_the_own_pupils(small):
    assert not_reached(small) == ["Samira0", "Samira1", "Bilal"]
    assert not_reached(small, small.mentor_actor) == ["Samira0", "Samira1"]
    assert not_reached(small, name="2B") == ["Bilal"]


def test_an_adult_who_did_a_step_is_reached_and_the_pupil_alone_is_not(small):
    own = Step.objects.filter(activity=small.home, pupil=small.pupils[0], bond=None)
    own.update(done_at=timezone.now(), done_by="phone")
    assert "Samira0" in not_reached(small)
    Step.objects.filter(activity=small.home, bond=small.bonds[0]).update(done_at=timezone.now())
    assert "Samira0" not in not_reached(small)


@pytest.mark.parametrize(("outcome", "gone"), [("reached", True), ("not_reached", False), ("sent", False)])
def test_only_an_adult_who_was_spoken_is_reached_by_contact(small, outcome, gone):
    contacts.add(
        small.pupils[0], bond=None, kind="phone", outcome=outcome, at=timezone.now(), actor=small.actor
    )
    assert ("Samira0" not in not_reached(small)) is gone


def test_contact_of_an_earlier_school_year_does_not_count(small):
    before = timezone.make_aware(dt.datetime(2026, 7, 31, 12))  # noqa: DTZ001 - made aware at once
    contacts.add(small.pupils[0], bond=None, kind="phone", outcome="reached", at=before, actor=small.actor)
    assert "Samira0" in not_reached(small)


@pytest.mark.parametrize(
    ("changes", "gone"),
    [
        ({}, True),
        ({"booked_by": "staff"}, True),
        ({"booked_by": "pupil"}, False),
        ({"slot": None}, False),
        ({"booked_by": "pupil", "held_at": timezone.now()}, True),
    ],
)
def test_a_talk_reaches_an_adult_unless_only_the_pupil_booked_it(small, changes, gone):
    talk_of(small, small.pupils[0], **changes)
    assert ("Samira0" not in not_reached(small)) is gone


def test_an_activity_that_is_not_open_asks_nothing_of_anybody(small):
    Activity.objects.update(opened_at=None)
    assert not_reached(small) == []


def test_the_row_tells_the_last_attempt_what_is_spoken_and_what_to_do_next(small):
    at = timezone.now() - dt.timedelta(days=21)
    contacts.add(small.pupils[0], bond=small.bonds[0], kind="sheet", outcome="sent", at=at, actor=small.actor)
    row = first_row(small)
    assert (row.last.kind, row.languages, row.state) == ("sheet", ("nl",), unreached.TRIED)
    assert row.next.rule == "paper_call"


def test_who_asks_for_a_call_is_called_and_shows_as_such(small):
    Contact.objects.create(
        school=small.school, pupil=small.pupils[0], bond=small.bonds[0], kind="phone", outcome="call_back"
    )
    row = first_row(small)
    assert (row.state, row.next.rule, row.last) == (unreached.ASKED, "call_back", None)


def test_without_an_adult_the_pupil_is_asked(small):
    make_pupil(small.a, "Alleen", family_name="Aaa")
    activities.catch_up(small.home, today=timezone.localdate())
    row = first_row(small)
    assert (row.pupil.given_name, row.state, row.next.action) == ("Alleen", unreached.NO_ADULT, "sheet")


def shown(client, **query):
    page = client.get(reverse("desk:progress"), query)
    return [row.pupil.given_name for row in page.context["rows"]]


def test_filters_and_orders_narrow_the_list(client, small):
    login(client, small.counsellor)
    assert shown(client) == ["Samira0", "Samira1", "Bilal"]
    assert shown(client, language="ar") == ["Samira1"]
    assert shown(client, q="IDRISSI") == ["Bilal"]
    assert shown(client, **{"class": small.b.pk}) == ["Bilal"]
    assert shown(client, group="3") == []
    assert shown(client, state="tried") == []
    assert shown(client, sort="-class")[0] == "Bilal"
    assert shown(client, sort="nonsense", group="twee", state="?") == []
    assert shown(client, **{"class": "nonsense"}, group="x") == ["Samira0", "Samira1", "Bilal"]


def test_a_mentor_cannot_filter_to_another_class(client, small):
    login(client, small.mentor)
    assert shown(client, **{"class": small.b.pk}) == ["Samira0", "Samira1"]


def export(client, what, kind, **query):
    return client.get(reverse("desk:progress_export", args=[what, kind]), query)


def test_lists_go_out_with_formulas_defused_and_it_is_noted(client, small):
    Pupil.objects.filter(pk=small.pupils[0].pk).update(given_name="=1+1")
    Adult.objects.filter(pk=small.bonds[0].adult_id).update(given_name="@SUM(A1)", phone="")
    Adult.objects.filter(pk=small.bonds[1].adult_id).update(phone="")
    login(client, small.counsellor)
    response = export(client, "nog-niet-bereikt", "csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 4
    assert rows[1][0].startswith("'=1+1")
    assert rows[1][2].startswith("'@SUM")
    assert rows[3][4].startswith("+31")
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(verb="list exported")
    assert entry.detail == {"what": "nog-niet-bereikt", "format": "csv", "rows": 3}


def test_a_workbook_opens_and_the_filter_holds_in_the_file_too(client, small):
    login(client, small.counsellor)
    book = export(client, "klassen", "xlsx", **{"class": small.a.pk})
    assert ZipFile(io.BytesIO(book.content)).testzip() is None
    one = export(client, "klassen", "csv", **{"class": small.a.pk}).content.decode("utf-8-sig")
    assert "2A" in one
    assert "2B" not in one


@pytest.mark.parametrize(("what", "kind"), [("klassen", "pdf"), ("alles", "csv"), ("klassen", "exe")])
def test_an_unknown_list_or_format_does_not_exist(client, small, what, kind):
    login(client, small.counsellor)
    assert export(client, what, kind).status_code == 404


def test_a_mentor_takes_out_the_own_class_only(client, small):
    login(client, small.mentor)
    text = export(client, "nog-niet-bereikt", "csv").content.decode("utf-8-sig")
    assert "Samira0" in text
    assert "Bilal" not in text


def queries_of(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize("page", ["progress", "activity", "class", "line"])
def test_the_number_of_queries_does_not_grow_with_classes_or_pupils(client, small, page):
    url = {
        "progress": reverse("desk:progress"),
        "activity": reverse("desk:activity", args=[small.home.pk]),
        "class": reverse("desk:class_steps", args=[small.home.pk, small.a.pk]),
        "line": reverse("desk:line"),
    }[page]
    login(client, small.counsellor)
    before = queries_of(client, url)
    c = make_class(small.school, "2C", mentor=make_staff(small.school))
    for number in range(12):
        make_adult_for(make_pupil(c, f"Kind{number}"), language="tr")
        make_adult_for(make_pupil(small.a, f"Ook{number}"), language="pl")
    activities.add_classes(small.home, [c], actor=small.actor, today=timezone.localdate())
    activities.catch_up(small.home, today=timezone.localdate())
    assert queries_of(client, url) == before
    assert before < 30


def test_six_hundred_pupils_take_as_many_queries_as_three(client, small):
    login(client, small.counsellor)
    before = queries_of(client, reverse("desk:progress"))
    many(small, 600)
    activities.catch_up(small.home, today=timezone.localdate())
    assert queries_of(client, reverse("desk:progress")) == before
