import pytest

from driegesprek.region import chances_by_direction, pathways

FLOWS = (
    "PROFIEL;SECTORKAMER;DOORSTROMERS\n"
    "Produceren, installeren en energie;Techniek en gebouwde omgeving;60\n"
    "Produceren, installeren en energie;ICT en creatieve industrie;20\n"
    "Produceren, installeren en energie;Zorg, welzijn en sport;20\n"
    "Groen;Voedsel, groen en gastvrijheid;<5\n"
    "Groen;Techniek en gebouwde omgeving;16\n"
)
CHANCES = (
    "programme,direction,route,level,indicator,value,unit,region,source,date\n"
    "Monteur,Techniek en gebouwde omgeving,BBL,2,pay per hour,15.5,euro,Nederland,CBS,2026-01-01\n"
    "Kok,Voedsel en gastvrijheid,BBL,2,pay per hour,14,euro,Nederland,CBS,2026-01-01\n"
    "Lasser,Techniek en gebouwde omgeving,BBL,2,pay per hour,16,euro,Nederland,,2026-01-01\n"
)


@pytest.fixture
def filled(kept):
    return kept({"doorstroom-2023.csv": FLOWS, "kansen.csv": CHANCES}, year=2023)


def test_of_a_profile_all_directions_add_up_to_a_hundred(filled):
    found = pathways(filled, "pie")
    assert {one.direction: one.share for one in found.towards} == {
        "Techniek en gebouwde omgeving": 60.0,
        "ICT en creatieve industrie": 20.0,
        "Zorg, welzijn en sport": 20.0,
    }
    assert found.year == 2023


def test_a_suppressed_number_is_told_as_bounds(filled):
    green = pathways(filled, "groen").towards[0]
    assert green.share is None
    assert (green.low, green.high) == (0.0, pytest.approx(20.0))


def test_chances_are_those_of_the_directions_and_only_with_source_and_date(filled):
    assert [one.programme for one in pathways(filled, "pie").chances] == ["Monteur"]


def test_where_nothing_was_imported_nothing_is_invented(kept):
    found = pathways(kept({}), "pie")
    assert (found.towards, found.chances, found.year) == ((), (), None)


def test_without_flows_chances_stand_by_direction_and_with_no_profile(kept):
    store = kept({"kansen.csv": CHANCES})
    found = chances_by_direction(store)
    assert {direction: [one.programme for one in many] for direction, many in found.items()} == {
        "Techniek en gebouwde omgeving": ["Monteur"],
        "Voedsel en gastvrijheid": ["Kok"],
    }
    assert pathways(store, "pie").chances == ()
