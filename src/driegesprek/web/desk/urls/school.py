"""Home, first set-up, school, staff."""

from django.urls import path

from driegesprek.web.desk.views import school

urlpatterns = [
    path("", school.home, name="home"),
    path("begin/", school.begin, name="begin"),
    path("school/", school.school, name="school"),
    path("medewerkers/", school.staff, name="staff"),
    path("medewerkers/nieuw/", school.edit_staff, name="new_staff"),
    path("medewerkers/<uuid:staff_id>/", school.edit_staff, name="edit_staff"),
    path("medewerkers/<uuid:staff_id>/uitnodigen/", school.invite, name="invite"),
]
