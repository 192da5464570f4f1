"""Regions of one's own: sets of municipalities from a file, for every indicator."""

import pytest
from tests.region import files

from driegesprek.region import UnknownAreaError, indicator, load, own_sets
from driegesprek.tables import FileRefused

OWN = "Regio;Gemeente\nEiland en stad;Brielle\nEiland en stad;Rotterdam\nVeen;Emmen\n"
FLOWS = "GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS\nRotterdam;PIE;Techniek;10\nEmmen;PIE;Zorg;60\n"


@pytest.fixture
def store(kept):
    texts = {"leerlingen-2019.csv": files.pupils(), "vo.csv": files.addresses(), "stromen-2019.csv": FLOWS}
    return kept(texts | {"regios.csv": OWN})


def test_a_region_of_ones_own_is_the_sum_of_its_municipalities(store):
    found = indicator(store, "choice", area="eiland en stad")
    towns = [indicator(store, "choice", area=one) for one in ("Voorne aan Zee", "Rotterdam")]
    assert found.area == "Eiland en stad"
    assert found.rows[0].of == sum(one.rows[0].of for one in towns)
    assert load(store).area("region:Veen").members == {"emmen"}


def test_flows_know_it_and_say_which_municipalities_they_lack(store):
    found = indicator(store, "flow", area="Eiland en stad")
    assert found.rows[0].of == 10
    assert any("1 of the 2 municipalities" in one for one in found.notes)


def test_without_schools_it_is_known_too(kept):
    store = kept({"stromen-2019.csv": FLOWS, "regios.csv": OWN})
    assert indicator(store, "flow", area="Veen").rows[0].of == 60
    with pytest.raises(UnknownAreaError):
        indicator(store, "flow", area="Zand")


def test_a_later_file_takes_the_place_of_an_earlier_one(store, kept):
    kept({"andere.csv": "GEBIED,GEMEENTENAAM\nNoord,Emmen\n"})
    assert own_sets(store) == {"noord": ("Noord", frozenset({"emmen"}))}


def test_a_row_without_a_municipality_is_refused_with_its_number(kept):
    with pytest.raises(FileRefused) as refusal:
        kept({"regios.csv": OWN + "Veen;\n"})
    assert refusal.value.problems[0].row == 5
