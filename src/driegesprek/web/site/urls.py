"""The root of all addresses."""

from django.conf.urls.i18n import set_language
from django.urls import include, path

from driegesprek.web.access.guards import public

urlpatterns = [
    path("taal/", public(set_language), name="set_language"),
    path("account/", include("driegesprek.web.access.urls")),
    path("desk/", include("driegesprek.web.desk.urls")),
    path("atlas/", include("driegesprek.web.atlas.urls")),
    path("", include("driegesprek.web.family.urls")),
]
