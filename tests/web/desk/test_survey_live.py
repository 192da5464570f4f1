"""How a round goes renews itself while somebody looks, and says so only when numbers changed."""

import datetime as dt

import pytest
from django.utils import timezone
from tests import browsers
from tests.web import factories
from tests.web.family import browsing
from tests.web.surveys import rounding

from driegesprek.web.surveys.models import Invitation, Round

HALF_A_MINUTE = 30_000


@pytest.fixture
def of(db):
    return rounding.make_school({"2A": 3})


@pytest.fixture
def row(of):
    return rounding.make_round(of, voices=("pupil",))


def at(row, rest=""):
    return f"/desk/vragenlijsten/{row.pk}/{rest}"


def one_hands_in(row):
    open_ones = Invitation.objects.filter(round=row, done_on=None).values("pk")[:1]
    Invitation.objects.filter(pk__in=open_ones).update(done_on=timezone.localdate())


@pytest.mark.django_db
def test_the_part_is_that_of_the_page_in_few_queries(client, of, row, django_assert_max_num_queries):
    factories.login(client, of.counsellor)
    whole = client.get(at(row)).content.decode()
    with django_assert_max_num_queries(10):
        part = client.get(at(row, "?part=response")).content.decode()
    numbers = part[part.index("data-live-numbers") : part.rindex('<p class="row')]
    assert numbers in whole
    assert "<html" not in part
    assert f'data-live="{at(row)}?part=response"' in part
    assert f'href="{at(row)}#going"' in part, "without JavaScript a link does it"


@pytest.mark.django_db
def test_a_closed_round_is_not_renewed_and_another_school_has_no_part(client, of, row):
    factories.login(client, of.counsellor)
    Round.objects.filter(pk=row.pk).update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    part = client.get(at(row, "?part=response")).content.decode()
    assert "data-live=" not in part
    assert "data-live-renew" not in part
    assert "live.js" not in client.get(at(row)).content.decode()
    other = rounding.make_school({"2B": 1}, name="De Sluis")
    factories.login(client, other.counsellor)
    assert client.get(at(row, "?part=response")).status_code == 404


def renewed(page):
    """Half a minute passes; what came of it stands on the page."""
    with page.expect_response(lambda one: "part=response" in one.url):
        page.clock.run_for(HALF_A_MINUTE)
    page.wait_for_function("() => !document.querySelector('[data-old]')")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine")
def test_it_renews_itself_until_the_round_is_closed(live_server, client, of, row):
    factories.login(client, of.counsellor)
    with browsers.chromium() as browser:
        page = browsing.new_page(browser, live_server, width=1280, height=800)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.clock.install()
        page.goto(at(row))
        numbers, said = page.locator("[data-live-numbers]"), page.locator("[data-live-said]")
        before = numbers.inner_text()
        page.locator("#response a[href='?as=csv']").focus()

        _mark(page)
        renewed(page)
        assert numbers.inner_text() == before
        assert said.inner_text() == "", "nothing changed, so nothing is said"

        one_hands_in(row)
        _mark(page)
        renewed(page)
        assert numbers.inner_text() != before
        assert said.text_content() == said.get_attribute("data-live-said")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "?as=csv", "the focus stays"

        one_hands_in(row)
        _mark(page)
        with page.expect_response(lambda one: "part=response" in one.url):
            page.locator("[data-live-renew]").click()
        page.wait_for_function("() => !document.querySelector('[data-old]')")

        Round.objects.filter(pk=row.pk).update(closes_on=timezone.localdate() - dt.timedelta(days=1))
        _mark(page)
        renewed(page)
        asked = len(page.asked)
        page.clock.run_for(3 * HALF_A_MINUTE)
        assert len(page.asked) == asked, "a closed round is not asked again"
        assert page.complaints == []


def _mark(page):
    """To see when the part has been replaced."""
    page.locator("#response").evaluate("(part) => part.setAttribute('data-old', '')")
