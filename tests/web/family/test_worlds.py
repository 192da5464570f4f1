"""The parent-child test behind a door: both answers beside each other, for who may read them and for nobody else."""

import pytest
from tests.web.family import testing_worlds
from tests.web.family.test_questions import long_ago
from tests.web.family.testing_worlds import OF_ADULT, OF_PUPIL
from tests.web.surveys import rounding

from driegesprek import content
from driegesprek.content.texts import sources
from driegesprek.web.surveys.models import Response

pytestmark = pytest.mark.django_db
UNTIL_THEN = "Jullie antwoorden staan nog niet naast elkaar"


@pytest.fixture
def two():
    return testing_worlds.make()


def text(response):
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return response.content.decode()


def seen(two, phone, owner):
    phone.open(rounding.door_of(owner))
    return text(phone.get(two.at(owner)))


def between(page, start, end):
    return page.partition(start)[2].partition(end)[0]


def test_pupil_and_adult_see_where_they_agree_what_is_new_what_fits_and_what_to_ask(two, phone, other_phone):
    testing_worlds.both(two)
    page = seen(two, phone, two.mother)
    assert "Zorg en welzijn" in between(page, "Hier zijn jullie het over eens", "<h2")
    assert "Digitaal, media en entertainment" in between(page, "Kind2A0 noemt dit", "<h2")
    assert "Wonen, werken en verkeer" in between(page, "U noemt dit", "<h2")
    roles = between(page, "werkt Kind2A0 het liefst", "<h2")
    assert roles.index("Helpen en uitleggen") < roles.index("Jullie allebei") < roles.index("Alleen Kind2A0")
    assert "Alleen u" in roles
    jobs = between(page, "Beroepen die hierbij passen", "Een vraag voor vanavond")
    assert "Assistent van de dokter" in jobs or "Verzorgende" in jobs
    assert "Vraag aan Kind2A0: wat lijkt daar leuk aan?" in page
    own = seen(two, other_phone, two.pupil)
    assert "Jij noemt dit" in own
    assert "Alleen thuis" in own
    assert "Vraag thuis" in own
    assert len(page.encode()) < 60_000
    assert len(own.encode()) < 60_000


def test_until_the_other_shares_there_is_a_question_and_nothing_of_an_answer(two, phone):
    testing_worlds.hand_in(two, two.mother, OF_ADULT, ["pupil"])
    before = seen(two, phone, two.mother)
    assert UNTIL_THEN in before
    assert "Zorg en welzijn" not in before
    testing_worlds.hand_in(two, two.pupil, OF_PUPIL, [])
    csrf = 'name="csrfmiddlewaretoken"'
    strip = [line for line in before.splitlines() if csrf not in line]
    after = text(phone.get(two.at(two.mother)))
    assert [line for line in after.splitlines() if csrf not in line] == strip


def test_each_sees_only_what_the_other_shares_with_that_person(two, phone, other_phone):
    testing_worlds.both(two)
    testing_worlds.hand_in(two, two.father, OF_ADULT | {"/does_help_people": "no"}, [])
    assert UNTIL_THEN in seen(two, phone, two.father)
    own = seen(two, other_phone, two.pupil)
    assert own.count("Een vraag voor vanavond") == 1
    testing_worlds.hand_in(two, two.father, OF_ADULT, ["pupil"])
    own = text(other_phone.get(two.at(two.pupil)))
    assert own.count("Een vraag voor vanavond") == 2
    assert "Karim" in own
    assert UNTIL_THEN in text(phone.get(two.at(two.father)))


def test_a_typed_code_opens_nothing_of_either(two, phone):
    testing_worlds.both(two)
    long_ago()
    phone.type_code(rounding.door_of(two.mother))
    page = text(phone.get(two.at(two.mother)))
    assert "Met de code alleen kan het niet" in page
    assert "Zorg en welzijn" not in page
    assert two.at(two.mother, "delen") not in page
    phone.post(two.at(two.mother, "delen"), {"asks_readers": "1"})
    assert Response.objects.get(voice="adult").shared == {"mentor": True, "pupil": True}


def test_whom_one_lets_read_it_is_asked_at_the_end_and_can_be_changed(two, phone):
    testing_worlds.hand_in(two, two.pupil, OF_PUPIL)
    phone.open(rounding.door_of(two.pupil))
    page = text(phone.get(two.at(two.pupil, "delen")))
    assert page.count('name="share"') == 2
    assert "checked" not in page
    chosen = {"asks_readers": "1", "share": [str(two.father.pk)]}
    assert phone.post(two.at(two.pupil, "delen"), chosen).headers["Location"] == two.at(two.pupil, "bewijs")
    assert len(Response.objects.get().shared["adults"]) == 1
    assert two.at(two.pupil) in text(phone.get(two.at(two.pupil, "bewijs")))
    phone.post(two.at(two.pupil, "delen"), {"asks_readers": "1"})
    assert Response.objects.get().shared == {"mentor": True, "adults": []}


def test_it_is_for_rounds_with_names_and_this_test_only(phone):
    two = testing_worlds.make("pseudonymous")
    testing_worlds.hand_in(two, two.mother, OF_ADULT)
    phone.open(rounding.door_of(two.mother))
    assert phone.get(two.at(two.mother)).status_code == 404
    assert two.at(two.mother) not in text(phone.get(two.at(two.mother, "bewijs")))


def test_who_did_not_hand_in_is_led_to_the_questions(two, phone):
    phone.open(rounding.door_of(two.mother))
    assert phone.get(two.at(two.mother)).headers["Location"] == two.at(two.mother, "opdracht")


def test_no_title_for_families_begins_with_the_word_techniek():
    headings = [
        key
        for key, source in sources().items()
        if source.kind == "heading" or key.startswith("worlds.result.")
    ]
    titles = [
        content.texts.translations(one.code)[key].text if one.code != "nl" else sources()[key].dutch
        for one in content.LANGUAGES
        for key in headings
    ]
    titles += [content.instrument(key).title for key in content.instrument_keys()]
    assert len(headings) > 40
    assert not [one for one in titles if one.casefold().startswith(("techni", "тех", "tekni", "تقن"))]
