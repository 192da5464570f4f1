"""The room supply."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    """Open data that were imported, scenarios, target variables; it knows no people."""

    name = "driegesprek.web.supply"
    label = "supply"
