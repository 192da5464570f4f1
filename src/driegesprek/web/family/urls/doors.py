"""The way in, the page behind a door, sharing, stopping."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
