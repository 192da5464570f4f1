"""The room of what any other product could use."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """common."""

    name = "driegesprek.web.common"
    label = "common"
