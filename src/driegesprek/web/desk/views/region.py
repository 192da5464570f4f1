"""The region at the desk: scenarios, target variables, what the school records of itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from driegesprek import region as workshop
from driegesprek.web.access.guards import REGION_DESK, staff_only
from driegesprek.web.desk.forms.region import AboutForm, BeginForm, NoteForm, TargetForm, locations
from driegesprek.web.desk.pages import region as pages
from driegesprek.web.supply import aims, opendata
from driegesprek.web.supply.domain import records, scenarios
from driegesprek.web.supply.models import RecordedNote, Scenario, Target

AIMING = ("counsellor", "leader", "analyst")
"""Who sets target variables."""


def _own(request: HttpRequest, model: type[Any]) -> Any:
    return model.objects.filter(school_id=request.actor.school_id)  # type: ignore[attr-defined] # set by ActorMiddleware


def _world() -> workshop.World | None:
    try:
        return opendata.world()
    except (workshop.NothingImportedError, workshop.StoreError):
        return None


@staff_only(*REGION_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The school's scenarios and target variables; begin a scenario."""
    world = _world()
    form = BeginForm(request.POST or None)
    if request.method == "POST" and world and form.is_valid():
        row = scenarios.begin(request.actor, name=form.cleaned_data["name"], year=world.year)
        return redirect("desk:scenario", row.pk)
    targets_now = [aims.standing(one) for one in _own(request, Target)]
    context = {
        "area": "region",
        "form": form,
        "world": world,
        "place": _usual_area(request),
        "scenarios": [(row, len(row.scenario.changes)) for row in _own(request, Scenario)],
        "may_aim": bool(request.actor.roles & set(AIMING)),  # type: ignore[attr-defined] # as above
        "targets": targets_now,
        "alarms": sum(one.state == "alarm" for one in targets_now),
    }
    return render(request, "desk/region/home.html", context)


@staff_only(*AIMING)
@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """Set a target variable: first of which figures and where (in the address), then which line and how much."""
    asked = request.GET if "indicator" in request.GET else None
    about = AboutForm(asked, initial={"area": _usual_area(request)}, language=pages.language())
    form = None
    if about.is_valid():
        form = TargetForm(request.POST or None, about=about, language=pages.language())
    if request.method == "POST" and form is not None and form.is_valid():
        records.aim(request.actor, **about.cleaned_data, **form.cleaned_data)  # type: ignore[attr-defined] # as above
        messages.success(request, _("Saved."))
        return redirect("desk:region")
    return render(request, "desk/region/target.html", {"area": "region", "about": about, "form": form})


def _usual_area(request: HttpRequest) -> str:
    analyst = request.actor.analyst  # type: ignore[attr-defined] # as above
    return analyst.office.area if analyst else ""


@staff_only(*REGION_DESK)
@require_safe
def bottlenecks(request: HttpRequest) -> HttpResponse:
    """Where an area falls short of the country and of comparable municipalities, in sentences."""
    area = request.GET.get("gebied", "").strip()[:80] or _usual_area(request)
    name = request.GET.get("cijfer", "")
    found = pages.shortfalls(name if name in pages.COMPARED else "supply", area) if area else None
    context = {"area": "region", "found": found, "place": area, "indicators": pages.comparable_indicators()}
    return render(request, "desk/region/bottlenecks.html", context)


@staff_only(*AIMING)
@require_POST
def give_up(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Follow a target no longer."""
    records.give_up(request.actor, get_object_or_404(_own(request, Target), pk=target_id))
    return redirect("desk:region")


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest) -> HttpResponse:
    """What open data do not show of the school's own locations; families see it."""
    own = _own_locations(request)
    form = NoteForm(request.POST or None, own=own)
    if request.method == "POST" and own and form.is_valid():
        records.note(request.actor, **form.cleaned_data)
        messages.success(request, _("Saved. Families see it on the page of the atlas."))
        return redirect("desk:school_notes")
    context = {"area": "region", "form": form, "own": own, "notes": _own(request, RecordedNote)}
    return render(request, "desk/region/notes.html", context)


def _own_locations(request: HttpRequest) -> list[tuple[str, str]]:
    """The locations whose number begins with the school's own BRIN: nobody writes about another school."""
    brin = request.actor.staff.school.brin.strip().upper()  # type: ignore[attr-defined] # as above
    world = _world()
    if world is None or not brin:
        return []
    return [one for one in locations(world, "NL") if one[0].startswith(brin)]


@staff_only("counsellor", "leader")
@require_POST
def take_note_back(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Families no longer see a note."""
    records.take_note_back(request.actor, get_object_or_404(_own(request, RecordedNote), pk=note_id))
    return redirect("desk:school_notes")
