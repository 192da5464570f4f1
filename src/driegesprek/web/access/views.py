"""The way in for staff and analysts who were invited."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from driegesprek.web.access.domain import analysts, staff
from driegesprek.web.access.forms import NewPasswordForm, OwnPasswordForm
from driegesprek.web.access.guards import public


@public
def no_signup(_request: HttpRequest) -> HttpResponse:
    """Nobody makes an account alone."""
    raise Http404


@public
@require_GET
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Who can send a new invitation."""
    return render(request, "access/password_forgotten.html")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Set a first password; only the POST uses the invitation up."""
    opened = staff.find_invitation(secret)
    if opened is None:
        return _accept_analyst(request, secret)
    elsewhere = opened.login_elsewhere
    form = OwnPasswordForm(request, elsewhere) if elsewhere else NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff.accept(opened, password=form.cleaned_data["password"], proven=elsewhere)
        except (staff.InvitationUsedError, staff.AddressTakenError) as error:
            raise Http404 from error
        return redirect("account_login")
    context = {"form": form, "staff": opened.staff, "elsewhere": elsewhere}
    return render(request, "access/accept_invitation.html", context)


def _accept_analyst(request: HttpRequest, secret: str) -> HttpResponse:
    """The same for somebody of a municipality or region."""
    analyst = analysts.find_invitation(secret)
    if analyst is None:
        raise Http404
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            analysts.accept(analyst, password=form.cleaned_data["password"])
        except (analysts.InvitationUsedError, analysts.AddressTakenError) as error:
            raise Http404 from error
        return redirect("account_login")
    return render(request, "access/accept_invitation.html", {"form": form, "analyst": analyst})
