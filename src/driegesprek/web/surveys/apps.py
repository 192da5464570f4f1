"""The room surveys."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """surveys."""

    name = "driegesprek.web.surveys"
    label = "surveys"
