"""The room conduct."""

from django.apps import AppConfig


class ConductConfig(AppConfig):
    """conduct."""

    name = "driegesprek.web.conduct"
    label = "conduct"
