"""Layouts of DUO's other years, with invented numbers: headings as DUO published them, and what is none of them."""

import zipfile

import pytest
from tests.region import files

from driegesprek.region import Kind, indicator, read
from driegesprek.tables import FileRefused


@pytest.fixture
def taken(tmp_path):
    def take(text, name="bestand-2023.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        (found,) = read(path)
        return found

    return take


def rows(dataset, *names):
    return list(zip(*(dataset.columns[one] for one in names), strict=True))


def test_pupils_with_a_row_for_each_year_of_the_course(taken):
    found = taken(
        "SCHOOLJAAR;BRIN NUMMER;VESTIGINGSNUMMER;BRINVESTIGINGSNUMMER;INSTELLINGSNAAM VESTIGING;PLAATSNAAM VESTIGING;"
        "ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR;VMBO SECTOR;AFDELING;LEERJAAR;GESLACHT;AANTAL LEERLINGEN\n"
        "2022-2023;00AA;00;00AA00;De Brug;DELFT;VMBO BL lj 3-4;Techniek;Groen;3;Man;12\n"
        "2022-2023;00AA;00;00AA00;De Brug;DELFT;VMBO BL lj 3-4;Techniek;Groen;4;Vrouw;<5\n"
    )
    assert (found.kind, found.year) == (Kind.PUPILS, 2022)
    assert rows(found, "location", "grade", "sex", "track", "low", "high") == [
        ("00AA00", 3, "m", "B", 12, 12),
        ("00AA00", 4, "f", "B", 0, 4),
    ]


def test_pupils_with_codes_instead_of_numbers_of_schools(taken):
    found = taken(
        "INSTELLINGSCODE,VESTIGINGSCODE,INSTELLINGSNAAM VESTIGING,PLAATSNAAM VESTIGING,"
        "ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR,VMBO SECTOR,AFDELING,ELEMENTCODE,OPLEIDINGSNAAM,"
        "LEER- OF VERBLIJFSJAAR 3 - MAN,LEER- OF VERBLIJFSJAAR 3 - VROUW\n"
        "00AA,01,De Brug,DELFT,VMBO KL lj 3-4,N.v.t.,Groen,1,VMBO KB Groen,7,<5\n"
    )
    assert rows(found, "location", "track", "sex", "high") == [
        ("00AA01", "K", "m", 7),
        ("00AA01", "K", "f", 4),
    ]


def test_mbo_students_with_a_column_for_each_route(taken, kept):
    text = (
        "JAAR;INSTELLINGSCODE;INSTELLINGSNAAM;PROVINCIE INSTELLING;WOONGEMEENTE;SECTORKAMER;BBL;BOLDT;BOLVT;TOTAAL MBO\n"
        "2024;00BB;Techniekcollege;Zuid-Holland;Delft;Techniek;30;0;60;90\n"
        "2024;00BB;Techniekcollege;Zuid-Holland;Delft;Zorg;<5;10;100;114\n"
    )
    found = taken(text)
    assert (found.kind, found.year) == (Kind.MBO_STUDENTS, 2024)
    assert rows(found, "direction", "route", "low", "high") == [
        ("Techniek", "BBL", 30, 30),
        ("Zorg", "BBL", 0, 4),
        ("Zorg", "BOL", 10, 10),
        ("Techniek", "BOL", 60, 60),
        ("Zorg", "BOL", 100, 100),
    ]
    share = indicator(kept({"mbo.csv": text}), "route", area="Delft").rows[0]
    assert (share.share, share.pupils, share.of) == (pytest.approx(100 / 3), 30, 90)


def test_mbo_students_of_earlier_years_beside_each_other_count_once(taken):
    found = taken(
        "BRIN NUMMER;INSTELLINGSNAAM;PLAATSNAAM;SECTORKAMER;TYPE MBO;KWALIFICATIENIVEAU;MAN 2017;VROUW 2017;TOTAAL 2017;"
        "MAN 2018;VROUW 2018;TOTAAL 2018\n"
        "00BB;Techniekcollege;DELFT;Techniek;BOLVT;4;30;5;35;40;6;46\n",
        name="mbo.csv",
    )
    assert rows(found, "row_year", "route", "level", "low") == [
        (2017, "BOL", "4", 35),
        (2018, "BOL", "4", 46),
    ]
    assert found.year == 2018


def test_what_the_law_on_privacy_hides_as_four_is_nought_to_four(taken):
    found = taken(
        "JAAR;SECTORKAMER;LEERWEG;AANTAL STUDENTEN;INDICATIEAVG\n2023;Techniek;BBL;4;J\n2023;Techniek;BOL;4;N\n"
    )
    assert rows(found, "low", "high") == [(0, 4), (4, 4)]


def test_an_old_mac_writes_the_same(taken):
    head = "postcode;woonplaats;gemeente;latitude;longitude\n"
    found = taken(f"{head}8601;Snéék;Súdwest-Fryslân;53.0;5.6\n", encoding="mac_roman")
    assert rows(found, "place", "municipality") == [("Snéék", "Súdwest-Fryslân")]


def test_what_is_none_of_them_is_told_what_it_comes_nearest_to(taken):
    with pytest.raises(FileRefused) as refusal:
        taken("POSTCODE LEERLING;BRIN NUMMER;VESTIGINGSNUMMER;EXAMENJAAR;AFDELING\n3011;00AA;00;2023;Groen\n")
    (problem,) = refusal.value.problems
    assert "nearest to" in problem.text("en")
    assert "lijkt het meest op" in problem.text("nl")
    assert problem.params["missing"]


def zipped(tmp_path, inside, name="open-data.zip"):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, text in inside.items():
            archive.writestr(inner, text)
    return path


def test_a_zip_around_files_is_opened_and_what_lies_beside_them_is_told(tmp_path):
    inside = {"map/leerlingen-2019.csv": files.pupils(), "LEESMIJ.txt": "Over deze data; zie de site\nx;y\n"}
    (found,) = read(zipped(tmp_path, inside))
    assert (found.kind, found.year, found.rows_read) == (Kind.PUPILS, 2019, 9)
    assert any("LEESMIJ.txt" in one for one in found.notes)


@pytest.mark.parametrize(
    "inside",
    [{}, {"foto.png": "x"}, {"x.csv": "a;b\n1;2\n"}, {f"{n}.csv": "a;b\n1;2\n" for n in range(60)}],
    ids=["empty", "no data", "unknown", "too many"],
)
def test_a_zip_without_data_is_refused(tmp_path, inside):
    with pytest.raises(FileRefused):
        read(zipped(tmp_path, inside))


def test_a_bomb_in_a_zip_is_refused_unopened(tmp_path):
    with pytest.raises(FileRefused, match="safely"):
        read(zipped(tmp_path, {"leerlingen-2019.csv": "0" * 50_000_000}))


def test_a_matrix_that_pandas_wrote_is_read_whatever_percentile_it_names(tmp_path):
    path = tmp_path / "reistijden.csv"
    path.write_text(
        ",from_id,to_id,travel_time_p50\n0,3011,00AA01,12\n1,3011,00AA02,\n2,3012,00AA01,40.0\n",
        encoding="utf-8",
    )
    (found,) = read(path)
    assert found.kind is Kind.TRAVEL_MATRIX
    assert found.columns["minutes"] == [12.0, None, 40.0]


def test_a_first_column_without_heading_that_does_not_count_is_still_refused(tmp_path):
    path = tmp_path / "reistijden.csv"
    path.write_text(",from_id,to_id,travel_time\n7,3011,00AA01,12\n8,3011,00AA02,3\n", encoding="utf-8")
    with pytest.raises(FileRefused):
        read(path)
