"""What a family's first page costs on a phone: bytes over the wire, as the browser counts them, and requests.

A real Chromium with an empty cache opens the link of a letter, the page where a code is typed, and the first page behind
the door, in Dutch and in Arabic (which brings letters of its own).
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from tests.cli.installation import Installation

from bench import Result

CHROMIUM = "/usr/bin/chromium"
MOST_KILOBYTES, MOST_REQUESTS = 60, 3
LANGUAGES = ("nl", "ar")


def _cost(browser: Browser, address: str, *, go_in: bool = False) -> tuple[float, int]:
    """Kilobytes and requests of a page in a browser that was never here.

    Args:
        browser: Chromium.
        address: of the page.
        go_in: count the page behind the button instead, with what the first page left in the browser thrown away.
    """
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL")
    page = context.new_page()
    if go_in:
        page.goto(address)
        page.locator("main form button:not([type=button])").first.click()
        page.wait_for_load_state("networkidle")
        address = page.url
    session, sizes = context.new_cdp_session(page), {}
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.on(
        "Network.loadingFinished", lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]})
    )
    page.goto(address, wait_until="networkidle")
    context.close()
    return sum(sizes.values()) / 1000, len(sizes)


def measure() -> dict[str, tuple[float, int]]:
    """{page: (kilobytes, requests)}."""
    with tempfile.TemporaryDirectory(prefix="driegesprek-bench-") as folder:
        installation = Installation(Path(folder) / "data", WORKERS=2)
        with installation.served("demo") as serving, sync_playwright() as playwright:
            links: dict[str, Any] = json.loads(installation.run("demo", "--links", "--json").stdout)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            found = {
                f"{name} ({language})": _cost(browser, f"{address}?taal={language}", go_in=go_in)
                for language in LANGUAGES
                for name, address, go_in in (
                    ("link of a letter", links["family"], False),
                    ("typed code", f"{serving.url}/", False),
                    ("behind the door", links["family"], True),
                )
            }
            browser.close()
    return found


def run() -> Iterator[Result]:
    for name, (kilobytes, requests) in measure().items():
        yield Result(f"{name}: over the wire", kilobytes, "kB", MOST_KILOBYTES)
        yield Result(f"{name}: requests", requests, "requests", MOST_REQUESTS)
