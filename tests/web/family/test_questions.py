"""One question a screen: saved as it is given, back and forward safe, and a typed code never shows what was answered."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.family.conftest import hidden
from tests.web.family.test_doors import writes

from driegesprek.web.line.models import Activity, Choice, Step
from driegesprek.web.outreach.models import Contact
from driegesprek.web.surveys.models import Answer, OverwrittenAnswer, Response, Round

pytestmark = pytest.mark.django_db
THREE = ["helping", "listening", "making"]


@pytest.fixture
def mother(family, phone):
    phone.open(family.door(family.mother))
    return family.mother


@pytest.fixture
def pupil(family, phone):
    phone.open(family.door(family.pupil))
    return family.pupil


def long_ago(seconds=120):
    """Move all that was saved so far back in time, to before somebody comes in now."""
    Answer.objects.update(saved_at=timezone.now() - dt.timedelta(seconds=seconds))


def test_three_qualities_are_three(family, phone, pupil):
    path = family.at(pupil, "opdracht", "qualities")
    refused = phone.answer(path, ["helping", "making"])
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Kies er precies drie." in page
    assert page.count(" checked") == 2
    assert 'role="alert"' in page
    assert Answer.objects.count() == 0
    assert phone.answer(path, THREE).status_code == 303


def test_what_is_too_long_stands_there_again_with_the_reason_tied_to_it(family, phone, pupil):
    phone.answer(family.at(pupil, "opdracht", "qualities"), THREE)
    text = "é" * 1001
    page = phone.answer(family.at(pupil, "opdracht", "example_helping"), text).content.decode()
    assert text in page
    assert 'id="answer-error"' in page
    assert 'aria-describedby="question-help answer-error" aria-invalid="true"' in page


def test_a_required_question_has_no_skip_and_the_others_have(family, phone, pupil):
    assert 'value="skip"' not in phone.get(family.at(pupil, "opdracht", "qualities")).content.decode()
    assert 'value="skip"' in phone.get(family.at(pupil, "opdracht", "curious")).content.decode()


def test_back_saves_too_and_never_loses_an_answer(family, phone, mother):
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    back = phone.answer(family.at(mother, "opdracht", "profiles_named"), ["groen"], go="back")
    assert back.headers["Location"] == family.at(mother, "opdracht", "informed_answer")
    page = phone.get(family.at(mother, "opdracht", "profiles_named")).content.decode()
    assert re.search(r'value="groen"[^>]* checked', page)
    first = phone.answer(family.at(mother, "opdracht", "informed"), go="back")
    assert first.headers["Location"] == family.at(mother)
    assert Answer.objects.get(question="/informed").value == "no"


def test_sending_twice_is_sending_once(family, phone, mother):
    path = family.at(mother, "opdracht", "informed")
    revision = hidden(phone.get(path), "revision")
    answers = [phone.send(path, "no", revision=revision) for _ in range(3)]
    assert {one.headers["Location"] for one in answers} == {family.at(mother, "opdracht", "informed_answer")}
    assert (Answer.objects.count(), OverwrittenAnswer.objects.count()) == (1, 0)
    assert Response.objects.get().revision == 1


def test_another_phone_answered_too_and_the_person_is_told(family, phone, other_phone, mother):
    other_phone.open(family.door(mother))
    path = family.at(mother, "opdracht", "informed")
    revision = hidden(phone.get(path), "revision")
    other_phone.answer(path, "yes")
    response = phone.send(path, "no", revision=revision)
    page = phone.get(response.headers["Location"]).content.decode()
    assert "op een andere telefoon. Allebei de antwoorden zijn bewaard." in page
    assert Answer.objects.get().value == "no"
    assert OverwrittenAnswer.objects.get().value == "yes"


def test_going_on_on_another_phone_starts_at_the_first_open_question(family, phone, other_phone, mother):
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    other_phone.open(family.door(mother))
    page = other_phone.get(family.at(mother)).content.decode()
    assert "U was al begonnen" in page
    assert f'href="{family.at(mother, "opdracht", "profiles_named")}"' in page
    assert re.search(
        r'value="no"[^>]* checked',
        other_phone.get(family.at(mother, "opdracht", "informed")).content.decode(),
    )


def test_a_form_from_an_old_tab_is_kept_though_it_no_longer_applies(family, phone, mother):
    phone.answer(family.at(mother, "opdracht", "find_out_about"), "job")
    path = family.at(mother, "opdracht", "find_out")
    revision = hidden(phone.get(path), "revision")
    phone.answer(family.at(mother, "opdracht", "find_out_about"), go="skip")
    response = phone.send(path, "Hoe word je kok?", revision=revision)
    assert response.status_code == 303
    assert Answer.objects.get(question="/find_out").value == "Hoe word je kok?"
    assert Answer.objects.get(question="/find_out").status == "irrelevant"


def test_a_question_that_is_not_asked_leads_to_where_one_was(family, phone, mother):
    response = phone.get(family.at(mother, "opdracht", "call_when"))
    assert response.headers["Location"] == family.at(mother, "opdracht", "informed")


@pytest.mark.parametrize("name", ["nothing", "pupil_name", "a/b", "%00"])
def test_what_is_no_question_is_not_found(family, phone, mother, name):
    path = family.at(mother, "opdracht", name)
    assert phone.send(path, "x").status_code == 404


def test_a_typed_code_never_shows_earlier_answers(family, phone, other_phone, pupil):
    mother = family.mother
    phone.answer(family.at(pupil, "opdracht", "qualities"), THREE)
    phone.answer(family.at(pupil, "opdracht", "example_helping"), "GEHEIM van Samira")
    phone.post(family.at(pupil, "met-wie"), {"who": str(mother.pk)})
    phone.open(family.door(mother))
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    phone.answer(family.at(mother, "opdracht", "example_helping"), "GEHEIM van Fatima")
    long_ago()
    other_phone.type_code(family.door(mother))
    pages = [family.home(mother), family.at(mother), family.at(mother, "delen")]
    names = ["informed", "profiles_named", "example_helping", "together_qualities", "other_quality", "finish"]
    pages += [family.at(mother, "opdracht", name) for name in names]
    for path in pages:
        page = other_phone.get(path, follow=True).content.decode()
        assert "GEHEIM" not in page
        assert "Anderen helpen. Weet u hier een voorbeeld van?" not in page
    start = other_phone.get(family.at(mother)).content.decode()
    assert f'href="{family.at(mother, "opdracht", "profiles_named")}"' in start
    assert other_phone.get(family.at(mother, "opdracht", "informed")).status_code == 302
    shown = phone.get(family.at(mother, "opdracht", "example_helping")).content.decode()
    assert "GEHEIM van Fatima" in shown


def test_behind_a_typed_code_an_earlier_answer_cannot_be_replaced_and_nothing_is_lost(
    family, phone, other_phone, mother
):
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    long_ago()
    other_phone.type_code(family.door(mother))
    other_phone.send(family.at(mother, "opdracht", "informed"), "yes", revision="9")
    assert Answer.objects.get().value == "no"
    assert OverwrittenAnswer.objects.get().value == "yes"


def test_behind_a_typed_code_the_answers_of_this_visit_stay_open(family, phone, mother):
    phone.type_code(family.door(mother))
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    page = phone.get(family.at(mother, "opdracht", "informed"))
    assert re.search(r'value="no"[^>]* checked', page.content.decode())


def test_the_pupil_is_only_seen_by_the_adult_whom_the_pupil_chose(family, phone, other_phone, pupil):
    phone.answer(family.at(pupil, "opdracht", "qualities"), THREE)
    other_phone.open(family.door(family.father))
    together = family.at(family.father, "opdracht", "together_qualities")
    example = family.at(family.father, "opdracht", "example_helping")
    assert other_phone.get(together).status_code == 200
    assert other_phone.get(example).status_code == 302
    phone.post(family.at(pupil, "met-wie"), {"who": str(family.mother.pk)})
    assert other_phone.get(example).status_code == 302
    phone.post(family.at(pupil, "met-wie"), {"who": str(family.father.pk)})
    assert other_phone.get(example).status_code == 200
    assert other_phone.get(together).status_code == 302


def test_what_was_chosen_together_on_the_adults_phone_stays_when_the_pupil_chooses_later(
    family, phone, other_phone, pupil
):
    father = family.father
    other_phone.open(family.door(father))
    other_phone.answer(family.at(father, "opdracht", "together_qualities"), ["cooking"])
    other_phone.answer(family.at(father, "opdracht", "example_cooking"), "Soep")
    phone.answer(family.at(pupil, "opdracht", "qualities"), THREE)
    phone.post(family.at(pupil, "met-wie"), {"who": str(father.pk)})
    other_phone.answer(family.at(father, "opdracht", "informed"), "no")
    assert Answer.objects.get(question="/example_cooking").status == "given"


def test_somebody_else_does_the_adults_part_on_the_pupils_phone(family, phone, pupil):
    phone.answer(family.at(pupil, "opdracht", "qualities"), THREE)
    page = phone.post(family.at(pupil, "met-wie"), {"who": "other"})
    assert page.headers["Location"] == family.at(pupil, "samen")
    page = phone.get(page.headers["Location"])
    assert family.at(pupil, "samen", "informed") in page.content.decode()
    phone.answer(family.at(pupil, "samen", "informed"), "no")
    phone.answer(family.at(pupil, "samen", "example_helping"), "Zij troost iedereen")
    page = phone.post(family.at(pupil, "samen-delen"), {"share": ["mentor"]})
    assert page.headers["Location"] == family.at(pupil, "delen")
    response = Response.objects.get(channel="together")
    assert response.voice == "adult"
    assert response.submitted_at
    assert Step.objects.get(pupil=pupil, bond=None).done_at
    assert not Step.objects.exclude(bond=None).exclude(done_at=None).exists()
    assert Contact.objects.count() == 0


def test_nothing_is_shared_unless_it_is_ticked(family, phone, mother):
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    assert " checked" not in phone.get(family.at(mother, "delen")).content.decode()
    phone.post(family.at(mother, "delen"), {"asks_pupil": "1"})
    assert Response.objects.get().shared == {"mentor": False, "pupil": False}
    assert "Niet gedeeld" in phone.get(family.at(mother, "bewijs")).content.decode()


def test_stopping_leaves_no_row_no_done_step_and_no_contact(family, phone, mother):
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    phone.answer(family.at(mother, "opdracht", "informed"), "yes")
    phone.answer(family.at(mother, "opdracht", "call_wanted"), "yes")
    phone.post(family.at(mother, "delen"), {"share": ["mentor"], "asks_pupil": "1"})
    assert Contact.objects.count() == 2
    assert "Helemaal stoppen?" in phone.get(family.at(mother, "stoppen")).content.decode()
    page = phone.post(family.at(mother, "stoppen"))
    assert "Gestopt" in phone.get(page.headers["Location"]).content.decode()
    assert [model.objects.count() for model in (Response, Answer, OverwrittenAnswer, Contact)] == [0, 0, 0, 0]
    step = Step.objects.get(bond=mother)
    assert (step.done_at, step.done_by) == (None, "")


def test_a_pupil_who_stops_takes_the_part_on_the_own_phone_along(family, phone, pupil):
    phone.answer(family.at(pupil, "opdracht", "qualities"), THREE)
    phone.post(family.at(pupil, "met-wie"), {"who": "other"})
    phone.answer(family.at(pupil, "samen", "informed"), "no")
    phone.post(family.at(pupil, "stoppen"))
    assert Response.objects.count() == 0


def move_last_day(family, days):
    day = timezone.localdate() - dt.timedelta(days=days)
    Activity.objects.filter(pk=family.activity.pk).update(opens_on=day, closes_on=day)
    Round.objects.update(opens_on=day, closes_on=day)


@pytest.mark.parametrize("case", [(1, True, True), (1, False, False), (2, True, False)])
def test_after_the_last_day_who_began_has_a_day_more_and_then_paper(family, phone, mother, case):
    days, begun, accepted = case
    if begun:
        phone.answer(family.at(mother, "opdracht", "informed"), "no")
    move_last_day(family, days)
    response = phone.send(family.at(mother, "opdracht", "other_example"), "Wat ik schreef", revision="1")
    assert (response.status_code == 303) == accepted
    if not accepted:
        page = response.content.decode()
        assert "Wat ik schreef" in page
        assert "Deze opdracht is gesloten" in page
        assert "Neem dit blad mee" in page


def test_the_right_answer_is_that_of_this_school_and_of_this_location(family, phone, mother):
    choice = Choice.objects.get()
    own = Choice.objects.get()
    own.pk, own.location = None, location_of(family)
    own.choose_by, own.profiles, own.contact_phone = dt.date(2027, 3, 1), ["groen"], "0181 11 22 33"
    own._state.adding = True
    own.save()
    page = phone.get(family.at(mother, "opdracht", "when_answer")).content.decode()
    assert "1 maart 2027" in page
    own.delete()
    choice.refresh_from_db()
    assert "12 februari 2027" in phone.get(family.at(mother, "opdracht", "when_answer")).content.decode()


def location_of(family):
    return family.pupil.enrolments.get().school_class.location


def test_no_page_writes_when_it_is_looked_at(family, phone, mother):
    phone.open(family.door(family.pupil))
    phone.answer(family.at(family.pupil, "opdracht", "qualities"), THREE)
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    phone.post(family.at(mother, "delen"), {"share": ["mentor"]})
    paths = ["/", "/code/", "/dicht/"]
    for owner in (mother, family.pupil):
        paths += [family.home(owner) + page for page in ("", "wie-ziet-wat/", "bellen/", "gestopt/")]
        paths += [
            family.at(owner, page) for page in ("opdracht", "delen", "bewijs", "stoppen", "met-wie", "samen")
        ]
        paths += [family.at(owner, "opdracht", name) for name in ("informed", "qualities", "begin", "finish")]
    for path in paths:
        for look in (phone.get, phone.head):
            with CaptureQueriesContext(connection) as queries:
                response = look(path)
            assert writes(queries) == [], path
            assert response.status_code in {200, 302, 404}, (path, response.status_code)


@pytest.mark.parametrize("owner", ["pupil", "mother"])
def test_an_answer_is_saved_in_few_queries_without_a_session_or_a_page(family, phone, owner):
    who = getattr(family, owner)
    phone.open(family.door(who))
    names = [("qualities", THREE), ("where_helping", ["home"]), ("example_helping", "Zo")]
    if owner == "mother":
        names = [("informed", "no"), ("profiles_named", ["zw"]), ("other_quality", "neat")]
    counts = []
    for name, value in names:
        with CaptureQueriesContext(connection) as queries:
            response = phone.send(family.at(who, "opdracht", name), value, revision="9")
        assert response.status_code == 303
        assert response.content == b""
        assert "sessionid" not in response.cookies
        counts.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
    writing = 1 if connection.vendor == "postgresql" else 2
    most = (2 if owner == "pupil" else 3) + writing
    assert counts[1:] == [most, most]


def test_a_screen_takes_few_queries(family, phone, mother):
    phone.answer(family.at(mother, "opdracht", "informed"), "no")
    for name, most in [("profiles_named", 12), ("other_quality", 12)]:
        with CaptureQueriesContext(connection) as queries:
            phone.get(family.at(mother, "opdracht", name))
        assert len(queries) <= most, [one["sql"][:90] for one in queries]
