"""Change people by hand: pupils, adults, classes, doors."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from driegesprek.web.access import scope
from driegesprek.web.access.domain import doors
from driegesprek.web.access.guards import staff_only
from driegesprek.web.access.models import Door
from driegesprek.web.conduct.domain import activities, erasure, ties
from driegesprek.web.desk.forms.people import ClassForm, MoveForm, NewPupilForm, PupilForm, TieForm
from driegesprek.web.people.domain import edits
from driegesprek.web.people.domain.schools import ensure_year
from driegesprek.web.people.models import Bond, Pupil, SchoolClass


def _pupil(request: HttpRequest, pupil_id: UUID) -> Pupil:
    return get_object_or_404(scope.pupils(request.actor), pk=pupil_id)


def _bond(request: HttpRequest, bond_id: UUID) -> Bond:
    rows = scope.bonds(request.actor).select_related("adult", "pupil")
    return get_object_or_404(rows, pk=bond_id)


def _class(request: HttpRequest, class_id: UUID) -> SchoolClass:
    rows = scope.classes(request.actor).select_related("year", "location", "mentor")
    return get_object_or_404(rows, pk=class_id)


def _catch_up(request: HttpRequest) -> None:
    """Steps and doors for who came, in what is open."""
    activities.catch_up_school(request.actor.school_id, today=timezone.localdate())


def _page(request: HttpRequest, form: BaseForm, *, title: str, back: str, **more: Any) -> HttpResponse:
    context = {"area": "people", "form": form, "title": title, "back": back, "button": _("Save"), **more}
    return render(request, "desk/people/form.html", context)


def _of(pupil: Pupil) -> str:
    return reverse("desk:pupil", args=[pupil.pk])


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_pupil(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """Name and birth date."""
    pupil = _pupil(request, pupil_id)
    form = PupilForm(request.POST or None, instance=pupil, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        edits.change_pupil(pupil, form.cleaned_data, actor=request.actor)
        messages.success(request, _("Saved."))
        return redirect(_of(pupil))
    return _page(request, form, title=_("Change the pupil"), back=_of(pupil), pupil=_pupil(request, pupil_id))


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """Another class, from a day on."""
    pupil, today = _pupil(request, pupil_id), timezone.localdate()
    classes = scope.classes(request.actor).filter(year__ends_on__gte=today)
    form = MoveForm(request.POST or None, classes=classes, today=today)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            edits.move_pupil(pupil, data["to"], on=data["on"], actor=request.actor)
        except edits.TooEarlyError as error:
            text = _("The pupil came into the present class on %(day)s. Choose that day or a later one.")
            form.add_error("on", text % {"day": error.since.strftime("%d-%m-%Y")})
        else:
            _catch_up(request)
            messages.success(request, _("Saved."))
            return redirect(_of(pupil))
    return _page(request, form, title=_("To another class"), back=_of(pupil), pupil=pupil)


@staff_only("counsellor", "leader")
@require_POST
def left(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """The pupil has left the school, today."""
    pupil = _pupil(request, pupil_id)
    edits.pupil_left(pupil, on=timezone.localdate(), actor=request.actor)
    _catch_up(request)
    messages.success(request, _("Written down: left the school today. The pupil is kept for two years."))
    return redirect(_of(pupil))


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def new_adult(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """An adult who was not known: a parent, or someone from the network."""
    pupil = _pupil(request, pupil_id)
    asked = {"relation": "network"} if request.GET.get("relation") == "network" else None
    form = TieForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        edits.add_adult(pupil, form.cleaned_data, actor=request.actor, today=timezone.localdate())
        _catch_up(request)
        messages.success(request, _("Added. The next print of sheets has one for this adult too."))
        return redirect(_of(pupil))
    return _page(request, form, title=_("Add an adult"), back=_of(pupil), pupil=pupil)


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def edit_tie(request: HttpRequest, bond_id: UUID) -> HttpResponse:
    """An adult, and the tie with one pupil."""
    bond = _bond(request, bond_id)
    form = TieForm(request.POST or None, bond=bond)
    if request.method == "POST" and form.is_valid():
        done = ties.change(bond, form.cleaned_data, actor=request.actor)
        if "contact_allowed" in done.changed:
            _catch_up(request)
        messages.success(request, _("Saved."))
        return redirect(_of(bond.pupil))
    others = Pupil.objects.filter(bonds__adult=bond.adult_id).exclude(pk=bond.pupil_id)
    more = {"pupil": bond.pupil, "bond": bond, "others": scope.pupils(request.actor).filter(pk__in=others)}
    return _page(request, form, title=_("Change the adult"), back=_of(bond.pupil), **more)


@staff_only()
@require_POST
def end_tie(request: HttpRequest, bond_id: UUID) -> HttpResponse:
    """The adult has nothing to do with this pupil any more."""
    bond = _bond(request, bond_id)
    ties.end(bond, actor=request.actor, today=timezone.localdate())
    _catch_up(request)
    messages.success(request, _("Ended. This adult gets no sheet any more, and the old code opens nothing."))
    return redirect(_of(bond.pupil))


@staff_only()
@require_POST
def resume_tie(request: HttpRequest, bond_id: UUID) -> HttpResponse:
    """It was ended by mistake."""
    bond = _bond(request, bond_id)
    ties.resume(bond, actor=request.actor)
    _catch_up(request)
    messages.success(request, _("Taken back. Print a new sheet: there is a new code."))
    return redirect(_of(bond.pupil))


@staff_only()
@require_POST
def renew_door(request: HttpRequest, bond_id: UUID) -> HttpResponse:
    """The letter is lost: another code."""
    bond = _bond(request, bond_id)
    return _renewed(request, Door.objects.filter(bond=bond, bond__contact_allowed=True), bond.pupil)


@staff_only()
@require_POST
def renew_pupil_door(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """The pupil's card is lost: another code."""
    pupil = _pupil(request, pupil_id)
    return _renewed(request, Door.objects.filter(pupil=pupil), pupil)


def _renewed(request: HttpRequest, found: Any, pupil: Pupil) -> HttpResponse:
    doors.renew(get_object_or_404(found), actor=request.actor)
    messages.success(request, _("The old code opens nothing any more. Print the new one at Sheets."))
    return redirect(_of(pupil))


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """Erase a pupil for good, after a second look."""
    pupil = _pupil(request, pupil_id)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        erasure.erase_pupil(pupil, actor=request.actor)
        messages.success(request, _("Erased. The log keeps only that it happened."))
        return redirect("desk:people")
    context = {
        "area": "people",
        "pupil": pupil,
        "what": erasure.what_goes(pupil),
        "unsure": request.method == "POST",
    }
    return render(request, "desk/people/erase.html", context)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_class(request: HttpRequest, class_id: UUID | None = None) -> HttpResponse:
    """Add a class, or change its name, year group, track, mentor and location."""
    known = _class(request, class_id) if class_id else None
    school = request.actor.staff.school
    form = ClassForm(request.POST or None, instance=known or SchoolClass(school=school), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        year = known.year if known else ensure_year(school, timezone.localdate())
        try:
            kept = edits.save_class(year, form.cleaned_data, actor=request.actor, known=known)
        except edits.TakenError:
            form.add_error("name", _("There is a class of this name already."))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('desk:people')}?class={kept.pk}")
    back = f"{reverse('desk:people')}?class={known.pk}" if known else reverse("desk:people")
    title = _("Change the class") if known else _("Add a class")
    return _page(request, form, title=title, back=back, school_class=known)


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def new_pupil(request: HttpRequest, class_id: UUID) -> HttpResponse:
    """A pupil who came in between two lists."""
    school_class, today = _class(request, class_id), timezone.localdate()
    form = NewPupilForm(request.POST or None, today=today, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {"number": data["number"], "since": data["since"], "actor": request.actor}
        try:
            pupil = edits.add_pupil(school_class, data, **given)
        except edits.TakenError:
            form.add_error("number", _("Another pupil has this number."))
        else:
            _catch_up(request)
            messages.success(request, _("Added. Now add an adult."))
            return redirect(_of(pupil))
    back = f"{reverse('desk:people')}?class={school_class.pk}"
    return _page(request, form, title=_("Add a pupil"), back=back, school_class=school_class)
