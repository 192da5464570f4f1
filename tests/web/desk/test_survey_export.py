"""The counsellor takes the answers of a named round along; nobody else, and of no other round."""

import io
import zipfile

import pytest
from tests.web import factories
from tests.web.surveys import rounding
from tests.web.surveys.test_exporting import answer

from driegesprek.web.common.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return rounding.make_school()


@pytest.fixture
def counsellor(client, of):
    return factories.login(client, of.counsellor)


def at(row):
    return f"/desk/vragenlijsten/{row.pk}/antwoorden/"


def handed_in(of, row):
    answer({"school": of.school, "version": of.version}, row, "a", {"/informed": "yes"}, asked=["/informed"])


def test_the_counsellor_takes_a_named_round_along_and_it_is_noted(of, counsellor):
    row = rounding.make_round(of)
    assert at(row) in counsellor.get(f"/desk/vragenlijsten/{row.pk}/").content.decode()
    handed_in(of, row)
    assert counsellor.get(at(row)).status_code == 200
    assert not AuditEntry.objects.filter(verb="answers exported").exists()
    done = counsellor.post(at(row), {"kind": "csv"})
    assert done["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(done.content)) as packed:
        names = packed.namelist()
        rows = packed.read(names[0]).decode("utf-8-sig")
    assert [name.rpartition("-adult")[2] for name in names] == [".csv", ".codebook.json", ".codebook.html"]
    assert '"informed"' in rows
    assert AuditEntry.objects.get(verb="answers exported").object_id == row.pk


def test_nobody_handed_in_and_no_such_format_are_told(of, counsellor):
    row = rounding.make_round(of)
    assert counsellor.post(at(row), {"kind": "csv"}).status_code == 302
    assert counsellor.post(at(row), {"kind": "doc"}).status_code == 404


@pytest.mark.parametrize("design", ["pseudonymous", "anonymous"])
def test_of_a_round_without_names_no_rows_leave_by_the_desk(of, counsellor, design):
    row = rounding.make_round(of, design)
    handed_in(of, row)
    assert counsellor.get(at(row)).status_code == 404
    assert counsellor.post(at(row), {"kind": "csv"}).status_code == 404
    assert at(row) not in counsellor.get(f"/desk/vragenlijsten/{row.pk}/").content.decode()


def test_no_mentor_leader_or_other_school_takes_it(of, client):
    row = rounding.make_round(of)
    handed_in(of, row)
    other = rounding.make_school(name="Elders")
    for staff in (of.mentors["2A"], factories.make_staff(of.school, "leader"), other.counsellor):
        factories.login(client, staff)
        assert client.post(at(row), {"kind": "csv"}).status_code == 404
    assert not AuditEntry.objects.filter(verb="answers exported").exists()
