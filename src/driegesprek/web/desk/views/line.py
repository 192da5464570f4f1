"""The line: overview, a first line in four steps, an activity with its dates and what was delivered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.web.access import scope
from driegesprek.web.access.guards import staff_only
from driegesprek.web.conduct.domain import activities as conduct
from driegesprek.web.desk.forms.line import ChoiceForm, DatesForm, DeliveredForm, MomentsForm
from driegesprek.web.desk.pages import line as pages
from driegesprek.web.desk.pages import monitor
from driegesprek.web.line.domain import delivery, lines, visible
from driegesprek.web.line.enums import ActivityKind, Stage
from driegesprek.web.line.models import Activity, Choice, Line
from driegesprek.web.line.rules import propose, too_close
from driegesprek.web.people.models import SchoolClass, SchoolYear

KINDS = (ActivityKind.HOME_ASSIGNMENT, ActivityKind.CAREER_TALK)


@staff_only()
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The line of every year group in a school year."""
    today = timezone.localdate()
    year = pages.chosen_year(request.actor, request.GET.get("year"), today)
    groups = pages.year_groups(request.actor, year, today=today) if year else []
    context = {
        "area": "line",
        "year": year,
        "years": visible.years(request.actor),
        "groups": groups,
        "with_line": [group for group in groups if group.line or group.choice],
        "without_line": [group for group in groups if not group.line and not group.choice],
        "months": pages.months(year, today) if year else [],
        "may_change": request.actor.sees_all,
    }
    return render(request, "desk/line/overview.html", context)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A first line: classes and moments give proposed dates; looking at them changes nothing, sending them does."""
    classes = scope.classes(request.actor).filter(
        year__ends_on__gte=timezone.localdate(), year_group__isnull=False
    )
    asked = request.POST or request.GET
    moments = MomentsForm(asked or None, classes=classes.select_related("year"))
    if not asked or not moments.is_valid():
        context = {"area": "line", "form": moments, "any_classes": classes.exists()}
        return render(request, "desk/line/begin_moments.html", context)
    return _begin_dates(request, moments)


def _begin_dates(request: HttpRequest, moments: MomentsForm) -> HttpResponse:
    data = moments.cleaned_data
    classes = list(data["classes"])
    year = classes[0].year
    proposed = propose(
        data["talks_from"], data["talks_until"], lesson=data["lesson"], today=timezone.localdate()
    )
    forms = {
        kind: DatesForm(
            request.POST or None,
            prefix=kind.value,
            year=year,
            kind=kind,
            initial={field: getattr(proposed[kind], field) for field in DatesForm.base_fields},
        )
        for kind in KINDS
    }
    if request.method == "POST" and all([form.is_valid() for form in forms.values()]):  # noqa: C419 - every form shows its errors
        return _start(request, classes, {kind: form.dates for kind, form in forms.items()})
    context = {
        "area": "line",
        "moments": moments,
        "classes": classes,
        "forms": [(kind.label, form) for kind, form in forms.items()],
        "problems": any(form.errors for form in forms.values()),
    }
    return render(request, "desk/line/begin_dates.html", context)


def _start(request: HttpRequest, classes: list[SchoolClass], dates: dict[ActivityKind, Any]) -> HttpResponse:
    year, group = classes[0].year, classes[0].year_group
    try:
        line = lines.start_line(year, group, classes=classes, dates=dates, actor=request.actor)
    except lines.LineExistsError:
        messages.error(request, _("Year group %s has a line already. Change that one.") % group)
        return redirect("desk:line")
    messages.success(request, _("The dates are kept. Now say what must be chosen."))
    if Choice.objects.filter(year=year, year_group=group).exists():
        return redirect("desk:line_start", line_id=line.pk)
    return redirect("desk:choice", year_id=year.pk, year_group=group)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest, year_id: UUID, year_group: int) -> HttpResponse:
    """What the pupils of a year group choose, by when, whom to call: the front of the sheet."""
    year = get_object_or_404(visible.years(request.actor), pk=year_id)
    if not scope.classes(request.actor).filter(year=year, year_group=year_group).exists():
        raise Http404
    known = Choice.objects.filter(year=year, year_group=year_group, location=None).first()
    form = ChoiceForm(request.POST or None, year=year, choice=known)
    line = Line.objects.filter(year=year, year_group=year_group).first()
    if request.method == "POST" and form.is_valid():
        _keep_choice(request, year, year_group, form, line)
        return _after_choice(line)
    context = {"area": "line", "form": form, "year": year, "year_group": year_group, "new": known is None}
    return render(request, "desk/line/choice.html", context)


def _keep_choice(
    request: HttpRequest, year: SchoolYear, year_group: int, form: ChoiceForm, line: Line | None
) -> None:
    fields = ("choose_by", "profiles", "absent_profiles", "contact_name", "contact_phone")
    kept = lines.set_choice(
        year, year_group, actor=request.actor, **{field: form.cleaned_data[field] for field in fields}
    )
    messages.success(request, _("The choice is kept."))
    talk = line.activities.filter(kind=ActivityKind.CAREER_TALK).first() if line else None
    if talk and too_close(talk.closes_on, kept.choose_by):
        messages.warning(
            request, _("The last talks are less than two weeks before the choice. Earlier is better.")
        )


def _after_choice(line: Line | None) -> HttpResponse:
    if line and line.activities.filter(opened_at=None).exists():
        return redirect("desk:line_start", line_id=line.pk)
    return redirect("desk:line")


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Look once more, then open the line: pupils and adults get their step and code."""
    line = get_object_or_404(visible.lines(request.actor).select_related("year"), pk=line_id)
    if request.method == "POST":
        opened = [
            conduct.open_activity(one, actor=request.actor, today=timezone.localdate())
            for one in line.activities.all()
        ]
        counts = {"pupils": opened[0].pupils, "adults": opened[0].adults} if opened else {}
        messages.success(
            request,
            _("The line is open for %(pupils)s pupils and %(adults)s adults. Print the sheets now.") % counts,
        )
        return redirect("desk:sheets")
    summary = pages.summary(line, timezone.localdate())
    return render(request, "desk/line/start.html", {"area": "line", "line": line, "summary": summary})


@staff_only()
@require_GET
def activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """One activity: its dates, its classes, what was delivered."""
    found = _activity(request, activity_id)
    today = timezone.localdate()
    rows = Activity.objects.filter(pk=found.pk)
    context = {
        "area": "line",
        "activity": found,
        "table": monitor.tables(request.actor, rows, today=today)[0],
        "may_change": request.actor.sees_all,
        "today": today,
    }
    return render(request, "desk/line/activity.html", context)


def _activity(request: HttpRequest, activity_id: UUID) -> Activity:
    rows = visible.activities(request.actor).select_related("line__year")
    return get_object_or_404(rows, pk=activity_id)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Agree on other dates."""
    found = _activity(request, activity_id)
    initial = {field: getattr(found, field) for field in DatesForm.base_fields}
    form = DatesForm(request.POST or None, year=found.line.year, kind=found.kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        conduct.change_dates(found, form.dates, actor=request.actor, today=timezone.localdate())
        messages.success(request, _("The dates are kept."))
        return redirect("desk:activity", activity_id=found.pk)
    return render(request, "desk/line/dates.html", {"area": "line", "activity": found, "form": form})


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def classes(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Let more classes take part."""
    found = _activity(request, activity_id)
    others = scope.classes(request.actor).filter(year=found.line.year, year_group=found.line.year_group)
    others = others.exclude(pk__in=found.activity_classes.values("school_class"))
    if request.method == "POST":
        chosen = list(others.filter(pk__in=_ids(request.POST.getlist("classes"))))
        added = conduct.add_classes(found, chosen, actor=request.actor, today=timezone.localdate())
        messages.success(request, _("Classes added: %s.") % added)
        return redirect("desk:activity", activity_id=found.pk)
    context = {"area": "line", "activity": found, "others": others}
    return render(request, "desk/line/classes.html", context)


def _ids(given: list[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in given]
    except ValueError:
        raise Http404 from None


@staff_only("counsellor", "leader")
@require_POST
def open_(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Open one activity, or let it catch up."""
    found = _activity(request, activity_id)
    result = conduct.open_activity(found, actor=request.actor, today=timezone.localdate())
    messages.success(
        request,
        _("Open for %(pupils)s pupils and %(adults)s adults.")
        % {"pupils": result.pupils, "adults": result.adults},
    )
    return redirect("desk:activity", activity_id=found.pk)


@staff_only()
@require_POST
def deliver(request: HttpRequest, activity_id: UUID, class_id: UUID, stage: str) -> HttpResponse:
    """A stage was delivered to a class."""
    found, school_class = _stage(request, activity_id, class_id, stage)
    form = DeliveredForm(request.POST, today=timezone.localdate())
    if form.is_valid():
        delivery.tell(found, school_class, stage, on=form.cleaned_data["on"], actor=request.actor)
        return _delivered(request, found, school_class, stage)
    return _delivered(request, found, school_class, stage, problem=" ".join(form.errors["on"]))


@staff_only()
@require_POST
def deliver_undo(request: HttpRequest, activity_id: UUID, class_id: UUID, stage: str) -> HttpResponse:
    """It was not delivered after all."""
    found, school_class = _stage(request, activity_id, class_id, stage)
    delivery.take_back(found, school_class, stage, actor=request.actor)
    return _delivered(request, found, school_class, stage)


def _stage(
    request: HttpRequest, activity_id: UUID, class_id: UUID, stage: str
) -> tuple[Activity, SchoolClass]:
    found = _activity(request, activity_id)
    if stage not in Stage.values:
        raise Http404
    return found, get_object_or_404(visible.classes(request.actor, found), pk=class_id)


def _delivered(
    request: HttpRequest, found: Activity, school_class: SchoolClass, stage: str, problem: str = ""
) -> HttpResponse:
    """The cell as it now is, for htmx; else the page one came from, with the problem said."""
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return _back(request, found)
    row = found.deliveries.filter(school_class=school_class, stage=stage).first()
    today = timezone.localdate()
    context = {
        "activity": found,
        "school_class": school_class,
        "cell": monitor.cell(found, stage, row.on if row else None, today),
        "today": today,
        "problem": problem,
        "problem_value": request.POST.get("on", "") if problem else "",
    }
    return render(request, "desk/line/delivery_cell.html", context)


def _back(request: HttpRequest, found: Activity) -> HttpResponse:
    to = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(to, allowed_hosts=None, require_https=request.is_secure()):
        return redirect(to)
    return redirect("desk:activity", activity_id=found.pk)
