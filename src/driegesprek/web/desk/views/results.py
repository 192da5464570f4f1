"""First results: rounds, the counts of a round, and what of it may leave the school."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.desk.exports import results as files
from driegesprek.web.desk.pages import results as pages
from driegesprek.web.line.domain import visible


@staff_only()
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of activities that the actor sees."""
    context = {"area": "results", "activities": pages.rounds(request.actor), "today": timezone.localdate()}
    return render(request, "desk/results/rounds.html", context)


@staff_only()
@require_GET
def round_(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Who handed in, then the counts of one voice by one group."""
    of = _asked(request, activity_id, request.GET.get("voice", ""))
    context = {
        "area": "results",
        "asked": of,
        "turnout": pages.turnout(of),
        "results": pages.results(of),
        "minimum": pages.MINIMUM,
        "voices": [(one, pages.VOICES[one]) for one in of.voices],
        "groupings": pages.GROUPINGS.items(),
    }
    return render(request, "desk/results/round.html", context)


def _asked(request: HttpRequest, activity_id: UUID, voice: str) -> pages.Asked:
    rows = visible.activities(request.actor).filter(round__isnull=False)
    found = get_object_or_404(rows.select_related("round", "line__year"), pk=activity_id)
    return pages.asked(request.actor, found, voice, request.GET.get("by", ""))


@staff_only()
@require_GET
def export(request: HttpRequest, activity_id: UUID, voice: str, kind: str) -> HttpResponse:
    """The counts that may leave the school, as a file; it is noted who took it."""
    of = _asked(request, activity_id, voice)
    if of.voice != voice or kind not in files.KINDS:
        raise Http404
    content = files.counts(of, kind)
    audit.record(request.actor, "counts exported", of.round, voice=voice, format=kind)
    name = f"{slugify(of.activity.title.get('nl', ''))}-{voice}-{timezone.localdate():%Y-%m-%d}.{kind}"
    return _file(content, files.KINDS[kind], name)


@staff_only()
@require_GET
def figure(request: HttpRequest, activity_id: UUID, voice: str, question: str) -> HttpResponse:
    """One figure of which every cell may leave the school; it is noted who took it."""
    of = _asked(request, activity_id, voice)
    if of.voice != voice:
        raise Http404
    try:
        found = pages.figure(of, question)
    except LookupError as error:
        raise Http404 from error
    if found is None:
        messages.warning(
            request, _("This figure stays here: outside the school it would give away a small number.")
        )
        return redirect(f"{reverse('desk:results_round', args=[activity_id])}?{request.GET.urlencode()}")
    audit.record(request.actor, "figure exported", of.round, voice=voice, question=question)
    return _file(files.svg(found), "image/svg+xml", f"{slugify(question)}.svg")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
