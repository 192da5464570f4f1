"""The room line."""

from django.apps import AppConfig


class LineConfig(AppConfig):
    """line."""

    name = "driegesprek.web.line"
    label = "line"
