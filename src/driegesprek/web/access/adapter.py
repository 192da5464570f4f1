"""allauth as this house uses it: nobody signs up, staff are invited."""

import ipaddress
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.http import HttpRequest

from driegesprek.web.access import tries

UNKNOWN = "0.0.0.0"  # noqa: S104 - an address that nobody has; nothing listens on it
JUST_NOW = 300
"""Seconds after logging in."""


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts are made from the staff list only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth calls it with the request
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """By whom wrong passwords are counted: as wrong codes are, else all of a school share the proxy's address."""
        try:
            return str(ipaddress.ip_address(tries.client(request)))
        except ValueError:
            return UNKNOWN

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever logged in just now sets up a second factor and reads its codes without typing it all once more."""
        if app == "allauth.mfa" and _logged_in_just_now(context.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


def _logged_in_just_now(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < JUST_NOW for record in records)
