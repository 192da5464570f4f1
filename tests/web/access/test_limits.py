"""Limits before and at the door of staff: who is counted, by what, and how much may be sent."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from tests.web import factories

from driegesprek.web.access.adapter import StaffAdapter

FORWARDED = "203.0.113.9, 198.51.100.7"


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, FORWARDED, "10.0.0.1"),
        (1, FORWARDED, "198.51.100.7"),
        (2, FORWARDED, "203.0.113.9"),
        (3, FORWARDED, "10.0.0.1"),
        (1, "not an address", "0.0.0.0"),  # noqa: S104 - compared, not bound
    ],
)
def test_wrong_passwords_are_counted_by_who_stands_before_our_own_proxies(
    settings, proxies, header, expected
):
    settings.PROXIES = proxies
    request = RequestFactory().post("/account/login/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=header)
    assert StaffAdapter().get_client_ip(request) == expected


def test_wrong_passwords_are_counted_where_every_web_process_sees_them():
    assert "locmem" not in settings.CACHES["default"]["BACKEND"]
    cache.set("count", 1)
    kept = list((settings.DATA / "cache").iterdir())
    cache.delete("count")
    assert kept
    assert (settings.DATA / "cache").stat().st_mode & 0o077 == 0


def large():
    return SimpleUploadedFile("large.bin", b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/code/", "/account/login/", "/desk/inlezen/"])
def test_only_staff_send_more_than_a_person_types(path):
    factories.make_school()
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    assert client.post(path, {"file": large()}).status_code == 400
    assert client.post(path, {"file": "x"}).status_code == 403


@pytest.mark.django_db
def test_staff_bring_larger_files_in(client):
    factories.login(client, factories.make_staff(factories.make_school(), "counsellor"))
    assert client.post("/desk/inlezen/", {"files": large()}).status_code == 200
