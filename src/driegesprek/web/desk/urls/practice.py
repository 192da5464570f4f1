"""What mentors practise with."""

from django.urls import path

from driegesprek.web.desk.views import practice

urlpatterns = [path("gesprekken/oefenen/", practice.cases, name="practice")]
