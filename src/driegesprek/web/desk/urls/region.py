"""The region: scenarios, target variables, school notes."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import combined, region, scenarios

urlpatterns: list[URLPattern] = [
    path("regio/", region.home, name="region"),
    path("regio/scenario/<uuid:scenario_id>/", scenarios.scenario, name="scenario"),
    path("regio/scenario/<uuid:scenario_id>/doen/", scenarios.scenario_deed, name="scenario_deed"),
    path("regio/gedeeld/<uuid:scenario_id>/", scenarios.shared, name="scenario_shared"),
    path("regio/scenario/bestand/", scenarios.from_file, name="scenario_from_file"),
    *(
        path(
            f"regio/scenario/<uuid:scenario_id>/bestand.{kind}",
            scenarios.as_file,
            {"kind": kind},
            f"scenario_{kind}",
        )
        for kind in ("json", "csv", "xlsx")
    ),
    path("regio/vergelijken/", scenarios.compare, name="scenarios_compare"),
    path("regio/samen/", combined.combine, name="region_together"),
    path("regio/samen/voorbeeld.json", combined.example, name="region_example_plan"),
    path("regio/samen/uitkomst.json", combined.as_file, {"kind": "json"}, "region_together_json"),
    path("regio/samen/uitkomst.xlsx", combined.as_file, {"kind": "xlsx"}, "region_together_xlsx"),
    path("regio/samen/sommen.json", combined.as_file, {"kind": "sums.json"}, "region_together_sums"),
    path("regio/knelpunten/", region.bottlenecks, name="region_bottlenecks"),
    path("regio/doelen/", region.targets, name="targets"),
    path("regio/doelen/<uuid:target_id>/weg/", region.give_up, name="target_give_up"),
    path("regio/eigen-aanbod/", region.notes, name="school_notes"),
    path("regio/eigen-aanbod/<uuid:note_id>/weg/", region.take_note_back, name="school_note_back"),
]
