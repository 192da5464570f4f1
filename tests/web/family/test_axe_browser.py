"""Every page of the family face in every language: axe without exclusions, no sideways scrolling at 320 px."""

import datetime as dt
import os

import pytest
from django.utils import timezone
from tests import browsers
from tests.web.family import browsing
from tests.web.family.conftest import Phone, make_family

from driegesprek.content import LANGUAGES
from driegesprek.web.access.domain import doors
from driegesprek.web.line.models import Activity
from driegesprek.web.surveys.models import Round

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not browsers.AXE.is_file(), reason="axe-core is absent: `npm ci` brings it"),
]
QUESTIONS = [
    "informed",
    "informed_answer",
    "call_wanted",
    "begin",
    "other_quality",
    "find_out_about",
    "finish",
]


def pupil_did_the_own_part(family):
    phone = Phone()
    phone.open(family.door(family.pupil))
    phone.answer(family.at(family.pupil, "opdracht", "qualities"), ["helping", "leading", "persevering"])
    phone.answer(family.at(family.pupil, "opdracht", "example_helping"), "Ik help de buren.\nElke week.")
    phone.post(family.at(family.pupil, "met-wie"), {"who": str(family.mother.pk)})


def hand_in(owner, family):
    phone = Phone()
    phone.open(family.door(owner))
    if owner == family.mother:
        phone.answer(family.at(owner, "opdracht", "example_helping"), "De kast van oma")
    phone.post(family.at(owner, "delen"), {"share": ["mentor", "pupil"], "asks_pupil": "1"})


class Walk:
    """Goes from page to page and keeps what is wrong with each."""

    def __init__(self, page, language):
        self.page, self.language, self.wrong, self.seen = page, language, [], 0

    def see(self, name):
        self.seen += 1
        shots = os.environ.get("DRIEGESPREK_SHOTS")
        if shots:
            self.page.screenshot(path=f"{shots}/{self.language}-{self.seen:02d}-{name}.png", full_page=True)
        # The pages differ in words and direction: by turns axe looks in one language or the other, in `make long` in all.
        turn = browsers.is_turn(name, int(self.language == "ar"), 2)
        found = browsers.violations(self.page) if turn else []
        if found:
            self.wrong.append((name, found))
        if browsers.sideways(self.page) > 0:
            self.wrong.append((name, "wider than the screen"))
        if not self.page.evaluate("document.querySelectorAll('h1').length"):
            self.wrong.append((name, "no heading"))

    def goto(self, path, name):
        self.page.goto(path)
        self.see(name)

    def press(self, label, name):
        with browsing.another_page(self.page):
            self.page.locator(label).click()
        self.see(name)


def languages():
    """The pages are the same in every language but for words and direction: `make test` takes one of each direction."""
    for one in LANGUAGES:
        yield one.code if one.code in {"nl", "ar"} else pytest.param(one.code, marks=pytest.mark.only_long)


@pytest.mark.parametrize("language", list(languages()))
def test_every_page_in_every_language(live_server, language):
    family = make_family(language=language)
    pupil_did_the_own_part(family)
    with browsers.chromium() as browser:
        page = browsing.new_page(browser, live_server)
        walk = Walk(page, language)
        before_the_door(walk, family)
        behind_the_adults_door(walk, family)
        hand_in(family.mother, family)
        behind_the_pupils_door(walk, family)
        after_the_last_day(walk, family)
    assert walk.wrong == []
    assert walk.seen >= 28


def before_the_door(walk, family):
    page, taal = walk.page, f"?taal={walk.language}"
    walk.goto(f"/{taal}", "code")
    page.fill("#code-1", "AAAAA AAAAA")
    walk.press("main .btn", "unknown-code")
    walk.goto(f"/d/unknown/{taal}", "unknown-link")
    walk.goto(f"/dicht/{taal}", "closed")
    walk.goto(f"/nergens/{taal}", "not-found")
    walk.goto(f"{family.home(family.mother)}{taal}", "session-ended")
    walk.goto(doors.link_path(family.door(family.mother)) + taal, "door")


def behind_the_adults_door(walk, family):
    page, mother = walk.page, family.mother
    page.locator("main .btn").click()
    page.wait_for_url(f"**{family.home(mother)}")
    walk.see("home")
    walk.goto(f"{family.home(mother)}wie-ziet-wat/", "who-sees")
    walk.goto(f"{family.home(mother)}bellen/", "call")
    walk.press("button[value=ask]", "call-asked")
    walk.goto(family.at(mother), "assignment")
    for name in QUESTIONS:
        walk.goto(family.at(mother, "opdracht", name), name)
    walk.goto(family.at(mother, "opdracht", "example_helping"), "example")
    page.fill("#answer", "x" * 1100)
    walk.press("button[value=next].btn", "too-long")
    page.evaluate("sessionStorage.clear()")
    page.goto(family.at(mother, "opdracht", "informed"))
    page.locator("input[name=answer]").first.check()
    with browsing.another_page(page):
        page.locator("button[value=next].btn").click()
    walk.goto(family.at(mother, "delen"), "share")
    walk.goto(family.at(mother, "stoppen"), "stop")
    walk.goto(f"{family.home(mother)}gestopt/", "stopped")


def behind_the_pupils_door(walk, family):
    page, pupil = walk.page, family.pupil
    page.goto(doors.link_path(family.door(pupil)) + f"?taal={walk.language}")
    walk.see("pupils-door")
    page.locator("main .btn").click()
    page.wait_for_url(f"**{family.home(pupil)}")
    walk.see("pupils-home")
    walk.goto(family.at(pupil, "opdracht", "qualities"), "grid")
    page.locator("input:checked").first.uncheck()
    walk.press("button[value=next].btn", "not-three")
    walk.goto(family.at(pupil, "opdracht", "where_helping"), "where")
    walk.goto(family.at(pupil, "met-wie"), "who")
    walk.goto(family.at(pupil, "samen"), "together")
    walk.goto(family.at(pupil, "delen"), "pupil-share")
    walk.press("main button.btn:not(.aloud)", "receipt")


def after_the_last_day(walk, family):
    long_ago = timezone.localdate() - dt.timedelta(days=9)
    Activity.objects.filter(pk=family.activity.pk).update(opens_on=long_ago, closes_on=long_ago)
    Round.objects.update(opens_on=long_ago, closes_on=long_ago)
    walk.goto(family.at(family.pupil, "opdracht", "curious"), "round-closed")
