"""Classes and pupils: lists, one pupil, the list to keep."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from driegesprek.web.access import scope
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.desk.exports import people as exports
from driegesprek.web.desk.exports.line import KINDS, as_file
from driegesprek.web.desk.pages import people as pages
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.people.models import Pupil


@staff_only()
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The classes; or the pupils that were asked for. A mentor sees the own class only."""
    today, wanted = timezone.localdate(), pages.asked(request.GET)
    classes = list(pages.classes(request.actor, today))
    shows_pupils = wanted.shows_pupils or len(classes) == 1
    context: dict[str, Any] = {
        "area": "people",
        "wanted": wanted,
        "classes": classes,
        "groups": sorted({one.year_group for one in classes if one.year_group}),
        "shows_pupils": shows_pupils,
        "may_change": request.actor.sees_all,
        "school_class": next((one for one in classes if one.pk == wanted.class_id), None),
    }
    if shows_pupils:
        rows = pages.pupils(request.actor, wanted, today)
        context["page"] = pages.shown(rows, request.GET.get("page"))
    return render(request, "desk/people/people.html", context)


@staff_only()
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list that was asked for as a file."""
    if kind not in KINDS:
        raise Http404
    today, wanted = timezone.localdate(), pages.asked(request.GET)
    rows = pages.export_rows(pages.pupils(request.actor, wanted, today))
    audit.record(request.actor, "class list exported", kind=kind, pupils=len(rows))
    return as_file(*exports.class_list(rows), name=_("class-list"), kind=kind)


@staff_only()
@require_GET
def pupil(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """One pupil: class history, adults with how they are reached, contact. Every look is written down."""
    found = _pupil(request, pupil_id)
    audit.record(request.actor, "pupil read", found)
    context = {
        "area": "people",
        "page": pages.pupil_page(found),
        "contacts": contacts.of_pupil(request.actor, found),
        "may_change": request.actor.sees_all,
        "today": timezone.localdate(),
    }
    return render(request, "desk/people/pupil.html", context)


def _pupil(request: HttpRequest, pupil_id: UUID) -> Pupil:
    return get_object_or_404(scope.pupils(request.actor), pk=pupil_id)
