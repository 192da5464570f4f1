"""The line, its activities, what was delivered."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import line, progress, steps

STAGE = "lijn/<uuid:activity_id>/klas/<uuid:class_id>/<str:stage>"

urlpatterns: list[URLPattern] = [
    path("lijn/", line.overview, name="line"),
    path("lijn/nieuw/", line.begin, name="line_begin"),
    path("lijn/start/<uuid:line_id>/", line.start, name="line_start"),
    path("lijn/keuze/<uuid:year_id>/<int:year_group>/", line.choice, name="choice"),
    path("lijn/<uuid:activity_id>/", line.activity, name="activity"),
    path("lijn/<uuid:activity_id>/data/", line.dates, name="activity_dates"),
    path("lijn/<uuid:activity_id>/klassen/", line.classes, name="activity_classes"),
    path("lijn/<uuid:activity_id>/openen/", line.open_, name="activity_open"),
    path("lijn/<uuid:activity_id>/klas/<uuid:class_id>/", steps.class_steps, name="class_steps"),
    path(f"{STAGE}/gedaan/", line.deliver, name="deliver"),
    path(f"{STAGE}/terug/", line.deliver_undo, name="deliver_undo"),
    path("lijn/stap/<uuid:step_id>/papier/", steps.paper, name="step_paper"),
    path("lijn/stap/<uuid:step_id>/terug/", steps.undo, name="step_undo"),
    path("lijn/stap/<uuid:step_id>/woorden/", steps.words, name="step_words"),
    path("voortgang/", progress.progress, name="progress"),
    path("voortgang/<str:what>.<str:kind>", progress.export, name="progress_export"),
]
