"""Bring a roster in: what it would change, and changing it, as a whole or not at all."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models, transaction

from driegesprek.roster import Difference, Roster, compare, likely_doubles, with_known_adults
from driegesprek.web.common import audit
from driegesprek.web.people.domain import ended_ties
from driegesprek.web.people.domain.schools import ensure_year
from driegesprek.web.people.domain.stored_roster import (
    Known,
    class_value,
    filled,
    kept,
    known,
    named_adults,
    stored_roster,
    under_one_name,
)
from driegesprek.web.people.enums import Channel
from driegesprek.web.people.models import (
    Adult,
    Bond,
    Enrolment,
    ExternalId,
    LikelyDouble,
    Location,
    Pupil,
    School,
    SchoolClass,
    SchoolYear,
    Staff,
)


@dataclass(frozen=True)
class Plan:
    """What bringing a roster in would do to what is stored now."""

    school: School
    year: SchoolYear
    incoming: Roster
    difference: Difference
    found: Known

    @cached_property
    def fingerprint(self) -> str:
        """Changes when the plan would do anything else; what a person looked at is known by it."""
        parts = [(kind, part.new, part.changed, part.gone) for kind, part in self.difference]
        return hashlib.sha256(repr((self.year.pk, parts)).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The numbers of a preview; enrolments follow from the class of each pupil."""
        pupils = self.difference.pupils
        moved = [one for one in pupils.changed if one.before.class_external_id != one.after.class_external_id]
        stay = [*pupils.unchanged, *(one.after for one in pupils.changed if one not in moved)]
        enrolments = {
            "new": _enrolled([*pupils.new, *(one.after for one in moved)]),
            "changed": 0,
            "gone": _enrolled([*pupils.gone, *(one.before for one in moved)]),
            "unchanged": _enrolled(stay),
        }
        return {**self.difference.counts, "enrolments": enrolments}


def _enrolled(pupils: Iterable[Any]) -> int:
    return sum(1 for pupil in pupils if pupil.class_external_id)


class ChangedMeanwhileError(Exception):
    """The stored people changed since a person looked at what the list would do: that must be looked at again."""


def plan(school: School, roster: Roster, *, today: dt.date) -> Plan:
    """Compare a roster with what is stored from the same source. Changes nothing but may make the school year."""
    year = ensure_year(school, today)
    incoming = kept(roster)
    found = known(school, year, roster.source, incoming)
    incoming = with_known_adults(incoming, named_adults(found))
    incoming = ended_ties.left_out(under_one_name(incoming, found), found, school)
    current = stored_roster(roster.source, found)
    incoming = filled(incoming, current)
    return Plan(school, year, incoming, compare(current, incoming), found)


def bring_in(
    school: School, roster: Roster, *, actor: audit.Acting, today: dt.date, seen: str | None = None
) -> Plan:
    """Store what is new, changed and gone, in one transaction; repeated, it changes nothing.

    Args:
        school: whose people.
        roster: what was brought.
        actor: who does it.
        today: pupils who are gone left on this day.
        seen: the fingerprint of the plan that a person looked at.

    Raises:
        ChangedMeanwhileError: if the plan is not any more what was seen.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        done = plan(school, roster, today=today)
        if seen is not None and seen != done.fingerprint:
            raise ChangedMeanwhileError
        _Import(done, today).run()
        counts = {kind: part.counts for kind, part in done.difference if not part.is_empty}
        audit.record(actor, "roster brought in", school, source=roster.source, counts=counts)
    return done


class _Import:
    """Writes a plan; every kind in bulk, in the order in which keys refer to each other."""

    def __init__(self, done: Plan, today: dt.date) -> None:
        self.plan, self.today = done, today
        self.school, self.source = done.school, done.incoming.source
        self.rows = done.found.rows

    def run(self) -> None:
        """All kinds, then the external ids, then likely doubles."""
        self._locations()
        self._staff()
        self._classes()
        self._pupils()
        self._adults()
        self._bonds()
        self._remember()
        self._doubles()

    def _upsert(self, kind: str, model: Any, fields: list[str], fill: Any) -> None:
        """Make or change the rows of a kind. `fill(row, item)` sets the fields."""
        part = getattr(self.plan.difference, kind)
        items = {item.key: item for item in (*part.new, *(change.after for change in part.changed))}
        stored = model.objects.in_bulk([self.rows[kind][key] for key in items if key in self.rows[kind]])
        create, update = [], []
        for key, item in items.items():
            row = stored.get(self.rows[kind].get(key))
            (update if row else create).append(row := row or model(school=self.school))
            fill(row, item)
            self.rows[kind][key] = row.pk
        model.objects.bulk_create(create, batch_size=500)
        model.objects.bulk_update(update, fields, batch_size=200)

    def _locations(self) -> None:
        def fill(row: Location, item: Any) -> None:
            row.name = item.name

        self._upsert("locations", Location, ["name"], fill)

    def _staff(self) -> None:
        def fill(row: Staff, item: Any) -> None:
            row.email = item.email or row.email
            if not row.full_name:
                row.family_name = item.name
            row.set_indexes()

        self._upsert("staff", Staff, ["email", "email_index", "family_name"], fill)

    def _classes(self) -> None:
        def fill(row: SchoolClass, item: Any) -> None:
            row.year, row.name = self.plan.year, item.name
            row.year_group, row.track = item.year_group, item.track or ""
            row.mentor_id = self.rows["staff"].get(item.mentor_external_id)
            row.location_id = self.rows["locations"].get(item.location_external_id) or self._only_location()

        self._upsert("classes", SchoolClass, ["name", "year_group", "track", "mentor", "location"], fill)

    def _only_location(self) -> UUID | None:
        found = list(Location.objects.filter(school=self.school).values_list("pk", flat=True)[:2])
        return found[0] if len(found) == 1 else None

    def _pupils(self) -> None:
        def fill(row: Pupil, item: Any) -> None:
            row.given_name, row.prefix, row.family_name = item.given_name, item.prefix, item.family_name
            row.birth_date, row.left_on = item.birth_date, None

        self._upsert("pupils", Pupil, ["given_name", "prefix", "family_name", "birth_date", "left_on"], fill)
        part = self.plan.difference.pupils
        self._enrol([*part.new, *(change.after for change in part.changed)])
        gone = [self.rows["pupils"][pupil.key] for pupil in part.gone]
        Pupil.objects.filter(pk__in=gone).update(left_on=self.today)
        Enrolment.objects.filter(pupil__in=gone, until=None).update(until=self._end())

    def _end(self) -> Any:
        """The last day of an enrolment: today, unless it begins later."""
        return models.Case(
            models.When(since__gt=self.today, then=models.F("since")), default=models.Value(self.today)
        )

    def _enrol(self, pupils: list[Any]) -> None:
        wanted = {
            self.rows["pupils"][pupil.key]: self.rows["classes"][pupil.class_external_id]
            for pupil in pupils
            if pupil.class_external_id in self.rows["classes"]
        }
        open_now = {row.pupil_id: row for row in Enrolment.objects.filter(pupil__in=list(wanted), until=None)}
        moved = [row.pk for row in open_now.values() if row.school_class_id != wanted[row.pupil_id]]
        Enrolment.objects.filter(pk__in=moved).update(until=self._end())
        busy = set(
            Enrolment.objects.filter(school_class__in=set(wanted.values())).values_list(
                "school_class_id", flat=True
            )
        )
        Enrolment.objects.bulk_create(
            Enrolment(
                school=self.school,
                pupil_id=pupil,
                school_class_id=one,
                since=self.today if one in busy or pupil in open_now else self._start(),
            )
            for pupil, one in wanted.items()
            if pupil not in open_now or open_now[pupil].school_class_id != one
        )

    def _start(self) -> dt.date:
        """A class that comes in for the first time began with the school year."""
        return min(self.plan.year.starts_on, self.today)

    def _adults(self) -> None:
        def fill(row: Adult, item: Any) -> None:
            row.given_name = item.given_name if item.family_name else item.name
            row.prefix, row.family_name = item.prefix, item.family_name
            row.phone, row.other_phone, row.email = item.mobile or "", item.phone or "", item.email or ""
            row.language = item.language or "nl"
            row.set_indexes()

        names = ["given_name", "prefix", "family_name", "phone", "other_phone", "email", "language"]
        self._upsert("adults", Adult, [*names, "phone_index", "email_index"], fill)

    def _bonds(self) -> None:
        part = self.plan.difference.bonds
        items = {self._pair(one): one for one in (*part.new, *(change.after for change in part.changed))}
        pupils = {pupil for pupil, _ in items}
        stored = {(row.pupil_id, row.adult_id): row for row in Bond.objects.filter(pupil__in=pupils)}
        adults = Adult.objects.in_bulk([adult for _, adult in items])
        fresh = [Bond(school=self.school, pupil_id=p, adult_id=a) for p, a in items if (p, a) not in stored]
        for row in fresh:
            row.channels = channels_of(adults[row.adult_id])
        known_rows = [stored[pair] for pair in items if pair in stored]
        for row in (*fresh, *known_rows):
            _fill_bond(row, items[row.pupil_id, row.adult_id])
        Bond.objects.bulk_create(fresh, batch_size=500)
        Bond.objects.bulk_update(
            known_rows, ["relation", "household", "authority", "contact_allowed", "until"]
        )
        for one in part.gone:
            pupil, adult = self._pair(one)
            Bond.objects.filter(pupil=pupil, adult=adult).update(until=self.today, contact_allowed=False)

    def _pair(self, bond: Any) -> tuple[UUID, UUID]:
        return self.rows["pupils"][bond.pupil_external_id], self.rows["adults"][bond.adult_external_id]

    def _remember(self) -> None:
        known_now = set(
            ExternalId.objects.filter(school=self.school, source=self.source).values_list("kind", "value")
        )
        named = [
            (kind, class_value(value, self.plan.year) if kind == "classes" else value, row)
            for kind, rows in self.rows.items()
            for value, row in rows.items()
        ]
        ExternalId.objects.bulk_create(
            (
                ExternalId(school=self.school, source=self.source, kind=kind, value=value, object_id=row)
                for kind, value, row in named
                if (kind, value) not in known_now
            ),
            batch_size=500,
        )

    def _doubles(self) -> None:
        adults = self.rows["adults"]
        pairs = likely_doubles(self.plan.incoming.adults)
        LikelyDouble.objects.bulk_create(
            (
                LikelyDouble(
                    school=self.school,
                    first_id=adults[pair.a.external_id],
                    second_id=adults[pair.b.external_id],
                    reason=", ".join(pair.why),
                )
                for pair in pairs
            ),
            ignore_conflicts=True,
        )


def _fill_bond(row: Bond, item: Any) -> None:
    row.relation, row.household = item.relation, item.household or "1"
    row.authority = item.authority is not False
    row.contact_allowed = item.contact_allowed is not False
    row.until = None


def channels_of(adult: Adult) -> list[str]:
    """How an adult can be reached, from what is known."""
    return [
        Channel.LETTER.value,
        *([Channel.SMS.value] if adult.phone else []),
        *([Channel.PHONE.value] if adult.phone or adult.other_phone else []),
        *([Channel.EMAIL.value] if adult.email else []),
    ]
