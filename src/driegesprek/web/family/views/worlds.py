"""The parent-child test on kinds of work: where pupil and adult agree, what may be new, what fits, what to ask tonight."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from driegesprek.content import Question, WorldComparison, compare_worlds
from driegesprek.content.worlds import World, worlds
from driegesprek.web.access.guards import FAMILY, behind_door
from driegesprek.web.conduct.domain import assignments
from driegesprek.web.conduct.domain import worlds as test
from driegesprek.web.family import page
from driegesprek.web.family.views.seats import address, survey_seat, visit
from driegesprek.web.people.models import Bond


@dataclass(frozen=True)
class Worlds:
    """Worlds under a heading; there is none without worlds."""

    heading: str
    worlds: tuple[World, ...]


@dataclass(frozen=True)
class Role:
    """A way of working, and the key of the words for who names it."""

    key: str
    by: str


@dataclass(frozen=True)
class Fits:
    """A world with the ways of working in it, each with an occupation: (role, job)."""

    world: World
    jobs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """What stands on the page of one adult and the pupil."""

    bond: Bond
    lists: tuple[Worlds, ...]
    roles: tuple[Role, ...]
    fits: tuple[Fits, ...]
    question: Question


@behind_door(*FAMILY)
@require_safe
def worlds_page(request: HttpRequest, door_id: UUID, activity_id: UUID) -> HttpResponse:  # noqa: ARG001 - named in the address
    """Both answers beside each other, where the other one shares; else what there is to talk about until then."""
    sitting = survey_seat(request, activity_id)
    if not test.is_test(sitting):
        raise Http404
    sheet = assignments.read(sitting)
    if not sheet.submitted_at:
        return redirect(address(sitting, "assignment"))
    context = {
        "shown": [_shown(one) for one in test.beside(sitting)],
        "sealed": sitting.sealed_until is not None,
        "until_then": compare_worlds({}, {}).question,
        "receipt_url": address(sitting, "receipt"),
        "share_url": "" if test.is_sealed(sitting, sheet) else address(sitting, "share"),
    }
    return page.behind_door(request, "family/surveys/worlds.html", context, here=visit(request, sitting))


def _shown(one: test.Beside) -> Shown:
    found = one.comparison
    lists = {"agree": found.agree, "pupil_more": found.pupil_more, "adult_more": found.adult_more}
    return Shown(
        one.bond,
        tuple(
            Worlds(f"worlds.result.{name}", tuple(seen.world for seen in several))
            for name, several in lists.items()
            if several
        ),
        tuple(_roles(found)),
        tuple(_fits(found)),
        found.question,
    )


def _roles(found: WorldComparison) -> list[Role]:
    """Those of both first, then those of one."""
    by = {"both": found.roles_agree, "pupil": found.roles_pupil, "adult": found.roles_adult}
    return [Role(key, f"worlds.result.{who}") for who, several in by.items() for key in several]


def _fits(found: WorldComparison) -> list[Fits]:
    by_key = {one.text_key: one for one in worlds()}
    return [
        Fits(by_key[key], tuple((one.role_key, one.job_key) for one in several))
        for key, several in groupby(found.fits, key=lambda one: one.world_key)
    ]
