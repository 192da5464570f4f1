"""Whether somebody takes part in an activity, and in which class: asked when the first answer comes in."""

from typing import Any
from uuid import UUID

from driegesprek.web.common.prepared import Prepared
from driegesprek.web.line.models import Step
from driegesprek.web.people.models import Enrolment


def _steps(**whose: Any):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset
    return Step.objects.filter(**whose).exclude(activity__opened_at=None).values_list("pk")


_OF_ADULT = Prepared(
    lambda activity, pupil, bond: _steps(activity=activity, pupil=pupil, bond=bond),
    activity=UUID,
    pupil=UUID,
    bond=UUID,
)
_OF_PUPIL = Prepared(
    lambda activity, pupil: _steps(activity=activity, pupil=pupil, bond=None), activity=UUID, pupil=UUID
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
