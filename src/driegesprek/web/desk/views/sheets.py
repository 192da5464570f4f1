"""Sheets, cards and lists of text messages: ask for them, fetch them, say that they were handed out."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.web.access import scope
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.conduct.domain import sheets as conduct
from driegesprek.web.conduct.tasks import make_print
from driegesprek.web.desk.forms.outreach import PrintForm
from driegesprek.web.line.domain import visible
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.outreach.domain import printing
from driegesprek.web.outreach.enums import PrintKind
from driegesprek.web.outreach.models import PrintJob

SHOWN = 20


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """Ask for sheets; below it what was made in the last days."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        return _ask(request, form)
    jobs = printing.visible(request.actor).select_related("activity", "school_class", "pupil", "bond__adult")
    context = {
        "area": "sheets",
        "form": form,
        "activities": form.fields["activity"].queryset.exists(),
        "jobs": jobs.exclude(file="", made_at__isnull=False, problem="")[:SHOWN],
        "may_change": request.actor.sees_all,
        "problem": conduct.address_of_sheets(),
    }
    return render(request, "desk/outreach/sheets.html", context)


def _form(request: HttpRequest) -> PrintForm:
    today = timezone.localdate()
    activities = visible.activities(request.actor).filter(
        kind=ActivityKind.HOME_ASSIGNMENT, line__year__ends_on__gte=today
    )
    classes = scope.classes(request.actor).filter(pk__in=activities.values("activity_classes__school_class"))
    return PrintForm(
        request.POST or None,
        initial={"school_class": request.GET.get("class"), "activity": request.GET.get("activity")},
        activities=activities.order_by("line__year_group"),
        classes=classes.order_by("name"),
        sees_all=request.actor.sees_all,
    )


def _ask(request: HttpRequest, form: PrintForm) -> HttpResponse:
    data = form.cleaned_data
    problem = conduct.problem(data["activity"])
    if problem:
        messages.error(request, problem)
        return redirect("desk:sheets")
    job = printing.ask(
        data["activity"],
        kind=PrintKind(data["kind"]),
        school_class=data["school_class"],
        actor=request.actor,
    )
    make_print.enqueue(str(job.pk))
    return redirect("desk:print_job", job_id=job.pk)


@staff_only()
@require_POST
def sheet_again(request: HttpRequest, activity_id: UUID, bond_id: UUID) -> HttpResponse:
    """The sheet of one adult once more; its code stays the same."""
    bond = get_object_or_404(scope.bonds(request.actor), pk=bond_id, contact_allowed=True)
    return _one(request, activity_id, PrintKind.SHEETS, bond=bond)


@staff_only()
@require_POST
def card_again(request: HttpRequest, activity_id: UUID, pupil_id: UUID) -> HttpResponse:
    """The card of one pupil once more."""
    pupil = get_object_or_404(scope.pupils(request.actor), pk=pupil_id)
    return _one(request, activity_id, PrintKind.CARDS, pupil=pupil)


def _one(request: HttpRequest, activity_id: UUID, kind: PrintKind, **whose: object) -> HttpResponse:
    rows = visible.activities(request.actor).filter(kind=ActivityKind.HOME_ASSIGNMENT)
    activity = get_object_or_404(rows.select_related("line"), pk=activity_id)
    problem = conduct.problem(activity)
    if problem:
        messages.error(request, problem)
        return redirect("desk:sheets")
    job = printing.ask(activity, kind=kind, actor=request.actor, **whose)
    make_print.enqueue(str(job.pk))
    return redirect("desk:print_job", job_id=job.pk)


def _job(request: HttpRequest, job_id: UUID) -> PrintJob:
    rows = printing.visible(request.actor)
    return get_object_or_404(
        rows.select_related("activity", "school_class", "pupil", "bond__adult"), pk=job_id
    )


@staff_only()
@require_GET
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """How far a job is; htmx asks again until it is made."""
    template = "desk/outreach/job_state.html" if request.htmx else "desk/outreach/job.html"
    return render(request, template, {"area": "sheets", "job": _job(request, job_id)})


@staff_only()
@require_GET
def file(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """The file itself: for who may see that class, in no cache; it is noted who fetched it."""
    found = _job(request, job_id)
    if not found.file or not found.file.storage.exists(found.file.name):
        raise Http404
    audit.record(request.actor, "print fetched", found, count=found.count)
    name = found.file.name.rsplit("/", 1)[-1]
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@staff_only()
@require_POST
def handed_out(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """They went out: printing alone is not sending."""
    found = _job(request, job_id)
    count = conduct.hand_out(found, at=timezone.now(), actor=request.actor)
    if count:
        said = ngettext("Noted: given to %(n)s person.", "Noted: given to %(n)s people.", count)
        messages.success(request, said % {"n": count})
    return redirect("desk:print_job", job_id=found.pk)
