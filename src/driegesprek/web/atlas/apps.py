"""The room atlas."""

from django.apps import AppConfig


class AtlasConfig(AppConfig):
    """The public face: what there is to choose, for everybody, without a login."""

    name = "driegesprek.web.atlas"
    label = "atlas"
