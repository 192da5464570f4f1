"""A class, pupil by pupil, on the mentor's phone: one tap for a sheet that came back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.web.access.guards import staff_only
from driegesprek.web.conduct.domain import paper_done
from driegesprek.web.desk.forms.line import WordsForm
from driegesprek.web.desk.pages import class_steps as pages
from driegesprek.web.line.domain import steps as steps_domain
from driegesprek.web.line.domain import visible
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Step
from driegesprek.web.people.models import SchoolClass


@staff_only()
@require_GET
def class_steps(request: HttpRequest, activity_id: UUID, class_id: UUID) -> HttpResponse:
    """The pupils of a class, and how far each of them and their adults are."""
    activity = get_object_or_404(visible.activities(request.actor).select_related("line"), pk=activity_id)
    school_class = get_object_or_404(visible.classes(request.actor, activity), pk=class_id)
    rows = pages.rows(activity, school_class, today=timezone.localdate())
    context = {
        "area": "line",
        "activity": activity,
        "school_class": school_class,
        "rows": rows,
        "done": sum(row.is_done for row in rows),
        "on_paper": activity.kind == ActivityKind.HOME_ASSIGNMENT,
    }
    return render(request, "desk/line/class_steps.html", context)


@staff_only()
@require_POST
def paper(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """The sheet is back: done on paper."""
    step = _step(request, step_id)
    paper_done.done_on_paper(step, at=timezone.now(), actor=request.actor)
    return _row(request, step, said=_("Done on paper."))


@staff_only()
@require_POST
def undo(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """A tap too many."""
    step = _step(request, step_id)
    paper_done.undo_paper(step, actor=request.actor)
    return _row(request, step, said=_("Taken back."))


def _step(request: HttpRequest, step_id: UUID) -> Step:
    rows = visible.steps(request.actor).filter(activity__kind=ActivityKind.HOME_ASSIGNMENT)
    return get_object_or_404(rows.select_related("activity", "pupil"), pk=step_id)


def _class(request: HttpRequest, step: Step) -> SchoolClass:
    here = steps_domain.enrolments(step.activity, steps_domain.day_of(step.activity, timezone.localdate()))
    of_pupil = here.filter(pupil=step.pupil_id).values("school_class")
    return get_object_or_404(visible.classes(request.actor, step.activity), pk__in=of_pupil)


def _row(request: HttpRequest, step: Step, said: str) -> HttpResponse:
    """The pupil's row as it now is, for htmx; else the class."""
    if not request.htmx:
        messages.success(request, f"{step.pupil.full_name}: {said}")
        return _to_class(request, step)
    context = {"row": pages.of_pupil(step.activity_id, step.pupil), "said": said, "on_paper": True}
    return render(request, "desk/line/pupil_row.html", context)


def _to_class(request: HttpRequest, step: Step) -> HttpResponse:
    return redirect("desk:class_steps", activity_id=step.activity_id, class_id=_class(request, step).pk)


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Type in three words of a sheet; what the family typed itself stays as it is."""
    step = _step(request, step_id)
    known = paper_done.words_of(step)
    form = WordsForm(
        request.POST or None,
        initial=dict(zip(WordsForm.base_fields, known, strict=True)),
        use_required_attribute=False,
    )
    if request.method == "POST" and form.is_valid() and _typed(request, step, form):
        messages.success(request, _("The words are kept."))
        return _to_class(request, step)
    context = {"area": "line", "form": form, "step": step, "school_class": _class(request, step)}
    return render(request, "desk/line/words.html", context)


def _typed(request: HttpRequest, step: Step, form: WordsForm) -> bool:
    try:
        paper_done.type_words(
            step, form.words, school_class=_class(request, step), now=timezone.now(), actor=request.actor
        )
    except paper_done.RoundClosedError:
        form.add_error(
            None,
            _(
                "The assignment is closed, so the words cannot be kept. Ask the counsellor for a later last day."
            ),
        )
    except paper_done.WordsRefusedError as error:
        for place, why in error.problems.items():
            form.add_error(f"word_{place + 1}", why)
        if not error.problems:
            form.add_error(None, _("This activity takes no words from paper."))
    return not form.errors
