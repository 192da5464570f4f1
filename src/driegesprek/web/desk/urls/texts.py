"""Texts for families and the school's own wording."""

from django.urls import URLPattern, path

from driegesprek.web.desk.views import texts

urlpatterns: list[URLPattern] = [
    path("teksten/", texts.texts, name="texts"),
    path("teksten/<str:language>/<str:key>/", texts.text, name="text"),
    path("teksten/<str:language>/<str:key>/nakijken/", texts.review, name="text_review"),
    path("teksten/<str:language>/<str:key>/terug/", texts.take_back, name="text_take_back"),
]
