"""What stands in the desk's navigation, and for whom."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from driegesprek.web.access.actor import Actor
from driegesprek.web.access.guards import REGION_DESK

EVERYONE = frozenset({"counsellor", "leader", "mentor"})
WHOLE_SCHOOL = frozenset({"counsellor", "leader"})


@dataclass(frozen=True)
class Entry:
    """One entry: its address by name, icon, words and roles; `area` marks it on the pages below it."""

    name: str
    area: str
    icon: str
    label: str
    roles: frozenset[str] = EVERYONE


ENTRIES = (
    Entry("desk:home", "home", "house", _("Today")),
    Entry("desk:line", "line", "route", _("Line")),
    Entry("desk:progress", "progress", "list-checks", _("Progress")),
    Entry("desk:sheets", "sheets", "printer", _("Sheets")),
    Entry("desk:talks", "talks", "message-circle", _("Talks")),
    Entry("desk:results", "results", "chart-column", _("Results")),
    Entry("desk:surveys", "surveys", "clipboard-list", _("Surveys")),
    Entry("desk:region", "region", "map", _("Region"), REGION_DESK),
    Entry("desk:people", "people", "users", _("People")),
    Entry("desk:import", "import", "upload", _("Class list"), WHOLE_SCHOOL),
    Entry("desk:staff", "staff", "contact", _("Staff"), WHOLE_SCHOOL),
    Entry("desk:texts", "texts", "languages", _("Texts"), WHOLE_SCHOOL),
    Entry("desk:school", "school", "school", _("School"), WHOLE_SCHOOL),
)


def entries(actor: Actor, area: str) -> list[dict[str, object]]:
    """The entries this actor sees, with the current one marked; rooms that are not built are left out."""
    roles = actor.roles
    shown = []
    for entry in ENTRIES:
        if not entry.roles & roles:
            continue
        try:
            url = reverse(entry.name)
        except NoReverseMatch:
            continue
        shown.append(
            {"url": url, "icon_name": entry.icon, "label": entry.label, "current": entry.area == area}
        )
    return shown
