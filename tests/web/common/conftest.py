"""A response to write answers on."""

import datetime as dt

import pytest
from tests.web import factories

from driegesprek.web.surveys.models import InstrumentVersion, Response, Round


@pytest.fixture
def response():
    school = factories.make_school()
    day = dt.date(2026, 11, 1)
    here = Round.objects.create(school=school, opens_on=day, closes_on=day)
    version = InstrumentVersion.objects.create(
        school=school, key="short", content_hash="0" * 64, definition={}
    )
    return Response.objects.create(school=school, round=here, version=version, voice="pupil", pseudonym="p")


def an_answer(response, **values):
    return {"school_id": response.school_id, "response_id": response.pk, "question": "/q"} | values
