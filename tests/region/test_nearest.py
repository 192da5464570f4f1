import numpy as np
import pytest
from tests.region import files

from driegesprek.region import (
    UnknownPlaceError,
    find_place,
    gazetteer,
    load,
    nearest,
    nearest_with,
    supplied_minutes,
)
from driegesprek.region.nearest import distances

POSTCODES = (
    "postcode,latitude,longitude,woonplaats,gemeente\n"
    "3000,51.92,4.48,Rotterdam,Rotterdam\n"
    "3001,51.95,4.48,Rotterdam,Rotterdam\n"
    "3002,51.90,4.16,Brielle,Brielle\n"
    "3003,52.78,6.90,Emmen,Emmen\n"
)
PRIMARY = (
    "PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;POSTCODE;PLAATSNAAM;GEMEENTENAAM\n"
    "Zuid-Holland;10XX;10XX00;De Regenboog;3002 AB;BRIELLE;BRIELLE\n"
    "Drenthe;11XX;11XX00;De Regenboog;3003 AB;EMMEN;EMMEN\n"
)


@pytest.fixture
def placed(kept):
    return kept(
        {
            "leerlingen-2019.csv": files.pupils(),
            "adressen-vo.csv": files.addresses(),
            "postcodes.csv": POSTCODES,
            "basisscholen.csv": PRIMARY,
            "reistijden.csv": "from_id,to_id,travel_time\n3002,00AA00,41\n3002,00CC00,\n",
        }
    )


def test_the_distance_between_two_cities_is_known():
    # Amsterdam Centraal to Rotterdam Centraal: 57.6 km along the great circle (checked with geographiclib, 57.60).
    km = distances(52.3791, 4.9003, np.array([51.9249]), np.array([4.4690]))
    assert km[0] == pytest.approx(58.5, abs=0.6)


def test_the_nearest_come_first_with_what_is_offered_and_what_is_not(placed):
    found = nearest(load(placed), find_place(placed, "3002 XY"))
    assert [one.location for one in found][:1] == ["00BB00"], "postcode 3002 is that of the third school"
    assert found[0].km == 0
    assert set(found[0].offered) == {"pie", "zw"}
    assert "bwi" in found[0].absent
    assert (found[0].tracks, found[0].precise) == ("B", False)
    assert sorted(one.km for one in found) == [one.km for one in found]


def test_minutes_come_from_a_supplied_file_only(placed):
    place = find_place(placed, "3002")
    found = nearest(load(placed), place, minutes=supplied_minutes(placed, place.key))
    assert {one.location: one.minutes for one in found} == {
        "00AA00": 41,
        "00AA01": None,
        "00BB00": None,
        "00CC00": None,
    }


def test_a_primary_school_is_found_by_number_or_name(placed):
    assert find_place(placed, "11xx00").name == "De Regenboog"
    with pytest.raises(UnknownPlaceError, match="fits 2 primary schools"):
        find_place(placed, "regenboog")
    with pytest.raises(UnknownPlaceError, match="No postcode"):
        find_place(placed, "Nergens")


def test_for_every_profile_the_nearest_location_that_has_it_is_told(placed):
    found = nearest_with(load(placed), find_place(placed, "3001"))
    assert found["zw"].location == "00AA01"
    assert found["groen"].location == "00CC00"  # the only one
    assert "mvi" not in found  # nobody follows it
    assert list(found) == sorted(found, key=lambda one: found[one].km)


def test_schools_of_one_name_are_offered_to_choose_from(placed):
    with pytest.raises(UnknownPlaceError) as refused:
        find_place(placed, "regenboog")
    assert refused.value.candidates == (
        ("10XX00", "De Regenboog", "Brielle"),
        ("11XX00", "De Regenboog", "Emmen"),
    )


@pytest.mark.parametrize("text", ["", "a", "²²²²", "\0", "x" * 500])
def test_a_place_that_is_no_place_is_refused(placed, text):
    with pytest.raises(UnknownPlaceError):
        find_place(placed, text)


def test_the_primary_schools_of_a_municipality_are_those_of_today(placed):
    assert [one.key for one in gazetteer(placed).in_municipality("voorne aan zee")] == ["10XX00"]
