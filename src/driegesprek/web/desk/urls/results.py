"""What a round shows."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
