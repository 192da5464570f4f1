"""What came of a survey round: the scan of conditions at school, and the scores of scales."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.exports import results as files
from driegesprek.web.desk.pages import scales, scans, so_far
from driegesprek.web.desk.pages import surveys as pages
from driegesprek.web.desk.views.survey_post import download
from driegesprek.web.desk.views.surveys import find
from driegesprek.web.findings.domain import gathering, taking
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.rules.showing import MINIMUM


@staff_only("counsellor", "leader")
@require_GET
def scan(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Strengths and next steps of what the team answered."""
    row = find(request, round_id)
    if not scans.has_scan(row):
        raise Http404
    context = {"area": "surveys", "row": row, "title": pages.title(row), "scan": scans.scan(row)}
    return render(request, "desk/surveys/scan.html", context)


@staff_only("counsellor", "leader")
@require_GET
def scores(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Means and spreads of the scales; of a pair of rounds, before beside after."""
    row = find(request, round_id)
    if row.design == Design.ANONYMOUS:
        raise Http404
    context = {
        "area": "surveys",
        "row": row,
        "title": pages.title(row),
        "scores": scales.scores(row),
        "minimum": MINIMUM,
        "without_names": row.design != Design.NAMED,
    }
    return render(request, "desk/surveys/scores.html", context)


@staff_only("counsellor", "leader")
@require_GET
def counts(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What was answered so far, question by question."""
    row = find(request, round_id)
    context = {
        "area": "surveys",
        "row": row,
        "title": pages.title(row),
        "so_far": so_far.page(row, request.GET.get("voice", ""), today=timezone.localdate()),
        "without_names": row.design != Design.NAMED,
    }
    return render(request, "desk/surveys/counts.html", context)


@staff_only("counsellor", "leader")
@require_POST
def take_counts(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The counts that may leave the school, as a file; what left is kept, so that a later file gives nothing away."""
    row, today = find(request, round_id), timezone.localdate()
    voice, kind = request.POST.get("voice", ""), request.POST.get("kind", "")
    if kind not in files.KINDS or voice not in gathering.voices([row]):
        raise Http404
    found = taking.counts(row, voice, today=today, actor=request.actor)  # type: ignore[attr-defined] # set by ActorMiddleware
    if found is None:
        messages.warning(request, _("Fewer than ten answers may be counted now, so there is no file."))
        return redirect("desk:survey_counts", round_id=row.pk)
    content = files.taken(found, kind, still_open=today <= row.closes_on)
    name = f"{slugify(pages.title(row)) or 'round'}-{voice}-{today}.{kind}"
    return download(content, files.KINDS[kind], name)
