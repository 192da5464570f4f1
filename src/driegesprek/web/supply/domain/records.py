"""Target variables, and what a school says of its own locations."""

from django.db import transaction

from driegesprek.web.common import audit
from driegesprek.web.supply.models import RecordedNote, Target


def aim(actor: audit.Acting, *, indicator: str, row_key: str, area: str, wanted: float) -> Target:
    """Set a target, or another height for one that is there."""
    with transaction.atomic():
        row, _made = Target.objects.update_or_create(
            school_id=actor.school_id,
            indicator=indicator,
            row_key=row_key,
            area=area,
            defaults={"wanted": wanted, "made_by": actor.actor_id},
        )
        audit.record(actor, "target set", row)
    return row


def give_up(actor: audit.Acting, target: Target) -> None:
    """Follow it no longer."""
    with transaction.atomic():
        audit.record(actor, "target given up", target)
        Target.objects.filter(pk=target.pk).delete()


def note(actor: audit.Acting, *, location: str, kind: str, profile: str, text: str) -> RecordedNote:
    """Say what open data do not show; families see it."""
    with transaction.atomic():
        row = RecordedNote.objects.create(
            school_id=actor.school_id,
            made_by=actor.actor_id,
            location=location,
            kind=kind,
            profile=profile,
            text=text,
        )
        audit.record(actor, "school note recorded", row)
    return row


def take_note_back(actor: audit.Acting, row: RecordedNote) -> None:
    """Families no longer see it."""
    with transaction.atomic():
        audit.record(actor, "school note taken back", row)
        RecordedNote.objects.filter(pk=row.pk).delete()
