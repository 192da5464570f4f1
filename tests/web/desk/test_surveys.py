"""Survey rounds on the desk: make one, open it, see how it goes, and what nobody may see."""

import csv
import datetime as dt
import io

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web import factories
from tests.web.family.conftest import Phone
from tests.web.surveys import rounding

from driegesprek.instruments import read
from driegesprek.web.common import outbox
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.desk.pages import surveys
from driegesprek.web.outreach.models import Contact
from driegesprek.web.surveys.domain import draws, versions
from driegesprek.web.surveys.models import Consent, Draw, Invitation, Mailing, Response, Round

pytestmark = pytest.mark.django_db
FORM = """| survey |
| | type | name | label::nl |
| | select_one yes_no | fun | {label} |
| choices |
| | list_name | name | label::nl |
| | yes_no | yes | Ja |
| | yes_no | {second} | Nee |
| settings |
| | form_title | form_id | default_language |
| | Leuk? | fun | nl |
"""


@pytest.fixture
def of():
    return rounding.make_school()


@pytest.fixture
def counsellor(client, of):
    return factories.login(client, of.counsellor)


def text(response, status=200):
    assert response.status_code == status, (response.status_code, response.headers.get("Location"))
    return response.content.decode()


def at(row, rest=""):
    return f"/desk/vragenlijsten/{row.pk}/{rest}"


def fields(of, **more):
    today = timezone.localdate()
    return {
        "title": "Wat vind je?",
        "design": "named",
        "pupil_form": f"own:{of.version.pk}",
        "classes": [str(one.pk) for one in of.classes.values()],
        "staff": "mentors",
        "opens_on": today.isoformat(),
        "closes_on": (today + dt.timedelta(days=10)).isoformat(),
        "reminder_1": (today + dt.timedelta(days=5)).isoformat(),
        **more,
    }


def test_a_round_is_made_looked_at_and_opened(of, counsellor):
    made = counsellor.post(
        "/desk/vragenlijsten/nieuw/",
        fields(
            of, adult_form=f"own:{of.version.pk}", by="class", shares="2A: 50%\n2B = 100", quotas="adult: 3"
        ),
    )
    row = Round.objects.get()
    assert made.headers["Location"] == at(row)
    page = text(counsellor.get(at(row)))
    assert "Look once more, then open" in page or "Kijk nog eens" in page
    assert Invitation.objects.count() == 0
    counsellor.post(at(row, "openen/"))
    weights = dict(Invitation.objects.filter(voice="pupil").values_list("stratum", "weight"))
    assert weights == {"2A": 2.0, "2B": 1.0}
    assert set(Mailing.objects.values_list("channel", flat=True)) == {"card", "sms"}
    assert "2A" in text(counsellor.get(at(row)))


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"relation_scales": "on"}, "relation"),
        ({"closes_on": "2020-01-01"}, "before the first day"),
        ({"shares": "2A veertig"}, "group with a number"),
        ({"shares": "2A: 0"}, "above 0"),
        ({"quotas": "juf: 3"}, "does not begin with"),
        ({"design": "anonymous"}, "organisation"),
        ({"classes": []}, "at least one class"),
        ({"pupil_form": ""}, "at least one questionnaire"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_is_stored(of, counsellor, changed, part):
    counsellor.cookies["django_language"] = "en"
    page = text(counsellor.post("/desk/vragenlijsten/nieuw/", fields(of, **changed)))
    assert part in page
    assert Round.objects.count() == 0


def test_a_form_is_brought_in_and_a_mistake_is_said_with_its_place(of, counsellor):
    counsellor.cookies["django_language"] = "en"
    wrong = SimpleUploadedFile("fun.md", FORM.format(label="${nobody}?", second="no").encode())
    page = text(counsellor.post("/desk/vragenlijsten/formulieren/", {"file": wrong}), status=422)
    assert "sheet survey, row 3, column label" in page
    assert "nobody" in page
    assert len([one for one in _own(of) if one.title == "Leuk?"]) == 0
    good = SimpleUploadedFile("fun.md", FORM.format(label="Leuk?", second="no").encode())
    assert counsellor.post("/desk/vragenlijsten/formulieren/", {"file": good}).status_code == 302
    assert [one.title for one in _own(of)] == ["Kiezen", "Leuk?"]


def _own(of):
    return surveys.newest(of.school)


def test_a_mended_form_goes_on_in_a_running_round_and_a_breaking_one_is_refused(of, counsellor):
    def version(label, second):
        return versions.store(
            of.school, "own-fun", read(FORM.format(label=label, second=second).encode(), name="fun")
        )

    first, mended, breaking = version("Leuk?", "no"), version("Is het leuk?", "no"), version("Leuk?", "never")
    of.version = first
    row = rounding.make_round(of, voices=("pupil",))
    counsellor.post(at(row, "formulier/pupil/"), {"version": str(breaking.pk)})
    assert row.voices.get().version == first
    counsellor.post(at(row, "formulier/pupil/"), {"version": str(mended.pk)})
    assert row.voices.get().version == mended


def test_the_mentor_reads_answers_of_a_named_round_of_the_own_class_only(of, client):
    row = rounding.make_round(of)
    pupil, other = of.pupils["2A"][0], of.pupils["2B"][0]
    rounding.answer_all(Phone(), rounding.door_of(pupil), row, why="Ik wil kok worden")
    factories.login(client, of.mentors["2A"])
    assert "Ik wil kok worden" in text(client.get(at(row, f"leerling/{pupil.pk}/")))
    assert client.get(at(row, f"leerling/{other.pk}/")).status_code == 404
    assert AuditEntry.objects.filter(verb="survey answers read", object_id=pupil.pk).count() == 1


def test_nobody_at_school_sees_an_answer_under_a_pseudonym(of, client):
    row = rounding.make_round(of, "pseudonymous")
    pupil = of.pupils["2A"][0]
    rounding.answer_all(Phone(), rounding.door_of(pupil), row, why="GEHEIM")
    for staff in (of.counsellor, of.mentors["2A"]):
        factories.login(client, staff)
        pages = [
            client.get(path, follow=True)
            for path in (at(row), at(row, f"leerling/{pupil.pk}/"), "/desk/vragenlijsten/")
        ]
        assert all("GEHEIM" not in page.content.decode() for page in pages)
        assert pages[1].status_code == 404
    factories.login(client, of.mentors["2A"])
    assert client.get(at(row)).status_code == 404


def test_staff_come_in_through_the_desk_and_answer_once(of, client):
    row = rounding.make_round(of, "pseudonymous", voices=("staff",))
    mentor = of.mentors["2A"]
    factories.login(client, mentor)
    assert str(row.pk) in text(client.get("/desk/vragenlijsten/mijn/"))
    entered = client.post(f"/desk/vragenlijsten/mijn/{row.pk}/")
    door = rounding.door_of(mentor)
    assert entered.headers["Location"] == rounding.at(door, row)
    client.post(rounding.at(door, row))
    client.post(rounding.at(door, row, "opdracht", "informed"), {"answer": "no", "go": "next"})
    client.post(rounding.at(door, row, "delen"))
    response = Response.objects.get()
    assert (response.voice, response.channel) == ("staff", "desk")
    assert Invitation.objects.get(staff=mentor).done_on == timezone.localdate()
    factories.login(client, of.counsellor)
    assert client.post(f"/desk/vragenlijsten/mijn/{row.pk}/").status_code == 404


def test_lists_and_letters_hold_who_is_not_done_and_count_as_contact_once(of, counsellor):
    row = rounding.make_round(of, opened=False)
    counsellor.post(at(row, "openen/"))
    first, second = (of.bonds[one.pk] for one in of.pupils["2A"])
    rounding.answer_all(Phone(), rounding.door_of(first), row)
    mailing = Mailing.objects.get(channel="sms")
    listed = list(
        csv.DictReader(
            io.StringIO(text(counsellor.get(at(row, f"post/{mailing.pk}/"))).lstrip("\ufeff")), delimiter=";"
        )
    )
    phones = {line["telefoon"].lstrip("'") for line in listed}
    assert first.adult.phone not in phones
    assert second.adult.phone in phones
    assert all("/d/" in line["tekst"] for line in listed)
    for _twice in range(2):
        counsellor.post(at(row, f"post/{mailing.pk}/verstuurd/"))
    assert Contact.objects.filter(kind="sms").count() == 3
    cards = Mailing.objects.get(channel="card")
    assert counsellor.get(at(row, f"post/{cards.pk}/")).content.startswith(b"%PDF")


def test_an_email_goes_to_who_is_not_done_and_stops_by_itself(of, counsellor):
    for bond in of.bonds.values():
        bond.adult.email = f"{bond.pk}@example.org"
        bond.adult.save()
    row = rounding.make_round(of, opened=False, voices=("adult",))
    counsellor.post(at(row, "openen/"))
    first = of.bonds[of.pupils["2A"][0].pk]
    rounding.answer_all(Phone(), rounding.door_of(first), row)
    outbox.empty()
    assert len(mail.outbox) == 3
    assert {one.to[0] for one in mail.outbox}.isdisjoint({first.adult.email})
    assert "/d/" in mail.outbox[0].body
    assert Contact.objects.filter(kind="email").count() == 3
    counsellor.post(at(row, "herinneren/"))
    counsellor.post(at(row, "herinneren/"))
    outbox.empty()
    assert len(mail.outbox) == 6
    assert "staan nog open" in mail.outbox[-1].body
    assert set(Invitation.objects.exclude(bond=first).values_list("reminded", flat=True)) == {1}


def test_codes_are_made_fetched_and_replaced(of, counsellor):
    row = rounding.make_round(of, "anonymous", voices=("adult",))
    group = {"voice": "adult", "stratum": "BB", "population": 30, "count": 12}
    few = text(counsellor.post(at(row, "codes/"), {**group, "count": 3}))
    assert row.batches.count() == 0
    assert "10" in few
    counsellor.post(at(row, "codes/"), group)
    batch = row.batches.get()
    rows = text(counsellor.get(at(row, f"codes/{batch.pk}.csv"))).splitlines()
    assert len(rows) == 13
    assert rows[1:] == sorted(rows[1:])
    assert counsellor.get(at(row, f"codes/{batch.pk}.pdf")).content.startswith(b"%PDF")
    old = rows[1].split(";")[0].strip('"')
    page = text(counsellor.post(at(row, "codes/vervangen/"), {"code": old}, follow=True))
    assert old not in page
    assert len(text(counsellor.get(at(row, f"codes/{batch.pk}.csv"))).splitlines()) == 13


def test_what_a_parent_signed_is_typed_in(of, counsellor):
    row = rounding.make_round(of, "pseudonymous", consent=True)
    bond = of.bonds[of.pupils["2A"][0].pk]
    counsellor.post(at(row, "toestemming/"), {"bond": str(bond.pk), "study": "yes"})
    found = Consent.objects.get()
    assert (found.given, found.on_paper) == (True, True)
    assert AuditEntry.objects.filter(verb="consent given").get().actor_id == of.counsellor.pk


def test_a_draw_from_the_seal_to_the_last_address(of, counsellor):
    row = rounding.make_round(of)
    counsellor.post(at(row, "loting/"), {"prize": "Een bon", "prizes": 1})
    draw = Draw.objects.get()
    for number in range(3):
        draws.take_part(draw.pk, f"{number}" * 64, f"Straat {number}")
    assert draw.commitment in text(counsellor.get(at(row, "loting/")))
    assert draw.seed not in text(counsellor.get(at(row, "loting/")))
    counsellor.post(at(row, "loting/trekken/"), {"witness": "appel"})
    draw.refresh_from_db()
    assert draw.drawn_at is None
    Round.objects.filter(pk=row.pk).update(closes_on=timezone.localdate() - dt.timedelta(days=2))
    counsellor.post(at(row, "loting/trekken/"), {"witness": "appel"})
    page = text(counsellor.get(at(row, "loting/")))
    assert page.count("Straat ") == 1
    assert draw.seed in page
    counsellor.post(at(row, "loting/wissen/"))
    page = text(counsellor.get(at(row, "loting/")))
    assert "Straat" not in page
    entry = AuditEntry.objects.get(verb="addresses destroyed")
    assert entry.detail == {"destroyed": 3, "marks": 3, "left": 0}


def test_the_pages_take_the_same_queries_for_one_class_and_for_many(
    counsellor, of, django_assert_max_num_queries
):
    row = rounding.make_round(of)
    for name in ("2C", "2D", "2E"):
        school_class = factories.make_class(of.school, name)
        of.classes[name] = school_class
        of.bonds |= {one.pk: factories.make_adult_for(one) for one in [factories.make_pupil(school_class)]}
    many = rounding.make_round(of)
    for one in (row, many):
        with django_assert_max_num_queries(26):
            counsellor.get(at(one))
    with django_assert_max_num_queries(10):
        counsellor.get("/desk/vragenlijsten/")


def test_the_second_time_asks_the_form_that_was_made_for_afterwards(of, counsellor):
    today = timezone.localdate()
    counsellor.post("/desk/vragenlijsten/nieuw/", fields(of, staff_form="ours:citydeal_teacher_pre_short"))
    row = Round.objects.get()
    counsellor.post(at(row, "openen/"))
    days = {"opens_on": today + dt.timedelta(days=30), "closes_on": today + dt.timedelta(days=40)}
    made = counsellor.post(at(row, "opnieuw/"), {name: day.isoformat() for name, day in days.items()})
    after = Round.objects.get(part="post")
    assert made.headers["Location"] == at(after)
    assert {one.voice: one.version.key for one in after.voices.all()} == {
        "pupil": "own-choosing",
        "staff": "citydeal_teacher_post_short",
    }
