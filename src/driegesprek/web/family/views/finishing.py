"""The end of an assignment: with whom, what is shared, the receipt."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from driegesprek.web.access import scope
from driegesprek.web.access.guards import EVERY_DOOR, behind_door
from driegesprek.web.conduct.domain import assignments
from driegesprek.web.conduct.domain.assignments import Sitting
from driegesprek.web.conduct.domain.survey_sittings import SurveySitting
from driegesprek.web.family import page
from driegesprek.web.family.asking import Asking
from driegesprek.web.family.page import SeeOther
from driegesprek.web.family.views import surveys
from driegesprek.web.family.views.seats import address, check_part, closed, question_address, seat, visit
from driegesprek.web.people.models import Bond
from driegesprek.web.surveys.domain import reading
from driegesprek.web.surveys.domain.answers import IncompleteError
from driegesprek.web.surveys.domain.sheets import RoundClosedError, Sheet
from driegesprek.web.surveys.enums import Voice

SOMEBODY_ELSE = "other"


@behind_door("pupil")
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, door_id: UUID, activity_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """With whom the pupil does the rest: one of the own adults, or somebody else on this phone."""
    sitting = seat(request, activity_id)
    check_part(sitting)
    bonds = list(_adults(request))
    if request.method == "POST":
        return _choose(request, sitting, bonds)
    return _ask_who(request, sitting, bonds)


def _adults(request: HttpRequest) -> list[Bond]:
    rows = scope.bonds(request.actor).filter(contact_allowed=True, until=None)  # type: ignore[attr-defined] # set by the guard
    return list(rows.select_related("adult").order_by("household", "adult__given_name"))


def _ask_who(
    request: HttpRequest, sitting: Sitting, bonds: list[Bond], *, problem: bool = False
) -> HttpResponse:
    context = {
        "bonds": bonds,
        "problem": problem,
        "share_url": address(sitting, "share"),
        "stop_url": address(sitting, "stop"),
    }
    here = visit(request, sitting)
    return page.behind_door(
        request, "family/questions/who.html", context, here=here, status=422 if problem else 200
    )


def _choose(request: HttpRequest, sitting: Sitting, bonds: list[Bond]) -> HttpResponse:
    picked = request.POST.get("who", "")
    bond = next((one for one in bonds if str(one.pk) == picked), None)
    if bond is None and picked != SOMEBODY_ELSE:
        return _ask_who(request, sitting, bonds, problem=True)
    try:
        assignments.show_to(sitting, bond, now=timezone.now())
    except RoundClosedError:
        return closed(request, sitting)
    except assignments.SealedError:
        return SeeOther(address(sitting, "share"))
    if bond:
        return SeeOther(address(sitting, "share"))
    return SeeOther(address(seat(request, sitting.activity_id, together=True), "assignment"))


@behind_door(*EVERY_DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, door_id: UUID, activity_id: UUID, *, together: bool = False) -> HttpResponse:  # noqa: ARG001 - named in the address
    """Who may read it, and hand in."""
    sitting = seat(request, activity_id, together=together)
    return (
        surveys.hand_in(request, sitting) if isinstance(sitting, SurveySitting) else _share(request, sitting)
    )


def _share(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    check_part(sitting)
    if request.method == "POST":
        return _hand_in(request, sitting)
    asking = Asking(sitting, assignments.read(sitting), timezone.now())
    if not asking.sheet.begun:
        return redirect(address(sitting, "assignment"))
    if assignments.is_handed_in_before(sitting, asking.sheet):
        return redirect(address(seat(request, sitting.activity_id), "receipt"))
    if asking.play.missing:
        return redirect(question_address(sitting, asking.play.missing[0]))
    if sitting.seat.voice == Voice.PUPIL and "with" not in asking.sheet.shared:
        return redirect(address(sitting, "who"))
    return _ask_share(request, asking)


def _ask_share(request: HttpRequest, asking: Asking) -> HttpResponse:
    sitting, sheet = asking.sitting, asking.sheet
    context = {
        "sitting": sitting,
        "sheet": sheet,
        "adult_asked": _asks_pupil(sitting, sheet),
        "lines": [(line, question_address(sitting, line.path)) for line in _lines(asking)],
        "stop_url": address(sitting, "stop"),
    }
    here = visit(request, sitting)
    return page.behind_door(request, "family/questions/share.html", context, here=here)


def _asks_pupil(sitting: Sitting, sheet: Sheet) -> bool:
    """Whether an adult is asked what the pupil may read."""
    adult = sitting.seat.voice == Voice.ADULT and not sitting.together
    return adult and not assignments.is_sealed(sitting, sheet)


def _lines(asking: Asking) -> list[reading.Line]:
    """The own answers to look at again; behind a typed code only those of today's visit."""
    sitting, sheet = asking.sitting, asking.sheet
    values = sheet.values if sitting.sealed_until is None else sheet.since(sitting.sealed_until)
    found = reading.texts(sheet.questionnaire, values, context=sitting.context, language=sitting.language)
    return [line for line in found if line.path in asking.asked]


def _hand_in(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    now = timezone.now()
    other = "pupil" in request.POST.getlist("share") if "asks_pupil" in request.POST else None
    try:
        assignments.share(sitting, mentor="mentor" in request.POST.getlist("share"), other=other, now=now)
        assignments.hand_in(sitting, now=now)
    except assignments.SealedError:
        return SeeOther(address(seat(request, sitting.activity_id), "receipt"))
    except RoundClosedError:
        return _closed_after(request, sitting)
    except IncompleteError as error:
        return SeeOther(question_address(sitting, error.missing[0]))
    if sitting.together:
        return SeeOther(address(seat(request, sitting.activity_id), "share"))
    return SeeOther(address(sitting, "receipt"))


def _closed_after(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Who handed in before may still change with whom it is shared."""
    if assignments.read(sitting).submitted_at:
        return SeeOther(address(sitting, "receipt"))
    return closed(request, sitting)


@behind_door(*EVERY_DOOR)
@require_safe
def receipt(request: HttpRequest, door_id: UUID, activity_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """It has arrived."""
    sitting = seat(request, activity_id)
    if isinstance(sitting, SurveySitting):
        return surveys.receipt(request, sitting)
    check_part(sitting)
    sheet = assignments.read(sitting)
    if not sheet.submitted_at:
        return redirect(address(sitting, "assignment"))
    here, handed_in = visit(request, sitting), assignments.receipt(sheet)
    at = timezone.localtime(handed_in.at)
    context = {
        "at": at.date(),
        "time": f"{at:%H:%M}",
        "number": handed_in.number,
        "sheet": sheet,
        "share_url": "" if assignments.is_handed_in_before(sitting, sheet) else address(sitting, "share"),
        "stop_url": address(sitting, "stop"),
        "from_adults": assignments.shown_to_pupil(sitting),
    }
    return page.behind_door(request, "family/questions/receipt.html", context, here=here)
