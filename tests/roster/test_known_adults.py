from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.roster.lists import ANNA, read

from driegesprek.roster import Roster, RosterAdult, with_known_adults

PUPIL = "1001"


def adult(number, name, mobile=None, **more):
    return RosterAdult(f"{PUPIL}/verzorger-{number}", full_name=name, mobile=mobile, **more)


def ids(read_adults, *stored):
    """{name: the number of the place that this adult has from now on}."""
    found = with_known_adults(replace(read([ANNA]), adults=tuple(read_adults), bonds=()), stored)
    return {one.name: one.external_id.partition("verzorger-")[2] for one in found.adults}


ELS, PIET = adult(1, "Els Jansen", "+31611111111"), adult(2, "Piet Vos", "+31622222222")


def test_who_changed_columns_is_the_same_person():
    swapped = [replace(PIET, external_id=ELS.external_id), replace(ELS, external_id=PIET.external_id)]
    assert ids(swapped, ELS, PIET) == {"Els Jansen": "1", "Piet Vos": "2"}


def test_who_moves_up_when_another_leaves_is_the_same_person():
    assert ids([replace(PIET, external_id=ELS.external_id)], ELS, PIET) == {"Piet Vos": "2"}


def test_a_name_that_is_written_another_way_is_the_same_person():
    for name in ("E. Jansen", "Elisabeth Jansen-Smit", "ELS JANSEN", "Jansen"):
        assert ids([adult(1, name)], ELS) == {name: "1"}


def test_a_letter_without_its_mark_is_the_same_letter():
    stored = adult(1, "Fatma Yılmaz"), adult(2, "Łukasz Nowak")
    assert ids([adult(1, "Lukasz Nowak"), adult(2, "FATMA YILMAZ")], *stored) == {
        "Lukasz Nowak": "2",
        "FATMA YILMAZ": "1",
    }
    assert ids([adult(1, "Yilmaz")], *stored) == {"Yilmaz": "1"}


def test_another_name_with_the_same_number_is_the_same_person():
    assert ids([adult(1, "Mw. de Boer", "+31611111111")], ELS) == {"Mw. de Boer": "1"}


def test_somebody_else_in_the_same_place_is_somebody_new_each_time():
    assert ids([adult(1, "Karim Alaoui")], ELS) == {"Karim Alaoui": "1~2"}
    karim = replace(adult(1, "Karim Alaoui"), external_id=f"{PUPIL}/verzorger-1~2")
    assert ids([adult(1, "Karim Alaoui")], ELS, karim) == {"Karim Alaoui": "1~2"}
    assert ids([adult(1, "Zoë Li")], ELS, karim) == {"Zoë Li": "1~3"}


def test_a_newcomer_does_not_take_the_place_of_who_moved():
    assert ids([adult(1, "Karim Alaoui"), replace(ELS, external_id=PIET.external_id)], ELS) == {
        "Karim Alaoui": "1~2",
        "Els Jansen": "1",
    }


def test_of_whom_only_a_number_is_known_stays_in_its_place():
    assert ids([adult(1, "Verzorger 1", "+31699999999")], ELS) == {"Verzorger 1": "1"}


def test_bonds_go_along_and_what_the_list_tells_is_told_of_the_new_place_too():
    people = read([ANNA])
    found = with_known_adults(people, [adult(1, "Zeynep Kaya", "+31633333333")])
    (bond,) = found.bonds
    assert bond.adult_external_id == found.adults[0].external_id == "1001/verzorger-1~2"
    assert found.told("adults", found.adults[0]) == people.told("adults", people.adults[0])
    assert found.told("bonds", bond) == people.told("bonds", people.bonds[0]) is not None


def test_ids_of_another_source_are_its_own():
    people = Roster("oneroster", adults=(adult(1, "Karim Alaoui"),))
    assert with_known_adults(people, [ELS]) is people


_NAMES = st.sampled_from(
    ["Els Jansen", "E. Jansen", "Piet Vos", "Karim Alaoui", "Verzorger 1", "Jansen", "Li"]
)
_MOBILES = st.sampled_from([None, "+31611111111", "+31622222222"])


@st.composite
def _adults(draw):
    return [adult(number, draw(_NAMES), draw(_MOBILES)) for number in range(1, draw(st.integers(1, 4)) + 1)]


@given(_adults(), _adults(), _adults())
def test_no_two_adults_share_an_id_and_a_second_time_nothing_moves(first, second, third):
    everybody = {one.external_id: one for one in first}
    for adults in (second, third):
        known = list(everybody.values())
        once = with_known_adults(Roster("class_list", adults=tuple(adults)), known).adults
        assert len({one.external_id for one in once}) == len(adults)
        everybody |= {one.external_id: one for one in once}
        again = with_known_adults(Roster("class_list", adults=tuple(adults)), list(everybody.values())).adults
        assert {one.external_id for one in again} == {one.external_id for one in once}
