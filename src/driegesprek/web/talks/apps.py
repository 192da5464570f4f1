"""The room talks."""

from django.apps import AppConfig


class TalksConfig(AppConfig):
    """talks."""

    name = "driegesprek.web.talks"
    label = "talks"
