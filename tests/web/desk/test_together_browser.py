"""Schools together in a real Chromium: both sides pass axe, fit a phone and a desk, and work by keyboard, in nl and en."""

import json
import os
from pathlib import Path

import pyarrow as pa
import pytest
from django.urls import reverse
from tests import browsers
from tests.web import factories
from tests.web.desk import test_together as together
from tests.web.desk.test_line_browser import _own_files, desk
from tests.web.surveys import rounding

from driegesprek import evidence
from driegesprek.evidence.plans import plan_of_text
from driegesprek.evidence.sums import make_sums

__all__ = ["_own_files", "desk"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it"),
]
PHOTOS = os.environ.get("DRIEGESPREK_PHOTOS")
"""A folder for photographs of the pages, where somebody wants to look at them."""
LEVELS = {"sex": ["girl", "boy"]}
PLAN = together.plan(
    {"kind": "describe", "name": "Wie deden mee", "items": ["pre", "sex"], "levels": LEVELS},
    {"kind": "change", "name": "Praten over kiezen", "pre": "pre", "post": "post", "cluster": "school"},
    {
        "kind": "regress",
        "name": "Wat hing samen met praten",
        "outcome": "post",
        "blocks": "pre;sex",
        "levels": LEVELS,
    },
    {
        "kind": "crosstab",
        "name": "Tabel",
        "rows": "sex",
        "cols": "track",
        "levels": {**LEVELS, "track": ["BB", "TL"]},
    },
    {"kind": "scale", "name": "Hangen de vragen samen", "items": ["pre", "post"]},
)


def sums(school, shift):
    rows = {
        "pre": [float((n * 7 + shift) % 5) for n in range(200)],
        "post": [float((n * 7 + shift) % 5 + (n % 3 - 0.5)) for n in range(200)],
        "sex": [LEVELS["sex"][n // 2 % 2] for n in range(200)],
        "track": [["BB", "TL"][n % 2] for n in range(200)],
    }
    made = make_sums(evidence.table(pa.table(rows)), plan_of_text(PLAN), school=school)
    return json.dumps(made.to_plain() | {"released": True}).encode()


def looked_at(page, name):
    """What axe finds, and whether the page scrolls sideways, with all that folds open, on a phone and at a desk."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = browsers.looked_at(page, name)
    if PHOTOS:
        page.screenshot(path=Path(PHOTOS, f"{name}.png"), full_page=True)
    return found


def speak(page, language):
    url = page.context.cookies()[0]
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "domain": url["domain"], "path": "/"}]
    )


@pytest.mark.only_long
def test_the_region_puts_sums_together_by_keyboard_and_reads_them_on_a_phone(desk):
    page = desk(factories.make_analyst())
    found = []
    for language in ("nl", "en"):
        speak(page, language)
        page.goto(reverse("desk:region_together"))
        found += looked_at(page, f"region-empty-{language}")
        files = [
            {"name": f"{name}.sums.json", "mimeType": "application/json", "buffer": sums(name, shift)}
            for name, shift in (("De Brug", 1), ("Het Anker", 2))
        ]
        field = page.locator("#id_sums")
        field.set_input_files(files)
        field.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("#found").wait_for()
        found += looked_at(page, f"region-found-{language}")
        page.locator("#id_plan_file").set_input_files(
            [{"name": "plan.json", "mimeType": "application/json", "buffer": PLAN.encode()}]
        )
        page.locator("#id_plan_file").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("table.stacks").wait_for()
        found += looked_at(page, f"region-plan-{language}")
    assert found == []
    assert page.complaints == []


@pytest.mark.only_long
def test_a_school_looks_and_gives_out_by_keyboard(desk):
    of = rounding.make_school({"2A": 1, "2B": 1})
    row = together.closed(of)
    page = desk(of.counsellor)
    found = []
    statistics = (together.CHANGE, together.SCALE, together.PER_CLASS)
    for language in ("en", "nl"):
        speak(page, language)
        page.goto(together.at(row))
        found += looked_at(page, f"school-empty-{language}")
        page.locator("#id_plan_file").set_input_files(
            [
                {
                    "name": "plan.json",
                    "mimeType": "application/json",
                    "buffer": together.plan(*statistics).encode(),
                }
            ]
        )
        page.locator("#id_plan_file").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("#leaves").wait_for()
        found += looked_at(page, f"school-preview-{language}")
    page.locator("form[action$='/geven/'] button").focus()
    page.keyboard.press("Enter")
    page.locator("#given").wait_for()
    found += looked_at(page, "school-given-nl")
    assert found == []
    assert page.complaints == []
