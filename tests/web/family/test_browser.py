"""The family face in a real Chromium: without JavaScript, in Arabic, with large text, by keyboard, on a bad line."""

import pytest
from tests import browsers
from tests.web.family import browsing
from tests.web.family.conftest import make_family

from driegesprek.web.access.domain import doors
from driegesprek.web.surveys.models import Answer, Response

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
]
NEXT = "button.btn[value=next]"


@pytest.fixture
def browser():
    with browsers.chromium() as running:
        yield running


def type_code(page, door):
    page.goto("/")
    first, last = doors.printed_code(door).lower().split()
    page.fill("#code-1", first)
    page.fill("#code-2", last)
    with browsing.another_page(page):
        page.locator("main .btn").click()


def follow(page, what):
    """Press it, and wait for the page it leads to."""
    with browsing.another_page(page):
        page.locator(what).click()


def test_an_arabic_parent_with_a_code_and_no_javascript_does_all_of_it(live_server, browser):
    family = make_family(language="ar")
    page = browsing.new_page(browser, live_server, java_script_enabled=False)
    type_code(page, family.door(family.mother))
    assert page.locator("html").get_attribute("dir") == "rtl"
    follow(page, "a.todo-item >> nth=0")
    follow(page, "main a.btn:not(.ghost)")
    for _ in range(40):
        if "/delen/" in page.url:
            break
        radios = page.locator("input[type=radio]")
        if radios.count():
            radios.first.check()
        elif page.locator("textarea").count():
            page.fill("textarea", "خزانة الجدة")
        follow(page, NEXT)
    page.get_by_role("checkbox").first.check()
    follow(page, "main button.btn >> nth=0")
    assert "/bewijs/" in page.url
    assert Response.objects.get().submitted_at
    assert Response.objects.get().shared["mentor"] is True
    assert Answer.objects.filter(value="خزانة الجدة").exists()
    assert page.complaints == []


def test_the_first_page_is_three_requests_and_small(live_server, browser):
    family = make_family(language="ar")
    page = browsing.new_page(browser, live_server)
    sizes = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(doors.link_path(family.door(family.mother)), wait_until="networkidle")
    assert len(page.asked) <= 3
    assert sum(sizes) < 60_000
    assert page.complaints == []


def test_no_secret_of_the_link_is_sent_on(live_server, browser):
    family = make_family()
    page = browsing.new_page(browser, live_server)
    referers = []
    page.on("request", lambda request: referers.append(request.headers.get("referer", "")))
    browsing.enter(page, family.door(family.mother))
    assert "/d/" not in page.url
    assert not any("/d/" in referer for referer in referers)


def test_two_people_open_their_doors_on_one_phone_and_both_stay_open(live_server, browser):
    family = make_family()
    page = browsing.new_page(browser, live_server)
    browsing.enter(page, family.door(family.pupil))
    type_code(page, family.door(family.mother))
    page.wait_for_url(f"**{family.home(family.mother)}")
    follow(page, f"a[href='{family.home(family.pupil)}']")
    browsing.see(page.get_by_role("heading", name="Hoi Samira")).to_be_visible()
    follow(page, "form.leave button")
    page.wait_for_url("**/dicht/**")
    assert page.goto(family.home(family.pupil)).status == 403
    assert page.goto(family.home(family.mother)).status == 200


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.only_long), "ar", "uk"])
def test_text_of_twice_the_size_needs_no_sideways_scrolling(live_server, browser, language):
    family = make_family(language=language)
    page = browsing.new_page(browser, live_server)
    browsing.enter(page, family.door(family.pupil))
    paths = [family.home(family.pupil), family.at(family.pupil)]
    paths += [family.at(family.pupil, "opdracht", name) for name in ("begin", "qualities", "curious")]
    browsing.enter(page, family.door(family.mother))
    paths += [family.home(family.mother) + name for name in ("", "bellen/", "wie-ziet-wat/")]
    paths += [
        family.at(family.mother, "opdracht", name) for name in ("informed", "other_quality", "find_out_about")
    ]
    for path in ["/", *paths]:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert browsers.sideways(page) <= 0, path


def tab_to(page, test, most=12):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const here = document.activeElement; return {test}; }})()"):
            return
    raise AssertionError(f"never reached: {test}")


def test_a_question_is_answered_by_keyboard_and_enter_goes_on(live_server, browser):
    family = make_family()
    page = browsing.new_page(browser, live_server)
    browsing.enter(page, family.door(family.mother))
    page.goto(family.at(family.mother, "opdracht", "informed"))
    tab_to(page, "here.className === 'skip'", most=1)
    tab_to(page, "here.name === 'answer'")
    page.keyboard.press("ArrowDown")
    browsing.see(page.locator("input[value=partly]")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/informed_answer/**")
    assert Answer.objects.get().value == "partly"
    tab_to(page, "here.value === 'back'")
    tab_to(page, "here.value === 'next'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/profiles_named/**")
    tab_to(page, "here.value === 'skip'", most=20)
    page.keyboard.press("Enter")
    page.wait_for_url("**/profiles_right/**")
    assert Answer.objects.get(question="/profiles_named").status == "skipped"


def test_back_and_forward_of_the_browser_lose_nothing(live_server, browser):
    family = make_family()
    page = browsing.new_page(browser, live_server)
    browsing.enter(page, family.door(family.mother))
    page.goto(family.at(family.mother, "opdracht", "informed"))
    page.locator("input[value=no]").check()
    follow(page, NEXT)
    page.wait_for_url("**/informed_answer/")
    page.go_back()
    browsing.see(page.locator("input[value=no]")).to_be_checked()
    page.locator("input[value=yes]").check()
    follow(page, NEXT)
    page.wait_for_url("**/informed_answer/**")
    assert Answer.objects.get().value == "yes"
    page.go_back()
    page.go_forward()
    assert Answer.objects.count() == 1


def test_what_was_typed_and_not_sent_stands_there_again(live_server, browser):
    family = make_family()
    page = browsing.new_page(browser, live_server)
    browsing.enter(page, family.door(family.pupil))
    path = family.at(family.pupil, "opdracht", "curious")
    page.goto(path)
    page.locator("#answer").press_sequentially("Half zinn")
    page.goto(family.home(family.pupil))
    page.goto(path)
    browsing.see(page.locator("#answer")).to_have_value("Half zinn")
    browsing.see(page.locator("[data-restored]")).to_be_visible()


def test_a_session_that_ended_while_typing_keeps_every_word_without_javascript(live_server, browser):
    family = make_family()
    page = browsing.new_page(browser, live_server, java_script_enabled=False)
    browsing.enter(page, family.door(family.mother))
    page.goto(family.at(family.mother, "opdracht", "other_quality"))
    page.locator("input[value=neat]").check()
    page.context.clear_cookies(name="doors")
    follow(page, NEXT)
    first, last = doors.printed_code(family.door(family.mother)).split()
    page.fill("#code-1", first + last)
    page.locator("main .btn").click()
    page.wait_for_url("**/other_example/**")
    assert Answer.objects.get(question="/other_quality").value == "neat"
