"""Recorded sound of texts, for languages that no browser reads aloud."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.web.access import scope
from driegesprek.web.access.guards import staff_only
from driegesprek.web.desk.forms.outreach import RecordingForm, dutch_of
from driegesprek.web.desk.pages.words import language_name
from driegesprek.web.outreach.domain import recordings as domain
from driegesprek.web.outreach.models import Recording, RecordingDraft

WHOLE_SCHOOL = ("counsellor", "leader")


@staff_only(*WHOLE_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def recordings(request: HttpRequest) -> HttpResponse:
    """All recordings, and a form to bring one in."""
    spoken = set(scope.adults(request.actor).values_list("language", flat=True))
    form = RecordingForm(request.POST or None, request.FILES or None, spoken=spoken)
    if request.method == "POST" and form.is_valid():
        draft = _bring_in(request, form)
        if draft:
            return redirect("desk:recording_draft", draft_id=draft.pk)
    context = {
        "area": "texts",
        "form": form,
        "recordings": [_shown(one) for one in domain.visible(request.actor).order_by("language", "key")],
    }
    return render(request, "desk/outreach/recordings.html", context)


def _bring_in(request: HttpRequest, form: RecordingForm) -> RecordingDraft | None:
    data = form.cleaned_data
    try:
        return domain.bring_in(data["file"], key=data["key"], language=data["language"], actor=request.actor)
    except domain.TooLargeError:
        form.add_error(
            "file", _("This file is larger than 10 MB. Record it shorter, or save it as mp3 or m4a.")
        )
    except domain.NoSoundError:
        form.add_error("file", _("This is not a sound we can play. Bring in mp3, ogg, m4a, wav or webm."))
    return None


def _shown(one: Recording | RecordingDraft) -> dict[str, object]:
    return {"row": one, "language": language_name(one.language), "dutch": dutch_of(one.key)}


@staff_only(*WHOLE_SCHOOL)
@require_GET
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Listen first."""
    found = get_object_or_404(domain.drafts(request.actor), pk=draft_id)
    older = domain.visible(request.actor).filter(key=found.key, language=found.language).exists()
    context = {"area": "texts", "draft": _shown(found), "older": older}
    return render(request, "desk/outreach/recording_draft.html", context)


@staff_only(*WHOLE_SCHOOL)
@require_POST
def keep(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """It is good: families hear it from now on."""
    domain.keep(get_object_or_404(domain.drafts(request.actor), pk=draft_id), actor=request.actor)
    messages.success(request, _("The recording is in use."))
    return redirect("desk:recordings")


@staff_only(*WHOLE_SCHOOL)
@require_POST
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """It is not good enough."""
    domain.discard(get_object_or_404(domain.drafts(request.actor), pk=draft_id))
    messages.success(request, _("Thrown away."))
    return redirect("desk:recordings")


@staff_only(*WHOLE_SCHOOL)
@require_POST
def remove(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Use it no longer."""
    domain.remove(get_object_or_404(domain.visible(request.actor), pk=recording_id), actor=request.actor)
    messages.success(request, _("The recording is removed."))
    return redirect("desk:recordings")


@staff_only(*WHOLE_SCHOOL)
@require_GET
def draft_sound(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """The sound to listen to."""
    return _sound(get_object_or_404(domain.drafts(request.actor), pk=draft_id))


@staff_only()
@require_GET
def sound(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """A recording as families hear it."""
    return _sound(get_object_or_404(domain.visible(request.actor), pk=recording_id))


def _sound(row: Recording | RecordingDraft) -> FileResponse:
    response = FileResponse(row.file.open("rb"), content_type=row.kind)
    response["X-Content-Type-Options"] = "nosniff"
    return response
