"""Times, talks, agreements."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import talk_planning, talk_screen, talk_times, talks

urlpatterns: list[URLPattern] = [
    path("gesprekken/", talks.talks, name="talks"),
    path("gesprekken/lijst.<str:kind>", talks.export, name="talks_export"),
    path("gesprekken/dag/", talks.day, name="talks_day"),
    path("gesprekken/tijden/", talk_times.times, name="talk_times"),
    path("gesprekken/tijden/<uuid:slot_id>/weg/", talk_times.withdraw, name="withdraw_time"),
    path("gesprekken/plannen/<uuid:activity_id>/<uuid:pupil_id>/", talk_planning.plan, name="plan_talk"),
    path("gesprekken/afspraak/<uuid:agreement_id>/", talk_screen.mark, name="agreement"),
    path("gesprekken/<uuid:talk_id>/", talk_screen.talk, name="talk"),
    path("gesprekken/<uuid:talk_id>/afzeggen/", talk_planning.cancel, name="cancel_talk"),
    path("gesprekken/<uuid:talk_id>/afspraken.pdf", talk_screen.printed, name="talk_print"),
]
