"""Survey rounds: all of them, one, a new one; what staff answer themselves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.web.access import passes, scope
from driegesprek.web.access.domain import doors
from driegesprek.web.access.enums import Grant
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.conduct.domain import survey_doors
from driegesprek.web.desk.exports import surveys as exports
from driegesprek.web.desk.exports.line import KINDS, as_file
from driegesprek.web.desk.forms.surveys import FORM_FIELDS, DatesForm, NewSurveyForm, PaperConsentForm
from driegesprek.web.desk.pages import findings_seen, scans
from driegesprek.web.desk.pages import surveys as pages
from driegesprek.web.surveys.domain import inviting, mailings, studies
from driegesprek.web.surveys.domain.studies import Plan, RefusedError
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import Invitation, Round
from driegesprek.web.surveys.rules import designs


def find(request: HttpRequest, round_id: UUID) -> Round:
    """A round that the actor sees.

    Raises:
        Http404: there is none.
    """
    rows = studies.visible(request.actor).select_related("study", "school")  # type: ignore[attr-defined] # set by ActorMiddleware
    return get_object_or_404(rows, pk=round_id)


@staff_only()
@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """The survey rounds, and what there is to answer oneself."""
    today = timezone.localdate()
    context = {
        "area": "surveys",
        "rounds": [(one, pages.title(one)) for one in pages.rounds(request.actor)],
        "findings": [(one, pages.title(one)) for one in findings_seen.more_for(request.actor)],
        "mine": pages.to_answer(request.actor, today),
        "today": today,
        "may_change": request.actor.sees_all,
    }
    return render(request, "desk/surveys/surveys.html", context)


@staff_only()
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What this member of staff is asked."""
    today = timezone.localdate()
    asked = [(one, pages.title(one.round)) for one in pages.to_answer(request.actor, today)]
    return render(request, "desk/surveys/mine.html", {"area": "surveys", "asked": asked, "today": today})


@staff_only()
@require_POST
def answer(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Let a member of staff in at the own questions, which stand on the face of families."""
    rows = Invitation.objects.filter(school_id=request.actor.school_id, staff=request.actor.staff)
    one = get_object_or_404(
        rows.exclude(round__opened_at=None).select_related("staff", "round"), round=round_id
    )
    until = inviting.end_of_day(one.round.closes_on) + inviting.DOOR_OPEN
    door = doors.ensure_staff_doors([one.staff], expires_at=until, code_expires_at=until)[one.staff]
    response = redirect(reverse("family:assignment", args=[door.pk, round_id]))
    passes.give(request, response, door, Grant.LINK)
    return response


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a round; nobody is asked before it is opened."""
    school, today = request.actor.staff.school, timezone.localdate()
    classes = scope.classes(request.actor).filter(year__ends_on__gte=today).select_related("year")
    offered = pages.instruments(school)
    form = NewSurveyForm(
        request.POST or None, classes=classes, instruments=dict.fromkeys(FORM_FIELDS, offered)
    )
    if request.method == "POST" and form.is_valid() and (made := _create(request, form)):
        return redirect("desk:survey", round_id=made.pk)
    return render(request, "desk/surveys/new.html", {"area": "surveys", "form": form})


def _create(request: HttpRequest, form: NewSurveyForm) -> Round | None:
    school, data = request.actor.staff.school, form.cleaned_data  # type: ignore[attr-defined] # set by ActorMiddleware
    try:
        with transaction.atomic():
            picked = {voice: data[field] for voice, field in FORM_FIELDS.items() if data[field]}
            plan = Plan(
                title={"nl": data["title"]},
                design=data["design"],
                voices={voice: pages.version_of(school, one) for voice, one in picked.items()},
                opens_on=data["opens_on"],
                closes_on=data["closes_on"],
                sampling=form.whom.stored(),
                reminders=form.reminders,
                options=form.options,
                consent=data["consent"],
                organisation=data["organisation"],
                quotas=data["quotas"],
            )
            return studies.create(school, plan, actor=request.actor)  # type: ignore[attr-defined] # as above
    except RefusedError as error:
        _refused(form, error)
    except LookupError:
        form.add_error(None, _("This questionnaire is not there any more. Choose another one."))
    return None


def _refused(form: Any, error: RefusedError) -> None:
    for problem in error.problems:
        form.add_error(None, str(problem))


@staff_only()
@require_GET
def survey(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """One round: how it goes, what went out, what can be done; with `as` how it goes as a file, with `part` that alone."""
    row, now = find(request, round_id), timezone.localtime()
    today = now.date()
    fresh = {"row": row, "now": now, "closed": row.closes_on < today}
    if request.GET.get("part") == "response":
        return render(request, "desk/surveys/going.html", {**fresh, "going": pages.going(row)})
    whole, kind = pages.whole(request.actor, row, today=today), request.GET.get("as", "")
    if kind in KINDS:
        name = f"{slugify(pages.title(row)) or 'round'}-{today}"
        return as_file(*exports.response(whole), name=name, kind=kind)
    context = {
        **fresh,
        "area": "surveys",
        "title": pages.title(row),
        "whole": whole,
        "today": today,
        "may_change": request.actor.sees_all,
        "has_scan": scans.has_scan(row),
        "own": [(one, one.title) for one in (pages.newest(row.school) if request.actor.sees_all else ())],
    }
    return render(request, "desk/surveys/survey.html", context)


@staff_only("counsellor", "leader")
@require_POST
def open_(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Ask everybody, and make what goes out."""
    row, today = find(request, round_id), timezone.localdate()
    try:
        with transaction.atomic():
            opened = inviting.open_round(row, actor=request.actor, today=today)
            row.refresh_from_db()
            if row.design != Design.ANONYMOUS:
                mailings.prepare(row, wave=0, actor=request.actor, now=timezone.now(), today=today)
    except inviting.NobodyError:
        messages.error(request, _("There is nobody to ask in these classes."))
        return redirect("desk:survey", round_id=round_id)
    counts = {"pupils": opened.pupils, "adults": opened.adults, "staff": opened.staff}
    if row.design == Design.ANONYMOUS:
        messages.success(request, _("The round is open. Now make the codes for the other organisation."))
    else:
        messages.success(request, _("Asked: %(pupils)s pupils, %(adults)s adults, %(staff)s staff.") % counts)
    return redirect("desk:survey", round_id=round_id)


@staff_only("counsellor", "leader")
@require_POST
def discard(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Throw away a round that was not opened."""
    if studies.discard(find(request, round_id), actor=request.actor):
        messages.success(request, _("The round is thrown away."))
        return redirect("desk:surveys")
    messages.error(
        request, _("People were asked already, so this round stays. You can close it by its last day.")
    )
    return redirect("desk:survey", round_id=round_id)


def _planned(row: Round) -> dict[str, Any]:
    days = [one.on for one in row.reminders.filter(done_at=None)]
    planned = {f"reminder_{number}": day for number, day in enumerate(days, 1)}
    return {"opens_on": row.opens_on, "closes_on": row.closes_on, **planned}


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Other dates, other reminders."""
    row = find(request, round_id)
    form = DatesForm(request.POST or None, initial=_planned(row))
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("opens_on", "closes_on")}
        try:
            studies.move_dates(row, **days, reminders=form.reminders, actor=request.actor)
        except RefusedError as error:
            _refused(form, error)
        else:
            messages.success(request, _("The dates are kept."))
            return redirect("desk:survey", round_id=round_id)
    context = {"area": "surveys", "row": row, "title": pages.title(row), "form": form, "heading": _("Dates")}
    return render(request, "desk/surveys/form.html", context)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Measure again: the same people, the same questions, so that before and after can be compared."""
    row = find(request, round_id)
    form = DatesForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _again(request, row, form)):
        messages.success(request, _("The second round is ready. Open it when it is time."))
        return redirect("desk:survey", round_id=made.pk)
    heading = _("Measure again")
    context = {"area": "surveys", "row": row, "title": pages.title(row), "form": form, "heading": heading}
    return render(request, "desk/surveys/form.html", context)


def _again(request: HttpRequest, row: Round, form: DatesForm) -> Round | None:
    plan = Plan(
        title=row.title,
        design=row.design,
        voices={one.voice: one.version for one in row.voices.select_related("version")},
        opens_on=form.cleaned_data["opens_on"],
        closes_on=form.cleaned_data["closes_on"],
        sampling=row.sampling,
        reminders=form.reminders,
        options=row.study.options,
        consent=row.study.consent,
        organisation=row.study.organisation,
    )
    try:
        return studies.measure_again(row, plan, actor=request.actor)  # type: ignore[attr-defined] # set by ActorMiddleware
    except RefusedError as error:
        _refused(form, error)
        return None


@staff_only()
@require_GET
def answers_of(request: HttpRequest, round_id: UUID, pupil_id: UUID) -> HttpResponse:
    """What a pupil and the pupil's adults answered in a named round; it is noted who read it."""
    row = find(request, round_id)
    pupil = get_object_or_404(scope.pupils(request.actor).filter(pk=pupil_id))
    if row.design != Design.NAMED or not row.invitations.filter(pupil=pupil).exists():
        raise Http404
    audit.record(request.actor, "survey answers read", pupil, round=str(row.pk))
    spoken = pages.answers_of(row, pupil)
    context = {"area": "surveys", "row": row, "title": pages.title(row), "pupil": pupil, "spoken": spoken}
    return render(request, "desk/surveys/answers.html", context)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Type in what a parent signed on paper, or said later: yes or no, per purpose."""
    row = find(request, round_id)
    if row.design == Design.ANONYMOUS:
        raise Http404
    form = PaperConsentForm(
        request.POST or None, bonds=pages.consent_bonds(row), origin=designs.ORIGIN in row.study.options
    )
    if request.method == "POST" and form.is_valid():
        said = {"yes": True, "no": False}
        survey_doors.keep_words(
            row.study,
            form.cleaned_data["bond"],
            study=said.get(form.cleaned_data["study"]),
            origin=said.get(form.cleaned_data.get("origin", "")),
            today=timezone.localdate(),
            actor=request.actor,
            on_paper=True,
        )
        messages.success(request, _("Kept. After a no, what was answered for it is erased."))
        return redirect("desk:survey_consent", round_id=round_id)
    heading = _("Consent on paper")
    context = {"area": "surveys", "row": row, "title": pages.title(row), "form": form, "heading": heading}
    return render(request, "desk/surveys/form.html", context)
