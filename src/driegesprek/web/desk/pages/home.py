"""What asks for attention today, for who is logged in."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.desk.pages import monitor
from driegesprek.web.line.domain import visible
from driegesprek.web.line.enums import DeliveryState
from driegesprek.web.line.models import Activity
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.outreach.models import Contact
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.talks.domain import agreements
from driegesprek.web.talks.domain import visible as talks
from driegesprek.web.talks.models import Agreement, Talk


@dataclass(frozen=True)
class Waiting:
    """A stage that was agreed for a day that has come, and is not marked yet."""

    activity: Activity
    school_class: SchoolClass
    cell: monitor.Cell


@dataclass(frozen=True)
class Today:
    """Everything on the home page."""

    classes: list[SchoolClass]
    tables: list[monitor.ActivityTable]
    waiting: list[Waiting]
    talks: QuerySet[Talk]
    call_backs: QuerySet[Contact]
    open_agreements: QuerySet[Agreement]


def today_of(actor: Actor, *, today: dt.date) -> Today:
    """Of the classes the actor sees."""
    activities = visible.activities(actor).filter(line__year__ends_on__gte=today, opened_at__isnull=False)
    tables = [table for table in monitor.tables(actor, activities, today=today) if table.rows]
    return Today(
        classes=list(scope.classes(actor).filter(year__ends_on__gte=today).select_related("mentor")),
        tables=tables,
        waiting=_waiting(tables),
        talks=_talks(actor, today),
        call_backs=contacts.call_backs(actor),
        open_agreements=agreements.open_of_school(actor),
    )


def _waiting(tables: list[monitor.ActivityTable]) -> list[Waiting]:
    return [
        Waiting(table.activity, row.school_class, cell)
        for table in tables
        for row in table.rows
        for cell in row.cells
        if cell.state == DeliveryState.LATE
    ]


def _talks(actor: Actor, today: dt.date) -> QuerySet[Talk]:
    rows = talks.to_hold(actor).filter(slot__starts_at__date=today, held_at=None)
    return rows.select_related("slot", "pupil").order_by("slot__starts_at").distinct()
