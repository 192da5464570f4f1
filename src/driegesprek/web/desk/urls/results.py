"""What a round shows."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import results

urlpatterns: list[URLPattern] = [
    path("resultaten/", results.rounds, name="results"),
    path("resultaten/<uuid:activity_id>/", results.round_, name="results_round"),
    path(
        "resultaten/<uuid:activity_id>/<str:voice>/tellingen.<str:kind>",
        results.export,
        name="results_export",
    ),
    path(
        "resultaten/<uuid:activity_id>/<str:voice>/figuur/<str:question>.svg",
        results.figure,
        name="results_figure",
    ),
]
