"""Consent and what follows from it, codes of nobody, a draw apart from answers, quotas, reminders, erasure."""

import base64
import datetime as dt
import json

import pytest
from django.db import connection
from django.utils import timezone
from tests.web import factories
from tests.web.family.conftest import Phone
from tests.web.surveys import rounding

from driegesprek.web.access.models import Door
from driegesprek.web.common.fields import decrypt
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.conduct import jobs
from driegesprek.web.conduct.domain import erasure, school_facts, survey_doors, survey_sittings
from driegesprek.web.line.models import Choice
from driegesprek.web.outreach.models import Contact
from driegesprek.web.surveys.domain import codes as made
from driegesprek.web.surveys.domain import draws, inviting, mailings, quotas, responding, studies, wide
from driegesprek.web.surveys.models import (
    Answer,
    CodeSeat,
    Consent,
    DrawAddress,
    DrawTurn,
    Invitation,
    Mailing,
    Quota,
    Reminder,
    Response,
    Round,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def of():
    return rounding.make_school()


@pytest.fixture
def pupil(of):
    return of.pupils["2A"][0]


def code_door(code):
    phone = Phone()
    letters = code.split()
    inside = phone.post("/code/", {"code_1": letters[0], "code_2": letters[1]})
    assert inside.status_code == 303, inside.status_code
    return phone, inside.headers["Location"]


def answer_by_code(row, code, **given):
    phone, home = code_door(code)
    start = phone.get(home).headers["Location"]
    phone.post(start, given)
    phone.answer(f"{start}informed/", "yes")
    phone.answer(f"{start}why/", "Zomaar")
    phone.post(start.replace("/opdracht/", "/delen/"))
    return phone, start


def moments_of(response):
    found = [response.started_at, response.submitted_at]
    return [
        one
        for one in [*found, *Answer.objects.filter(response=response).values_list("saved_at", flat=True)]
        if one
    ]


def test_a_code_leads_to_the_questions_and_nothing_tells_whose_it_is(of):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    batch, codes = rounding.make_codes(of, row)
    phone, home = code_door(codes[0][0])
    start = phone.get(home).headers["Location"]
    page = phone.get(start).content.decode()
    assert "Niemand weet wie dit invult. Het Bureau stuurde de code." in page
    phone.post(start)
    phone.answer(f"{start}informed/", "yes")
    response = Response.objects.get()
    assert {timezone.localtime(one).time() for one in moments_of(response)} == {dt.time(12)}
    phone.answer(f"{start}why/", "Zomaar")
    phone.post(start.replace("/opdracht/", "/delen/"))
    response.refresh_from_db()
    assert {timezone.localtime(one).time() for one in moments_of(response)} == {dt.time(12)}
    assert response.group == {"stratum": "", "weight": 2.5}
    assert Invitation.objects.count() == 0
    door = Door.objects.get(code_seat__batch=batch, pk=home.split("/")[2])
    assert (door.bond_id, door.pupil_id, door.staff_id) == (None, None, None)
    told = [json.dumps(entry.detail) for entry in AuditEntry.objects.all()]
    assert all(str(door.pk) not in one and response.pseudonym not in one for one in told)
    assert not AuditEntry.objects.filter(object_id__in=[door.pk, response.pk]).exists()


def test_no_table_of_an_anonymous_round_has_a_moment_beside_a_code():
    columns = {field.get_internal_type() for model in (CodeSeat,) for field in model._meta.fields}
    assert columns == {"UUIDField", "ForeignKey", "OneToOneField"}
    fields = {field.name for field in Door._meta.fields if field.get_internal_type() == "DateTimeField"}
    assert fields == {"expires_at", "code_expires_at", "closed_at"}


def test_codes_of_one_batch_are_alike_in_everything_but_the_code(of):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    batch, codes = rounding.make_codes(of, row, count=20)
    assert len({code for code, _link in codes}) == 20
    assert codes == sorted(codes)
    doors = Door.objects.filter(code_seat__batch=batch)
    assert doors.values("expires_at", "code_expires_at", "generation", "kind").distinct().count() == 1


def test_what_was_answered_under_a_code_on_an_earlier_day_stays_shut(of):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    _batch, codes = rounding.make_codes(of, row)
    phone, home = code_door(codes[0][0])
    start = phone.get(home).headers["Location"]
    phone.post(start)
    phone.answer(f"{start}why/", "GEHEIM")
    assert "GEHEIM" in phone.get(f"{start}why/").content.decode()
    Answer.objects.update(saved_at=timezone.now() - dt.timedelta(days=1))
    again, _home = code_door(codes[0][0])
    assert again.get(f"{start}why/").status_code == 302
    assert "GEHEIM" not in again.get(start.replace("/opdracht/", "/delen/")).content.decode()


def test_a_second_code_in_the_place_of_a_lost_one_is_one_respondent(of):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    _batch, codes = rounding.make_codes(of, row)
    old = codes[0][0]
    phone, home = code_door(old)
    start = phone.get(home).headers["Location"]
    phone.post(start)
    phone.answer(f"{start}informed/", "no")
    new = made.replace(row, old, actor=of.actor)
    assert Phone().post("/code/", {"code_1": old[:5], "code_2": old[6:]}).status_code == 404
    assert phone.get(start).status_code == 403
    answer_by_code(row, new)
    assert Response.objects.count() == 1
    assert made.replace(row, "XXXXX YYYYY", actor=of.actor) is None
    other = rounding.make_round(of, "anonymous", voices=("adult",))
    assert made.replace(other, new, actor=of.actor) is None


def test_an_anonymous_round_shows_no_small_number(of):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    _batch, codes = rounding.make_codes(of, row)
    answer_by_code(row, codes[0][0])
    running = responding.of(row)
    assert [(one.asked, one.done) for one in running.groups] == [(12, None)]
    assert running.begun == {"adult": None}
    assert running.languages == {"adult": {"nl": None}}


def test_a_pupil_under_sixteen_takes_part_once_a_parent_says_so(of, pupil):
    row = rounding.make_round(of, "pseudonymous", consent=True)
    door, phone = rounding.door_of(pupil), Phone()
    phone.open(door)
    page = phone.get(rounding.at(door, row)).content.decode()
    assert "Eerst toestemming van thuis" in page
    assert phone.post(rounding.at(door, row)).status_code == 409
    assert Response.objects.count() == 0
    parent, mother = Phone(), rounding.door_of(of.bonds[pupil.pk])
    parent.open(mother)
    assert "Toestemming voor vragen" in parent.get(f"/thuis/{mother.pk}/").content.decode()
    assert parent.post(rounding.at(mother, row, "toestemming"), {}).status_code == 422
    parent.post(rounding.at(mother, row, "toestemming"), {"study": "yes"})
    assert phone.post(rounding.at(door, row)).status_code == 303
    assert set(Consent.objects.values_list("purpose", "given")) == {("study", True)}


def test_a_typed_code_is_not_enough_to_give_consent(of, pupil):
    row = rounding.make_round(of, "pseudonymous", consent=True)
    door, phone = rounding.door_of(of.bonds[pupil.pk]), Phone()
    letters = rounding.codes_of(door)
    phone.post("/code/", {"code_1": letters[0], "code_2": letters[1]})
    refused = phone.post(rounding.at(door, row, "toestemming"), {"study": "yes"})
    assert refused.status_code == 409
    assert "Scan hiervoor het vierkant" in refused.content.decode()
    assert Consent.objects.count() == 0


def test_who_is_sixteen_and_every_adult_speak_for_themselves(pupil, of):
    pupil.birth_date = rounding.OLD
    pupil.save()
    row = rounding.make_round(of, "pseudonymous", consent=True)
    for owner in (pupil, of.bonds[pupil.pk]):
        rounding.answer_all(Phone(), rounding.door_of(owner), row)
    assert Response.objects.exclude(submitted_at=None).count() == 2
    assert [one.subject == one.giver for one in Consent.objects.all()] == [True, True]
    asked = survey_doors.consents_asked
    phone = Phone()
    phone.open(rounding.door_of(of.bonds[pupil.pk]))
    assert asked(_actor(of.bonds[pupil.pk]), today=TODAY) == []


def _actor(bond):
    return rounding.actor_of(rounding.door_of(bond))


def test_of_two_parents_who_do_not_agree_the_no_counts_and_without_authority_nobody_is_asked(of, pupil):
    father = factories.make_adult_for(pupil, "Karim", household="2", relation="father")
    aunt = factories.make_adult_for(pupil, "Tante", relation="aunt", authority=False)
    row = rounding.make_round(of, "pseudonymous", consent=True)
    for bond, given in ((of.bonds[pupil.pk], True), (father, False)):
        survey_doors.keep_words(
            row.study, bond, study=given, origin=None, today=TODAY, actor=of.actor, on_paper=True
        )
    door, phone = rounding.door_of(pupil), Phone()
    phone.open(door)
    assert phone.post(rounding.at(door, row)).status_code == 409
    assert survey_doors.consents_asked(_actor(aunt), today=TODAY) == []


def test_taking_consent_back_removes_the_answers_from_the_next_export(of, pupil):
    row = rounding.make_round(of, "pseudonymous", consent=True)
    mother = of.bonds[pupil.pk]
    survey_doors.keep_words(row.study, mother, study=True, origin=None, today=TODAY, actor=of.actor)
    rounding.answer_all(Phone(), rounding.door_of(pupil), row)
    assert wide.of_round(row.pk, "pupil").table.num_rows == 1
    parent, door = Phone(), rounding.door_of(mother)
    parent.open(door)
    parent.post(rounding.at(door, row, "toestemming"), {"study": "no"})
    assert wide.of_round(row.pk, "pupil").table.num_rows == 0
    assert Response.objects.count() == Answer.objects.count() == 0
    entry = AuditEntry.objects.get(verb="consent refused or withdrawn")
    assert entry.detail == {"purpose": "study", "removed": 1}
    assert entry.actor_kind == "system"


def test_origin_is_asked_with_consent_only_and_taking_it_back_removes_those_answers_alone(of, pupil):
    row = rounding.make_round(of, "pseudonymous", consent=True, options=["consent_origin"])
    mother = of.bonds[pupil.pk]
    door, phone = rounding.door_of(pupil), Phone()
    survey_doors.keep_words(row.study, mother, study=True, origin=None, today=TODAY, actor=of.actor)
    rounding.begin(phone, door, row)
    assert phone.get(rounding.at(door, row, "opdracht", "abroad")).status_code == 302
    survey_doors.keep_words(row.study, mother, study=None, origin=True, today=TODAY, actor=of.actor)
    phone.answer(rounding.at(door, row, "opdracht", "informed"), "yes")
    phone.answer(rounding.at(door, row, "opdracht", "why"), "Daarom")
    phone.answer(rounding.at(door, row, "opdracht", "abroad"), "yes")
    phone.post(rounding.at(door, row, "delen"))
    before = Response.objects.get()
    assert "/abroad" in before.document
    survey_doors.keep_words(row.study, mother, study=None, origin=False, today=TODAY, actor=of.actor)
    after = Response.objects.get()
    assert "abroad" not in after.document
    assert after.document_hash != before.document_hash
    assert after.revision == before.revision + 1, "who remembers the sheet as it was may not add to it"
    assert set(Answer.objects.values_list("question", flat=True)) == {"/informed", "/why"}


def test_an_anonymous_respondent_ticks_for_oneself_and_gets_a_consent_row(of):
    row = rounding.make_round(of, "anonymous", voices=("adult",), options=["consent_origin"])
    _batch, codes = rounding.make_codes(of, row)
    phone, home = code_door(codes[0][0])
    start = phone.get(home).headers["Location"]
    assert "waar mijn familie vandaan komt" in phone.get(start).content.decode()
    phone.post(start, {"asks_origin": "1", "origin": "yes"})
    assert phone.get(f"{start}abroad/").status_code == 200
    other, home = code_door(codes[1][0])
    start = other.get(home).headers["Location"]
    other.post(start, {"asks_origin": "1"})
    assert other.get(f"{start}abroad/").status_code == 302
    assert sorted(Consent.objects.values_list("given", flat=True)) == [False, True]


def test_scales_on_the_relation_are_off_unless_switched_on(of, pupil):
    for options, status in (([], 302), (["relation_scales"], 200)):
        row = rounding.make_round(of, "pseudonymous", options=options)
        door, phone = rounding.door_of(pupil), Phone()
        rounding.begin(phone, door, row)
        assert phone.get(rounding.at(door, row, "opdracht", "quarrel")).status_code == status
    with pytest.raises(studies.RefusedError):
        rounding.make_round(of, "named", options=["relation_scales"])


def test_a_draw_keeps_an_address_once_and_apart(of, pupil):
    row = rounding.make_round(of, "pseudonymous")
    draw = draws.announce(row, prize={"nl": "Een bon"}, prizes=1, actor=of.actor)
    door, phone = rounding.door_of(pupil), Phone()
    assert phone.get(rounding.at(door, row, "loting")).status_code == 403
    rounding.answer_all(phone, door, row)
    assert "Een bon" in phone.get(rounding.at(door, row, "bewijs")).content.decode()
    assert phone.post(rounding.at(door, row, "loting"), {"address": " "}).status_code == 422
    page = phone.post(rounding.at(door, row, "loting"), {"address": "Dorpsstraat 1"}).content.decode()
    lot = DrawAddress.objects.get().lot
    assert lot in page
    assert lot not in phone.get(rounding.at(door, row, "loting")).content.decode()
    twice = phone.post(rounding.at(door, row, "loting"), {"address": "Dorpsstraat 2"})
    assert twice.status_code == 409
    assert DrawAddress.objects.get().address == "Dorpsstraat 1"
    columns = {field.name for field in DrawAddress._meta.fields}
    assert columns == {"id", "school", "draw", "lot", "address"}
    response = Response.objects.get()
    stored = json.dumps([response.group, response.shared, response.document, response.pseudonym])
    assert lot not in stored
    assert DrawTurn.objects.get().mark not in stored
    assert draw.commitment in page


def test_addresses_stand_in_no_order_and_hold_no_moment(of):
    row = rounding.make_round(of)
    draw = draws.announce(row, prize={"nl": "Bon"}, prizes=1, actor=of.actor)
    for number in range(24):
        draws.take_part(draw.pk, f"{number:064}", f"adres {number:02}")
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT address FROM surveys_drawaddress ORDER BY {place}")  # noqa: S608 - one of two words
        raw = [one for (one,) in cursor.fetchall()]
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM surveys_drawaddress")
            assert cursor.fetchone() == (1,)
    stored = [decrypt(one) for one in raw]
    assert sorted(stored) == [f"adres {number:02}" for number in range(24)]
    assert stored != sorted(stored)  # 1 in 24! to fail by chance
    assert {base64.urlsafe_b64decode(one)[1:9] for one in raw} == {bytes(8)}


def test_after_the_draw_nobody_enters_and_what_is_forgotten_is_destroyed_by_itself(of):
    row = rounding.make_round(of)
    draw = draws.announce(row, prize={"nl": "Bon"}, prizes=2, actor=of.actor)
    for number in range(5):
        draws.take_part(draw.pk, f"{number}" * 64, f"adres {number}")
    with pytest.raises(draws.StillOpenError):
        draws.hold(
            draw, witness="x", actor=of.actor, now=timezone.now(), today=row.closes_on + dt.timedelta(days=1)
        )
    later = row.closes_on + dt.timedelta(days=2)
    held = draws.hold(draw, witness="x", actor=of.actor, now=timezone.now(), today=later)
    assert [one.lot for one in draws.won(held)] == held.winners
    with pytest.raises(draws.DrawClosedError):
        draws.take_part(draw.pk, "9" * 64, "te laat")
    assert draws.destroy_what_is_over(timezone.now()) == 0
    assert draws.destroy_what_is_over(timezone.now() + draws.KEPT + dt.timedelta(days=1)) == 1
    assert DrawAddress.objects.count() == DrawTurn.objects.count() == 0
    held.refresh_from_db()
    assert (held.destroyed, draws.won(held)) == (5, [])
    assert AuditEntry.objects.get(verb="addresses destroyed").actor_kind == "system"


def test_a_full_group_is_thanked_not_reminded_and_not_begun(of):
    row = rounding.make_round(of, voices=("adult",), quotas={("adult", ""): 1})
    first, second = (of.bonds[one.pk] for one in of.pupils["2A"])
    third = of.bonds[of.pupils["2B"][0].pk]
    going_on = Phone()
    rounding.begin(going_on, rounding.door_of(third), row)
    rounding.answer_all(Phone(), rounding.door_of(first), row)
    assert quotas.full(row.pk) == [("adult", "")]
    late, door = Phone(), rounding.door_of(second)
    page = rounding.begin(late, door, row)
    assert "Er deden al genoeg mensen mee" in page.content.decode()
    assert not mailings.waiting(row, TODAY).exists()
    door = rounding.door_of(third)
    assert going_on.answer(rounding.at(door, row, "opdracht", "informed"), "no").status_code == 303


def test_quotas_count_by_group_of_the_sample(of):
    row = rounding.make_round(of, voices=("adult",), whom={"by": "class"}, quotas={("adult", "2A"): 1})
    rounding.answer_all(Phone(), rounding.door_of(of.bonds[of.pupils["2A"][0].pk]), row)
    assert quotas.full(row.pk) == [("adult", "2A")]
    assert {one.stratum for one in mailings.waiting(row, TODAY)} == {"2B"}


def test_reminders_go_out_on_their_day_once_to_who_is_not_done_and_stop(of):
    row = rounding.make_round(of, voices=("adult",), reminders=[TODAY, TODAY - dt.timedelta(days=1)])
    done = of.bonds[of.pupils["2A"][0].pk]
    rounding.answer_all(Phone(), rounding.door_of(done), row)
    stopped = of.bonds[of.pupils["2A"][1].pk]
    Invitation.objects.filter(bond=stopped).update(stopped_on=TODAY)
    for _twice in range(2):
        jobs.ask_in_surveys()
    made = Mailing.objects.get()
    assert (made.wave, made.channel, len(made.invitations)) == (1, "sms", 2)
    assert Reminder.objects.filter(done_at=None).count() == 0
    mailings.mark_sent(made, actor=of.actor, now=timezone.now(), today=TODAY)
    assert Contact.objects.count() == 2
    Round.objects.filter(pk=row.pk).update(closes_on=TODAY - dt.timedelta(days=1))
    Reminder.objects.update(done_at=None)
    jobs.ask_in_surveys()
    assert Mailing.objects.count() == 1


def test_everybody_is_reached_by_the_own_channel(of):
    bonds = [of.bonds[one.pk] for found in of.pupils.values() for one in found]
    bonds[0].adult.email = "a@example.org"
    bonds[0].adult.save()
    bonds[1].channels = ["letter"]
    bonds[1].save()
    bonds[2].adult.phone = "010 123 45 67"
    bonds[2].adult.save()
    row = rounding.make_round(of, voices=("adult", "pupil"))
    rows = Invitation.objects.filter(round=row).select_related("bond__adult")
    found = {one.bond_id: mailings.channel_of(one) for one in rows if one.bond_id}
    assert [found[one.pk] for one in bonds] == ["email", "letter", "letter", "sms"]
    assert {mailings.channel_of(one) for one in rows if not one.bond_id} == {"card"}


def test_who_comes_later_is_asked_where_all_are_and_not_in_a_sample(of):
    all_asked = rounding.make_round(of)
    drawn = rounding.make_round(of, whom={"by": "class", "shares": {"2A": 0.5}, "seed": 7})
    newcomer = factories.make_pupil(of.classes["2A"], "Later")
    jobs.ask_in_surveys()
    assert Invitation.objects.filter(round=all_asked, pupil=newcomer).count() == 1
    assert not Invitation.objects.filter(round=drawn, pupil=newcomer).exists()


def test_opening_again_asks_nobody_twice(of):
    row = rounding.make_round(of)
    before = Invitation.objects.count()
    assert inviting.open_round(row, actor=of.actor, today=TODAY).pupils == 4
    assert Invitation.objects.count() == before


def test_weights_are_kept_with_the_answers(of):
    row = rounding.make_round(of, "pseudonymous", whom={"by": "class", "shares": {"2A": 0.5}, "seed": 7})
    drawn = Invitation.objects.get(voice="pupil", school_class=of.classes["2A"]).pupil
    rounding.answer_all(Phone(), rounding.door_of(drawn), row)
    group = Response.objects.get().group
    assert (group["stratum"], group["weight"]) == ("2A", 2.0)


def test_an_erased_pupil_leaves_nothing_in_a_survey(of, pupil):
    row = rounding.make_round(of, "pseudonymous", consent=True)
    mother = of.bonds[pupil.pk]
    survey_doors.keep_words(row.study, mother, study=True, origin=None, today=TODAY, actor=of.actor)
    mailings.prepare(row, wave=0, actor=of.actor, now=timezone.now(), today=TODAY)
    for owner in (pupil, mother):
        rounding.answer_all(Phone(), rounding.door_of(owner), row)
    asked = {str(pk) for pk in Invitation.objects.filter(pupil=pupil).values_list("pk", flat=True)}
    goes = erasure.erase_pupil(pupil, actor=of.actor)
    assert goes.responses == 2
    assert Response.objects.count() == Consent.objects.count() == 0
    assert all(asked.isdisjoint(one.invitations) for one in Mailing.objects.all())


def test_days_are_all_that_is_left_of_what_was_never_handed_in(of, pupil):
    row = rounding.make_round(of, "pseudonymous")
    door, phone = rounding.door_of(pupil), Phone()
    rounding.begin(phone, door, row)
    phone.answer(rounding.at(door, row, "opdracht", "informed"), "yes")
    Round.objects.filter(pk=row.pk).update(closes_on=TODAY - dt.timedelta(days=3))
    assert survey_sittings.forget_moments(today=TODAY) <= 1
    assert {timezone.localtime(one).time() for one in moments_of(Response.objects.get())} == {dt.time(12)}


def test_the_facts_of_a_survey_are_those_of_the_class_of_now(of, pupil):
    year = factories.year_of(of.school)
    for group, phone in ((2, "010 22"), (3, "010 33")):
        Choice.objects.create(
            school=of.school,
            year=year,
            year_group=group,
            choose_by=TODAY,
            profiles=["zw"],
            contact_phone=phone,
        )
    factories.make_class(of.school, "3A", year_group=3)
    assert school_facts.of_survey(of.school, pupil, "nl")["call_phone"] == "010 22"
    assert school_facts.of_survey(of.school, None, "nl")["profiles"] == ""


def test_a_round_that_nobody_was_asked_in_can_be_thrown_away_and_another_one_stays(of):
    draft = rounding.make_round(of, opened=False)
    assert studies.discard(draft, actor=of.actor)
    opened = rounding.make_round(of)
    assert not studies.discard(opened, actor=of.actor)
    assert list(Round.objects.all()) == [opened]
    assert Quota.objects.count() == 0


def test_moving_the_dates_keeps_reminders_that_went_out(of):
    row = rounding.make_round(of, reminders=[TODAY])
    jobs.ask_in_surveys()
    other = TODAY + dt.timedelta(days=6)
    studies.move_dates(row, opens_on=row.opens_on, closes_on=other, reminders=[other], actor=of.actor)
    assert list(Reminder.objects.values_list("on", flat=True)) == [TODAY, other]
    with pytest.raises(studies.RefusedError):
        studies.move_dates(row, opens_on=other, closes_on=TODAY, reminders=[], actor=of.actor)


@pytest.mark.parametrize("design", ["named", "anonymous"])
def test_links_and_codes_open_as_long_as_a_round_whose_last_day_was_moved(of, design):
    row = rounding.make_round(of, design, voices=("adult",), whom={"by": "class", "shares": {"2A": 0.5}})
    if design == "anonymous":
        rounding.make_codes(of, row)
    later = row.closes_on + dt.timedelta(days=200)
    studies.move_dates(row, opens_on=row.opens_on, closes_on=later, reminders=[], actor=of.actor)
    doors = Door.objects.filter(school=of.school, kind__in=["adult", "anonymous"])
    assert doors.exists()
    assert all(one.code_expires_at > inviting.end_of_day(later) for one in doors)
    if design == "anonymous":
        assert doors.values("expires_at", "code_expires_at").distinct().count() == 1


def test_a_class_that_became_empty_does_not_stop_the_other_rounds(of):
    empty = rounding.make_school(name="Leeg")
    alone = rounding.make_round(empty)
    Invitation.objects.filter(round=alone).delete()
    for found in empty.pupils.values():
        for one in found:
            one.left_on = TODAY
            one.save()
    row = rounding.make_round(of)
    newcomer = factories.make_pupil(of.classes["2A"], "Later")
    jobs.ask_in_surveys()
    assert Invitation.objects.filter(round=row, pupil=newcomer).exists()
