"""Questionnaires of the school's own: bring one in, see what is wrong with it, let a round go on with a mended one."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from driegesprek.content import catalogue
from driegesprek.instruments import FormRefused, is_bundle, read, unpacked
from driegesprek.instruments import media as workshop
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.desk.forms.surveys import UploadForm
from driegesprek.web.desk.pages import surveys as pages
from driegesprek.web.desk.views.surveys import find
from driegesprek.web.surveys.domain import media, studies, versions
from driegesprek.web.surveys.models import InstrumentVersion

MOST = 60


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def forms(request: HttpRequest) -> HttpResponse:
    """The own questionnaires, and a new one or a new version; nothing is stored of a form with a mistake."""
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _keep(request, form)
        except FormRefused as refusal:
            problems = [one.text(get_language() or "nl") for one in refusal.problems]
        except media.FrozenError:
            problems = [pages.frozen()]
    context = {
        "area": "surveys",
        "form": form,
        "own": pages.newest(request.actor.staff.school),
        "problems": problems[:MOST],
        "more": max(0, len(problems) - MOST),
    }
    return render(request, "desk/surveys/forms.html", context, status=422 if problems else 200)


def _keep(request: HttpRequest, form: UploadForm) -> HttpResponse:
    file, school = form.cleaned_data["file"], request.actor.staff.school  # type: ignore[attr-defined] # set by ActorMiddleware
    name, data, files = file.name.rpartition(".")[0] or file.name, file.read(), {}
    if is_bundle(data):
        bundle = unpacked(data, name=file.name)
        name, data, files = bundle.name, bundle.data, dict(bundle.files)
    questionnaire = read(data, name=name, files=files)
    wanted = workshop.uses(questionnaire, drawn=catalogue.icon_names())
    found, problems = workshop.checked(wanted, files)
    if problems:
        raise FormRefused(*problems)
    key = f"{pages.OWN}-{slugify(questionnaire.form_id or questionnaire.title or name)[:60] or 'form'}"
    with transaction.atomic():
        version = versions.store(school, key, questionnaire)
        audit.record(request.actor, "questionnaire brought in", version)  # type: ignore[attr-defined] # as above
        media.put(version, found, actor=request.actor)  # type: ignore[attr-defined] # as above
    shown = sum(one.kind.answerable for one in questionnaire.questions.values())
    messages.success(
        request,
        _("“%(title)s” is kept: %(count)s questions. Choose it when you make a round.")
        % {"title": questionnaire.title, "count": shown},
    )
    told = (*questionnaire.notes, *workshop.remarks(wanted, [*media.of_version(version.pk), *files]))
    for note in told[:MOST]:
        messages.info(request, note.text(get_language() or "nl"))
    return redirect("desk:form_media", version_id=version.pk) if wanted else redirect("desk:survey_forms")


@staff_only("counsellor", "leader")
@require_POST
def take(request: HttpRequest, round_id: UUID, voice: str) -> HttpResponse:
    """Let a round go on with a newer version of its form; what would break it is refused, and said."""
    row = find(request, round_id)
    get_object_or_404(row.voices, voice=voice)
    rows = InstrumentVersion.objects.filter(school_id=row.school_id, key__startswith=f"{pages.OWN}-")
    version = get_object_or_404(rows, pk=pages.as_uuid(request.POST.get("version", "")))
    try:
        studies.take_version(row, voice, version, actor=request.actor)
    except studies.BreakingChangeError as error:
        messages.error(request, _("This would break the round that runs, so it stays as it was:"))
        for change in error.changes[:MOST]:
            messages.error(request, change.text(get_language() or "nl"))
    except studies.RefusedError as error:
        for problem in error.problems:
            messages.error(request, str(problem))
    else:
        messages.success(request, _("The round goes on with this version."))
    return redirect("desk:survey", round_id=round_id)
