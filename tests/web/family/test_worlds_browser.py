"""The page of the parent-child test in a real browser: axe without exclusions, 320 px, from right to left."""

import pytest
from tests import browsers
from tests.web.family import browsing, testing_worlds
from tests.web.family.test_axe_browser import Walk
from tests.web.surveys import rounding

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it"),
]


@pytest.mark.parametrize("language", [pytest.param("nl", marks=pytest.mark.only_long), "ar"])
def test_the_page_of_both_answers(live_server, language):
    two = testing_worlds.make(language=language)
    testing_worlds.hand_in(two, two.mother, testing_worlds.OF_ADULT, ["pupil"])
    with browsers.chromium() as browser:
        walk = Walk(browsing.new_page(browser, live_server), language)
        browsing.enter(walk.page, rounding.door_of(two.mother))
        walk.goto(two.at(two.mother, "delen"), "whom")
        walk.goto(two.at(two.mother), "until-then")
        testing_worlds.hand_in(two, two.pupil, testing_worlds.OF_PUPIL, [str(two.mother.pk)])
        walk.goto(two.at(two.mother), "both")
    assert walk.wrong == []
    assert walk.seen == 3
