"""The monitor, and apart from it the pupils of whom no adult is reached yet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.desk.exports import line as exports
from driegesprek.web.desk.forms.filters import ProgressFilter, progress_filter
from driegesprek.web.desk.pages import line as line_pages
from driegesprek.web.desk.pages import monitor, unreached
from driegesprek.web.desk.pages.words import language_name
from driegesprek.web.line.domain import visible
from driegesprek.web.people.models import SchoolYear

LISTS = ("klassen", "nog-niet-bereikt")
STATES = (
    (unreached.ASKED, _("asks to be called")),
    (unreached.NEVER, _("nothing tried yet")),
    (unreached.TRIED, _("tried")),
    (unreached.NO_ADULT, _("no adult known")),
)


@staff_only()
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Class by class what was delivered; below it who is not reached yet."""
    today = timezone.localdate()
    year = line_pages.chosen_year(request.actor, request.GET.get("year"), today)
    wanted = progress_filter(request.GET, request.actor, year)
    found = _unreached(request, year, wanted)
    context = {
        "area": "progress",
        "year": year,
        "years": visible.years(request.actor),
        "filter": wanted,
        "tables": _tables(request, year, wanted),
        "rows": _shown(found, wanted),
        "all_rows": len(found),
        "languages": _languages(found),
        "states": STATES,
        "today": today,
        "query": _query(request),
    }
    return render(request, "desk/line/progress.html", context)


def _tables(
    request: HttpRequest, year: SchoolYear | None, wanted: ProgressFilter
) -> list[monitor.ActivityTable]:
    activities = visible.activities(request.actor).filter(line__year=year)
    found = monitor.tables(request.actor, activities, today=timezone.localdate(), **wanted.only)
    return [table for table in found if table.rows]


def _unreached(
    request: HttpRequest, year: SchoolYear | None, wanted: ProgressFilter
) -> list[unreached.Unreached]:
    if year is None:
        return []
    activities = visible.activities(request.actor).filter(line__year=year)
    return unreached.rows(request.actor, year, activities, today=timezone.localdate(), **wanted.only)


def _shown(found: list[unreached.Unreached], wanted: ProgressFilter) -> list[unreached.Unreached]:
    rows = unreached.filtered(found, language=wanted.language, state=wanted.state, q=wanted.q)
    return unreached.in_order(rows, wanted.sort)


def _languages(found: list[unreached.Unreached]) -> list[tuple[str, str]]:
    codes = {code for row in found for code in row.languages}
    return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1])


def _query(request: HttpRequest) -> str:
    """The filters without the order, to hang a sorting link or an export on."""
    asked = request.GET.copy()
    asked.pop("sort", None)
    return asked.urlencode()


@staff_only()
@require_GET
def export(request: HttpRequest, what: str, kind: str) -> HttpResponse:
    """The same lists as a file, filters and all; it is noted who took it."""
    if what not in LISTS or kind not in exports.KINDS:
        raise Http404
    today = timezone.localdate()
    year = line_pages.chosen_year(request.actor, request.GET.get("year"), today)
    wanted = progress_filter(request.GET, request.actor, year)
    if what == "klassen":
        headings, rows = exports.classes(_tables(request, year, wanted))
    else:
        headings, rows = exports.unreached(_shown(_unreached(request, year, wanted), wanted))
    audit.record(request.actor, "list exported", year, what=what, format=kind, rows=len(rows))
    return exports.as_file(headings, rows, name=f"{what}-{today:%Y-%m-%d}", kind=kind)
