"""Survey rounds: their forms, whom they ask, how they go; codes, consent, the draw; what staff answer themselves."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import (
    findings,
    survey_codes,
    survey_draws,
    survey_export,
    survey_forms,
    survey_media,
    survey_paper,
    survey_post,
    survey_results,
    surveys,
    together,
)

ROUND = "vragenlijsten/<uuid:round_id>"

urlpatterns: list[URLPattern] = [
    path("vragenlijsten/", surveys.surveys, name="surveys"),
    path("vragenlijsten/mijn/", surveys.mine, name="my_surveys"),
    path("vragenlijsten/mijn/<uuid:round_id>/", surveys.answer, name="answer_survey"),
    path("vragenlijsten/nieuw/", surveys.new, name="new_survey"),
    path("vragenlijsten/formulieren/", survey_forms.forms, name="survey_forms"),
    path("vragenlijsten/formulieren/<uuid:version_id>/", survey_media.form_media, name="form_media"),
    path(
        "vragenlijsten/formulieren/<uuid:version_id>/<uuid:medium_id>/",
        survey_media.medium,
        name="form_medium",
    ),
    path(
        "vragenlijsten/formulieren/<uuid:version_id>/papier/<str:language>.pdf",
        survey_paper.of_form,
        name="form_paper",
    ),
    path(f"{ROUND}/papier/<str:voice>/<str:language>.pdf", survey_paper.of_round, name="survey_paper"),
    path(f"{ROUND}/", surveys.survey, name="survey"),
    path(f"{ROUND}/openen/", surveys.open_, name="survey_open"),
    path(f"{ROUND}/weg/", surveys.discard, name="survey_discard"),
    path(f"{ROUND}/data/", surveys.dates, name="survey_dates"),
    path(f"{ROUND}/opnieuw/", surveys.again, name="survey_again"),
    path(f"{ROUND}/formulier/<str:voice>/", survey_forms.take, name="survey_take_form"),
    path(f"{ROUND}/leerling/<uuid:pupil_id>/", surveys.answers_of, name="survey_answers"),
    path(f"{ROUND}/antwoorden/", survey_export.export, name="survey_export"),
    path(f"{ROUND}/scan/", survey_results.scan, name="survey_scan"),
    path(f"{ROUND}/tellingen/", survey_results.counts, name="survey_counts"),
    path(f"{ROUND}/tellingen/meenemen/", survey_results.take_counts, name="survey_take_counts"),
    path(f"{ROUND}/schalen/", survey_results.scores, name="survey_scores"),
    path(f"{ROUND}/uitkomsten/", findings.findings, name="survey_findings"),
    path(f"{ROUND}/uitkomsten/rapport/", findings.report, name="survey_report"),
    path(f"{ROUND}/uitkomsten/vergelijking/", findings.comparison, name="survey_comparison"),
    path(f"{ROUND}/samen/", together.together, name="survey_together"),
    path(f"{ROUND}/samen/bekijken.json", together.looked_at, name="survey_look_at_sums"),
    path(f"{ROUND}/samen/geven/", together.give, name="survey_give_sums"),
    path(f"{ROUND}/samen/<uuid:given_id>/", together.given, name="survey_given_sums"),
    path(f"{ROUND}/toestemming/", surveys.consent, name="survey_consent"),
    path(f"{ROUND}/herinneren/", survey_post.remind, name="survey_remind"),
    path(f"{ROUND}/post/<uuid:mailing_id>/", survey_post.file, name="survey_post"),
    path(f"{ROUND}/post/<uuid:mailing_id>/verstuurd/", survey_post.sent, name="survey_post_sent"),
    path(f"{ROUND}/codes/", survey_codes.make, name="survey_codes"),
    path(f"{ROUND}/codes/<uuid:batch_id>.<str:kind>", survey_codes.file, name="survey_codes_file"),
    path(f"{ROUND}/codes/vervangen/", survey_codes.replace, name="survey_code_again"),
    path(f"{ROUND}/loting/", survey_draws.draw, name="survey_draw"),
    path(f"{ROUND}/loting/trekken/", survey_draws.hold, name="survey_draw_hold"),
    path(f"{ROUND}/loting/wissen/", survey_draws.destroy, name="survey_draw_destroy"),
]
