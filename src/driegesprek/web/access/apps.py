"""The room access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """access."""

    name = "driegesprek.web.access"
    label = "access"
