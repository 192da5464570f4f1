"""A tie that a person ended stays ended, though the administration's list still names the adult."""

from dataclasses import replace
from uuid import UUID

from driegesprek.roster import Roster
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.people.domain.stored_roster import Known
from driegesprek.web.people.models import Bond, School

ENDED, RESUMED = "tie ended", "tie resumed"
Pair = tuple[UUID | None, UUID | None]


def left_out(incoming: Roster, found: Known, school: School) -> Roster:
    """The list without the ties that somebody at school ended, and without adults who have no other in it.

    Only a list that says in so many words that contact is allowed brings such a tie back; an empty cell says nothing.
    """
    ended = _ended_by_hand(school)
    if not ended:
        return incoming
    pupils, adults = found.rows["pupils"], found.rows["adults"]
    gone = {
        (one.pupil_external_id, one.adult_external_id)
        for one in incoming.bonds
        if one.contact_allowed is not True
        and (pupils.get(one.pupil_external_id), adults.get(one.adult_external_id)) in ended
    }
    bonds = tuple(one for one in incoming.bonds if (one.pupil_external_id, one.adult_external_id) not in gone)
    alone = {adult for _pupil, adult in gone} - {one.adult_external_id for one in bonds}
    return replace(
        incoming,
        bonds=bonds,
        adults=tuple(one for one in incoming.adults if one.external_id not in alone),
    )


def _ended_by_hand(school: School) -> set[Pair]:
    """Ended ties of which a person was the last to say so; what a list ended, a list may resume."""
    said = AuditEntry.objects.filter(school_id=school.pk, object_kind="bond", verb__in=(ENDED, RESUMED))
    last = dict(said.order_by("at").values_list("object_id", "verb"))
    keys = {key for key, verb in last.items() if verb == ENDED}
    rows = Bond.objects.filter(school=school).exclude(until=None).values_list("pk", "pupil_id", "adult_id")
    return {(pupil, adult) for key, pupil, adult in rows if key in keys} if keys else set()
