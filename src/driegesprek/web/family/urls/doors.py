"""The way in, the page behind a door, sharing, stopping."""

from django.urls import path

from driegesprek.web.family.views import calls, doors, home, sounds

urlpatterns = [
    path("", doors.start, name="start"),
    path("code/", doors.code, name="code"),
    path("dicht/", doors.closed, name="closed"),
    path("d/<str:secret>/", doors.door, name="door"),
    path("thuis/<uuid:door_id>/", home.home, name="home"),
    path("thuis/<uuid:door_id>/taal/", home.language, name="language"),
    path("thuis/<uuid:door_id>/wie-ziet-wat/", home.who_sees, name="who_sees"),
    path("thuis/<uuid:door_id>/bellen/", calls.call, name="call"),
    path("thuis/<uuid:door_id>/sluiten/", doors.leave, name="leave"),
    path("thuis/<uuid:door_id>/geluid/<uuid:recording_id>/", sounds.sound, name="sound"),
]
