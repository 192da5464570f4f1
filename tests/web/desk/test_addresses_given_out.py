"""Addresses that a page of the desk gives out or leads to are ours."""

import pytest
from django.urls import reverse
from tests.web import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsellor(client):
    staff = factories.make_staff(factories.make_school(), "counsellor")
    factories.login(client, staff)
    return staff


def test_an_invitation_names_the_public_address_whatever_the_request_called_us(client, counsellor, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = client.post(reverse("desk:invite", args=[counsellor.pk]), HTTP_HOST="elsewhere.example")
    assert settings.PUBLIC_URL + "/account/uitnodiging/" in page.content.decode()
    assert "elsewhere.example" not in page.content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_the_way_back_from_the_log_of_contact_stays_here(client, counsellor, elsewhere):
    pupil = factories.make_pupil(factories.make_class(counsellor.school))
    address = reverse("desk:contact", args=[pupil.pk])
    assert elsewhere not in client.get(address, {"next": elsewhere}).content.decode()
    here = reverse("desk:progress")
    assert f'href="{here}"' in client.get(address, {"next": here}).content.decode()
