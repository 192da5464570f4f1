"""A form that nobody validated says so on every page, in every language, in every file; and how long one takes is told."""

import pytest
from django.utils import timezone
from tests.web import factories
from tests.web.surveys import rounding

from driegesprek import content
from driegesprek.tables.codebook import Codebook
from driegesprek.web.access.actor import of_staff
from driegesprek.web.access.models import Door
from driegesprek.web.conduct.domain import round_messages
from driegesprek.web.surveys.domain import exporting, inviting, mailings, studies, versions
from driegesprek.web.surveys.models import Mailing

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
MARKS = {
    "nl": "niet gevalideerd",
    "en": "not validated",
    "tr": "doğrulanmamıştır",
    "ar": "لم تُثبت صلاحيتها",
    "pl": "bez walidacji",
    "uk": "не валідовано",
}
ANSWERS = {"child_school": "vmbo"} | {
    f"{scale}_{number}": "3" for number in (1, 2, 3) for scale in ("mindset", "involved", "view", "leads")
}


@pytest.fixture
def of():
    return rounding.make_school({"2A": 1})


def start(of, form, design, voices=("adult",)):
    version = versions.store(of.school, "own-form", form)
    plan = rounding.plan(of, design)
    row = studies.create(
        of.school, type(plan)(**{**vars(plan), "voices": dict.fromkeys(voices, version)}), actor=of.actor
    )
    inviting.open_round(row, actor=of.actor, today=timezone.localdate())
    row.refresh_from_db()
    return row


def page_of(phone, path, language):
    response = phone.get(path, headers={"Accept-Language": language})
    assert response.status_code == 200, response.headers.get("Location")
    return response.content.decode()


@pytest.mark.parametrize("language", MARKS)
def test_every_page_of_the_role_form_says_that_it_is_not_validated(phone, of, language):
    row = start(of, content.instrument("parent_roles"), "anonymous")
    rounding.make_codes(of, row)
    door = Door.objects.filter(code_seat__batch__round=row).first()
    phone.open(door)
    pages = [page_of(phone, rounding.at(door, row), language)]
    phone.post(rounding.at(door, row), {}, headers={"Accept-Language": language})
    pages += [
        page_of(phone, rounding.at(door, row, "opdracht", name), language) for name in ("begin", "mindset_1")
    ]
    for name, value in ANSWERS.items():
        phone.answer(rounding.at(door, row, "opdracht", name), value)
    pages += [page_of(phone, rounding.at(door, row, page), language) for page in ("delen", "stoppen")]
    assert phone.post(rounding.at(door, row, "delen"), {}).status_code == 303
    pages += [page_of(phone, rounding.at(door, row, "bewijs"), language)]
    assert [MARKS[language] in page for page in pages] == [True] * 6


def test_the_desk_says_so_on_every_page_of_the_round(client, of):
    row = start(of, rounding.form(validated="no"), "named")
    factories.login(client, of.counsellor)
    for page in ("", "scores/", "export/", "datums/", "loting/"):
        found = client.get(f"/desk/vragenlijsten/{row.pk}/{page}")
        if found.status_code == 200:
            assert "niet gevalideerd" in found.content.decode(), page
    plain = start(of, rounding.form(), "named")
    assert "niet gevalideerd" not in client.get(f"/desk/vragenlijsten/{plain.pk}/").content.decode()


def test_the_codebook_says_so(phone, of, tmp_path, settings):
    settings.DATA = tmp_path
    row = start(of, rounding.form(validated="no"), "named")
    (bond,) = of.bonds.values()
    rounding.answer_all(phone, rounding.door_of(bond), row)
    actor = of_staff(of.counsellor)
    done = exporting.export(
        [row], tmp_path, "x", kind="csv", language="nl", made_on=timezone.localdate(), actor=actor
    )
    (book,) = [one for one in done.files if one.name.endswith(".codebook.json")]
    found = Codebook.from_json(book.read_text(encoding="utf-8"))
    assert found.title.startswith("[NOT VALIDATED]")
    assert found.source.startswith("NOT VALIDATED: nobody knows yet")


def test_letters_and_cards_say_so(of):
    row = start(of, content.instrument("parent_roles"), "anonymous")
    words = round_messages.Words(of.school, "tr", row.closes_on, minutes=10)
    said = [one.text for one in round_messages._paragraphs(words, 0, mark=True)]
    assert any(MARKS["tr"] in one for one in said)
    assert MARKS["tr"] in round_messages._help(words, mark=True).text
    assert MARKS["tr"] not in round_messages._help(words, mark=False).text
    batch, _codes = rounding.make_codes(of, row)
    assert round_messages.code_cards(batch).startswith(b"%PDF")


def test_text_messages_say_so(of):
    today = timezone.localdate()
    for mark, told in (("no", True), ("", False)):
        row = start(of, rounding.form(validated=mark), "named")
        mailings.prepare(row, wave=0, actor=of.actor, now=timezone.now(), today=today)
        found = round_messages.Post(Mailing.objects.get(round=row, channel="sms"), today=today).file()
        assert ("niet gevalideerd" in found.content.decode()) is told


def test_the_first_screen_tells_an_honest_time_in_the_language_of_the_reader(phone, of):
    row = start(of, content.instrument("citydeal_parent_pre"), "pseudonymous")
    (bond,) = of.bonds.values()
    bond.adult.language = "en"
    bond.adult.save()
    door = rounding.door_of(bond)
    phone.open(door)
    page = phone.get(rounding.at(door, row)).content.decode()
    assert "about 15 minutes" in page
    assert "ten minutes" not in page
