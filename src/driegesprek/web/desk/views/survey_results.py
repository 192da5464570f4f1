"""What came of a survey round: the scan of conditions at school, and the scores of scales."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.pages import scales, scans, so_far
from driegesprek.web.desk.pages import surveys as pages
from driegesprek.web.desk.views.surveys import find
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
