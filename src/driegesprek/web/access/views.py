"""The way in for staff who were invited."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from driegesprek.web.access.guards import public


@public
def no_signup(_request: HttpRequest) -> HttpResponse:
    """Nobody makes an account alone."""
    raise Http404


@public
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Who can send a new invitation."""
    return render(request, "access/password_forgotten.html")


@public
def accept_invitation(_request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 - being built
    """Set a first password."""
    raise Http404
