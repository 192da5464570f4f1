"""The draw of a round: announce it, draw the lots, give the prizes, destroy the addresses."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.desk.forms.surveys import PrizeForm, WitnessForm
from driegesprek.web.desk.pages import surveys as pages
from driegesprek.web.desk.views.surveys import find
from driegesprek.web.surveys.domain import draws
from driegesprek.web.surveys.models import Draw
from driegesprek.web.surveys.rules import drawing


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What there is of a draw; announce one where there is none yet."""
    row = find(request, round_id)
    found = Draw.objects.filter(round=row).first()
    form = PrizeForm(request.POST or None)
    if request.method == "POST" and found is None and form.is_valid():
        data = form.cleaned_data
        draws.announce(row, prize={"nl": data["prize"]}, prizes=data["prizes"], actor=request.actor)
        messages.success(
            request, _("The draw is announced. Its seal stands below and on the page of who takes part.")
        )
        return redirect("desk:survey_draw", round_id=round_id)
    return _page(request, round_id, form, WitnessForm())


def _page(request: HttpRequest, round_id: UUID, form: PrizeForm, witness: WitnessForm) -> HttpResponse:
    row = find(request, round_id)
    found = Draw.objects.filter(round=row).first()
    won = draws.won(found) if found and found.drawn_at and not found.destroyed_at else []
    if won:
        audit.record(request.actor, "addresses of winners read", found, count=len(won))  # type: ignore[attr-defined] # set by ActorMiddleware
    context = {
        "area": "surveys",
        "row": row,
        "title": pages.title(row),
        "draw": found,
        "form": form,
        "witness": witness,
        "won": won,
        "left": found.addresses.count() if found else 0,
        "prize": next(iter(found.prize.values()), "") if found else "",
        "checked": bool(found and found.drawn_at) and _is_true(found),
    }
    return render(request, "desk/surveys/draw.html", context)


def _is_true(found: Draw) -> bool:
    return drawing.is_true(found.commitment, found.seed, found.witness, found.lots, found.winners)


@staff_only("counsellor", "leader")
@require_POST
def hold(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Draw the lots, with the word of a witness."""
    found = get_object_or_404(Draw, round=find(request, round_id))
    witness = WitnessForm(request.POST)
    if not witness.is_valid():
        return _page(request, round_id, PrizeForm(), witness)
    try:
        draws.hold(
            found,
            witness=witness.cleaned_data["witness"],
            actor=request.actor,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except draws.StillOpenError:
        messages.error(request, _("Answers may still come in. Draw the lots when the round is closed."))
    except draws.DrawClosedError:
        messages.info(request, _("The lots are drawn already."))
    return redirect("desk:survey_draw", round_id=round_id)


@staff_only("counsellor", "leader")
@require_POST
def destroy(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Destroy the addresses: the prizes are given."""
    found = get_object_or_404(Draw, round=find(request, round_id))
    count = draws.destroy(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("Destroyed: %(count)s addresses. None is left.") % {"count": count})
    return redirect("desk:survey_draw", round_id=round_id)
