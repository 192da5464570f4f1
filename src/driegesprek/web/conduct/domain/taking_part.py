"""Whether somebody takes part in an activity, and in which class: asked when the first answer comes in."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from driegesprek.web.common.prepared import Prepared
from driegesprek.web.line.models import Step
from driegesprek.web.people.models import Enrolment


def steps(activity: UUID, pupil: UUID, bond: UUID | None) -> QuerySet[Step]:
    """The step of a pupil, or of an adult for a pupil, in an activity that was opened."""
    return Step.objects.filter(activity=activity, pupil=pupil, bond=bond).exclude(activity__opened_at=None)


_OF_ADULT = Prepared(
    lambda activity, pupil, bond: steps(activity, pupil, bond).values_list("pk"),
    activity=UUID,
    pupil=UUID,
    bond=UUID,
)
_OF_PUPIL = Prepared(
    lambda activity, pupil: steps(activity, pupil, None).values_list("pk"), activity=UUID, pupil=UUID
)
_CLASSES = Prepared(
    lambda pupil: (
        Enrolment.objects.filter(pupil=pupil)
        .order_by("-since")
        .values_list("school_class", "school_class__name", "school_class__year_group", "school_class__track")[
            :1
        ]
    ),
    pupil=UUID,
)


def has_part(activity_id: UUID, pupil_id: UUID, bond_id: UUID | None) -> bool:
    """Whether a pupil, or an adult for a pupil, has a step in this activity, and it was opened."""
    if bond_id:
        return bool(_OF_ADULT.rows(activity=activity_id, pupil=pupil_id, bond=bond_id))
    return bool(_OF_PUPIL.rows(activity=activity_id, pupil=pupil_id))


def class_of(pupil_id: UUID) -> dict[str, Any]:
    """{class_id, class, year_group, track} of a pupil's last class; empty words where there is none."""
    row = next(iter(_CLASSES.rows(pupil=pupil_id)), None)
    class_id, name, year_group, track = row or ("", "", None, "")
    return {"class_id": str(class_id), "class": name, "year_group": year_group, "track": track}
