"""What goes out of a round: fetch a list or letters, say that they went out, remind now."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.conduct.domain import sheets
from driegesprek.web.conduct.domain.round_messages import Post
from driegesprek.web.desk.views.surveys import find
from driegesprek.web.surveys.domain import mailings
from driegesprek.web.surveys.models import Mailing


def _mailing(request: HttpRequest, round_id: UUID, mailing_id: UUID) -> Mailing:
    row = find(request, round_id)
    rows = Mailing.objects.filter(round=row).exclude(channel=mailings.Channel.EMAIL)
    return get_object_or_404(rows.select_related("round", "school"), pk=mailing_id)


@staff_only("counsellor", "leader")
@require_GET
def file(request: HttpRequest, round_id: UUID, mailing_id: UUID) -> HttpResponse:
    """The list, letters or cards, for who is not done yet; it is noted who fetched it."""
    mailing = _mailing(request, round_id, mailing_id)
    if problem := sheets.address_of_sheets():
        messages.error(request, problem)
        return redirect("desk:survey", round_id=round_id)
    made = Post(mailing, today=timezone.localdate()).file()
    if made is None:
        messages.info(
            request, _("Nobody is left for this one: everyone is done, or cannot be reached this way.")
        )
        return redirect("desk:survey", round_id=round_id)
    audit.record(request.actor, "survey mailing fetched", mailing, channel=mailing.channel)
    return download(made.content, made.kind, made.name)


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep, in no cache: it holds codes."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@staff_only("counsellor", "leader")
@require_POST
def sent(request: HttpRequest, round_id: UUID, mailing_id: UUID) -> HttpResponse:
    """It went out: the log of contact knows."""
    mailing = _mailing(request, round_id, mailing_id)
    count = mailings.mark_sent(mailing, actor=request.actor, now=timezone.now(), today=timezone.localdate())
    if count:
        said = ngettext("Noted: sent to %(n)s person.", "Noted: sent to %(n)s people.", count)
        messages.success(request, said % {"n": count})
    return redirect("desk:survey", round_id=round_id)


@staff_only("counsellor", "leader")
@require_POST
def remind(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Remind who is not done, today instead of on a planned day."""
    row, today = find(request, round_id), timezone.localdate()
    made = mailings.remind_now(row, actor=request.actor, now=timezone.now(), today=today)
    if made:
        messages.success(request, _("The reminder is made: e-mails leave by themselves, lists stand below."))
    else:
        messages.info(request, _("There is nobody to remind now, or the last reminder is of today."))
    return redirect("desk:survey", round_id=round_id)
