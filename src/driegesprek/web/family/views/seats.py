"""Where somebody sits who came in by a door: shared by the pages of an assignment."""

import datetime as dt
from dataclasses import replace
from functools import cache
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from driegesprek.web.conduct.domain import assignments, survey_sittings
from driegesprek.web.conduct.domain.assignments import NotYoursError, Sitting
from driegesprek.web.family import page
from driegesprek.web.surveys.domain import rounds, versions
from driegesprek.web.surveys.enums import Voice


def seat(request: HttpRequest, activity_id: UUID, *, together: bool = False) -> Sitting:
    """The seat of this visitor at an assignment, or at a survey round, which stands at the same addresses.

    Raises:
        Http404: there is no such assignment or round behind this door.
    """
    if not together and rounds.is_survey(activity_id):
        return survey_seat(request, activity_id)
    opened_at = dt.datetime.fromtimestamp(request.opened_at, dt.UTC)  # type: ignore[attr-defined] # set by the guard
    try:
        return assignments.sit(
            request.actor,  # type: ignore[attr-defined] # as above
            activity_id,
            language=page.language(request),
            together=together,
            opened_at=opened_at,
        )
    except NotYoursError as error:
        raise Http404 from error


def survey_seat(request: HttpRequest, round_id: UUID) -> survey_sittings.SurveySitting:
    """The seat of this visitor at a survey round.

    Raises:
        Http404: there is no such round behind this door.
    """
    opened_at = dt.datetime.fromtimestamp(request.opened_at, dt.UTC)  # type: ignore[attr-defined] # set by the guard
    try:
        return survey_sittings.sit(
            request.actor,  # type: ignore[attr-defined] # as above
            round_id,
            language=page.language(request),
            opened_at=opened_at,
        )
    except NotYoursError as error:
        raise Http404 from error


def check_part(sitting: Sitting) -> None:
    """Raises Http404 where this person has no part in the activity."""
    try:
        sitting.check_part()
    except NotYoursError as error:
        raise Http404 from error


def address(sitting: Sitting, name: str, *rest: str) -> str:
    """The address of a page of this assignment, on the pupil's phone that of the adult's part."""
    door = sitting.actor.door
    together = {"question": "together_question", "assignment": "together", "share": "together_share"}
    name = together.get(name, name) if sitting.together else name
    before, between, after = _around(name, len(rest))
    named = "".join(quote(one, safe=_SAFE) for one in rest)
    return f"{before}{door.pk if door else ''}{between}{sitting.activity_id}{after}".replace(_REST, named)


_DOOR, _ACTIVITY, _REST = str(UUID(int=1)), str(UUID(int=2)), "the-rest-of-it"
_SAFE = "!$&'()*+,;=/~:@"
"""What stands in an address as it is, for Django's reverse too."""


@cache
def _around(name: str, further: int) -> tuple[str, str, str]:
    """What stands before the door, between it and the activity, and after it: put together once for each address."""
    whole = reverse(f"family:{name}", args=[_DOOR, _ACTIVITY, *[_REST] * further])
    before, _, rest = whole.partition(_DOOR)
    between, _, after = rest.partition(_ACTIVITY)
    return before, between, after


def question_address(sitting: Sitting, path: str | None) -> str:
    """The address of a question; where there is none left, of the end."""
    if path is not None:
        return address(sitting, "question", path.removeprefix("/"))
    return address(sitting, "share")


def speaker_voice(sitting: Sitting) -> str:
    """Who is spoken to: on the pupil's phone the adult, while that one answers; staff as adults."""
    return "pupil" if sitting.seat.voice == Voice.PUPIL else "adult"


def visit(request: HttpRequest, sitting: Sitting) -> page.Visit:
    """The visit, with the words for who answers."""
    found = page.visit(request, voice=speaker_voice(sitting))
    return replace(found, not_validated=versions.load(sitting.seat.version_id).not_validated)


def closed(request: HttpRequest, sitting: Sitting, typed: list[str] | None = None) -> HttpResponse:
    """Answers are not accepted any more; what was typed is shown, so that it can be copied."""
    context = {"typed": "\n".join(typed or [])}
    template = "family/questions/closed.html"
    if isinstance(sitting, survey_sittings.SurveySitting):
        template = "family/surveys/closed.html"
    return page.behind_door(request, template, context, here=visit(request, sitting), status=409)
