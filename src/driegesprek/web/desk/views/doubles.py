"""Adults who may be one and the same: a person decides."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.people.domain import doubles
from driegesprek.web.people.models import LikelyDouble

PER_PAGE = 20


@staff_only("counsellor", "leader")
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Pairs side by side, with all that helps to decide."""
    rows = doubles.open_questions(request.actor.school_id).prefetch_related(
        "first__bonds__pupil", "second__bonds__pupil"
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        audit.record(request.actor, "likely doubles read", count=len(page.object_list))
    return render(request, "desk/imports/doubles.html", {"area": "import", "page": page})


@staff_only("counsellor", "leader")
@require_POST
def decide(request: HttpRequest, double_id: UUID) -> HttpResponse:
    """The same person, or two people."""
    rows = LikelyDouble.objects.filter(school_id=request.actor.school_id)
    question = get_object_or_404(rows, pk=double_id)
    answer = request.POST.get("answer")
    if answer not in {"same", "two"}:
        return HttpResponseBadRequest()
    try:
        _decide(request, question, same=answer == "same")
    except doubles.DecidedError:
        messages.info(request, _("A colleague decided this already."))
    except doubles.ClashError as clash:
        text = _("Both stand with %(pupils)s. End one of the two ties there first, then they can become one.")
        messages.error(request, text % {"pupils": ", ".join(pupil.full_name for pupil in clash.pupils)})
    return redirect("desk:doubles")


def _decide(request: HttpRequest, question: LikelyDouble, *, same: bool) -> None:
    if same:
        kept = doubles.merge(question, actor=request.actor)
        messages.success(
            request, _("%(name)s is one person now. Letters and codes stay good.") % {"name": kept.full_name}
        )
    else:
        doubles.keep_apart(question, by=request.actor.staff, actor=request.actor)
        messages.success(request, _("Kept as two people."))
