"""What every page of the family face needs: words in one language, the school, the way to another language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from driegesprek.web.access.enums import DoorKind
from driegesprek.web.access.models import Door
from driegesprek.web.common.speaking import Speaker, frame, shown
from driegesprek.web.common.speaking import choices as _languages
from driegesprek.web.family import languages, wording
from driegesprek.web.people.models import Adult, Enrolment, Pupil


class SeeOther(HttpResponseRedirect):
    """303: go on with a GET, whatever this was."""

    status_code = 303


def before_door(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    door: Door | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page that anybody may see; of a door only the school and the pupil's first letter."""
    speaker = visitor(request, door)
    school = door.school.name if door else ""
    whole = (
        frame(speaker)
        | {"languages": _languages(), "picked": _picked(request), "school_name": school}
        | dict(context or {})
    )
    return render(request, template, whole, status=status)


def _picked(request: HttpRequest) -> str:
    """The language that was picked on the pages before the door; it goes along through the door."""
    picked = request.GET.get(languages.PARAMETER, "") or request.POST.get(languages.PARAMETER, "")
    return picked if picked in languages.CODES else ""


def visitor(request: HttpRequest, door: Door | None = None) -> Speaker:
    """The words for who stands before a door."""
    if door is None:
        return Speaker(languages.of_visitor(request))
    bond, pupil = door.bond, pupil_of(door)
    return Speaker(
        languages.of_visitor(request, bond.spoken_language if bond else "nl" if pupil else ""),
        voice_of(door),
        wording.overrides(door.school_id),
        {"school": door.school.name, "pupil": pupil.given_name[:1] if pupil else ""},
    )


def pupil_of(door: Door) -> Pupil | None:
    """The pupil a door is about, with the school; a door of staff or of a code is about none."""
    pupil: Pupil | None = door.bond.pupil if door.bond else door.pupil
    if pupil is not None:
        door.know_school_of(pupil)
    return pupil


@dataclass(frozen=True)
class Visit:
    """Somebody behind a door, and what their pages say."""

    door: Door
    pupil: Pupil | None
    adult: Adult | None
    class_name: str
    mentor: str
    speaker: Speaker
    not_validated: bool = False
    """Whether this page is of a form of which nobody knows yet what its answers say."""

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.speaker.language

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """The context of family/base.html."""
        return frame(self.speaker) | {
            "visit": self,
            "not_validated": shown(self.speaker.text("round.not_validated")) if self.not_validated else "",
            "door": self.door,
            "pupil": self.pupil,
            "school_name": self.door.school.name,
            "class_name": self.class_name,
            "languages": _languages(),
            "language_post_url": reverse("family:language", args=[self.door.pk]),
            "language_next": request.get_full_path() if request.method in {"GET", "HEAD"} else request.path,
        }


def visit(request: HttpRequest, voice: str = "") -> Visit:
    """Who is behind the door of this request; one query, for class and mentor.

    Args:
        request: it came through a door.
        voice: to whom the page speaks, where that is another than whose door it is.

    Raises:
        Http404: the request did not come through a door.
    """
    door: Door | None = request.actor.door  # type: ignore[attr-defined] # set by the guard
    if door is None:
        raise Http404
    pupil, adult = pupil_of(door), door.bond.adult if door.bond else None
    class_name, mentor = _class_and_mentor(pupil.pk) if pupil else ("", "")
    values = {
        "pupil": pupil.given_name if pupil else "",
        "school": door.school.name,
        "class_name": class_name,
        "mentor": mentor or door.school.name,
        "phone": door.school.phone,
        "adult": adult.full_name if adult else "",
    }
    speaker = Speaker(language(request), voice or voice_of(door), wording.overrides(door.school_id), values)
    return Visit(door, pupil, adult, class_name, mentor, speaker)


def language(request: HttpRequest) -> str:
    """The language of the pages behind this door."""
    door = request.actor.door  # type: ignore[attr-defined] # as above
    known = door.bond.spoken_language if door.bond else "nl"
    if door.kind == DoorKind.ANONYMOUS:  # nothing is known but what the browser asks for
        known = languages.of_visitor(request)
    return languages.behind_door(request, door.pk, known)


def voice_of(door: Door) -> str:
    """To whom the pages of a door speak: as to an adult, or as to a pupil."""
    return "pupil" if door.kind == DoorKind.PUPIL else "adult"


def _class_and_mentor(pupil_id: UUID) -> tuple[str, str]:
    row = (
        Enrolment.objects.select_related("school_class__mentor")
        .only(
            "school_class__name",
            "school_class__mentor__given_name",
            "school_class__mentor__prefix",
            "school_class__mentor__family_name",
        )
        .filter(pupil=pupil_id, until=None)
        .first()
    )
    if row is None:
        return "", ""
    mentor = row.school_class.mentor
    return row.school_class.name, mentor.full_name if mentor else ""


def behind_door(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    here: Visit | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page behind a door."""
    here = here or visit(request)
    return render(request, template, here.context(request) | dict(context or {}), status=status)
