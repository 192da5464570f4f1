"""Scenarios at the desk: what is changed, what that gives, side by side, as a file and as a link."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from driegesprek import region as workshop
from driegesprek.web.access.guards import REGION_DESK, public, staff_only
from driegesprek.web.desk.exports import scenarios as exports
from driegesprek.web.desk.forms.scenario import FORMS, FileForm
from driegesprek.web.desk.pages import region as pages
from driegesprek.web.supply import opendata
from driegesprek.web.supply.domain import scenarios
from driegesprek.web.supply.models import Scenario

MOST_COMPARED = 4


def own(request: HttpRequest) -> QuerySet[Scenario]:
    """The scenarios of the school or office."""
    return Scenario.objects.filter(school_id=request.actor.school_id)  # type: ignore[attr-defined] # set by ActorMiddleware


def _readable(request: HttpRequest) -> QuerySet[Scenario]:
    """And those that others share."""
    own_key = request.actor.school_id  # type: ignore[attr-defined] # as above
    return Scenario.objects.filter(Q(school_id=own_key) | Q(shared_at__isnull=False))


@staff_only(*REGION_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """A scenario with its result; add a change: `kind` and `area` say which form is shown."""
    row = get_object_or_404(own(request), pk=scenario_id)
    world, kind, area = _baseline(row), _kind(request), request.GET.get("area", "").strip()[:80]
    form = _form(request, row, world, kind, area)
    if request.method == "POST" and form is not None and form.is_valid() and _added(request, row, form):
        return redirect("desk:scenario", row.pk)
    context = {
        **_shown(row),
        "form": form,
        "kind": kind,
        "place": area,
        "areas": opendata.areas() if world else (),
        "kinds": _kinds(),
    }
    return render(request, "desk/region/scenario.html", context)


def _kinds() -> dict[str, str]:
    return {
        "profile": _("A profile at a location"),
        "annex": _("An mbo location"),
        "distance": _("Distances"),
        "shift": _("Choices"),
        "now": _("Mbo locations of now"),
    }


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in FORMS else "profile"


def _shown(row: Scenario) -> dict[str, Any]:
    return {"area": "region", "found": pages.worked(row)}


def _baseline(row: Scenario) -> workshop.World | None:
    try:
        return opendata.world(row.scenario.year)
    except (workshop.NothingImportedError, workshop.StoreError):
        return None


def _form(request: HttpRequest, row: Scenario, world: workshop.World | None, kind: str, area: str) -> Any:
    if world is None or (kind == "profile" and not area):
        return None
    try:
        return FORMS[kind](request.POST or None, world=world, area=area, scenario=row.scenario)
    except workshop.UnknownAreaError:
        messages.error(request, _("We know no area of this name."))
        return None


def _added(request: HttpRequest, row: Scenario, form: Any) -> bool:
    """Add what the form says, unless the scenario could not be worked out with it: then the form says why."""
    actor, made, values = request.actor, row.scenario, form.values()  # type: ignore[attr-defined] # as above
    annex = _annex(values) if "place" in values else None
    change = None if annex else workshop.ScenarioChange(**values)
    if change and (why := pages.refusal(scenarios.with_change(made, change))):
        form.add_error(None, why)
        return False
    try:
        if annex:
            scenarios.add_annex(actor, row, annex)
        elif change:
            scenarios.add(actor, row, change)
    except scenarios.FullError:
        form.add_error(None, _("A scenario has at most %(n)s changes.") % {"n": scenarios.MOST})
        return False
    return True


def _annex(values: dict[str, Any]) -> workshop.Annex:
    latitude, longitude = values["place"]
    return workshop.Annex(name=values["name"], latitude=latitude, longitude=longitude)


@staff_only(*REGION_DESK)
@require_POST
def scenario_deed(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """Take a change out, share the link or stop sharing, delete."""
    row = get_object_or_404(own(request), pk=scenario_id)
    actor = request.actor  # type: ignore[attr-defined] # as above
    deed, place = request.POST.get("deed", ""), request.POST.get("place", "")
    if deed == "delete":
        scenarios.delete(actor, row)
        messages.success(request, _("Deleted."))
        return redirect("desk:region")
    if deed in {"share", "stop"}:
        scenarios.share(actor, row, shared=deed == "share")
    elif deed in {"out", "annex_out"} and place.isascii() and place.isdigit():
        take = scenarios.take_out if deed == "out" else scenarios.take_annex_out
        take(actor, row, int(place[:4]))
    return redirect("desk:scenario", row.pk)


@staff_only(*REGION_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """A scenario that somebody has as a file; one that cannot be worked out here is refused."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = form.cleaned_data["file"]
        if why := pages.refusal(made):
            form.add_error("file", why)
        else:
            row = scenarios.bring_in(request.actor, made)  # type: ignore[attr-defined] # as above
            return redirect("desk:scenario", row.pk)
    return render(request, "desk/region/from_file.html", {"area": "region", "form": form})


@staff_only(*REGION_DESK)
@require_safe
def as_file(request: HttpRequest, scenario_id: UUID, kind: str) -> HttpResponse:
    """The scenario as a file that can be brought in again (.json), or what it gives as a table (.csv, .xlsx)."""
    row = get_object_or_404(_readable(request), pk=scenario_id)
    return exports.response(pages.worked(row), kind)


@staff_only(*REGION_DESK)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Scenarios side by side, own ones and those that others share."""
    wanted = {one for one in request.GET.getlist("id") if _is_key(one)}
    rows = _readable(request).filter(pk__in=wanted)[:MOST_COMPARED]
    found = [pages.worked(row) for row in rows]
    context = {
        "area": "region",
        "found": found,
        "tables": pages.compared(found),
        "disclaimer": workshop.said(workshop.DISCLAIMER, pages.language()),
    }
    return render(request, "desk/region/compare.html", context)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@public
@never_cache
@require_safe
def shared(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """A scenario that is shared as a link. One that names schools asks for a login; whether there is one too."""
    row = Scenario.objects.filter(pk=scenario_id, shared_at__isnull=False).first()
    if row is None or row.scenario.names_schools:
        return _behind_login(request, row)
    return render(request, "desk/region/scenario.html", {**_shown(row), "read_only": True})


@staff_only(*REGION_DESK)
def _behind_login(request: HttpRequest, row: Scenario | None) -> HttpResponse:
    found = get_object_or_404(Scenario, pk=row.pk if row else None)
    return render(request, "desk/region/scenario.html", {**_shown(found), "read_only": True})
