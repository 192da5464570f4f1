"""Bringing in a class list."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
