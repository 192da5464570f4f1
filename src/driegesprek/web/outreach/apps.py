"""The room outreach."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """outreach."""

    name = "driegesprek.web.outreach"
    label = "outreach"
