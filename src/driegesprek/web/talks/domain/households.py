"""With whom at home a talk is: the adults of a pupil, by household."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from driegesprek.web.people.models import Bond

NOBODY = ""
"""The household of a pupil of whom no adult may be contacted."""


@dataclass(frozen=True, slots=True)
class Household:
    """One household around a pupil, with the adults whom school may contact."""

    key: str
    bonds: tuple[Bond, ...] = field(default=())

    @property
    def names(self) -> str:
        """The adults, as they are called."""
        return ", ".join(bond.adult.full_name for bond in self.bonds)

    @property
    def languages(self) -> tuple[str, ...]:
        """In which languages these adults read, each once."""
        return tuple(dict.fromkeys(bond.spoken_language for bond in self.bonds))


def bonds(pupils: Iterable[UUID], *, today: dt.date) -> QuerySet[Bond]:
    """The bonds of these pupils that hold today and about which contact is allowed, with their adults."""
    rows = Bond.objects.filter(
        Q(since=None) | Q(since__lte=today),
        Q(until=None) | Q(until__gt=today),
        pupil__in=list(pupils),
        contact_allowed=True,
    )
    return rows.select_related("adult").order_by("household", "relation", "pk")


def of_pupils(pupils: Iterable[UUID], *, today: dt.date) -> dict[UUID, tuple[Household, ...]]:
    """The households of these pupils, in one query; a pupil without an adult has one, with nobody in it."""
    found: dict[UUID, dict[str, list[Bond]]] = {pupil: defaultdict(list) for pupil in pupils}
    for bond in bonds(found, today=today):
        found[bond.pupil_id][bond.household].append(bond)
    return {pupil: _households(rows) for pupil, rows in found.items()}


def _households(rows: dict[str, list[Bond]]) -> tuple[Household, ...]:
    return tuple(Household(key, tuple(adults)) for key, adults in rows.items()) or (Household(NOBODY),)


def of_pupil(pupil_id: UUID, *, today: dt.date) -> tuple[Household, ...]:
    """The households of one pupil."""
    return of_pupils([pupil_id], today=today)[pupil_id]


def of_talk(pupil_id: UUID, key: str, *, today: dt.date) -> Household:
    """The household of a talk; with nobody in it once contact is no longer allowed."""
    found = {one.key: one for one in of_pupil(pupil_id, today=today)}
    return found.get(key, Household(key))
