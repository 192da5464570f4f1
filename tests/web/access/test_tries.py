import itertools

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from driegesprek.web.access import tries
from driegesprek.web.access.models import FailedTries
from driegesprek.web.access.secrets import ALPHABET

pytestmark = pytest.mark.django_db
BEGINNINGS = ["".join(pair) for pair in itertools.product(ALPHABET, repeat=2)]


def wrong(address="203.0.113.7", code="AAAAAAAAAA", cookies=()):
    """One wrong code; returns whether it was allowed to be tried, and the browser's cookies after it."""
    request = RequestFactory().post("/code/", REMOTE_ADDR=address)
    request.COOKIES.update(cookies)
    allowed = tries.allowed(request, code)
    response = HttpResponse()
    tries.count(request, response, code)
    return allowed, {name: morsel.value for name, morsel in response.cookies.items()}


def test_the_same_beginning_is_tried_ten_times_at_one_address():
    results = [wrong()[0] for _ in range(12)]
    assert results == [True] * 10 + [False] * 2


def test_one_browser_tries_twenty_codes():
    cookies, results = {}, []
    for beginning in BEGINNINGS[:24]:
        allowed, cookies = wrong(code=beginning + "A" * 8, cookies=cookies)
        results.append(allowed)
    assert results.count(True) in {20, 21}  # the first try is not marked yet
    assert results[-1] is False


def test_a_school_behind_one_address_is_not_shut_out_by_guessing():
    for beginning in BEGINNINGS[:300]:
        wrong(code=beginning + "A" * 8)
    request = RequestFactory().post("/code/", REMOTE_ADDR="203.0.113.7")
    assert tries.allowed(request, BEGINNINGS[400] + "A" * 8)


def test_another_address_is_not_touched():
    for _ in range(12):
        wrong()
    assert wrong(address="203.0.113.8")[0]


def test_addresses_of_one_ipv6_network_count_as_one():
    for number in range(10):
        wrong(address=f"2001:db8:1:1::{number:x}")
    assert not wrong(address="2001:db8:1:1::ffff")[0]
    assert wrong(address="2001:db8:1:2::1")[0]


def test_no_address_is_stored():
    wrong()
    assert "203.0.113.7" not in str(list(FailedTries.objects.values()))


@pytest.mark.parametrize(
    ("proxies", "seen"), [(0, "10.0.0.1"), (1, "198.51.100.2"), (2, "198.51.100.1"), (3, "10.0.0.1")]
)
def test_the_address_is_the_one_before_our_own_proxies(settings, proxies, seen):
    settings.PROXIES = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "198.51.100.1, 198.51.100.2"}
    )
    assert tries.address(request) == seen
