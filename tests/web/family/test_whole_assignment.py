"""The whole home assignment as a pupil and an adult do it, without JavaScript."""

import pytest

from driegesprek.web.line.models import Step
from driegesprek.web.outreach.models import Contact
from driegesprek.web.surveys.domain import reading
from driegesprek.web.surveys.models import Response, Round

pytestmark = pytest.mark.django_db
THREE = ["helping", "listening", "making"]


def test_pupil_begins_adult_adds_and_the_mentor_reads_what_both_share(family, phone, other_phone):
    the_pupil_begins(family, phone)
    the_quick_check_tells_the_right_answer_at_once(family, other_phone)
    the_adult_adds(family, other_phone)
    pupil, mother = family.pupil, family.mother

    step = Step.objects.get(bond=mother)
    assert step.done_at
    assert step.done_by == "phone"
    assert Contact.objects.filter(bond=mother, outcome="reached").count() == 1
    shared = reading.shared(Round.objects.get(), pupil, [mother], context={"pupil_name": "Samira"})
    assert [one.who for one in shared] == ["pupil", "adult"]
    assert "Ik help de buren." in [line.answer for line in shared[0].lines]
    assert "De kast van oma" in [line.answer for line in shared[1].lines]
    assert "De kast van oma" in phone.get(family.at(pupil, "bewijs")).content.decode()
    assert all(row.document_hash for row in Response.objects.all())


def the_pupil_begins(family, phone):
    pupil, mother = family.pupil, family.mother
    phone.open(family.door(pupil))
    start = phone.get(family.at(pupil))
    assert "Hoi" not in start.content.decode()
    assert family.at(pupil, "opdracht", "begin") in start.content.decode()

    page = phone.answer(family.at(pupil, "opdracht", "begin"))
    assert page.headers["Location"] == family.at(pupil, "opdracht", "qualities")
    page = phone.answer(page.headers["Location"], THREE)
    assert page.headers["Location"] == family.at(pupil, "opdracht", "where_helping")
    page = phone.answer(page.headers["Location"], ["home", "sport"])
    page = phone.answer(page.headers["Location"], "Ik help de buren.")
    while "/opdracht/" in page.headers["Location"]:
        page = phone.answer(page.headers["Location"], go="skip")
    page = phone.get(page.headers["Location"])
    assert page.headers["Location"] == family.at(pupil, "met-wie")
    assert "Fatima" in phone.get(page.headers["Location"]).content.decode()
    page = phone.post(family.at(pupil, "met-wie"), {"who": str(mother.pk)})
    assert page.headers["Location"] == family.at(pupil, "delen")
    page = phone.post(family.at(pupil, "delen"), {"share": ["mentor"]})
    assert page.status_code == 303
    assert "Klaar, goed gedaan!" in phone.get(page.headers["Location"]).content.decode()


def the_quick_check_tells_the_right_answer_at_once(family, other_phone):
    mother = family.mother
    other_phone.open(family.door(mother))
    page = other_phone.answer(family.at(mother, "opdracht", "informed"), "no")
    told = other_phone.get(page.headers["Location"]).content.decode()
    assert "Zo zit het op school" in told
    page = other_phone.answer(family.at(mother, "opdracht", "profiles_named"), ["zw", "groen"])
    assert page.headers["Location"] == family.at(mother, "opdracht", "profiles_right")
    assert "Zorg en Welzijn" in other_phone.get(page.headers["Location"]).content.decode()
    page = other_phone.answer(family.at(mother, "opdracht", "when_known"), "no")
    assert "12 februari 2027" in other_phone.get(page.headers["Location"]).content.decode()
    other_phone.answer(family.at(mother, "opdracht", "call_wanted"), "yes")
    page = other_phone.answer(family.at(mother, "opdracht", "call_when"), "evening")
    assert Contact.objects.get(bond=mother).call_from == "evening"


def the_adult_adds(family, other_phone):
    mother = family.mother
    page = other_phone.answer(family.at(mother, "opdracht", "begin"))
    assert page.headers["Location"] == family.at(mother, "opdracht", "example_helping")
    page = other_phone.answer(page.headers["Location"], "De kast van oma")
    while "/opdracht/" in page.headers["Location"]:
        page = other_phone.answer(page.headers["Location"], go="skip")
    page = other_phone.get(page.headers["Location"])
    assert page.status_code == 200
    page = other_phone.post(family.at(mother, "delen"), {"share": ["mentor", "pupil"], "asks_pupil": "1"})
    receipt = other_phone.get(page.headers["Location"]).content.decode()
    assert "Klaar, dank u wel!" in receipt
