"""Bring a class list in: files, columns, a look at what it would change, and only then changing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.roster import Recognised
from driegesprek.tables import FileRefused, Problem
from driegesprek.web.access import scope
from driegesprek.web.access.guards import staff_only
from driegesprek.web.conduct.domain import activities
from driegesprek.web.desk.forms.imports import ColumnsForm, UploadForm, choice_form, sheets
from driegesprek.web.desk.pages import imports as pages
from driegesprek.web.people.domain import doubles, uploads
from driegesprek.web.people.domain.importing import ChangedMeanwhileError
from driegesprek.web.people.models import RosterUpload

MOST_NOTES = 60


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose the file."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return _keep(request, form)
        except FileRefused as refusal:
            problems = refusal.problems
    context = {
        "area": "import",
        "form": form,
        "problems": told(problems),
        "waiting": uploads.waiting(request.actor.school_id),
        "doubles": doubles.open_questions(request.actor.school_id).count(),
    }
    return render(request, "desk/imports/start.html", context)


def _keep(request: HttpRequest, form: UploadForm) -> HttpResponse:
    files = form.contents()
    name = next(iter(files)) if len(files) == 1 else _("%(count)s files") % {"count": len(files)}
    uploads.recognise(files, name=name)
    staff = request.actor.staff
    upload = uploads.keep(
        staff.school, files, name=name, by=staff, actor=request.actor, today=timezone.localdate()
    )
    return redirect("desk:import_preview", upload_id=upload.pk)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Which column of a class list holds what."""
    upload = _upload(request, upload_id)
    found, problems = _recognised(upload)
    if problems:
        return _refused(request, upload, found, problems)
    if found.kind != "class_list":
        return redirect("desk:import_preview", upload_id=upload.pk)
    asked = request.GET.get("sheet") or (upload.mapping or {}).get("sheet")
    table = uploads.table_of(found, asked)
    mapping = uploads.mapping_of(upload, table) or uploads.suggestion(table)
    form = ColumnsForm(request.POST or None, table=table, mapping=mapping)
    if request.method == "POST" and form.is_valid():
        uploads.choose_columns(upload, table, form.mapping)
        return redirect("desk:import_preview", upload_id=upload.pk)
    context = {"area": "import", "upload": upload, "form": form, "table": table, "sheets": sheets(found)}
    return render(request, "desk/imports/columns.html", context)


@staff_only("counsellor", "leader")
@require_GET
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What the list would change; looking changes nothing."""
    upload = _upload(request, upload_id)
    found, problems = _recognised(upload)
    if problems:
        return _refused(request, upload, found, problems)
    if found.kind == "class_list" and _columns_needed(upload, found):
        return redirect("desk:import_columns", upload_id=upload.pk)
    try:
        shown = uploads.preview(upload, found, today=timezone.localdate())
    except FileRefused as refusal:
        return _refused(request, upload, found, refusal.problems)
    return render(request, "desk/imports/preview.html", _preview_context(upload, found, shown))


def _columns_needed(upload: RosterUpload, found: Recognised) -> bool:
    """Whether a person has to say which column holds what: no mapping yet, or something required is missing."""
    table = uploads.table_of(found, (upload.mapping or {}).get("sheet"))
    mapping = uploads.mapping_of(upload, table)
    return mapping is None or bool(mapping.missing)


def _preview_context(upload: RosterUpload, found: Recognised, shown: uploads.Preview) -> dict[str, Any]:
    plan, chosen = shown.plan, dict(upload.mapping or {})
    chosen.setdefault("school", uploads.school_in(found, upload.school.name) or "")
    notes = told(shown.notes)
    return {
        "area": "import",
        "upload": upload,
        "plan": plan,
        "year": plan.year,
        "kinds": (kinds := pages.kinds(plan)),
        "rows": [(kind.label, kind.counts) for kind in kinds],
        "nothing": plan.difference.is_empty,
        "gone": plan.counts["pupils"]["gone"],
        "notes": notes[:MOST_NOTES],
        "more_notes": max(0, len(notes) - MOST_NOTES),
        "doubles": shown.doubles,
        "choice": choice_form(found, chosen),
        "is_list": found.kind == "class_list",
        "version": found.version,
    }


@staff_only("counsellor", "leader")
@require_POST
def choose(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Say how much the list holds, or which school of it."""
    upload = _upload(request, upload_id)
    found, problems = _recognised(upload)
    form = choice_form(found, dict(upload.mapping or {}), request.POST) if not problems else None
    if form is not None and form.is_valid():
        uploads.choose(upload, **form.cleaned_data)
    return redirect("desk:import_preview", upload_id=upload.pk)


@staff_only("counsellor", "leader")
@require_POST
def apply(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Bring the list in as it was seen."""
    upload = get_object_or_404(_all(request), pk=upload_id)
    today = timezone.localdate()
    try:
        uploads.apply(upload, seen=request.POST.get("seen", ""), actor=request.actor, today=today)
    except uploads.AppliedError:
        return redirect("desk:import_done", upload_id=upload.pk)
    except ChangedMeanwhileError:
        messages.warning(
            request, _("Something changed since you looked. Nothing is stored yet: please look once more.")
        )
        return redirect("desk:import_preview", upload_id=upload.pk)
    except FileRefused:
        return redirect("desk:import_preview", upload_id=upload.pk)
    activities.catch_up_school(upload.school_id, today=today)
    return redirect("desk:import_done", upload_id=upload.pk)


@staff_only("counsellor", "leader")
@require_GET
def done(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What was stored, and what to do next."""
    upload = _all(request).filter(pk=upload_id).exclude(applied_at=None).first()
    if upload is None:
        get_object_or_404(_all(request), pk=upload_id)
        return redirect("desk:import_preview", upload_id=upload_id)
    classes = scope.classes(request.actor).filter(year__ends_on__gte=timezone.localdate())
    context = {
        "area": "import",
        "upload": upload,
        "counts": pages.counts((upload.mapping or {}).get("counts", {})),
        "doubles": doubles.open_questions(request.actor.school_id).count(),
        "without_mentor": classes.filter(mentor=None).count(),
    }
    return render(request, "desk/imports/done.html", context)


@staff_only("counsellor", "leader")
@require_POST
def discard(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Take a list away that was not brought in."""
    upload = get_object_or_404(_all(request), pk=upload_id)
    try:
        uploads.discard(upload, actor=request.actor)
    except uploads.AppliedError:
        return redirect("desk:import_done", upload_id=upload.pk)
    messages.success(request, _("The list is taken away. Nothing of it was stored."))
    return redirect("desk:import")


def _all(request: HttpRequest) -> Any:
    return RosterUpload.objects.filter(school_id=request.actor.school_id).defer("content")


def _upload(request: HttpRequest, upload_id: UUID) -> RosterUpload:
    rows = RosterUpload.objects.filter(school_id=request.actor.school_id, applied_at=None)
    return get_object_or_404(rows.select_related("school"), pk=upload_id)


def _recognised(upload: RosterUpload) -> tuple[Any, tuple[Problem, ...]]:
    try:
        return uploads.recognised(upload), ()
    except FileRefused as refusal:
        return None, refusal.problems


def _refused(
    request: HttpRequest, upload: RosterUpload, found: Any, problems: tuple[Problem, ...]
) -> HttpResponse:
    """Everything that is wrong, at once."""
    context = {
        "area": "import",
        "upload": upload,
        "problems": told(problems),
        "is_list": found is not None and found.kind == "class_list",
    }
    return render(request, "desk/imports/refused.html", context)


def told(problems: Any) -> list[dict[str, Any]]:
    """Problems and notes in the language of the desk."""
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    return [{**one.as_json(language), "where": one.where(language)} for one in problems]
