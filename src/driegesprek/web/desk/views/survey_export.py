"""The answers of a named survey round as files, for the counsellor: special data, so that every time is noted."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from driegesprek.tables import FileRefused
from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.pages import surveys as pages
from driegesprek.web.desk.views.survey_post import download
from driegesprek.web.desk.views.surveys import find
from driegesprek.web.surveys.domain import exporting
from driegesprek.web.surveys.models import Round

KINDS: Final = {
    "xlsx": lazy("Workbook (.xlsx)"),
    "csv": lazy("Text (.csv)"),
    "sav": "SPSS (.sav)",
    "parquet": "Parquet",
    "ddi": lazy("Only what the questions were (DDI)"),
}


@staff_only("counsellor")
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Choose a format; then the file. Only of a round with names: what people were told they agreed to."""
    row = find(request, round_id)
    if not exporting.takes_home(row):
        raise Http404
    if request.method == "POST":
        return _file(request, row, request.POST.get("kind", ""))
    context = {"area": "surveys", "row": row, "title": pages.title(row), "kinds": KINDS.items()}
    return render(request, "desk/surveys/export.html", context)


def _file(request: HttpRequest, row: Round, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    name = f"{slugify(pages.title(row)) or 'round'}-{row.opens_on}"
    try:
        content = _zipped(request, row, kind, name)
    except exporting.NobodyYetError:
        messages.warning(request, _("Nobody handed in yet, so there is no file."))
    except FileRefused as refusal:
        messages.error(request, " ".join(one.text(get_language() or "nl") for one in refusal.problems))
    else:
        return download(content, "application/zip", f"{name}-{kind}.zip")
    return redirect("desk:survey_export", round_id=row.pk)


def _zipped(request: HttpRequest, row: Round, kind: str, name: str) -> bytes:
    """The files of all voices with their codebooks in one."""
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="export-", dir=settings.DATA) as place:
        done = exporting.export(
            [row],
            Path(place),
            name,
            kind=kind,
            language="en" if (get_language() or "nl").startswith("en") else "nl",
            made_on=timezone.localdate(),
            actor=request.actor,  # type: ignore[attr-defined] # set by ActorMiddleware
        )
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in done.files:
                archive.writestr(path.name, path.read_bytes())
    return packed.getvalue()
