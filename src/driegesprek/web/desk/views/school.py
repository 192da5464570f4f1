"""Home, first set-up, the school's own data, its staff."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driegesprek.web.access import scope
from driegesprek.web.access.domain import staff as logins
from driegesprek.web.access.guards import REGION_DESK, public, staff_only
from driegesprek.web.common import audit
from driegesprek.web.desk.forms.school import BeginForm, SchoolForm, StaffForm
from driegesprek.web.desk.pages.home import today_of
from driegesprek.web.people.domain import schools
from driegesprek.web.people.enums import StaffRole
from driegesprek.web.people.models import School, Staff


@staff_only(*REGION_DESK)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What asks for attention today; for a municipality that is the region."""
    if request.actor.kind == "analyst":  # type: ignore[attr-defined] # set by ActorMiddleware
        return redirect("desk:region")
    day = timezone.localdate()
    now = today_of(request.actor, today=day)
    return render(request, "desk/school/home.html", {"area": "home", "now": now, "day": day})


@public
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The first user of an empty installation sets up a school; afterwards this page does not exist."""
    if School.objects.exists():
        raise Http404
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _begin(form.cleaned_data)
        messages.success(request, _("Your school is there. Log in to go on."))
        return redirect(f"{reverse('account_login')}?next={reverse('desk:home')}")
    return render(request, "desk/school/begin.html", {"form": form})


def _begin(data: dict[str, str]) -> None:
    with transaction.atomic():
        school, _year = schools.found_school(
            name=data["school"],
            phone=data["phone"],
            location=data["location"],
            city=data["city"],
            today=timezone.localdate(),
        )
        first = schools.add_staff(
            school,
            given_name=data["given_name"],
            prefix=data["prefix"],
            family_name=data["family_name"],
            email=data["email"],
            roles=[StaffRole.COUNSELLOR, StaffRole.LEADER],
        )
        logins.give_login(first, password=data["password"])


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def school(request: HttpRequest) -> HttpResponse:
    """The school's name and number."""
    form = SchoolForm(request.POST or None, instance=request.actor.staff.school)
    if request.method == "POST" and form.is_valid():
        form.save()
        audit.record(request.actor, "school changed", form.instance)
        messages.success(request, _("Saved."))
        return redirect("desk:school")
    return render(request, "desk/school/school.html", {"area": "school", "form": form})


@staff_only("counsellor", "leader")
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """Everyone who works here, with roles and classes."""
    rows = scope.staff(request.actor).prefetch_related("classes").select_related("membership")
    return render(request, "desk/school/staff.html", {"area": "staff", "staff": rows})


@staff_only("counsellor", "leader")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_staff(request: HttpRequest, staff_id: UUID | None = None) -> HttpResponse:
    """Add or change a member of staff."""
    person = (
        get_object_or_404(scope.staff(request.actor), pk=staff_id)
        if staff_id
        else Staff(school_id=request.actor.school_id)
    )
    form = StaffForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        audit.record(request.actor, "staff changed", form.instance)
        messages.success(request, _("Saved."))
        return redirect("desk:staff")
    return render(request, "desk/school/edit_staff.html", {"area": "staff", "form": form, "person": person})


@staff_only("counsellor", "leader")
@require_POST
def invite(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Make an invitation and show its address once, to pass on; an older one then opens nothing."""
    person = get_object_or_404(scope.staff(request.actor), pk=staff_id)
    if not person.email:
        messages.error(request, _("First give this person an e-mail address: it is the login name."))
        return redirect("desk:edit_staff", person.pk)
    secret = logins.invite(person, actor=request.actor)
    path = reverse("accept_invitation", args=[secret])
    address = settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)
    response = render(
        request, "desk/school/invitation.html", {"area": "staff", "person": person, "address": address}
    )
    response["Cache-Control"] = "no-store"
    return response
