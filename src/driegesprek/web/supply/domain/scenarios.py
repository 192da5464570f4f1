"""Keep, change, share and delete a scenario."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from driegesprek import region
from driegesprek.web.common import audit
from driegesprek.web.supply.models import Scenario

MOST = 50
"""Changes of one scenario."""


class FullError(Exception):
    """A scenario has as many changes as it may."""


def begin(actor: audit.Acting, *, name: str, year: int) -> Scenario:
    """A scenario without changes, against a year."""
    empty = region.scenario_to_json(region.Scenario(name=name, year=year, changes=()))
    with transaction.atomic():
        row = Scenario.objects.create(
            school_id=actor.school_id, made_by=actor.actor_id, name=name, document=empty
        )
        audit.record(actor, "scenario begun", row)
    return row


def add(actor: audit.Acting, scenario: Scenario, change: region.ScenarioChange) -> Scenario:
    """One change more.

    Raises:
        FullError: there are as many as there may be.
    """
    with transaction.atomic():
        row = _locked(scenario.pk)
        if len(row.scenario.changes) >= MOST:
            raise FullError
        return _write(actor, row, (*row.scenario.changes, change))


def take_out(actor: audit.Acting, scenario: Scenario, place: int) -> Scenario:
    """Without the change at a place, from 0; one that is gone already changes nothing."""
    with transaction.atomic():
        row = _locked(scenario.pk)
        kept = [one for index, one in enumerate(row.scenario.changes) if index != place]
        return _write(actor, row, tuple(kept))


def _locked(pk: UUID) -> Scenario:
    return Scenario.objects.select_for_update().get(pk=pk)


def _write(actor: audit.Acting, row: Scenario, changes: tuple[region.ScenarioChange, ...]) -> Scenario:
    row.document = region.scenario_to_json(replace(row.scenario, changes=changes))
    row.save(update_fields=["document"])
    audit.record(actor, "scenario changed", row, changes=len(changes))
    return row


def share(actor: audit.Acting, scenario: Scenario, *, shared: bool) -> Scenario:
    """Let its link open for others, or no longer."""
    with transaction.atomic():
        row = _locked(scenario.pk)
        row.shared_at = timezone.now() if shared else None
        row.save(update_fields=["shared_at"])
        audit.record(actor, "scenario shared" if shared else "scenario no longer shared", row)
    return row


def delete(actor: audit.Acting, scenario: Scenario) -> None:
    """It is gone, and its link with it."""
    with transaction.atomic():
        audit.record(actor, "scenario deleted", scenario)
        Scenario.objects.filter(pk=scenario.pk).delete()
