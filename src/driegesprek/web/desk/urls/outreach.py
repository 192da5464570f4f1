"""Sheets, contact, who is not reached yet."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
