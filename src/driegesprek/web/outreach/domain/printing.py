"""Jobs that make sheets, cards and lists: asked for, made by the worker, fetched, and deleted after a week."""

import datetime as dt
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.line.models import Activity
from driegesprek.web.outreach.enums import PrintKind
from driegesprek.web.outreach.models import PrintJob
from driegesprek.web.people.models import Bond, Pupil, SchoolClass

KEPT = dt.timedelta(days=7)


def visible(actor: Actor) -> QuerySet[PrintJob]:
    """All jobs for counsellor and leader; for a mentor those of an own class, pupil or adult of that pupil."""
    rows = PrintJob.objects.filter(school_id=actor.school_id)
    if actor.kind != "staff":
        return rows.none()
    if actor.sees_all:
        return rows
    return rows.filter(
        Q(bond=None, pupil=None, school_class__in=scope.classes(actor))
        | Q(bond__in=scope.bonds(actor))
        | Q(pupil__in=scope.pupils(actor))
    )


def ask(
    activity: Activity,
    *,
    kind: PrintKind,
    actor: Actor,
    school_class: SchoolClass | None = None,
    bond: Bond | None = None,
    pupil: Pupil | None = None,
) -> PrintJob:
    """Ask for sheets of a class, of one adult or pupil, or (nothing named) of all classes of the activity."""
    with transaction.atomic():
        job = PrintJob.objects.create(
            school_id=activity.school_id,
            activity=activity,
            kind=kind,
            school_class=school_class,
            bond=bond,
            pupil=pupil,
            asked_by=actor.staff,
        )
        audit.record(actor, "print asked", job, print_kind=str(kind))
    return job


def keep(job: PrintJob, *, content: bytes, name: str, count: int, steps: list[UUID]) -> None:
    """Store what was made, and what is on it."""
    job.file.save(f"{job.pk}/{name}", ContentFile(content), save=False)
    job.count, job.steps = count, [str(step) for step in steps]
    job.made_at, job.problem = timezone.now(), ""
    job.save()


def fail(job: PrintJob, problem: str) -> None:
    """Keep why nothing was made, for who asked."""
    PrintJob.objects.filter(pk=job.pk).update(problem=problem, made_at=timezone.now())


def delete_old_prints(now: dt.datetime) -> int:
    """Delete files a week after they were asked for: they hold codes. What was handed out stays known."""
    old = PrintJob.objects.filter(asked_at__lt=now - KEPT).exclude(file="")
    for job in old:
        job.file.delete(save=False)
        PrintJob.objects.filter(pk=job.pk).update(file="")
    return len(old)
