import datetime as dt

import pytest
from tests.web import factories

from driegesprek import roster
from driegesprek.web.common.audit import System
from driegesprek.web.common.models import AuditEntry
from driegesprek.web.people.domain import edits
from driegesprek.web.people.domain.importing import bring_in
from driegesprek.web.people.models import Pupil, SchoolClass

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def school():
    return factories.make_school()


@pytest.fixture
def pupil(school):
    return factories.make_pupil(factories.make_class(school))


@pytest.fixture
def system(school):
    return System(school.pk)


NETWORK = {
    "given_name": "Yusuf",
    "family_name": "Demir",
    "relation": "network",
    "language": "tr",
    "phone": "+31612345678",
    "household": "2",
}


def test_an_adult_is_added_with_the_channels_that_are_known(pupil, system):
    bond = edits.add_adult(pupil, NETWORK, actor=system, today=TODAY)
    assert (bond.relation, bond.household, bond.spoken_language) == ("network", "2", "tr")
    assert bond.channels == ["letter", "sms", "phone"]
    assert AuditEntry.objects.filter(verb="adult added", object_id=bond.pk).exists()


def test_a_language_for_letters_about_one_child_leaves_the_other_child_alone(pupil, school, system):
    bond = factories.make_adult_for(pupil, language="nl")
    sister = factories.make_pupil(factories.make_class(school, "2B"), "Noor")
    other = type(bond).objects.create(school=school, pupil=sister, adult=bond.adult)
    edits.change_tie(bond, {"language": "ar"}, actor=system)
    bond.refresh_from_db()
    other.refresh_from_db()
    assert (bond.spoken_language, other.spoken_language) == ("ar", "nl")


def test_an_unchanged_form_changes_and_logs_nothing(pupil, system):
    bond = factories.make_adult_for(pupil)
    same = {"given_name": bond.adult.given_name, "language": "nl", "relation": bond.relation}
    assert edits.change_tie(bond, same, actor=system).changed == ()
    assert not AuditEntry.objects.filter(verb="adult changed").exists()


def test_the_log_names_fields_and_never_values(pupil, system):
    bond = factories.make_adult_for(pupil)
    edits.change_tie(bond, {"phone": "+31687654321"}, actor=system)
    entry = AuditEntry.objects.get(verb="adult changed")
    assert entry.detail == {"fields": ["phone"]}


def test_a_pupil_moves_on_a_day_and_the_history_stays(pupil, school, system):
    to = factories.make_class(school, "2B")
    assert edits.move_pupil(pupil, to, on=TODAY, actor=system)
    first, second = pupil.enrolments.all()
    assert (first.school_class.name, first.until) == ("2A", TODAY)
    assert (second.school_class.name, second.since, second.until) == ("2B", TODAY, None)
    assert not edits.move_pupil(pupil, to, on=TODAY, actor=system)


def test_a_move_on_the_same_day_corrects_it(pupil, school, system):
    for name in ("2B", "2C"):
        edits.move_pupil(pupil, factories.make_class(school, name), on=TODAY, actor=system)
    assert [one.school_class.name for one in pupil.enrolments.all()] == ["2A", "2C"]


def test_a_move_before_the_present_class_is_refused(pupil, school, system):
    with pytest.raises(edits.TooEarlyError):
        edits.move_pupil(pupil, factories.make_class(school, "2B"), on=dt.date(2026, 7, 1), actor=system)
    assert pupil.enrolments.get().until is None


def test_who_left_comes_back_by_a_move(pupil, school, system):
    edits.pupil_left(pupil, on=TODAY, actor=system)
    assert Pupil.objects.get(pk=pupil.pk).left_on == TODAY
    assert pupil.enrolments.get().until == TODAY
    edits.move_pupil(pupil, factories.make_class(school, "2B"), on=TODAY, actor=system)
    assert Pupil.objects.get(pk=pupil.pk).left_on is None
    assert pupil.enrolments.filter(until=None).get().school_class.name == "2B"


def test_a_pupil_added_by_hand_with_a_number_is_known_to_the_next_list(school, system):
    made = factories.make_class(school)
    values = {"given_name": "Samira", "family_name": "Amrani"}
    pupil = edits.add_pupil(made, values, number="1001", since=TODAY, actor=system)
    text = "Stamnummer;Roepnaam;Achternaam;Klas\n1001;Samira;Amrani;2A"
    found = roster.read_path_or_bytes(text.encode(), name="a.csv", today=TODAY)
    bring_in(school, found, actor=system, today=TODAY)
    assert Pupil.objects.get() == pupil
    with pytest.raises(edits.TakenError):
        edits.add_pupil(made, values, number="1001", since=TODAY, actor=system)
    assert Pupil.objects.count() == 1


def test_a_class_name_is_there_once_a_year(school, system):
    made = factories.make_class(school)
    with pytest.raises(edits.TakenError):
        edits.save_class(made.year, {"name": "2a"}, actor=system)
    kept = edits.save_class(made.year, {"name": "2a", "track": "KB"}, actor=system, known=made)
    assert SchoolClass.objects.get() == kept
    assert kept.track == "KB"


def test_an_ended_tie_is_kept_and_not_contacted(pupil, system):
    bond = factories.make_adult_for(pupil)
    edits.end_tie(bond, actor=system, today=TODAY)
    bond.refresh_from_db()
    assert (bond.until, bond.contact_allowed) == (TODAY, False)
    edits.resume_tie(bond, actor=system)
    bond.refresh_from_db()
    assert (bond.until, bond.contact_allowed) == (None, True)
