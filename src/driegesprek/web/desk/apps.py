"""The room desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """desk."""

    name = "driegesprek.web.desk"
    label = "desk"
