"""Every municipality at once says what each says by itself."""

import random

import pytest

from driegesprek.region import NothingImportedError, Store, everywhere, indicator

TOWNS = ("Rotterdam", "Brielle", "Hellevoetsluis", "Emmen")
DIRECTIONS = ("Techniek", "ICT", "Zorg, welzijn en sport", "Handel")
PROFILES = ("PIE", "BWI", "ZW")


def lines(head, rows):
    return "\n".join([head, *(";".join(map(str, one)) for one in rows)]) + "\n"


@pytest.fixture
def store(kept):
    chance = random.Random(3)  # noqa: S311 - invented, not secret

    def number():
        return chance.choice(["<5", "", *range(40)])

    flows = [(t, p, d, number()) for t in TOWNS for p in PROFILES for d in DIRECTIONS]
    students = [(t, d, r, number()) for t in TOWNS for d in DIRECTIONS for r in ("BOL", "BBL")]
    travel = [(t, d, chance.randint(1, 9), chance.uniform(1, 9)) for t in TOWNS for d in DIRECTIONS]
    switches = [(t, 2022, a, b, number()) for t in TOWNS for a in PROFILES for b in PROFILES]
    people = [
        (age, origin, t, y, chance.randint(1, 40) if age == "11" else number())
        for t in ("Nederland", *TOWNS)
        for y in (2019, 2022)
        for origin in ("Totaal", "Nederland", "Buiten Europa")
        for age in ("Totaal", "10 tot 15 jaar", "11", "15 tot 20 jaar", "80 jaar of ouder")
    ]
    return kept(
        {
            "bevolking.csv": lines("Leeftijd;Herkomst;Regio's;Perioden;Bevolking op 1 januari", people),
            "stromen-2022.csv": lines("GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS", flows),
            "mbo-2022.csv": lines("WOONGEMEENTE;SECTORKAMER;LEERWEG;AANTAL STUDENTEN", students),
            "reizen-2022.csv": lines(
                "WOONGEMEENTE;SECTORKAMER;AANTAL STUDENTEN;GEMIDDELDE FIETSAFSTAND", travel
            ),
            "wissel.csv": lines("GEMEENTE;JAAR;VAN;NAAR;AANTAL", switches),
        }
    )


@pytest.mark.parametrize("name", ["flow", "mbo", "route", "travel", "switching", "demography"])
def test_each_is_what_it_is_when_asked_alone_and_merged_ones_are_one(store, name):
    found = everywhere(store, name)
    assert set(found) == {"rotterdam", "voorne aan zee", "emmen"}
    for place in ("Rotterdam", "Emmen"):
        assert found[place.lower()].rows == indicator(store, name, area=place).rows


def test_rows_of_the_country_and_of_provinces_are_no_municipality(kept):
    text = "GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS\nDelft;PIE;Techniek;4\nNederland;PIE;Zorg;9\nZuid-Holland;PIE;Zorg;9\n"
    found = everywhere(kept({"s-2022.csv": text}), "flow")
    assert (list(found), found["delft"].rows[0].pupils) == (["delft"], 4)
    with pytest.raises(KeyError):
        found["nederland"]


def test_what_was_not_imported_is_said(tmp_path):
    with pytest.raises(NothingImportedError, match="flows"):
        everywhere(Store(tmp_path), "flow")


def test_people_by_code_are_found_and_a_year_that_is_not_there_is_said(kept):
    boundary = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"statcode": "GM0599", "statnaam": '
        '"Rotterdam"}, "geometry": {"type": "Polygon", "coordinates": [[[4, 51], [5, 51], [5, 52], [4, 51]]]}}]}'
    )
    head = "Leeftijd;RegioS;Perioden;BevolkingOp1Januari_1"
    rows = [("10 tot 15 jaar", one, "2025JJ00", 7) for one in ("GM0599", "NL01")]
    store = kept({"odata.csv": lines(head, rows), "gemeenten_2025.geojson": boundary})
    assert list(everywhere(store, "demography")) == ["rotterdam"]
    assert everywhere(store, "demography")["rotterdam"].rows[0].more["persons"] == 7
    with pytest.raises(NothingImportedError, match="2019"):
        everywhere(store, "demography", year=2019)
