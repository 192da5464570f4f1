"""Picking a time, agreements."""

from django.urls import path

from driegesprek.web.family.views import agreements, talks

urlpatterns = [
    path("thuis/<uuid:door_id>/gesprek/", talks.talk, name="talk"),
    path("thuis/<uuid:door_id>/gesprek/afzeggen/", talks.cancel, name="talk_cancel"),
    path("thuis/<uuid:door_id>/gesprek/geen-tijd/", talks.none_suits, name="talk_none_suits"),
    path("thuis/<uuid:door_id>/gesprek/gesprek.ics", talks.calendar, name="talk_calendar"),
    path("thuis/<uuid:door_id>/afspraken/", agreements.agreements, name="agreements"),
    path("thuis/<uuid:door_id>/afspraken/<uuid:agreement_id>/", agreements.mark, name="agreement"),
]
