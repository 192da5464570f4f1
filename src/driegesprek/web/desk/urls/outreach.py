"""Sheets, contact, who is not reached yet."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import contact, recordings, sheets

urlpatterns: list[URLPattern] = [
    path("bladen/", sheets.sheets, name="sheets"),
    path("bladen/<uuid:job_id>/", sheets.job, name="print_job"),
    path("bladen/<uuid:job_id>/bestand/", sheets.file, name="print_file"),
    path("bladen/<uuid:job_id>/uitgedeeld/", sheets.handed_out, name="print_handed_out"),
    path("bladen/<uuid:activity_id>/blad/<uuid:bond_id>/", sheets.sheet_again, name="sheet_again"),
    path("bladen/<uuid:activity_id>/kaart/<uuid:pupil_id>/", sheets.card_again, name="card_again"),
    path("contact/bellen/", contact.call_backs, name="call_backs"),
    path("contact/<uuid:pupil_id>/", contact.contact, name="contact"),
    path("opnamen/", recordings.recordings, name="recordings"),
    path("opnamen/proef/<uuid:draft_id>/", recordings.draft, name="recording_draft"),
    path("opnamen/proef/<uuid:draft_id>/geluid/", recordings.draft_sound, name="recording_draft_sound"),
    path("opnamen/proef/<uuid:draft_id>/bewaren/", recordings.keep, name="recording_keep"),
    path("opnamen/proef/<uuid:draft_id>/weg/", recordings.discard, name="recording_discard"),
    path("opnamen/<uuid:recording_id>/geluid/", recordings.sound, name="recording_sound"),
    path("opnamen/<uuid:recording_id>/weg/", recordings.remove, name="recording_remove"),
]
