"""The jobs of the scheduler. Each may run twice without harm."""

import datetime as dt

from django.core.management import call_command
from django.utils import timezone

from driegesprek.web.access.models import FailedTries, StaffInvitation
from driegesprek.web.access.tries import WINDOW
from driegesprek.web.common import outbox
from driegesprek.web.common.models import OutboxItem
from driegesprek.web.line.models import Activity
from driegesprek.web.outreach.domain import printing, recordings
from driegesprek.web.people.models import RosterUpload
from driegesprek.web.surveys.domain import draws

KEEP_UPLOADS = dt.timedelta(days=7)
KEEP_DONE = dt.timedelta(days=90)
KEEP_INVITATIONS = dt.timedelta(days=30)


def empty_outbox() -> None:
    """Act on what deeds left in the outbox."""
    outbox.empty()


def catch_up() -> None:
    """Give pupils and adults who came later their steps in what is open."""
    from driegesprek.web.conduct.domain import activities  # noqa: PLC0415 - heavy content, once an hour

    today = timezone.localdate()
    for activity in Activity.objects.filter(opened_at__isnull=False, closes_on__gte=today):
        activities.catch_up(activity)


def ask_in_surveys() -> None:
    """Ask who came later in survey rounds, and remind who has not answered on the days that were planned."""
    from driegesprek.web.surveys.domain import inviting, mailings  # noqa: PLC0415 - heavy, once an hour

    inviting.catch_up(today=timezone.localdate())
    mailings.remind(now=timezone.now(), today=timezone.localdate())


def forget_what_has_ended() -> None:
    """Delete what its table says is kept for days only."""
    from driegesprek.web.conduct.domain import survey_sittings  # noqa: PLC0415 - heavy content, a few times a day

    now = timezone.now()
    FailedTries.objects.filter(window__lt=int(now.timestamp()) // WINDOW - 96).delete()
    OutboxItem.objects.filter(done_at__lt=now - KEEP_DONE).delete()
    StaffInvitation.objects.filter(expires_at__lt=now - KEEP_INVITATIONS).delete()
    RosterUpload.objects.filter(uploaded_at__lt=now - KEEP_UPLOADS).delete()
    draws.destroy_what_is_over(now)
    survey_sittings.forget_moments(today=timezone.localdate())
    printing.delete_old_prints(now)
    recordings.delete_old_drafts(now)
    call_command("prune_db_task_results", min_age_days=7, verbosity=0)
    call_command("clearsessions", verbosity=0)
