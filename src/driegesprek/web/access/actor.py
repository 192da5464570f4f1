"""Who is asking: nobody known, a member of staff, an analyst of a municipality, an adult or a pupil behind a door."""

from dataclasses import dataclass
from uuid import UUID

from driegesprek.web.access.enums import Grant
from driegesprek.web.access.models import Analyst, Door
from driegesprek.web.people.models import Staff


@dataclass(frozen=True)
class Actor:
    """Who is asking, for every question 'may I?' and 'which rows?'.

    `school_id` is whose rows are meant: of a school, or for an analyst of the own office, which no school's rows carry.
    """

    kind: str = "anonymous"
    school_id: UUID | None = None
    staff: Staff | None = None
    door: Door | None = None
    grant: Grant | None = None
    analyst: Analyst | None = None

    @property
    def actor_id(self) -> UUID | None:
        """The staff record, analyst or door, as the audit log keeps it."""
        row = self.staff or self.analyst or self.door
        return row.pk if row else None

    @property
    def sees_all(self) -> bool:
        """Counsellors and school leaders see every class of their school."""
        return self.staff is not None and self.staff.sees_all

    @property
    def roles(self) -> frozenset[str]:
        """The roles of a member of staff; everyone with a class is its mentor. An analyst has that role alone."""
        if self.staff is None:
            return frozenset({"analyst"} if self.analyst else ())
        mentor = {"mentor"} if self.staff.classes.exists() else set()
        return frozenset(self.staff.roles) | mentor

    @property
    def called(self) -> str:
        """The name of who is logged in."""
        return self.staff.full_name if self.staff else self.analyst.name if self.analyst else ""

    @property
    def workplace(self) -> str:
        """The school or office of who is logged in."""
        if self.staff:
            return str(self.staff.school)
        return str(self.analyst.office) if self.analyst else ""


ANONYMOUS = Actor()


def of_staff(staff: Staff) -> Actor:
    """A member of staff as actor."""
    return Actor(kind="staff", school_id=staff.school_id, staff=staff)


def of_analyst(analyst: Analyst) -> Actor:
    """Somebody of a municipality or region as actor."""
    return Actor(kind="analyst", school_id=analyst.office_id, analyst=analyst)


def of_door(door: Door, grant: Grant) -> Actor:
    """Who stands behind a door."""
    return Actor(kind=door.kind, school_id=door.school_id, door=door, grant=grant)
