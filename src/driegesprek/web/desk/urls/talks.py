"""Times, talks, agreements."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
