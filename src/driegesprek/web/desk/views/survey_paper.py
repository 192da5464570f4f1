"""A questionnaire on paper: of a round as it asks it, and of the school's own before there is a round."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from driegesprek.content.on_paper import Wanted
from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.views.survey_media import find_version
from driegesprek.web.desk.views.survey_post import download
from driegesprek.web.desk.views.surveys import find
from driegesprek.web.surveys.domain import printing
from driegesprek.web.surveys.models import InstrumentVersion


@staff_only("counsellor", "leader")
@require_safe
def of_round(request: HttpRequest, round_id: UUID, voice: str, language: str) -> HttpResponse:
    """What a voice is asked in a round."""
    row = find(request, round_id)
    asked = get_object_or_404(row.voices.select_related("version"), voice=voice)
    wanted = _wanted(request, asked.version, language)
    content = printing.asked(row, asked, wanted, today=timezone.localdate())
    return download(content, "application/pdf", printing.file_name(asked.version, language))


@staff_only("counsellor", "leader")
@require_safe
def of_form(request: HttpRequest, version_id: UUID, language: str) -> HttpResponse:
    """A form of the school's own, whole."""
    version = find_version(request, version_id)
    wanted = _wanted(request, version, language)
    content = printing.form(version, wanted, today=timezone.localdate())
    return download(content, "application/pdf", printing.file_name(version, language))


def _wanted(request: HttpRequest, version: InstrumentVersion, language: str) -> Wanted:
    if language not in printing.languages(version):
        raise Http404
    school = request.actor.staff.school.name  # type: ignore[attr-defined] # set by ActorMiddleware
    return Wanted(language=language, school=school, demonstration=settings.DEMONSTRATION)
