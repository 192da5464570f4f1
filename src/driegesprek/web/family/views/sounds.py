"""Recorded sound of a text; pictures, sounds and films of a form."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from driegesprek.web.access.guards import EVERY_DOOR, behind_door
from driegesprek.web.common import stored_files
from driegesprek.web.family.views.seats import seat
from driegesprek.web.outreach.models import Recording
from driegesprek.web.surveys.domain import media


@behind_door(*EVERY_DOOR)
@require_safe
def sound(request: HttpRequest, door_id: UUID, recording_id: UUID) -> HttpResponseBase:  # noqa: ARG001 - named in the address
    """The recording, or a part of it."""
    recording = get_object_or_404(
        Recording,
        pk=recording_id,
        school_id=request.actor.school_id,  # type: ignore[attr-defined] # set by the guard
    )
    return stored_files.send(request, recording.file, recording.kind)


@behind_door(*EVERY_DOOR)
@require_safe
def medium(
    request: HttpRequest,
    door_id: UUID,  # noqa: ARG001 - named in the address
    activity_id: UUID,
    medium_id: UUID,
) -> HttpResponseBase:
    """A picture, sound or film of the form that is asked here."""
    rows = media.in_round(seat(request, activity_id).seat.round.id)
    found = get_object_or_404(rows, pk=medium_id)
    return stored_files.send(request, found.file, found.kind, cache=stored_files.LONG)
