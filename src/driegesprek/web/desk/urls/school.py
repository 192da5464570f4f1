"""Home, first set-up, school, staff, texts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
