"""Classes that a study is compared with: named by the school, before it knows what came out."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from driegesprek.web.common import audit
from driegesprek.web.findings.models import Comparison
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.surveys.models import Invitation, Round, Study


def classes(row: Round) -> list[SchoolClass]:
    """The classes in which somebody is asked, by name."""
    asked = Invitation.objects.filter(round=row).exclude(school_class=None).values("school_class")
    return list(SchoolClass.objects.filter(pk__in=asked).order_by("name"))


def name_comparison(
    row: Round, chosen: Collection[UUID], *, by_lot: bool, actor: audit.Acting, today: dt.date
) -> Comparison | None:
    """Say which classes did nothing of it on purpose; none takes the comparison away.

    Raises:
        ValueError: all classes are chosen, so that there is nobody to compare with them, or a class is not asked.
    """
    known = {one.pk for one in classes(row)}
    wanted = set(chosen)
    if not wanted <= known or (wanted and wanted == known):
        raise ValueError("a comparison is of some of the classes that are asked")
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=row.study_id)
        audit.record(actor, "comparison named", study, classes=len(wanted), by_lot=by_lot)
        if not wanted:
            Comparison.objects.filter(study=study).delete()
            return None
        found, _made = Comparison.objects.update_or_create(
            study=study,
            defaults={
                "school_id": row.school_id,
                "classes": sorted(str(one) for one in wanted),
                "by_lot": by_lot,
                "named_on": today,
            },
        )
    return found
