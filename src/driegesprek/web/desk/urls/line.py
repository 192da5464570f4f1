"""The line, its activities, what was delivered."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
