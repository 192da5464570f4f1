"""The room people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """people."""

    name = "driegesprek.web.people"
    label = "people"
