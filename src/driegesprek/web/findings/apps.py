"""The room findings."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """findings."""

    name = "driegesprek.web.findings"
    label = "findings"
