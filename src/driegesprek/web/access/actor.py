"""Who is asking: nobody known, a member of staff, an adult or a pupil behind a door."""

from dataclasses import dataclass
from uuid import UUID

from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Door
from driegesprek.web.people.models import Staff


@dataclass(frozen=True)
class Actor:
    """Who is asking, for every question 'may I?' and 'which rows?'."""

    kind: str = "anonymous"
    school_id: UUID | None = None
    staff: Staff | None = None
    door: Door | None = None
    grant: Grant | None = None

    @property
    def actor_id(self) -> UUID | None:
        """The staff record or door, as the audit log keeps it."""
        row = self.staff or self.door
        return row.pk if row else None

    @property
    def sees_all(self) -> bool:
        """Counsellors and school leaders see every class of their school."""
        return self.staff is not None and self.staff.sees_all

    @property
    def roles(self) -> frozenset[str]:
        """The roles of a member of staff; everyone with a class is its mentor."""
        if self.staff is None:
            return frozenset()
        mentor = {"mentor"} if self.staff.classes.exists() else set()
        return frozenset(self.staff.roles) | mentor


ANONYMOUS = Actor()


def of_staff(staff: Staff) -> Actor:
    """A member of staff as actor."""
    return Actor(kind="staff", school_id=staff.school_id, staff=staff)


def of_door(door: Door, grant: Grant) -> Actor:
    """Who stands behind a door."""
    return Actor(kind=door.kind, school_id=door.school_id, door=door, grant=grant)
