"""What pupils and adults do behind their door; every page is looked at on the way."""

import re

from tests.browser import class_list
from tests.browser.serving import URL

from driegesprek import content


def say(key, language, voice="adult"):
    """A text of the content, as a family reads it."""
    return content.text(key, language, voice=voice).text


def open_link(person, link, language, *, shot=None):
    """Scan the code: the page that opens does nothing until its button is pressed."""
    assert link.startswith(f"{URL}/d/")
    person.go(link)
    if shot:
        person.shot(shot)
    person.press(say("door.open", language))
    person.page.wait_for_url("**/thuis/**")
    assert "/d/" not in person.page.url
    person.home = person.page.url


def type_code(person, code, language):
    """Type what stands on paper, in small letters, the way people do."""
    person.go("/")
    first, last = person.page.get_by_role("textbox").all()
    first.fill(code[0].lower())
    last.fill(code[1].lower())
    person.page.get_by_role("button").last.click()
    person.page.wait_for_url("**/thuis/**")
    person.page.get_by_role("heading", name=say("home.todo", language)).wait_for()
    person.home = person.page.url


def begin(person, language, voice="adult"):
    """From the list of what is to do to the first question."""
    for text in ("home.activity.assignment", "welcome.start"):
        with person.going():
            person.follow(re.compile(re.escape(say(text, language, voice))))


def answer_all(person, words, language, *, voice="adult", three=(), until="/delen/", shots=None):
    """Answer question after question: the first of some choices, `three` qualities, `words` where one may write.

    Returns:
        How many screens it took.
    """
    shots = dict(shots or {})
    for number in range(1, 40):
        if until in person.page.url:
            return number - 1
        wide = person.sideways()
        assert wide <= 0, f"{person.page.url} is {wide} px wider than the screen"
        answer(person, words, three)
        for part in [part for part in shots if part in person.page.url]:
            person.shot(shots.pop(part))
        go_on(person, language, voice)
    raise AssertionError(f"no end in sight: {person.page.url}")


def answer(person, words, three):
    page, kinds = person.page, {"radio": "radio", "checkbox": "checkbox", "textbox": "textbox"}
    found = {kind: page.locator("main").get_by_role(role) for kind, role in kinds.items()}
    if found["radio"].count():
        found["radio"].first.check()
    elif found["checkbox"].count() >= len(three) > 0 and "qualities" in page.url:
        for name in three:
            page.get_by_role("checkbox", name=re.compile(name)).check()
    elif found["checkbox"].count():
        found["checkbox"].first.check()
    elif found["textbox"].count():
        found["textbox"].fill(words)


def beginning(words):
    """These words, and nothing after them but the Dutch beneath a draft."""
    return re.compile(f"^{re.escape(words)}($|\\s)")


def go_on(person, language, voice="adult"):
    """Press 'next' and wait for another page, which is another question."""
    before = person.page.url
    with person.going():
        person.press(beginning(say("common.next", language, voice)))
    assert person.page.url != before, f"the answer was refused: {before}"


def hand_in(person, language, *, with_mentor=True, voice="adult"):
    """Say who may read it, and hand it in."""
    box = person.page.get_by_role("checkbox", name=re.compile("|".join(class_list.MENTORS.values())))
    box.set_checked(with_mentor)
    person.press(say("question.submit", language, voice))
    person.page.wait_for_url("**/bewijs/**")
    person.heading(re.compile(re.escape(say("receipt.title", language, voice))))


def go_home(person, language, voice="adult"):
    person.follow(beginning(say("common.home", language, voice)))
    person.page.get_by_role("heading", name=say("home.todo", language, voice)).wait_for()
