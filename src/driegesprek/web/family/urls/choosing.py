"""Pages for every family about choosing together; nobody needs a code for them."""

from django.urls import path

from driegesprek.web.family.views import choosing

urlpatterns = [
    path("samen-kiezen/", choosing.pages, name="choosing"),
    path("samen-kiezen/<slug:level>/<slug:key>/", choosing.one_page, name="choosing_page"),
]
