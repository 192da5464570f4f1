"""Chromium, started once for all tests of a process: starting it takes as long as many a test."""

import functools
import os
import shutil
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path

LONG = bool(os.environ.get("DRIEGESPREK_LONG"))
WINDOWS = ("chromium", "chromium-browser", "google-chrome")
# The same engine without windows around it: a page costs a third of the processor time. `make long` has the windows too.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
CHROMIUM = next(filter(None, map(shutil.which, WINDOWS + SHELLS if LONG else SHELLS + WINDOWS)), None)
AXE = Path(__file__).resolve().parents[1] / "node_modules/axe-core/axe.min.js"
# The shell names no language of its own; with windows it is this one.
QUIET = ("--no-sandbox", "--disable-quic", "--disable-background-networking", "--accept-lang=en-US,en")


class _Started:
    """What runs until the last test: Playwright, and a browser for each way of starting it."""

    def __init__(self):
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is wanted

        # Playwright's loop stays in this thread; Django's guard against that is for asynchronous views.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        self.playwright = sync_playwright().start()
        self.browsers = {}

    def browser(self, arguments, environment):
        """A browser that was started like this; one that crashed is replaced."""
        key = arguments, tuple(environment.items())
        if key not in self.browsers or not self.browsers[key].is_connected():
            self.browsers[key] = self.playwright.chromium.launch(
                executable_path=CHROMIUM, args=arguments, env={**os.environ, **environment}
            )
        return self.browsers[key]

    def end(self):
        """All of it."""
        from playwright.sync_api import Error  # noqa: PLC0415 - only where a browser is wanted

        for browser in self.browsers.values():
            with suppress(Error):
                browser.close()
        self.playwright.stop()


@functools.cache
def _started():
    return _Started()


@contextmanager
def chromium(*arguments, **environment):
    """A browser of which nothing is left afterwards: no window, no cookie."""
    browser = _started().browser((*QUIET, *arguments), environment)
    try:
        yield browser
    finally:
        for context in browser.contexts:
            context.close()


def end():
    """After the last test."""
    if _started.cache_info().currsize:
        _started().end()
        _started.cache_clear()


_SIDEWAYS = "(root) => root.scrollWidth - root.clientWidth"


@functools.cache
def _axe():
    return AXE.read_text(encoding="utf-8")


def violations(page):
    """All of axe, best practices included, nothing excluded; Playwright is not bound by the policy of the page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    # What passed is a hundred kilobytes, and stays in the browser.
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)"
    )
    return [(one["id"], [(node["target"], node["html"][:160]) for node in one["nodes"]][:4]) for one in found]


def sideways(page):
    """By how many pixels the page is wider than the screen."""
    from playwright.sync_api import Error  # noqa: PLC0415 - only where a browser is wanted

    # A locator waits for the page, which costs more than asking: only between two pages, without a document element.
    with suppress(Error):
        return page.evaluate(f"({_SIDEWAYS})(document.documentElement)")
    return page.locator(":root").evaluate(_SIDEWAYS)


def is_turn(name, which, of):
    """Whether `make test` looks at this one, out of so many; each has its own turn. `make long` looks at all."""
    return LONG or zlib.crc32(str(name).encode()) % of == which


def looked_at(page, name="", widths=(320, 768, 1280)):
    """What axe finds on this page, and whether it scrolls sideways, from a phone to a desk.

    Axe looks by turns on the phone and at the desk; in `make long` at both.
    """
    wrong, name = [], name or page.url
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        wrong += (
            [(name, width, one) for one in violations(page)] if _is_looked_at(page, width, widths) else []
        )
        wrong += [(name, width, "sideways", too_wide(page))] if sideways(page) > 0 else []
    return wrong


def _is_looked_at(page, width, widths):
    path = page.url.split("//")[-1].partition("/")[2]
    ends = (widths[0], widths[-1])
    return width in ends and is_turn(path, ends.index(width), 2)


def too_wide(page):
    """What sticks out of the screen."""
    return page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                && !one.closest(".table-wrap"))
            .map((one) => one.outerHTML.slice(0, 120)).slice(-3)"""
    )
