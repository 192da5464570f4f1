"""One question a screen."""

from django.urls import path

from driegesprek.web.family.views import finishing, questions, sounds, stopping, surveys, worlds

TOGETHER = {"together": True}

urlpatterns = [
    path("thuis/<uuid:door_id>/opdracht/<uuid:activity_id>/", questions.assignment, name="assignment"),
    path("thuis/<uuid:door_id>/beeld/<uuid:activity_id>/<uuid:medium_id>/", sounds.medium, name="medium"),
    path(
        "thuis/<uuid:door_id>/opdracht/<uuid:activity_id>/<path:question>/",
        questions.question,
        name="question",
    ),
    path("thuis/<uuid:door_id>/samen/<uuid:activity_id>/", questions.assignment, TOGETHER, name="together"),
    path(
        "thuis/<uuid:door_id>/samen/<uuid:activity_id>/<path:question>/",
        questions.question,
        TOGETHER,
        name="together_question",
    ),
    path("thuis/<uuid:door_id>/met-wie/<uuid:activity_id>/", finishing.who, name="who"),
    path("thuis/<uuid:door_id>/delen/<uuid:activity_id>/", finishing.share, name="share"),
    path(
        "thuis/<uuid:door_id>/samen-delen/<uuid:activity_id>/",
        finishing.share,
        TOGETHER,
        name="together_share",
    ),
    path("thuis/<uuid:door_id>/bewijs/<uuid:activity_id>/", finishing.receipt, name="receipt"),
    path("thuis/<uuid:door_id>/stoppen/<uuid:activity_id>/", stopping.stop, name="stop"),
    path("thuis/<uuid:door_id>/gestopt/", stopping.stopped, name="stopped"),
    path("thuis/<uuid:door_id>/vragen-gestopt/", stopping.survey_stopped, name="survey_stopped"),
    path("thuis/<uuid:door_id>/loting/<uuid:activity_id>/", surveys.draw, name="survey_draw"),
    path("thuis/<uuid:door_id>/toestemming/<uuid:activity_id>/", surveys.consent, name="survey_consent"),
    path("thuis/<uuid:door_id>/werelden/<uuid:activity_id>/", worlds.worlds_page, name="worlds"),
]
