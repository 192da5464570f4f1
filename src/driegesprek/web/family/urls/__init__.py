"""The family's addresses, an area a module."""

from driegesprek.web.family.urls import choosing, doors, questions, talks

app_name = "family"
urlpatterns = [*doors.urlpatterns, *choosing.urlpatterns, *questions.urlpatterns, *talks.urlpatterns]
