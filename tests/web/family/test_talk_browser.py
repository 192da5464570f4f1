"""The talk in a real browser: a parent in Arabic at 320 px without script, the mentor by keyboard; axe on each page."""

import pytest
from django.conf import settings
from django.urls import reverse
from tests import browsers
from tests.web import factories as make
from tests.web.conduct.test_talks import answer, qualities
from tests.web.family import browsing
from tests.web.talks.making import Setting

from driegesprek.web.talks.models import Talk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it"),
]


@pytest.fixture
def there():
    setting = Setting()
    setting.mother.language = "ar"
    setting.mother.save()
    return setting.open()


def test_a_parent_picks_a_time_in_arabic_without_script(live_server, there):
    there.slot()
    wanted = there.slot(at="19:20")
    door = make.make_door(there.mother)
    with browsers.chromium() as browser:
        page = browsing.new_page(browser, live_server, java_script_enabled=False)
        browsing.enter(page, door)
        page.goto(reverse("family:talk", args=[door.pk]))
        page.locator(f'label:has([value="{wanted.pk}"])').click()
        with browsing.another_page(page):
            page.locator('button[form="choose"]').click()
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert "19:20" in page.locator(".receipt").inner_text()
        with page.expect_download() as download:
            page.locator('a[href*="gesprek.ics"]').click()
        assert download.value.suggested_filename == "gesprek.ics"
    assert Talk.objects.get().slot == wanted


def test_the_familys_pages_pass_axe_and_fit(live_server, there):
    talk = there.book(there.slot(), interpreter=True)
    there.slot(at="18:20")
    there.agree(talk, "adult", "Gaat mee naar de open dag", there.today)
    there.agree(talk, "school", "Stuurt de data")
    door, pupils = make.make_door(there.mother), make.make_door(there.pupil)
    wrong = {}
    with browsers.chromium() as browser:
        page = browsing.new_page(browser, live_server, bypass_csp=True)
        for one, names in (
            (door, ("talk", "talk?anders=1", "talk_cancel", "agreements")),
            (pupils, ("talk",)),
        ):
            browsing.enter(page, one)
            for name in names:
                path, _mark, query = name.partition("?")
                page.goto(f"{reverse(f'family:{path}', args=[one.pk])}?{query}")
                found = browsers.violations(page), browsers.sideways(page)
                if found != ([], 0):
                    wrong[one.kind, name] = found
    assert wrong == {}


def desk_page(browser, live_server, client, *, width=1280, **options):
    page = browsing.new_page(browser, live_server, width=width, height=900, **options)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def desk_addresses(there):
    talk = there.book(there.slot(), interpreter=True)
    there.slot(at="18:20")
    there.agree(talk, "adult", "Gaat mee naar de open dag", there.today)
    answer(there, there.pupil, {"/qualities": qualities(), "/curious": "Of ik kan koken"})
    return [
        reverse("desk:talks"),
        reverse("desk:talks_day"),
        reverse("desk:talk_times"),
        f"{reverse('desk:plan_talk', args=[there.activity.pk, there.pupil.pk])}?home=2",
        reverse("desk:talk", args=[talk.pk]),
    ]


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.only_long), 320])
def test_the_desks_pages_pass_axe_and_fit(live_server, there, client, width):
    make.login(client, there.mentor)
    wrong = {}
    with browsers.chromium() as browser:
        page = desk_page(browser, live_server, client, width=width, bypass_csp=True)
        for path in desk_addresses(there):
            page.goto(path)
            found = browsers.violations(page), browsers.sideways(page)
            if found != ([], 0):
                wrong[path] = found
    assert wrong == {}


def test_the_mentor_writes_by_keyboard_under_the_strict_policy(live_server, there, client):
    make.login(client, there.mentor)
    talk = there.book(there.slot())
    with browsers.chromium() as browser:
        page = desk_page(browser, live_server, client)
        page.goto(reverse("desk:talk", args=[talk.pk]))
        page.locator("#id_going_well").focus()
        page.keyboard.type("Helpt graag")
        for _field in ("who", "by day", "by month", "by year", "by calendar", "what"):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "id_a-0-who":
                page.keyboard.press("ArrowDown")
            if page.evaluate("document.activeElement.id") == "id_a-0-what":
                break
        page.keyboard.type("Belt oma")
        with browsing.another_page(page):
            page.locator('button[name="go"][value="save"]').last.press("Enter")
        assert page.complaints == []
    talk.refresh_from_db()
    assert talk.going_well == "Helpt graag"
    assert [(row.who, row.what) for row in talk.agreements.all()] == [("pupil", "Belt oma")]
