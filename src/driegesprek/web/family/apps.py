"""The room family."""

from django.apps import AppConfig


class FamilyConfig(AppConfig):
    """family."""

    name = "driegesprek.web.family"
    label = "family"
