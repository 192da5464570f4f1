"""Picking a time, agreements."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
