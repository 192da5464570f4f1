"""A school takes part in an evaluation of several schools: look at what would leave, give it out, fetch it again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from driegesprek.evidence import EvidenceError
from driegesprek.evidence.plans import Plan
from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.forms.together import GiveForm, SchoolPlanForm
from driegesprek.web.desk.pages import evidence_words
from driegesprek.web.desk.pages import together as pages
from driegesprek.web.desk.pages.surveys import title as title_of
from driegesprek.web.desk.views.survey_post import download
from driegesprek.web.findings.domain import regional
from driegesprek.web.findings.models import GivenSums
from driegesprek.web.surveys.domain import studies
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Round


def _round(request: HttpRequest, round_id: UUID) -> Round:
    rows = studies.visible(request.actor).exclude(opened_at=None)  # type: ignore[attr-defined] # set by ActorMiddleware
    return get_object_or_404(rows, pk=round_id)


def _voices(row: Round) -> list[tuple[str, str]]:
    return [(one, capfirst(str(Voice(one).label))) for one in regional.voices(row)]


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Bring a plan in and see what would leave the school; what left before. Nothing is stored."""
    row = _round(request, round_id)
    form = SchoolPlanForm(request.POST or None, request.FILES or None, voices=_voices(row))
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        context = {**_looked_at(row, form), "text": form.text, "voice": form.cleaned_data["voice"]}
    return _page(request, row, form, context)


def _page(request: HttpRequest, row: Round, form: Any, context: dict[str, Any]) -> HttpResponse:
    _before, after = regional.rounds(row)
    shown = {
        "area": "surveys",
        "row": row,
        "title": title_of(row),
        "form": form,
        "open": after.closes_on >= timezone.localdate(),
        "last_day": after.closes_on,
        "given_out": regional.given_out(row),
        **context,
    }
    return render(request, "desk/findings/together.html", shown)


def _looked_at(row: Round, form: Any) -> dict[str, Any]:
    """What would leave; or why nothing can."""
    plan, voice = form.cleaned_data["plan_file"], form.cleaned_data["voice"]
    try:
        found = regional.draft(row, voice, plan, today=timezone.localdate())
    except Exception as error:  # noqa: BLE001 - raised again, unless it is known
        return _said(error)
    return {"preview": pages.preview(found), "already": found.given}


def _said(error: Exception) -> dict[str, Any]:
    """What a person is told of a plan that cannot be run; anything else is raised again."""
    if isinstance(error, regional.StillOpenError):
        return {
            "problem": _(
                "Answers may still come in. Give sums out after the last day, so that they stay true."
            )
        }
    if isinstance(error, regional.NobodyError):
        return {"problem": _("Nobody of this group handed in.")}
    if isinstance(error, regional.LackingError):
        return {"lacking": pages.lacking(error), "known": error.known}
    if isinstance(error, EvidenceError):
        return {"problem": evidence_words.problem(error), "exactly": str(error)}
    raise error


@staff_only("counsellor", "leader")
@require_POST
def give(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Give the sums out: noted, kept, and from then on the same file for this plan."""

    def give_out(row: Round, voice: str, plan: Plan) -> HttpResponse:
        regional.give_out(row, voice, plan, actor=request.actor, today=timezone.localdate())  # type: ignore[attr-defined] # as above
        messages.success(
            request, _("Given out and noted. Fetch the file below and send it to whoever sent the plan.")
        )
        return redirect("desk:survey_together", round_id=row.pk)

    return _with_plan(request, round_id, give_out)


@staff_only("counsellor", "leader")
@require_POST
def looked_at(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What would leave as a file, to look at: marked as not given out, so that nobody can add it up. Nothing is stored."""

    def draft(row: Round, voice: str, plan: Plan) -> HttpResponse:
        found = regional.draft(row, voice, plan, today=timezone.localdate())
        ending = slugify(_("to look at"))
        name = f"{slugify(plan.title) or 'plan'}-{voice}.{ending}.json"
        return download(replace(found.sums, released=False).to_json().encode(), "application/json", name)

    return _with_plan(request, round_id, draft)


def _with_plan(
    request: HttpRequest, round_id: UUID, deed: Callable[[Round, str, Plan], HttpResponse]
) -> HttpResponse:
    """Do something with the plan that stood on the page; where that cannot be done, the page says why."""
    row = _round(request, round_id)
    form = GiveForm(request.POST, voices=_voices(row))
    if not form.is_valid():
        messages.error(request, _("Bring the plan in again: it did not arrive whole."))
        return redirect("desk:survey_together", round_id=row.pk)
    try:
        return deed(row, form.cleaned_data["voice"], form.cleaned_data["plan"])
    except Exception as error:  # noqa: BLE001 - raised again, unless it is known
        return _page(request, row, SchoolPlanForm(voices=_voices(row)), _said(error))


@staff_only("counsellor", "leader")
@require_safe
def given(request: HttpRequest, round_id: UUID, given_id: UUID) -> HttpResponse:
    """The file as it was given out."""
    row = _round(request, round_id)
    there = [one.pk for one in regional.rounds(row) if one]
    found = get_object_or_404(GivenSums, pk=given_id, round__in=there, school_id=row.school_id)
    name = f"{slugify(row.school.name) or 'school'}-{slugify(found.title) or 'plan'}-{found.voice}.sums.json"
    return download(found.document.encode(), "application/json", name)
