"""A survey round: what is told first, handing in, the receipt, the draw, and a parent's consent."""

import datetime as dt
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from driegesprek.web.access.enums import DoorKind, Grant
from driegesprek.web.access.guards import EVERY_DOOR, behind_door
from driegesprek.web.conduct.domain import assignments, survey_doors, survey_sittings, worlds
from driegesprek.web.conduct.domain.assignments import NotYoursError, SealedError
from driegesprek.web.conduct.domain.survey_sittings import NoConsentError, SurveySitting
from driegesprek.web.family import page
from driegesprek.web.family.asking import Asking
from driegesprek.web.family.page import SeeOther
from driegesprek.web.family.views.seats import address, closed, question_address, survey_seat, visit
from driegesprek.web.surveys.domain import draws, reading
from driegesprek.web.surveys.domain.answers import IncompleteError
from driegesprek.web.surveys.domain.quotas import QuotaFullError
from driegesprek.web.surveys.domain.sheets import RoundClosedError, Sheet
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Draw


def start(request: HttpRequest, sitting: SurveySitting) -> HttpResponse:
    """Who sees what in this design, and that one may leave it; a POST takes part."""
    if request.method == "POST":
        return _begin(request, sitting)
    asking = Asking(sitting, assignments.read(sitting), timezone.now())
    if asking.sheet.submitted_at:
        return redirect(address(sitting, "receipt"))
    if not asking.sheet.is_open(asking.now):
        return closed(request, sitting)
    return _first_screen(request, asking)


def _first_screen(request: HttpRequest, asking: Asking, *, status: int = 200, **more: Any) -> HttpResponse:
    sitting = asking.sitting
    context = {
        **told(sitting),
        "sitting": sitting,
        "begun": asking.sheet.begun,
        "go_on_url": question_address(sitting, asking.resume()) if asking.sheet.begun else "",
        "stop_url": address(sitting, "stop"),
        "action": address(sitting, "assignment"),
        "draw": Draw.objects.filter(round=sitting.info.id, drawn_at=None, destroyed_at=None).first(),
        "needs_parent": _needs_parent(sitting),
        **more,
    }
    return page.behind_door(
        request, "family/surveys/start.html", context, here=visit(request, sitting), status=status
    )


def told(sitting: SurveySitting) -> dict[str, Any]:
    """Keys of what the first screen tells about this design, for who reads it."""
    design = sitting.info.design
    who = "staff" if sitting.seat.voice == Voice.STAFF else "family"
    return {
        "title": sitting.info.title,
        "who_sees": f"round.{design}.who_sees" if who == "family" else f"round.{design}.who_sees.staff",
        "kept": f"round.{design}.kept",
        "organisation": sitting.info.organisation,
    }


def _needs_parent(sitting: SurveySitting) -> bool:
    return sitting.info.consent and not sitting.own_word and "study" not in sitting.consents


def _begin(request: HttpRequest, sitting: SurveySitting) -> HttpResponse:
    now = timezone.now()
    origin = None
    if "asks_origin" in request.POST:
        origin = "origin" in request.POST
    try:
        survey_sittings.begin(sitting, origin=origin, now=now)
    except RoundClosedError:
        return closed(request, sitting)
    except NoConsentError:
        return _first_screen(request, Asking(sitting, assignments.read(sitting), now), status=409)
    except QuotaFullError:
        return page.behind_door(request, "family/surveys/full.html", {}, here=visit(request, sitting))
    asking = Asking(sitting, assignments.read(sitting), now)
    return SeeOther(question_address(sitting, asking.resume()))


def elsewhere(sitting: SurveySitting, sheet: Sheet) -> str:
    """Where to go instead of a question: to the first screen before it was begun, to the receipt when it is final."""
    if not sheet.begun:
        return address(sitting, "assignment")
    return address(sitting, "receipt") if sheet.submitted_at and not sitting.named else ""


def hand_in(request: HttpRequest, sitting: SurveySitting) -> HttpResponse:
    """Look once more, then hand in."""
    now = timezone.now()
    sheet = assignments.read(sitting)
    if not sheet.begun:
        return redirect(address(sitting, "assignment"))
    if sheet.submitted_at and not sitting.named:
        return redirect(address(sitting, "receipt"))
    if request.method == "POST":
        return _hand_in(request, sitting)
    asking = Asking(sitting, sheet, now)
    if asking.play.missing:
        return redirect(question_address(sitting, asking.play.missing[0]))
    context = {
        **told(sitting),
        "sitting": sitting,
        "sheet": sheet,
        "lines": [(line, question_address(sitting, line.path)) for line in _lines(asking)],
        "readers": worlds.readers(sitting, sheet),
        "stop_url": address(sitting, "stop"),
    }
    return page.behind_door(request, "family/surveys/hand_in.html", context, here=visit(request, sitting))


def _lines(asking: Asking) -> list[reading.Line]:
    """The own answers of this visit to look at again."""
    sitting, sheet = asking.sitting, asking.sheet
    values = sheet.values if sitting.sealed_until is None else sheet.since(sitting.sealed_until)
    found = reading.texts(sheet.questionnaire, values, context=sitting.context, language=sitting.language)
    return [line for line in found if line.path in asking.asked]


def _hand_in(request: HttpRequest, sitting: SurveySitting) -> HttpResponse:
    now = timezone.now()
    try:
        _keep_readers(request, sitting, now)
        survey_sittings.hand_in(sitting, now=now)
    except RoundClosedError:
        return _closed_after(request, sitting)
    except IncompleteError as error:
        return SeeOther(question_address(sitting, error.missing[0]))
    return SeeOther(address(sitting, "receipt"))


def _keep_readers(request: HttpRequest, sitting: SurveySitting, now: dt.datetime) -> None:
    """Of a test that two answer: whom this person lets read it, where that was asked."""
    if "asks_readers" not in request.POST or not worlds.is_test(sitting):
        return
    with suppress(SealedError):  # what was decided about earlier answers stays as it is
        worlds.share(sitting, request.POST.getlist("share"), now=now)


def _closed_after(request: HttpRequest, sitting: SurveySitting) -> HttpResponse:
    """Who handed in before may still change who may read it."""
    if worlds.is_test(sitting) and assignments.read(sitting).submitted_at:
        return SeeOther(address(sitting, "receipt"))
    return closed(request, sitting)


def receipt(request: HttpRequest, sitting: SurveySitting) -> HttpResponse:
    """It has arrived; of a draw, the way to it."""
    sheet = assignments.read(sitting)
    if not sheet.submitted_at:
        return redirect(address(sitting, "assignment"))
    draw = _draw(sitting)
    context = {
        **told(sitting),
        "sitting": sitting,
        "at": timezone.localtime(sheet.submitted_at).date(),
        "draw": draw,
        "draw_url": reverse("family:survey_draw", args=[sitting.actor.door.pk, sitting.activity_id]),  # type: ignore[union-attr] # who sits here came by a door
        "took_part": bool(draw) and draws.has_taken_part(draw, sitting.seat.pseudonym),
        "worlds_url": address(sitting, "worlds") if worlds.is_test(sitting) else "",
        "stop_url": address(sitting, "stop"),
    }
    return page.behind_door(request, "family/surveys/receipt.html", context, here=visit(request, sitting))


def _draw(sitting: SurveySitting) -> Draw | None:
    return Draw.objects.filter(round=sitting.info.id).first()


@behind_door(*EVERY_DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, door_id: UUID, activity_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """Leave an address for the draw, once; it has nothing in common with the answers."""
    sitting = survey_seat(request, activity_id)
    found, sheet = _draw(sitting), assignments.read(sitting)
    if found is None or not sheet.submitted_at:
        raise Http404
    if request.method == "POST":
        return _take_part(request, sitting, found)
    return _ask_address(request, sitting, found)


def _ask_address(
    request: HttpRequest, sitting: SurveySitting, found: Draw, *, status: int = 200, **more: Any
) -> HttpResponse:
    took_part = draws.has_taken_part(found, sitting.seat.pseudonym)
    context = {"draw": found, "took_part": took_part, "receipt_url": address(sitting, "receipt"), **more}
    here = visit(request, sitting)
    return page.behind_door(request, "family/surveys/draw.html", context, here=here, status=status)


def _take_part(request: HttpRequest, sitting: SurveySitting, found: Draw) -> HttpResponse:
    typed = request.POST.get("address", "").strip()
    if not typed or len(typed) > draws.LONGEST:
        return _ask_address(request, sitting, found, status=422, problem=True, typed=typed)
    try:
        lot = draws.take_part(found.pk, sitting.seat.pseudonym, typed)
    except draws.AlreadyTookPartError:
        return _ask_address(request, sitting, found, status=409)
    except draws.DrawClosedError:
        found.refresh_from_db()
        return _ask_address(request, sitting, found, status=409, typed=typed)
    # Shown here and never again: kept nowhere with this person.
    return _ask_address(request, sitting, found, lot=lot)


@behind_door(DoorKind.ADULT)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, door_id: UUID, activity_id: UUID) -> HttpResponse:
    """What a parent says for a pupil under sixteen: yes or no, for each purpose, and later the other way."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined] # set by the guard
    found = next(
        (one for one in survey_doors.consents_asked(actor, today=today) if one.round.pk == activity_id), None
    )
    if found is None:
        raise Http404
    if request.method == "POST":
        return _keep_consent(request, door_id, found)
    return _ask_consent(request, found)


def _ask_consent(
    request: HttpRequest, found: survey_doors.Asked, *, status: int = 200, **more: Any
) -> HttpResponse:
    study = found.round.study
    context = {
        "asked": found,
        "title": found.round.title,
        "who_sees": f"round.{study.design}.who_sees",
        "kept": f"round.{study.design}.kept",
        "organisation": study.organisation,
        "sealed": request.actor.grant == Grant.CODE,  # type: ignore[attr-defined] # set by the guard
        **more,
    }
    return page.behind_door(request, "family/surveys/consent.html", context, status=status)


def _keep_consent(request: HttpRequest, door_id: UUID, found: survey_doors.Asked) -> HttpResponse:
    said = {"yes": True, "no": False}
    study = said.get(request.POST.get("study", "")) if found.asks_study else None
    origin = said.get(request.POST.get("origin", "")) if found.asks_origin else None
    if (found.asks_study and study is None) or (found.asks_origin and origin is None and study is not False):
        return _ask_consent(request, found, status=422, problem=True)
    try:
        survey_doors.give_word(
            request.actor,  # type: ignore[attr-defined] # set by the guard
            found,
            study=study,
            origin=origin,
            today=timezone.localdate(),
        )
    except NotYoursError:
        return _ask_consent(request, found, status=409)
    return SeeOther(reverse("family:home", args=[door_id]))
