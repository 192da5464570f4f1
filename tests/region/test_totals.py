"""Totals that stand in a file among their parts."""

import pytest
from tests.region import files

from driegesprek.region import indicator, read
from driegesprek.region.totals import level

FLOWS = "GEMEENTE;PROFIEL;SECTORKAMER;DOORSTROMERS\nDelft;PIE;Techniek;40\nDelft;PIE;Zorg;10\n"
STUDENTS = (
    "JAAR;WOONGEMEENTE;SECTORKAMER;LEERWEG;AANTAL STUDENTEN\n"
    "2022;Delft;Techniek;BOL;30\n2022;Delft;Techniek;BBL;10\n2022;Delft;Zorg;BOL;20\n2022;Delft;Zorg;BBL;20\n"
)
SWITCHES = "GEMEENTE;JAAR;VAN;NAAR;AANTAL\nDelft;2022;pie;pie;60\nDelft;2022;pie;zw;40\n"


@pytest.mark.parametrize(
    ("name", "text", "totals"),
    [
        ("flow", FLOWS, "Delft;PIE;Totaal;50\n"),
        ("flow", FLOWS, "Totaal;PIE;alle richtingen;50\nTotaal;Totaal;Totaal;50\n"),
        ("mbo", STUDENTS, "2022;Delft;Techniek;Totaal;40\n2022;Delft;Zorg;Totaal;40\n;Eindtotaal;;;80\n"),
        ("switching", SWITCHES, "Delft;2022;pie;Totaal;100\nDelft;2022;Totaal;zw;40\n"),
    ],
)
def test_a_total_is_not_added_to_its_parts(kept, name, text, totals):
    alone = indicator(kept({"a-2022.csv": text}), name, area="NL")
    beside = indicator(kept({"a-2022.csv": text + totals}), name, area="NL")
    assert beside.rows == alone.rows


def test_which_rows_were_totals_is_told(tmp_path):
    (tmp_path / "s-2022.csv").write_text(FLOWS + "Delft;PIE;Totaal;50\nDelft;PIE;ICT;0\n")
    (found,) = read(tmp_path / "s-2022.csv")
    assert found.notes == ("Rows without data were left out (titles, totals): 4.",)


def test_a_row_that_stands_twice_is_told_and_counted(tmp_path):
    (tmp_path / "s-2022.csv").write_text(FLOWS + "Delft;PIE;Zorg;10\n")
    (found,) = read(tmp_path / "s-2022.csv")
    assert sum(found.columns["low"]) == 60
    assert found.notes == ("1 rows are the same as an earlier row, cell by cell, and are counted too: 4.",)


def test_a_total_of_which_the_parts_are_not_there_stays(tmp_path):
    (tmp_path / "m.csv").write_text(STUDENTS + "2022;Leiden;Zorg;Totaal;12\n")
    (found,) = read(tmp_path / "m.csv")
    assert sum(found.columns["low"]) == 92


def test_a_line_of_totals_among_schools_is_no_school(tmp_path):
    text = files.pupils()
    cells = len(text.splitlines()[0].split(";"))
    (tmp_path / "p-2019.csv").write_text(text + "Totaal" + ";" * (cells - 1) + "353\n", encoding="cp1252")
    (found,) = read(tmp_path / "p-2019.csv")
    assert set(found.columns["location"]) == set(files.SCHOOLS)


def test_the_country_is_its_own_row_where_a_file_has_one_and_no_province_is_counted_twice(kept):
    own = "Nederland;PIE;Techniek;60\nNederland;PIE;Zorg;90\n"
    (row,) = indicator(kept({"s-2022.csv": FLOWS + own}), "flow", area="NL").rows
    assert (row.pupils, row.of) == (60, 150)
    (row,) = indicator(kept({"s-2022.csv": FLOWS + own}), "flow", area="delft").rows
    assert (row.pupils, row.of) == (40, 50)
    province = "Zuid-Holland;PIE;Techniek;60\nZuid-Holland;PIE;Zorg;90\n"
    (row,) = indicator(kept({"s-2022.csv": FLOWS + province}), "flow", area="NL").rows
    assert (row.pupils, row.of) == (40, 50)


def test_ages_that_a_file_does_not_have_apart_are_not_told_as_nobody(kept):
    text = "Regio's;Perioden;Leeftijd;Bevolking op 1 januari\nDelft;2022;Totaal;999\nDelft;2022;10 tot 20 jaar;99\n"
    assert [one.key for one in indicator(kept({"p.csv": text}), "demography", area="Delft").rows] == ["young"]


@pytest.mark.parametrize(
    "name", ["", "Totaal", "alle richtingen", "Eindtotaal", "Nederland", "NL01", "total"]
)
def test_a_total_is_known_by_its_name(name):
    assert level(name) == 2


@pytest.mark.parametrize(("name", "found"), [("Zuid-Holland", 1), ("MRDH", 1), ("Utrecht", 0), ("Halle", 0)])
def test_a_region_is_no_municipality(name, found):
    assert level(name) == found
