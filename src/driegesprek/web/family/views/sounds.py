"""Recorded sound of a text."""

import re
from typing import BinaryIO
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from driegesprek.web.access.guards import EVERY_DOOR, behind_door
from driegesprek.web.outreach.models import Recording

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@behind_door(*EVERY_DOOR)
@require_safe
def sound(request: HttpRequest, door_id: UUID, recording_id: UUID) -> HttpResponseBase:  # noqa: ARG001 - named in the address
    """The recording, or the part of it that a browser asks for: phones jump to and fro in it."""
    recording = get_object_or_404(
        Recording,
        pk=recording_id,
        school_id=request.actor.school_id,  # type: ignore[attr-defined] # set by the guard
    )
    try:
        file = recording.file.open("rb")
    except OSError as error:
        raise Http404 from error
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    size = recording.file.size
    if wanted and any(wanted.groups()):
        return _part(file, size, wanted[1], wanted[2], recording.kind)
    response = FileResponse(file, content_type=recording.kind)
    response["Accept-Ranges"] = "bytes"
    return response


def _part(file: BinaryIO, size: int, first: str, last: str, kind: str) -> HttpResponse:
    """Bytes `first` to `last`, or the `last` ones when there is no first (RFC 9110, 14.1.2)."""
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    with file:
        if start > end:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{size}"
            return response
        file.seek(start)
        response = HttpResponse(file.read(end - start + 1), status=206, content_type=kind)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response
