"""What is new, changed and gone; applying it gives what the file says, twice gives nothing."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.roster.lists import ANNA, BO, HEADINGS, exported, read, with_cells

from driegesprek import roster
from driegesprek.roster import KINDS, Roster
from driegesprek.roster.comparing import ordered

IDS = st.sampled_from("abcde")
TEXTS = st.sampled_from(["", "Anna", "Bo", "Ünal"])
BUILDERS = {
    "locations": st.builds(roster.RosterLocation, IDS, TEXTS),
    "staff": st.builds(roster.RosterStaff, IDS, TEXTS, st.none() | TEXTS),
    "classes": st.builds(roster.RosterClass, IDS, TEXTS, st.none() | st.integers(1, 6)),
    "pupils": st.builds(
        roster.RosterPupil, IDS, TEXTS, TEXTS, TEXTS, st.none() | st.just(date(2013, 1, 1)), st.none() | IDS
    ),
    "enrolments": st.builds(roster.RosterEnrolment, IDS, IDS, st.none() | st.just(date(2026, 8, 1))),
    "adults": st.builds(roster.RosterAdult, IDS, TEXTS, mobile=st.none() | st.just("+31612345678")),
    "bonds": st.builds(roster.RosterBond, IDS, IDS, st.sampled_from(["mother", "father"])),
}
ROSTERS = st.fixed_dictionaries(
    {kind: st.lists(each, max_size=5, unique_by=lambda item: item.key) for kind, each in BUILDERS.items()}
).map(lambda kinds: Roster("test", **{kind: tuple(items) for kind, items in kinds.items()}))


def people(given_roster):
    return {kind: ordered(given_roster.of_kind(kind)) for kind in KINDS}


@given(ROSTERS)
def test_comparing_with_itself_gives_nothing(one):
    assert roster.compare(one, one).is_empty


@given(ROSTERS, ROSTERS)
def test_applying_the_difference_gives_the_file_and_a_second_time_nothing(one, other):
    after = roster.apply(one, roster.compare(one, other))
    assert people(after) == people(other)
    assert roster.compare(after, other).is_empty


@given(ROSTERS, ROSTERS)
def test_the_order_of_rows_does_not_matter(one, other):
    turned = replace(other, **{kind: tuple(reversed(other.of_kind(kind))) for kind in KINDS})
    assert roster.compare(one, other) == roster.compare(one, turned)


@given(ROSTERS, ROSTERS, st.data())
def test_what_a_source_does_not_tell_is_never_changed(one, other, data):
    told = data.draw(st.frozensets(st.sampled_from(["given_name", "prefix", "birth_date"])))
    partial = replace(other, known={"pupils": told})
    difference = roster.compare(one, partial)
    assert all(part.is_empty for kind, part in difference if kind != "pupils")
    for change in difference.pupils.changed:
        assert {field.name for field in change.fields} <= told
        assert change.after.family_name == change.before.family_name


@given(ROSTERS, ROSTERS)
def test_everybody_is_in_exactly_one_part(one, other):
    for kind, part in roster.compare(one, other):
        keys = [
            *(item.key for item in part.new), *(change.key for change in part.changed),
            *(item.key for item in part.gone), *(item.key for item in part.unchanged),
        ]  # fmt: skip
        both = {item.key for item in (*one.of_kind(kind), *other.of_kind(kind))}
        assert sorted(keys) == sorted(both)


def test_a_changed_cell_is_told_field_by_field():
    difference = roster.compare(read([ANNA, BO]), read([with_cells(ANNA, klas="2B"), BO]))
    (change,) = difference.pupils.changed
    assert {(each.name, each.old, each.new) for each in change.fields} >= {("class_external_id", "2a", "2b")}
    assert difference.enrolments.counts == {"new": 1, "changed": 0, "gone": 1, "unchanged": 1}
    assert difference.adults.is_empty


def test_a_column_that_the_file_lacks_blanks_nothing():
    current = read([ANNA, BO])
    few = [0, 1, 2, 3, 4]
    incoming = read([[row[i] for i in few] for row in (ANNA, BO)], [HEADINGS[i] for i in few])
    difference = roster.compare(current, incoming)
    assert difference.is_empty
    assert roster.apply(current, difference) == replace(current)


def test_a_list_without_the_second_carer_does_not_take_that_carer_away():
    headings = [*HEADINGS, "Verzorger 2", "Verzorger 2 e-mail"]
    current = read([[*ANNA, "Bea", "bea@example.nl"]], headings)
    assert roster.compare(current, read([ANNA])).is_empty
    without = roster.compare(current, read([[*ANNA, "", ""]], headings))
    assert [adult.external_id for adult in without.adults.gone] == ["1001/verzorger-2"]
    assert len(without.bonds.gone) == 1


def test_a_list_of_one_class_says_nothing_of_another():
    current = read([ANNA, BO])
    difference = roster.compare(current, read([with_cells(ANNA, stamnummer="1009")]))
    assert [pupil.external_id for pupil in difference.pupils.gone] == ["1001"]
    assert [adult.external_id for adult in difference.adults.gone] == ["1001/verzorger-1"]
    assert difference.classes.is_empty
    whole = roster.compare(current, read([with_cells(ANNA, stamnummer="1009")], scope="school"))
    assert [pupil.external_id for pupil in whole.pupils.gone] == ["1001", "1002"]


def test_a_guess_fills_a_new_class_and_changes_no_known_one():
    headings = ["Stamnummer", "Roepnaam", "Achternaam", "Klas"]
    guessed = read([["1", "Anna", "Bakker", "3x"]], headings)
    corrected = replace(guessed, classes=(replace(guessed.classes[0], year_group=4),))
    assert guessed.classes[0].year_group == 3
    assert roster.compare(corrected, guessed).is_empty


def test_an_export_read_twice_changes_nothing():
    first = roster.read_path_or_bytes(exported(), today=date(2026, 11, 21))
    again = roster.read_path_or_bytes(exported(), today=date(2026, 11, 22))
    stored = roster.apply(Roster("oneroster"), roster.compare(Roster("oneroster"), first))
    assert roster.compare(stored, again).is_empty
