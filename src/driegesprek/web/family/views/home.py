"""Behind the door: what there is to do for this person, about this pupil."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from driegesprek.web.access import passes
from driegesprek.web.access.domain import doors
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.guards import EVERY_DOOR, FAMILY, behind_door
from driegesprek.web.access.models import Door
from driegesprek.web.conduct.domain import call_backs, survey_doors, survey_sittings, to_do
from driegesprek.web.family import languages, page
from driegesprek.web.family.page import SeeOther


@behind_door(*EVERY_DOOR)
@require_safe
def home(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """The to-do list; behind a door of nobody we know, or of staff, the survey itself."""
    if request.actor.kind not in FAMILY:  # type: ignore[attr-defined] # set by the guard
        return _straight_on(request.actor.door)  # type: ignore[attr-defined] # as above
    here, today = page.visit(request), timezone.localdate()
    rounds = survey_doors.rounds_of(request.actor, today=today)  # type: ignore[attr-defined] # set by the guard
    context = {
        "items": to_do.of(request.actor, today=today),  # type: ignore[attr-defined] # as above
        "surveys": [one for one in rounds if one.state != "done"],
        "answered": [one for one in rounds if one.state == "done"],
        "consents": survey_doors.consents_asked(request.actor, today=today),  # type: ignore[attr-defined] # as above
        "call": call_backs.pending(request.actor),  # type: ignore[attr-defined] # as above
        "others": _others(request, door_id),
        "agreements": to_do.has_agreements(request.actor),  # type: ignore[attr-defined] # as above
    }
    return page.behind_door(request, "family/doors/home.html", context, here=here)


def _straight_on(door: Door) -> HttpResponse:
    """To the round of a code; staff go back to their list on the desk."""
    round_id = survey_sittings.round_of_code(door)
    if round_id is None:
        return SeeOther(reverse("desk:my_surveys"))
    return SeeOther(reverse("family:assignment", args=[door.pk, round_id]))


def _others(request: HttpRequest, door_id: UUID) -> list[Door]:
    """The other doors opened on this phone."""
    entries = {key: entry for key, entry in passes.read(request).items() if key != str(door_id)}
    found = (doors.opened(UUID(key), int(entry[0]), Grant(entry[1])) for key, entry in entries.items())
    return [one for one in found if one]


@behind_door(*EVERY_DOOR)
@require_POST
def language(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """Read on in another language, for this door on this phone."""
    start, wanted = reverse("family:home", args=[door_id]), request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(start)
    response = SeeOther(wanted if safe else start)
    picked = request.POST.get("language", "")
    if picked in languages.CODES:
        languages.keep(response, door_id, picked)
    return response


@behind_door()
@require_safe
def who_sees(request: HttpRequest, door_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """Who sees what."""
    return page.behind_door(request, "family/doors/who_sees.html")
