"""Demography and switching: from files in the documented layouts, else what the report prints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.region import NothingImportedError, Store, bottlenecks, indicator, said, trend
from driegesprek.region.people import ages
from driegesprek.tables import FileRefused

HEAD = "Leeftijd;Herkomst;Regio's;Perioden;Bevolking op 1 januari (aantal)"
AGES = ("Totaal", "10 tot 15 jaar", "15 tot 20 jaar")


def population(numbers, head=HEAD):
    """{(place, year, origin): (all, 10–15, 15–20)}."""
    lines = [head]
    for (place, year, origin), counts in numbers.items():
        lines += [f"{age};{origin};{place};{year};{count}" for age, count in zip(AGES, counts, strict=True)]
    return "\n".join(lines) + "\n"


FILE = population(
    {
        ("Nederland", 2025, "Totaal"): (17_000, 1_000, 900),
        ("Groningen (PV)", 2025, "Totaal"): (900, 90, 90),
        ("Rotterdam", 2022, "Totaal"): (1_000, 50, 50),
        ("Rotterdam", 2025, "Totaal"): (1_100, 60, 50),
        ("Rotterdam", 2025, "Herkomst buiten Europa"): (500, 30, 25),
        ("Rotterdam", 2025, "Nederland"): (600, 30, 25),
        ("Delft", 2025, "Totaal"): (500, "<5", 20),
    }
)


@pytest.fixture
def people(kept):
    return kept({"bevolking.csv": FILE})


def rows(found):
    return {one.key: one for one in found.rows}


def test_young_people_of_a_municipality(people):
    found = indicator(people, "demography", area="Rotterdam")
    row = rows(found)
    assert found.year == 2025
    assert row["young"].share == pytest.approx(10.0)
    assert row["young"].more == {"persons": 110, "growth_percent": pytest.approx(10.0)}
    assert row["age_10_15"].share == pytest.approx(100 * 60 / 110)
    assert row["outside_europe"].share == pytest.approx(50.0)
    assert (row["outside_europe"].pupils, row["outside_europe"].of) == (55, 110)


def test_the_country_is_its_own_row_and_a_province_is_no_municipality(people):
    assert rows(indicator(people, "demography", area="NL"))["young"].more["persons"] == 1_900
    assert any("1 rows" in one or "3 rows" in one for one in people.entries()[0].notes)


def test_a_suppressed_number_stays_a_bound(people):
    row = rows(indicator(people, "demography", area="Delft"))["young"]
    assert row.share is None
    assert (row.share_low, row.share_high) == (pytest.approx(4.0), pytest.approx(4.8))
    assert "persons" not in row.more


def test_years_of_one_file_are_a_trend_beside_the_report(people):
    found = trend(people, "demography", area="Rotterdam")
    assert [one.year for one in found] == [2022, 2025]
    assert bottlenecks(found, trend(people, "demography", area="NL"))


def test_without_a_file_the_report_is_told(tmp_path):
    store = Store(tmp_path)
    region = rows(indicator(store, "demography", area="MRDH"))
    assert region["young"].more == {"persons": 277_768, "growth_percent": 2.8}
    assert region["outside_europe"].share == 38
    assert rows(indicator(store, "demography", area="Den Haag"))["outside_europe"].share == 46
    assert rows(indicator(store, "switching", area="Rotterdam Zuid"))["school"].share_high == 10
    assert said(indicator(store, "demography", area="MRDH").source, "nl").endswith(
        ", hoofdstuk 2 (zoals gedrukt)"
    )
    with pytest.raises(NothingImportedError):
        indicator(store, "switching", area="NL")
    with pytest.raises(NothingImportedError, match="The report has it for Nederland, Zuid-Holland"):
        indicator(store, "flow", area="MRDH")


@pytest.mark.parametrize(
    "bad", ["tien;Totaal;Delft;2025;5", "10 tot 15 jaar;Totaal;Delft;ooit;5", "12;Totaal;Delft;2025;12x"]
)
def test_a_damaged_row_is_refused_with_its_number(kept, bad):
    with pytest.raises(FileRefused) as refusal:
        kept({"bevolking.csv": f"{FILE}{bad}\n"})
    assert refusal.value.problems[0].row == len(FILE.splitlines()) + 1


@given(low=st.integers(0, 99), more=st.integers(1, 30))
def test_ages_are_read_as_cbs_writes_them(low, more):
    assert ages(f"{low} tot {low + more} jaar") == (low, low + more)
    assert ages(f"{low} jaar") == ages(str(low)) == (low, low + 1)
    assert (
        ages(f"{low} t/m {low + more} jaar")
        == ages(f"{low} tot en met {low + more}")
        == (low, low + more + 1)
    )
    assert ages(f"{low} jaar of ouder") == (low, 999)
    assert ages("jong") is None


def _in_delft(kept, *ages):
    lines = "".join(f"{age};Totaal;Delft;2025;10\n" for age in ages)
    return rows(indicator(kept({"bevolking.csv": f"{HEAD}\n{lines}"}), "demography", area="Delft"))


def test_single_years_beside_their_group_count_nobody_twice_and_leave_nobody_out(kept):
    row = _in_delft(kept, "10 tot 15 jaar", "12 jaar", "13 jaar", "10 tot 12 jaar", "15 tot 20 jaar")
    assert row["young"].more["persons"] == 20


def test_an_age_that_is_not_in_the_file_is_a_gap_and_no_nought(kept):
    row = _in_delft(kept, "10 tot 15 jaar", "15 jaar", "17 tot 20 jaar")
    assert "young" not in row
    assert (row["age_10_15"].more["persons"], row["age_10_15"].share) == (10, None)
    assert "persons" not in row["age_15_20"].more


def test_all_ages_together_are_the_total_where_the_file_has_no_row_of_it(kept):
    row = _in_delft(kept, "0 tot 10 jaar", "10 tot 20 jaar", "20 jaar of ouder")
    assert row["young"].share == pytest.approx(100 / 3)


SWITCHES = (
    "GEMEENTE;JAAR;VAN PROFIEL;NAAR PROFIEL;AANTAL\n"
    "Rotterdam;2024;Zorg en welzijn;Zorg en welzijn;80\n"
    "Rotterdam;2024;Zorg en welzijn;PIE;5\n"
    "Rotterdam;2024;Zorg en welzijn;Groen;15\n"
    "Delft;2024;Groen;Groen;10\n"
)


def test_switching_is_the_share_that_goes_elsewhere_and_how_many_go_to_technology(kept):
    row = rows(indicator(kept({"wisselen.csv": SWITCHES}), "switching", area="Rotterdam"))
    care = next(one for one in row.values() if one.label == "Zorg en welzijn")
    assert (care.share, care.pupils, care.of) == (20.0, 20, 100)
    assert row["to_technology"].share == 25.0


SITE = (
    '"Bevolking op 1 januari; leeftijd, regio"\n'
    '"Geslacht";"Leeftijd";"Regio\'s";"Perioden";"Bevolking op 1 januari"\n'
    '"";"";"";"";"aantal"\n'
    '"Totaal mannen en vrouwen";"10 tot 15 jaar";"Rotterdam";"2025";"60"\n'
    '"Mannen";"10 tot 15 jaar";"Rotterdam";"2025";"31"\n'
    '"Totaal mannen en vrouwen";"15 tot 20 jaar";"Rotterdam";"2025";"50"\n'
    '"Totaal mannen en vrouwen";"Totaal";"Rotterdam";"2025";"1100"\n'
    '"Bron: CBS"\n'
)


def test_the_file_of_the_site_with_its_title_units_and_source_is_read_and_nobody_counts_twice(kept):
    row = rows(indicator(kept({"bevolking.csv": SITE}), "demography", area="Rotterdam"))["young"]
    assert row.more["persons"] == 110
    assert row.share == pytest.approx(10.0)


def test_units_alone_above_the_number_are_enough(kept):
    text = '"";"";"";"Bevolking op 1 januari"\n"Leeftijd";"Regio\'s";"Perioden";"aantal"\n' + "".join(
        f'"{age}";"Rotterdam";"2025";"{count}"\n'
        for age, count in (("10 tot 15 jaar", 60), ("15 tot 20 jaar", 50))
    )
    found = indicator(kept({"bevolking.csv": text}), "demography", area="Rotterdam")
    assert rows(found)["young"].more["persons"] == 110


def test_numbers_in_thousands_are_refused(kept):
    with pytest.raises(FileRefused, match="x 1 000"):
        kept({"bevolking.csv": SITE.replace('"aantal"', '"x 1 000"')})


BOUNDARY = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"statcode": "GM0599", '
    '"statnaam": "Rotterdam"}, "geometry": {"type": "Polygon", "coordinates": [[[4, 51], [5, 51], [5, 52], [4, 51]]]}}]}'
)
ODATA = (
    '"ID";"Geslacht";"Leeftijd";"RegioS";"Perioden";"BevolkingOp1Januari_1"\n'
    '"1";"T001038";"10 tot 15 jaar";"GM0599";"2025JJ00";"     60"\n'
    '"2";"3000   ";"10 tot 15 jaar";"GM0599";"2025JJ00";"     31"\n'
    '"3";"T001038";"15 tot 20 jaar";"GM0599";"2025JJ00";"     50"\n'
    '"4";"T001038";"10 tot 15 jaar";"PV28  ";"2025JJ00";"    999"\n'
)


def test_codes_of_municipalities_are_known_from_the_boundaries(kept):
    store = kept({"odata.csv": ODATA, "gemeenten_2025.geojson": BOUNDARY})
    found = indicator(store, "demography", area="Rotterdam")
    assert (found.year, rows(found)["young"].more["persons"]) == (2025, 110)


def test_a_code_of_an_age_is_refused_and_not_guessed(kept):
    with pytest.raises(FileRefused, match="70300"):
        kept({"odata.csv": ODATA.replace("10 tot 15 jaar", "70300")})
