"""The public pages in a real browser: no violation of axe, no sideways scrolling at 320 px, nothing the policy blocks."""

import os

import pytest
from tests.browsers import CHROMIUM, chromium, sideways, violations
from tests.web.family.browsing import new_page

from driegesprek.content import LANGUAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
LONG = bool(os.environ.get("DRIEGESPREK_LONG"))
SPOKEN = [one.code for one in LANGUAGES] if LONG else ["ar", "uk"]
PAGES = (
    "/atlas/?area=Rotterdam",
    "/atlas/cijfers/supply/?area=Rotterdam",
    "/atlas/knelpunten/?area=Rotterdam",
    "/atlas/verloop/supply/?area=Rotterdam",
    "/atlas/cijfers/flow/",
    "/atlas/kaart/",
    "/atlas/knelpunten/?area=Rotterdam&against=Brielle",
    *(f"/atlas/kiezen/?plek=3001&taal={one}" for one in SPOKEN),
    *(f"/atlas/wegen/?profiel=pie&leerweg=B&plek=00AA&taal={one}" for one in SPOKEN),
)


@pytest.mark.long
def test_every_public_page_is_accessible_and_fits_a_small_phone(live_server, imported):
    with chromium() as browser:
        page = new_page(browser, live_server)
        problems = []
        for path in PAGES:
            page.goto(path)
            found = violations(page)
            problems += [(path, found)] if found else []
            problems += [(path, "sideways")] if sideways(page) > 0 else []
        assert problems == []
        assert [one for one in page.complaints if "violates" in one] == []
