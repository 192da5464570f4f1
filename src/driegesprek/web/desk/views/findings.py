"""What came of a round: one page for a school, which classes are there to compare with, the report that may leave."""

import io
import zipfile
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.pages import findings as pages
from driegesprek.web.desk.pages import findings_seen
from driegesprek.web.desk.pages.surveys import as_uuid
from driegesprek.web.desk.pages.surveys import title as title_of
from driegesprek.web.desk.views.survey_post import download
from driegesprek.web.findings.domain import comparing, releasing
from driegesprek.web.surveys.domain import studies
from driegesprek.web.surveys.models import Round


def joined(request: HttpRequest, round_id: UUID) -> Round:
    """A round that the actor sees and of which before and after can be joined.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(findings_seen.rounds_of(request.actor), pk=round_id)  # type: ignore[attr-defined] # set by ActorMiddleware


@staff_only()
@require_GET
def findings(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Who answered, what changed, for whom, what went with it, how sure."""
    row = joined(request, round_id)
    page = pages.page(row, request.GET.get("voice", ""), request.GET.get("scale", ""), request.actor)
    context = {
        "area": "surveys",
        "row": row,
        "title": title_of(row),
        "page": page,
        "today": timezone.localdate(),
        "may_change": request.actor.sees_all,
        "may_open": studies.visible(request.actor).filter(pk=row.pk).exists(),
        "classes": comparing.classes(page.after),
        "named": set(page.comparison.classes) if page.comparison else set(),
    }
    return render(request, "desk/findings/findings.html", context)


@staff_only("counsellor", "leader")
@require_POST
def comparison(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Name the classes that on purpose did nothing of it."""
    row = joined(request, round_id)
    chosen = [as_uuid(one) for one in request.POST.getlist("classes")]
    try:
        comparing.name_comparison(
            row,
            [one for one in chosen if one],
            by_lot="by_lot" in request.POST,
            actor=request.actor,  # type: ignore[attr-defined] # set by ActorMiddleware
            today=timezone.localdate(),
        )
    except ValueError:
        messages.error(
            request, _("Choose some of the classes, not all of them: there must be classes on both sides.")
        )
    else:
        messages.success(request, _("Saved."))
    return redirect("desk:survey_findings", round_id=row.pk)


@staff_only("counsellor", "leader")
@require_POST
def report(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The report for a researcher as one file; what leaves the school is noted."""
    row = joined(request, round_id)
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    wanted = releasing.asked(row, language=language, made_on=timezone.localdate())
    try:
        made = releasing.report(row, wanted, actor=request.actor)  # type: ignore[attr-defined] # as above
    except releasing.NothingToReportError:
        messages.warning(request, _("Nobody handed in yet, so there is no report."))
    except releasing.StillOpenError:
        messages.warning(
            request,
            _("Answers may still come in. Make the report after the last day, so that it stays true."),
        )
    else:
        name = f"{slugify(wanted.title) or 'round'}-{wanted.made_on}.zip"
        return download(_zipped(made), "application/zip", name)
    return redirect("desk:survey_findings", round_id=row.pk)


def _zipped(made: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return packed.getvalue()
