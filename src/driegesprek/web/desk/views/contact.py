"""The log of contact of a pupil, and who asks to be called."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from driegesprek.web.access import scope
from driegesprek.web.access.guards import staff_only
from driegesprek.web.common import audit
from driegesprek.web.desk.forms.outreach import ContactForm
from driegesprek.web.desk.pages import call_list
from driegesprek.web.line.domain import visible
from driegesprek.web.line.enums import ActivityKind
from driegesprek.web.line.models import Activity
from driegesprek.web.outreach.domain import contacts
from driegesprek.web.outreach.enums import ContactKind
from driegesprek.web.people.models import Pupil


@staff_only()
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pupil_id: UUID) -> HttpResponse:
    """All contact about a pupil, and a form to add some."""
    pupil = get_object_or_404(scope.pupils(request.actor), pk=pupil_id)
    bonds = scope.bonds(request.actor).filter(pupil=pupil).select_related("adult")
    form = ContactForm(
        request.POST or None, bonds=bonds, now=timezone.now(), initial=_initial(request, bonds)
    )
    if request.method == "POST" and form.is_valid():
        return _add(request, pupil, form)
    context = {
        "area": "people",
        "pupil": pupil,
        "bonds": bonds,
        "form": form,
        "contacts": contacts.of_pupil(request.actor, pupil),
        "assignment": _assignment(request, pupil),
        "today": timezone.localdate(),
        "next": _way_back(request),
    }
    return render(request, "desk/outreach/contact.html", context)


def _way_back(request: HttpRequest) -> str:
    """The page of ours that one came from; empty for anything else."""
    to = request.POST.get("next") or request.GET.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else ""


def _assignment(request: HttpRequest, pupil: Pupil) -> Activity | None:
    """The home assignment of which a lost sheet can be printed again."""
    rows = visible.activities(request.actor).filter(
        kind=ActivityKind.HOME_ASSIGNMENT,
        opened_at__isnull=False,
        closes_on__gte=timezone.localdate(),
        steps__pupil=pupil,
    )
    return rows.distinct().first()


def _initial(request: HttpRequest, bonds) -> dict[str, object]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a queryset
    now = timezone.localtime()
    kind = request.GET.get("kind", "")
    wanted = request.GET.get("bond", "")
    known = {str(bond.pk): bond for bond in bonds}
    first = known.get(wanted) or next((bond for bond in known.values() if bond.contact_allowed), None)
    return {
        "kind": kind if kind in ContactKind.values else ContactKind.PHONE,
        "bond": first,
        "day": now.date(),
        "time": now.time().replace(second=0, microsecond=0),
    }


def _add(request: HttpRequest, pupil: Pupil, form: ContactForm) -> HttpResponse:
    data = form.cleaned_data
    contacts.add(
        pupil,
        bond=data["bond"],
        kind=data["kind"],
        outcome=data["outcome"],
        at=data["at"],
        note=data["note"],
        actor=request.actor,
    )
    messages.success(request, _("Kept in the log of contact."))
    if to := _way_back(request):
        return redirect(to)
    return redirect("desk:contact", pupil_id=pupil.pk)


@staff_only()
@require_GET
def call_backs(request: HttpRequest) -> HttpResponse:
    """Families who ask to be called, longest waiting first; then whom to call first of all others."""
    today = timezone.localdate()
    asked = contacts.call_backs(request.actor)
    asking = {contact.pupil_id for contact in asked}
    rows = [call for call in call_list.calls(request.actor, today=today) if call.pupil.pk not in asking]
    audit.record(request.actor, "call list read", pupils=len(rows))
    context = {"area": "home", "call_backs": asked, "today": today, "calls": rows}
    return render(request, "desk/outreach/call_backs_page.html", context)
