"""Comparable municipalities: by a rule that is written down, never by what is offered."""

import random

import pytest
from tests.region import files

from driegesprek.region import beside_comparable, comparable, indicator, load, regions
from driegesprek.region.comparable import together


def schools(sizes, seed=1):
    """A school per municipality: {name: pupils in year 3}; what it offers by chance."""
    chance = random.Random(seed)  # noqa: S311 - invented, not secret
    return {
        f"{number:02d}ZZ00": (name, name, "Drenthe", {chance.randrange(4): (size, 0)})
        for number, (name, size) in enumerate(sizes.items())
    }


SIZES = {"KLEIN": 20, "KLEINER": 18, "KLEINST": 16, "GROOT": 900, "GROTER": 1_000}


@pytest.fixture
def world(kept):
    return load(store_of(kept))


def store_of(kept, seed=1):
    found = schools(SIZES, seed)
    return kept({"leerlingen-2019.csv": files.pupils(found), "vo.csv": files.addresses(found)})


def names(found):
    return [one.name for one in found]


def test_the_most_alike_in_size_come_first(world):
    found = comparable(world, world.area("Klein"))
    assert names(found)[:2] == ["Kleiner", "Kleinst"]
    assert names(comparable(world, world.area("Groot"), most=1)) == ["Groter"]
    assert [one.distance for one in found] == sorted(one.distance for one in found)


def test_what_is_offered_plays_no_part(kept):
    one, other = (load(store_of(kept, seed)) for seed in (1, 2))
    assert names(comparable(one, one.area("Klein"))) == names(comparable(other, other.area("Klein")))


def test_only_a_municipality_has_comparable_ones(world):
    assert comparable(world, world.area("NL")) == ()


def test_an_indicator_of_them_together_stands_for_every_year(kept):
    store = store_of(kept)
    found, there = beside_comparable(store, "supply", area="Klein")
    assert [one.year for one in there] == [2019]
    assert there[0].rows[0].of == sum(one.pupils for one in found)
    assert together(found).members == {one.key for one in found}
    with pytest.raises(KeyError):
        beside_comparable(store, "demography", area="Klein")


def test_a_province_is_set_beside_provinces(kept):
    store = kept({"leerlingen-2019.csv": files.pupils(), "adressen.csv": files.addresses()})
    found, there = beside_comparable(store, "supply", area="Drenthe")
    assert [(one.name, one.level) for one in found] == [("Zuid-Holland", "province")]
    assert there[0].rows == indicator(store, "supply", area="Zuid-Holland").rows
    assert beside_comparable(store, "supply", area="MRDH") == ((), ())


def test_flow_of_comparable_municipalities_together(kept):
    flows = (
        "GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS\nRotterdam;PIE;Techniek;10\nRotterdam;PIE;Zorg;30\n"
        "Brielle;PIE;Techniek;5\nEmmen;PIE;Zorg;60\n"
    )
    texts = {
        "leerlingen-2019.csv": files.pupils(),
        "adressen.csv": files.addresses(),
        "stromen-2019.csv": flows,
    }
    found, (there,) = beside_comparable(kept(texts), "flow", area="Emmen")
    assert {one.key for one in found} == {"rotterdam", "voorne aan zee"}
    assert (there.rows[0].pupils, there.rows[0].of) == (15, 45)


MOVING = {
    "stromen-2019.csv": (
        "GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS\nRotterdam;PIE;Techniek;10\nRotterdam;PIE;Zorg;30\n"
        "Brielle;PIE;Techniek;5\nEmmen;PIE;Techniek;15\nEmmen;PIE;Zorg;45\nMeppel;PIE;Zorg;60\n"
    ),
    "reizen-2019.csv": (
        "WOONGEMEENTE;SECTORKAMER;AANTAL STUDENTEN;GEMIDDELDE FIETSAFSTAND\n"
        "Rotterdam;Techniek;10;2\nBrielle;Techniek;30;6\nEmmen;Techniek;10;9\nMeppel;Techniek;30;1\n"
    ),
}
PRIMARY = files.ADDRESSES.replace(";ONDERWIJSSTRUCTUUR", "")
MEPPEL = f"{PRIMARY}\nDrenthe;11XX;11XX00;De Hoek;7941 AB;MEPPEL;MEPPEL;Zuid\n"


@pytest.mark.parametrize("level", ["province", "corop", "rmc", "labour_market"])
def test_flow_and_travel_of_a_region_and_of_those_like_it_are_of_the_municipalities_in_it(kept, level):
    heading = {"rmc": "RMC-REGIO NAAM", "labour_market": "RPA-GEBIED NAAM"}.get(level, "COROPGEBIED NAAM")
    lines = (
        files.addresses().replace("COROPGEBIED NAAM", heading).replace("VBO;Groot-Rijnmond", "VBO;Rijnmond")
    )
    lines = lines.replace("EMMEN;EMMEN;VBO;Rijnmond", "EMMEN;EMMEN;VBO;Emmen")
    store = kept({"leerlingen-2019.csv": files.pupils(), "adressen.csv": lines} | MOVING)
    emmen, rijnmond = {"province": ("Drenthe", "Zuid-Holland")}.get(level, ("Emmen", "Rijnmond"))
    found, (there,) = beside_comparable(store, "flow", area=f"{level}:{emmen}")
    assert [(one.name, one.level) for one in found] == [(rijnmond, level)]
    assert (there.rows[0].pupils, there.rows[0].of) == (15, 45)
    _found, (there,) = beside_comparable(store, "travel", area=f"{level}:{emmen}")
    assert there.rows[0].more["distance_mean_km"] == (10 * 2 + 30 * 6) / 40
    here = indicator(store, "flow", area=f"{level}:{emmen}")
    assert (here.rows[0].pupils, here.rows[0].of) == (15, 60)
    assert any("without a school" in note for note in here.notes)


def test_a_province_named_as_its_city_is_not_the_city(kept):
    lines = files.addresses().replace("Zuid-Holland", "Rotterdam")
    store = kept({"leerlingen-2019.csv": files.pupils(), "adressen.csv": lines} | MOVING)
    assert indicator(store, "flow", area="Rotterdam").rows[0].of == 40
    assert indicator(store, "flow", area="province:Rotterdam").rows[0].of == 45


def test_addresses_of_primary_schools_tell_of_municipalities_without_vmbo(kept):
    texts = {"leerlingen-2019.csv": files.pupils(), "adressen.csv": files.addresses(), "bo.csv": MEPPEL}
    found = indicator(kept(texts | MOVING), "flow", area="Drenthe")
    assert (found.rows[0].of, found.notes) == (120, ())


def test_a_file_without_some_of_the_municipalities_says_so(kept):
    texts = {"leerlingen-2019.csv": files.pupils(), "adressen.csv": files.addresses()} | MOVING
    found = indicator(kept(texts), "flow", area="MRDH")
    assert any(f"has 2 of the {len(regions()['mrdh'][1])} municipalities" in note for note in found.notes)
