"""What every template may know about this installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - Django calls it with the request
    """Whether this is the demonstration, which every page says."""
    return {"demonstration": settings.DEMONSTRATION}
