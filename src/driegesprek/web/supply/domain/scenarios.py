"""Keep, change, share and delete a scenario."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from driegesprek import region
from driegesprek.web.common import audit
from driegesprek.web.supply.models import Scenario

MOST = 500
"""Changes of one scenario, as a file may have."""
NAME = 120
"""Characters of a name."""


class FullError(Exception):
    """A scenario has as many changes as it may."""


def begin(actor: audit.Acting, *, name: str, year: int) -> Scenario:
    """A scenario without changes, against a year."""
    return bring_in(actor, region.Scenario(name=name, year=year, changes=()))


def bring_in(actor: audit.Acting, made: region.Scenario) -> Scenario:
    """A scenario from a file."""
    name = made.name.strip()[:NAME] or "–"
    with transaction.atomic():
        row = Scenario.objects.create(
            school_id=actor.school_id,
            made_by=actor.actor_id,
            name=name,
            document=region.scenario_to_json(made),
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
        return _write(actor, row, with_change(row.scenario, change))


def with_change(made: region.Scenario, change: region.ScenarioChange) -> region.Scenario:
    """The same with one change more, nothing stored."""
    return replace(made, changes=(*made.changes, change))


def add_annex(actor: audit.Acting, scenario: Scenario, annex: region.Annex) -> Scenario:
    """One technical mbo location of now more; another place for one of the same name.

    Raises:
        FullError: there are as many as there may be.
    """
    with transaction.atomic():
        row = _locked(scenario.pk)
        kept = tuple(one for one in row.scenario.annexes if one.name != annex.name)
        if len(kept) >= MOST:
            raise FullError
        return _write(actor, row, replace(row.scenario, annexes=(*kept, annex)))


def take_out(actor: audit.Acting, scenario: Scenario, place: int) -> Scenario:
    """Without the change at a place, from 0; one that is gone already changes nothing."""
    with transaction.atomic():
        row = _locked(scenario.pk)
        kept = tuple(one for index, one in enumerate(row.scenario.changes) if index != place)
        return _write(actor, row, replace(row.scenario, changes=kept))


def take_annex_out(actor: audit.Acting, scenario: Scenario, place: int) -> Scenario:
    """Without the mbo location of now at a place, from 0."""
    with transaction.atomic():
        row = _locked(scenario.pk)
        kept = tuple(one for index, one in enumerate(row.scenario.annexes) if index != place)
        return _write(actor, row, replace(row.scenario, annexes=kept))


def _locked(pk: UUID) -> Scenario:
    return Scenario.objects.select_for_update().get(pk=pk)


def _write(actor: audit.Acting, row: Scenario, made: region.Scenario) -> Scenario:
    row.document = region.scenario_to_json(made)
    row.save(update_fields=["document"])
    audit.record(actor, "scenario changed", row, changes=len(made.changes), annexes=len(made.annexes))
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
