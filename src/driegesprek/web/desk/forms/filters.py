"""What a list may be narrowed to; anything else in the address is left out, never an error."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.people.models import SchoolClass, SchoolYear


@dataclass(frozen=True, slots=True)
class ProgressFilter:
    """What was asked of the monitor."""

    year_group: int | None
    school_class: SchoolClass | None
    language: str
    state: str
    q: str
    sort: str
    classes: tuple[SchoolClass, ...]

    @property
    def only(self) -> dict[str, Any]:
        """Conditions on classes."""
        if self.school_class:
            return {"pk": self.school_class.pk}
        return {"year_group": self.year_group} if self.year_group else {}

    @property
    def year_groups(self) -> list[int]:
        """Those that can be chosen."""
        return sorted({one.year_group for one in self.classes if one.year_group})


def progress_filter(asked: QueryDict, actor: Actor, year: SchoolYear | None) -> ProgressFilter:
    """Read the address; one query, for the classes one can choose."""
    classes = tuple(scope.classes(actor).filter(year=year).order_by("year_group", "name"))
    by_id = {str(one.pk): one for one in classes}
    group = asked.get("group", "")
    return ProgressFilter(
        year_group=int(group) if group.isdecimal() and len(group) == 1 else None,
        school_class=by_id.get(asked.get("class", "")),
        language=asked.get("language", "")[:8],
        state=asked.get("state", ""),
        q=asked.get("q", "")[:100],
        sort=asked.get("sort", ""),
        classes=classes,
    )
