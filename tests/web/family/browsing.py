"""A real Chromium on the family's pages, served by the test's own server."""

from contextlib import contextmanager

from django.urls import reverse

from driegesprek.web.access.domain import doors

PATIENCE = 45_000
"""Milliseconds that a busy machine gets; what is there already is not waited for."""


def see(what):
    """Playwright's `expect`, which looks until it is so; its own five seconds are too few for a busy machine."""
    from playwright.sync_api import expect  # noqa: PLC0415 - only where a browser is wanted

    expect.set_options(timeout=PATIENCE)
    return expect(what)


@contextmanager
def another_page(page):
    """What is done inside leads to another page: wait until that one is there as a whole.

    A click returns before the browser has the answer; whatever is read then may still be of the page before.
    """
    with page.expect_event("framenavigated", lambda frame: frame == page.main_frame, timeout=PATIENCE):
        yield
    page.wait_for_load_state()


def new_page(browser, server, *, width=320, height=640, **options):
    """A phone; what the browser complained about, and what it asked for, is kept with the page."""
    context = browser.new_context(base_url=server.url, viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.complaints, page.asked = [], []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.asked.append((request.method, request.url)))
    return page


def enter(page, door):
    """Open a link as a person does: read the page, press the button."""
    page.goto(doors.link_path(door))
    page.locator("main .btn").first.click()
    page.wait_for_url(f"**{reverse('family:home', args=[door.pk])}")
