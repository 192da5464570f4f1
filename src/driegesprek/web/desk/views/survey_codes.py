"""Codes of an anonymous round, for the organisation that sends them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.tables import write_csv
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.conduct.domain import sheets
from driegesprek.web.conduct.domain.round_messages import code_cards
from driegesprek.web.desk.forms.surveys import CodesForm, OldCodeForm
from driegesprek.web.desk.pages import surveys as pages
from driegesprek.web.desk.views.survey_post import download
from driegesprek.web.desk.views.surveys import find
from driegesprek.web.surveys.domain import codes, studies
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import CodeBatch, Round

KINDS = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


def _round(request: HttpRequest, round_id: UUID) -> Round:
    row = find(request, round_id)
    if row.design != Design.ANONYMOUS:
        raise Http404
    return row


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Make codes for a group; below it the groups that have them."""
    row = _round(request, round_id)
    form = CodesForm(request.POST or None, voices=row.voices.values_list("voice", flat=True))
    if request.method == "POST" and form.is_valid():
        try:
            codes.make(row, **form.cleaned_data, actor=request.actor, today=timezone.localdate())
        except studies.RefusedError as error:
            for problem in error.problems:
                form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("The codes are made. Download them for the organisation that sends them.")
            )
            return redirect("desk:survey_codes", round_id=round_id)
    return _page(request, row, form, OldCodeForm())


def _page(request: HttpRequest, row: Round, form: CodesForm, old: OldCodeForm) -> HttpResponse:
    context = {
        "area": "surveys",
        "row": row,
        "title": pages.title(row),
        "form": form,
        "old": old,
        "batches": list(row.batches.all()),
        "problem": sheets.address_of_sheets(),
    }
    return render(request, "desk/surveys/codes.html", context)


@staff_only("counsellor", "leader")
@require_GET
def file(request: HttpRequest, round_id: UUID, batch_id: UUID, kind: str) -> HttpResponse:
    """The codes of a group as a list or as cards; it is noted who fetched them."""
    row = _round(request, round_id)
    batch = get_object_or_404(
        CodeBatch.objects.select_related("round__school", "round__study"), round=row, pk=batch_id
    )
    if kind not in KINDS:
        raise Http404
    if problem := sheets.address_of_sheets():
        messages.error(request, problem)
        return redirect("desk:survey_codes", round_id=round_id)
    made = code_cards(batch) if kind == "pdf" else write_csv(("code", "link"), codes.listed(batch))
    audit.record(request.actor, "codes fetched", batch, format=kind)
    return download(made, KINDS[kind], f"codes-{slugify(batch.stratum) or batch.voice}.{kind}")


@staff_only("counsellor", "leader")
@require_POST
def replace(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Another code for one that was lost."""
    row = _round(request, round_id)
    old = OldCodeForm(request.POST)
    if old.is_valid():
        new = codes.replace(row, old.cleaned_data["code"], actor=request.actor)
        if new:
            messages.success(
                request, _("The new code is %(code)s. The old one opens nothing any more.") % {"code": new}
            )
            return redirect("desk:survey_codes", round_id=round_id)
        old.add_error("code", _("This is no code of this round, or it was replaced already."))
    form = CodesForm(voices=row.voices.values_list("voice", flat=True))
    return _page(request, row, form, old)
