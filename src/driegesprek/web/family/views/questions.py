"""One question a screen: each answer is saved as it is given."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from driegesprek.instruments import Kind, Question, Questionnaire, template_of
from driegesprek.web.access.guards import EVERY_DOOR, behind_door
from driegesprek.web.conduct.domain import assignments
from driegesprek.web.conduct.domain.assignments import NotYoursError, Sitting
from driegesprek.web.conduct.domain.survey_sittings import FinalError, SurveySitting, check_not_final
from driegesprek.web.family import page, recordings
from driegesprek.web.family.asking import Asking, screen
from driegesprek.web.family.page import SeeOther
from driegesprek.web.family.views import repeating, surveys
from driegesprek.web.family.views.seats import address, check_part, closed, question_address, seat, visit
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.domain.sheets import RoundClosedError

_PLACE = "place."
ANOTHER = "ook"
"""In the address of the next screen: somebody else answered this question too."""


@behind_door(*EVERY_DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(
    request: HttpRequest,
    door_id: UUID,  # noqa: ARG001 - named in the address
    activity_id: UUID,
    *,
    together: bool = False,
) -> HttpResponse:
    """What is asked, how long it takes; begin, or go on. A survey is begun by a POST, an assignment by its first answer."""
    sitting = seat(request, activity_id, together=together)
    if isinstance(sitting, SurveySitting):
        return surveys.start(request, sitting)
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    check_part(sitting)
    asking = Asking(sitting, assignments.read(sitting), timezone.now())
    if asking.sheet.submitted_at:
        return redirect(address(sitting, "share") if together else address(sitting, "receipt"))
    if not asking.sheet.is_open(asking.now):
        return closed(request, sitting)
    context = {
        "sitting": sitting,
        "begun": asking.sheet.begun,
        "start_url": question_address(sitting, asking.resume()),
        "facts": sitting.context,
    }
    here = visit(request, sitting)
    return page.behind_door(request, "family/questions/assignment.html", context, here=here)


@behind_door(*EVERY_DOOR)
@require_http_methods(["GET", "HEAD", "POST"])
def question(
    request: HttpRequest, door_id: UUID, activity_id: UUID, question: str, *, together: bool = False
) -> HttpResponse:
    """Show a question, or save the answer to it."""
    if request.method == "POST":
        return answer(request, door_id, activity_id, question, together=together)
    sitting = seat(request, activity_id, together=together)
    check_part(sitting)
    asking, path = Asking(sitting, assignments.read(sitting), timezone.now()), f"/{question}"
    if isinstance(sitting, SurveySitting) and (elsewhere := surveys.elsewhere(sitting, asking.sheet)):
        return redirect(elsewhere)
    if not asking.sheet.is_open(asking.now):
        return closed(request, sitting)
    if not _is_screen(asking.sheet.questionnaire, path):
        raise Http404
    if path not in asking.asked:
        return redirect(question_address(sitting, asking.resume()))
    if asking.is_repeat(path):
        return repeating.show(request, asking, path)
    return _show(request, asking, path)


def answer(
    request: HttpRequest,
    door_id: UUID,  # noqa: ARG001 - named in the address
    activity_id: UUID,
    question: str,
    *,
    together: bool = False,
) -> HttpResponse:
    """Save what was sent and go on; where it cannot be used, show it again and say why."""
    sitting, path = seat(request, activity_id, together=together), f"/{question}"
    form = versions.load(sitting.seat.version_id)
    asked = form.questions.get(template_of(path)) if _is_screen(form, path) else None
    if asked is None and _is_screen(form, path):
        return _change_instances(request, sitting, path)
    if asked is None or not asked.kind.shown:
        raise Http404
    go, raw = request.POST.get("go", "next"), _sent(request, asked)
    if asked.kind is Kind.NOTE or (go == "back" and not any(raw)):
        return _go(request, sitting, path, go)
    try:
        return _save(request, sitting, path, raw, go)
    except FinalError:
        return closed(request, sitting, raw)


def _is_screen(form: Questionnaire, path: str) -> bool:
    """Whether a question stands at this path, or a repeat of which there may be another."""
    template = template_of(path)
    return form.is_place(path) and (
        template in form.questions or (template in form.repeats and not path.endswith("]"))
    )


def _sent(request: HttpRequest, asked: Question) -> list[str]:
    """What the form holds; a ticked box sends OK."""
    if asked.kind is Kind.RANK:
        return _ranked(_places(request))
    sent = request.POST.getlist("answer")
    return sent if asked.kind is Kind.SELECT_MULTIPLE else sent[:1]


def _places(request: HttpRequest) -> dict[str, str]:
    """Of a rank, the number that each choice was given."""
    sent = ((key, request.POST.get(key, "")) for key in request.POST if key.startswith(_PLACE))
    return {key.removeprefix(_PLACE): number for key, number in sent if number}


def _ranked(places: Mapping[str, str]) -> list[str]:
    """The choices in the order of their numbers; one less where two have the same, so that it is told."""
    by_number = {number: name for name, number in places.items() if number.isdecimal() and len(number) < 6}  # noqa: PLR2004 - no list is so long
    return [by_number[number] for number in sorted(by_number, key=int)]


def _go(request: HttpRequest, sitting: Sitting, path: str, go: str) -> HttpResponse:
    """To the next or the previous screen, without saving."""
    check_part(sitting)
    asking = Asking(sitting, assignments.read(sitting), timezone.now())
    if not asking.sheet.is_open(asking.now):
        return closed(request, sitting)
    return SeeOther(_address_after(asking, path, go))


def _address_after(asking: Asking, path: str, go: str) -> str:
    if go == "back":
        before = asking.before(path)
        return question_address(asking.sitting, before) if before else address(asking.sitting, "assignment")
    return question_address(asking.sitting, asking.after(path))


def _change_instances(request: HttpRequest, sitting: Sitting, path: str) -> HttpResponse:
    """Add an instance to a repeat, take one away, or go on: then it is known that there are no more."""
    go = request.POST.get("go", "next")
    if go == "back":
        return _go(request, sitting, path, go)
    done = go if go == "add" or go.startswith("remove:") else "done"
    now = timezone.now()
    try:
        if isinstance(sitting, SurveySitting):
            check_not_final(sitting, assignments.read(sitting))
        saved = assignments.save(sitting, {path: done}, revision=_revision(request), now=now)
    except (RoundClosedError, FinalError):
        return closed(request, sitting, [])
    except NotYoursError as error:
        raise Http404 from error
    asking = Asking(sitting, saved.sheet, now)
    asking.play = saved.play
    if done == "done" or not asking.is_repeat(path):
        return SeeOther(_address_after(asking, path, go))
    inside = asking.first_inside(path) if done == "add" else None
    return SeeOther(question_address(sitting, inside or path))


def _save(request: HttpRequest, sitting: Sitting, path: str, raw: list[str], go: str) -> HttpResponse:
    kind = versions.load(sitting.seat.version_id).question(path).kind
    many = kind in {Kind.SELECT_MULTIPLE, Kind.RANK}
    given = None if go == "skip" else raw if many else "".join(raw)
    now = timezone.now()
    if isinstance(sitting, SurveySitting):
        check_not_final(sitting, assignments.read(sitting))
    try:
        saved = assignments.save(sitting, {path: given}, revision=_revision(request), now=now)
    except RoundClosedError:
        return closed(request, sitting, raw)
    except NotYoursError as error:
        raise Http404 from error
    asking = Asking(sitting, saved.sheet, now)
    asking.play = saved.play
    if problem := saved.problems.get(path):
        if path in asking.asked:
            return _show(request, asking, path, typed=raw, problem=problem)
        return SeeOther(question_address(sitting, asking.resume()))
    return SeeOther(_address_after(asking, path, go) + (f"?{ANOTHER}=1" if saved.also else ""))


def _revision(request: HttpRequest) -> int:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0  # noqa: PLR2004 - as the database's integers


def _show(
    request: HttpRequest, asking: Asking, path: str, *, typed: list[str] | None = None, problem: str = ""
) -> HttpResponse:
    sitting, here = asking.sitting, visit(request, asking.sitting)
    step, steps = asking.step(path)
    before = asking.before(path)
    template = "family/questions/question.html"
    if isinstance(sitting, SurveySitting):
        template = "family/surveys/question.html"
    context = {
        "screen": screen(asking, path, here.speaker.overrides, typed, _places(request) if problem else None),
        "problem": problem,
        "step": step,
        "steps": steps,
        "revision": asking.sheet.revision,
        "keep": f"{asking.sheet.id or sitting.seat.pseudonym[:16]}:{path}",
        "action": question_address(sitting, path),
        "back_url": question_address(sitting, before) if before else address(sitting, "assignment"),
        "another": ANOTHER in request.GET,
        "recording": recordings.of_question(here, sitting, path),
    }
    return page.behind_door(request, template, context, here=here, status=422 if problem else 200)
