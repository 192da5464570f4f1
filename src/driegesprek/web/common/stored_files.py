"""A stored picture, sound or film to a browser: whole, or the part it asks for; never as a page."""

import re
from typing import BinaryIO

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_ALONE = "default-src 'none'; sandbox"
"""Opened by itself, it may do nothing at all."""
LONG = "private, max-age=31536000, immutable"
"""For what never changes under its address."""


def send(request: HttpRequest, stored: FieldFile, kind: str, *, cache: str = "private") -> HttpResponseBase:
    """The file, or the part of it that a browser asks for: phones jump to and fro in sound and film.

    Raises:
        Http404: the file is gone.
    """
    try:
        file = stored.open("rb")
    except OSError as error:
        raise Http404 from error
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted and any(wanted.groups()):
        response: HttpResponseBase = _part(file, stored.size, wanted[1], wanted[2], kind)
    else:
        response = FileResponse(file, content_type=kind)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = cache
    response["Content-Security-Policy"] = _ALONE
    response["X-Content-Type-Options"] = "nosniff"
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
    return response
