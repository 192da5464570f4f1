"""A real Chromium on the family's pages, served by the test's own server."""

import shutil
from contextlib import contextmanager
from pathlib import Path

from django.urls import reverse

from driegesprek.web.access.domain import doors

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ALL_OF_AXE = "axe.run(document, {resultTypes: ['violations']})"


@contextmanager
def chromium():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is wanted

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def new_page(browser, server, *, width=320, height=640, **options):
    """A phone; what the browser complained about, and what it asked for, is kept with the page."""
    context = browser.new_context(base_url=server.url, viewport={"width": width, "height": height}, **options)
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


def violations(page):
    """All of axe, best practices included, nothing excluded."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(ALL_OF_AXE)["violations"]
    return [(one["id"], [(node["target"], node["html"][:160]) for node in one["nodes"]][:4]) for one in found]


def sideways(page):
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
