"""What was agreed, in the family's own list until it is done."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from driegesprek.web.access.enums import Grant
from driegesprek.web.access.guards import behind_door
from driegesprek.web.conduct.domain import school_facts
from driegesprek.web.family import page
from driegesprek.web.family.page import SeeOther
from driegesprek.web.talks.domain import agreements as domain
from driegesprek.web.talks.domain.agreements import NotYoursError
from driegesprek.web.talks.rules import may_mark


@behind_door()
@require_safe
def agreements(request: HttpRequest, door_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """The agreements of this person; who came in by a typed code sees that they are there, not what they are."""
    actor = request.actor  # type: ignore[attr-defined] # set by the guard
    here = page.visit(request)
    if actor.grant == Grant.CODE:
        return page.behind_door(request, "family/talks/sealed.html", here=here)
    rows = [
        {
            "row": row,
            "by": _day(row.by, here.language) if row.by else None,
            "mine": may_mark(actor.kind, row.who),
            "key": f"agreement.role.{row.who}",
        }
        for row in domain.of(actor)
    ]
    context = {
        "open": [one for one in rows if one["row"].done_at is None],
        "done": [one for one in rows if one["row"].done_at is not None],
    }
    return page.behind_door(request, "family/talks/agreements.html", context, here=here)


def _day(day, language: str) -> dict[str, str]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a date
    return {code: school_facts.date_in_words(day, code) for code in (language, "nl")}


@behind_door()
@require_POST
def mark(request: HttpRequest, door_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Say that an own agreement is done, or is not after all."""
    actor = request.actor  # type: ignore[attr-defined] # as above
    if actor.grant == Grant.CODE:
        raise Http404
    try:
        domain.mark(agreement_id, done=request.POST.get("done") == "1", now=timezone.now(), actor=actor)
    except NotYoursError as error:
        raise Http404 from error
    return SeeOther(reverse("family:agreements", args=[door_id]))
