"""The region: scenarios, target variables, school notes."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import region

urlpatterns: list[URLPattern] = [
    path("regio/", region.home, name="region"),
    path("regio/scenario/<uuid:scenario_id>/", region.scenario, name="scenario"),
    path("regio/scenario/<uuid:scenario_id>/doen/", region.scenario_deed, name="scenario_deed"),
    path("regio/gedeeld/<uuid:scenario_id>/", region.shared, name="scenario_shared"),
    path("regio/vergelijken/", region.compare, name="scenarios_compare"),
    path("regio/doelen/", region.targets, name="targets"),
    path("regio/doelen/<uuid:target_id>/weg/", region.give_up, name="target_give_up"),
    path("regio/eigen-aanbod/", region.notes, name="school_notes"),
    path("regio/eigen-aanbod/<uuid:note_id>/weg/", region.take_note_back, name="school_note_back"),
]
