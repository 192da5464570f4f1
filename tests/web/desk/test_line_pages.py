"""The pages of line and progress, as staff use them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from driegesprek.web.line.models import Activity, Choice, Delivery, Line, Step
from tests.web.desk.line_school import make_small
from tests.web.factories import login, make_class, make_pupil, make_school, make_staff, year_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make_small()


def test_every_page_of_the_line_opens_for_the_counsellor(client, small):
    login(client, small.counsellor)
    for url in (
        reverse("desk:line"),
        reverse("desk:line_begin"),
        reverse("desk:line_start", args=[small.home.line_id]),
        reverse("desk:choice", args=[year_of(small.school).pk, 2]),
        reverse("desk:activity", args=[small.home.pk]),
        reverse("desk:activity", args=[small.talk.pk]),
        reverse("desk:activity_dates", args=[small.home.pk]),
        reverse("desk:activity_classes", args=[small.home.pk]),
        reverse("desk:class_steps", args=[small.home.pk, small.a.pk]),
        reverse("desk:class_steps", args=[small.talk.pk, small.a.pk]),
        reverse("desk:step_words", args=[Step.objects.filter(activity=small.home, bond=None)[0].pk]),
        reverse("desk:progress"),
        reverse("desk:sheets"),
        reverse("desk:contact", args=[small.pupils[0].pk]),
        reverse("desk:call_backs"),
        reverse("desk:recordings"),
    ):
        response = client.get(url)
        assert response.status_code == 200, url
