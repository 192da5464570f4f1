"""The pictures, sounds and films of a questionnaire of the school's own: which there must be, and which are there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from driegesprek.instruments import media as workshop
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import stored_files
from driegesprek.web.desk.forms.surveys import MediaForm
from driegesprek.web.desk.pages import surveys as pages
from driegesprek.web.desk.pages.form_media import files_of
from driegesprek.web.desk.pages.words import language_name
from driegesprek.web.surveys.domain import media, printing
from driegesprek.web.surveys.models import InstrumentVersion


def find_version(request: HttpRequest, version_id: UUID) -> InstrumentVersion:
    """A form of the school's own.

    Raises:
        Http404: there is none.
    """
    rows = InstrumentVersion.objects.filter(
        school_id=request.actor.school_id,  # type: ignore[attr-defined] # set by ActorMiddleware
        key__startswith=f"{pages.OWN}-",
    )
    return get_object_or_404(rows.defer("definition"), pk=version_id)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def form_media(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What the form names, what is there; add what is missing, until a round begins with it."""
    version = find_version(request, version_id)
    form = MediaForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        problems = _add(request, version, form.cleaned_data["files"])
        if not problems:
            return redirect("desk:form_media", version_id=version.pk)
    context = {
        "area": "surveys",
        "version": version,
        "files": files_of(version),
        "languages": [(code, language_name(code)) for code in printing.languages(version)],
        "frozen": media.is_frozen(version),
        "frozen_words": pages.frozen(),
        "form": form,
        "problems": problems,
    }
    return render(request, "desk/surveys/media.html", context, status=422 if problems else 200)


def _add(request: HttpRequest, version: InstrumentVersion, files: list[Any]) -> list[str]:
    """Keep these files; or what is wrong with them, and then none is kept."""
    language, wanted = get_language() or "nl", media.wanted(version.pk)
    if sum(one.size for one in files) > workshop.MOST_BYTES:
        return [workshop.too_many().text(language)]
    given = {one.name: one.read() for one in files}
    found, problems = workshop.checked(wanted, given)
    if problems:
        return [one.text(language) for one in problems]
    try:
        count = media.put(version, found, actor=request.actor)  # type: ignore[attr-defined] # set by ActorMiddleware
    except media.FrozenError:
        return [pages.frozen()]
    messages.success(request, ngettext("%(n)s file is kept.", "%(n)s files are kept.", count) % {"n": count})
    for note in workshop.unused(wanted, given):
        messages.info(request, note.text(language))
    return []


@staff_only("counsellor", "leader")
@require_safe
def medium(request: HttpRequest, version_id: UUID, medium_id: UUID) -> HttpResponseBase:
    """One file."""
    found = get_object_or_404(media.visible(request.actor), pk=medium_id, version=version_id)
    return stored_files.send(request, found.file, found.kind)
