"""The family's addresses, an area a module."""

from driegesprek.web.family.urls import doors, questions, talks

app_name = "family"
urlpatterns = [*doors.urlpatterns, *questions.urlpatterns, *talks.urlpatterns]
