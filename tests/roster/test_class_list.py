"""A class list as a school's administration exports it becomes people."""

import io
import re
import time
import zipfile
from datetime import date

import pytest
from tests.roster.lists import ANNA, BO, HEADINGS, TODAY, read, with_cells

from driegesprek import roster, tables
from driegesprek.roster import ColumnMapping, RosterBond, RosterClass, RosterPupil


def refused(rows, headings=None, **kwargs):
    with pytest.raises(tables.FileRefused) as refusal:
        read(rows, headings, **kwargs)
    return refusal.value.problems


def codes(notes):
    return {note.code for note in notes}


def test_an_ordinary_list_becomes_pupils_classes_mentors_and_adults():
    people = read([ANNA, BO])
    assert people.pupils[0] == RosterPupil(
        "1001", "Anna", "Bakker", "de", date(2013, 4, 3), "2a", 2, "KB", mentor_external_id="jan"
    )
    assert people.classes[0] == RosterClass("2a", "2A", 2, "KB", ("jan",))
    fatma, ali = people.adults
    assert (fatma.external_id, fatma.name, fatma.mobile, fatma.email, fatma.language) == (
        "1001/verzorger-1", "Fatma Yılmaz", "+31612345678", "fatma@example.nl", "tr",
    )  # fmt: skip
    assert (ali.mobile, ali.phone, ali.language) == (None, "+31104123456", "nl")
    assert people.bonds[0] == RosterBond("1001", "1001/verzorger-1", "parent")
    assert [member.code for member in people.staff] == ["JAN", "PET"]
    assert not people.notes


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1254"])
def test_the_same_people_come_from_any_separator_and_encoding(separator, encoding):
    text = "\n".join(separator.join(row) for row in [HEADINGS, ANNA, BO])
    people = roster.read_path_or_bytes(text.encode(encoding), name="klas.csv", today=TODAY)
    assert people.pupils == read([ANNA, BO]).pupils
    assert people.adults == read([ANNA, BO]).adults


def test_a_workbook_with_a_title_numbers_and_dates_gives_the_same_people(tmp_path):
    typed = [1001, *ANNA[1:5], 2, *ANNA[6:8], date(2013, 4, 3), ANNA[9], 612345678, *ANNA[11:]]
    sheets = [
        tables.Sheet("Uitleg", ["Deze lijst"], [["is van de administratie"]]),
        tables.Sheet("Klas", ["Klassenlijst 2A", *[""] * 12], [[], HEADINGS, typed, [], ["Aantal: 1"]]),
    ]
    path = tmp_path / "klas.xlsx"
    path.write_bytes(tables.write_xlsx(sheets))
    people = roster.read_path_or_bytes(path, today=TODAY)
    assert people.pupils == read([ANNA]).pupils
    assert people.adults == read([ANNA]).adults


def test_the_order_of_columns_and_rows_does_not_matter():
    order = [7, 3, 0, 12, 1, 4, 2, 5, 6, 8, 11, 9, 10]
    rows = [[row[i] for i in order] for row in (BO, ANNA)]
    other = read(rows, [HEADINGS[i] for i in order])
    assert (other.pupils, other.adults, other.classes) == (
        read([ANNA, BO]).pupils, read([ANNA, BO]).adults, read([ANNA, BO]).classes,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Bakker, Anna de", ("Anna", "de", "Bakker")),
        ("Anna de Bakker", ("Anna", "de", "Bakker")),
        ("Berg, J.P. van den", ("J.P.", "van den", "Berg")),
        ("Vries, de, Jan", ("Jan", "de", "Vries")),
        ("de Vries, Jan", ("Jan", "de", "Vries")),
        ("Fatma Yılmaz", ("Fatma", "", "Yılmaz")),
        ("Mohammed El Idrissi", ("Mohammed", "", "El Idrissi")),
        ("Anna De Smet", ("Anna", "", "De Smet")),
    ],
)
def test_a_full_name_is_divided(name, parts):
    people = read([["1", name, "2A"]], ["Llnr", "Naam", "Klas"])
    pupil = people.pupils[0]
    assert (pupil.given_name, pupil.prefix, pupil.family_name) == parts
    assert pupil.name


def test_a_division_of_a_name_that_is_a_guess_is_noted():
    assert "guessed_name" in codes(read([["1", "Anna Maria Bakker", "2A"]], ["Llnr", "Naam", "Klas"]).notes)


def test_a_prefix_inside_the_family_name_is_recognised():
    people = read([["1", "Jan", "van der Berg", "2A"]], ["Llnr", "Roepnaam", "Achternaam", "Klas"])
    assert (people.pupils[0].prefix, people.pupils[0].family_name) == ("van der", "Berg")


def test_year_and_track_are_guessed_from_the_class_only_without_their_columns_and_said_to_be():
    headings = ["Llnr", "Roepnaam", "Achternaam", "Klas"]
    people = read([["1", "Anna", "Bakker", "2kb1"], ["2", "Bo", "Ünal", "brugklas"]], headings)
    assert [(each.year_group, each.track) for each in people.classes] == [(2, "KB"), (None, None)]
    assert {"guessed_year", "guessed_track"} <= codes(people.notes)
    assert not people.known["classes"] & {"year_group", "track"}
    told = read([["1", "Anna", "Bakker", "2kb1", "3", "vmbo-tl"]], [*headings, "Leerjaar", "Leerweg"])
    assert (told.classes[0].year_group, told.classes[0].track) == (3, "TL")


def test_a_mixed_class_gets_the_tracks_of_its_pupils():
    people = read([ANNA, with_cells(BO, klas="2 a", leerweg="basis/kader")])
    assert len(people.classes) == 1
    assert people.classes[0].track == "BB/KB"


def test_a_class_with_two_mentors_has_both():
    people = read([with_cells(ANNA, mentor="Jan Jansen / Vries, Petra de")])
    assert [member.name for member in people.staff] == ["Jan Jansen", "Petra de Vries"]
    assert len(people.classes[0].mentor_external_ids) == 2


def test_a_mentor_by_e_mail_is_known_by_it():
    people = read([[*ANNA[:7], "Jan Jansen", *ANNA[8:], "J.Jansen@school.nl"]], [*HEADINGS, "Mentor e-mail"])
    assert people.staff[0].external_id == "j.jansen@school.nl"
    assert (people.staff[0].name, people.staff[0].email) == ("Jan Jansen", "J.Jansen@school.nl")


TWO = ["Llnr", "Roepnaam", "Achternaam", "Klas", "Moeder", "Moeder adres", "Vader", "Vader adres"]


@pytest.mark.parametrize(
    ("mother", "father", "households"),
    [
        ("Weg 1", "weg 1 ", ("1", "1")),
        ("Weg 1", "Straat 2", ("1", "2")),
        ("", "Straat 2", (None, "1")),
        ("", "", (None, None)),
    ],
)
def test_different_addresses_are_two_households(mother, father, households):
    people = read([["1", "Anna", "Bakker", "2A", "M", mother, "V", father]], TWO)
    assert tuple(bond.household for bond in people.bonds) == households
    assert [bond.relation for bond in people.bonds] == ["mother", "father"]


def test_adults_who_share_everything_stay_apart_and_are_shown_as_likely_doubles():
    sister = with_cells(ANNA, stamnummer="1003", roepnaam="Eva")
    people = read([ANNA, sister])
    assert len(people.adults) == 2
    (pair,) = roster.likely_doubles(people.adults)
    assert (pair.a.external_id, pair.b.external_id) == ("1001/verzorger-1", "1003/verzorger-1")
    assert set(pair.why) == {"mobile", "email"}


def test_a_shared_number_alone_makes_no_likely_double():
    partner = with_cells(ANNA, stamnummer="1003", verzorger_1_naam="Mehmet Yılmaz")
    assert not roster.likely_doubles(read([ANNA, partner]).adults)


def test_three_records_of_one_adult_are_two_pairs_whatever_the_accents():
    rows = [with_cells(ANNA, stamnummer=str(i), verzorger_1_naam=n) for i, n in
            enumerate(["Fatma Yılmaz", "FATMA  YILMAZ", "fatma yılmaz"], 1)]  # fmt: skip
    assert len(roster.likely_doubles(read(rows).adults)) == 2


def test_authority_and_contact_hold_for_all_adults_unless_one_has_a_column():
    headings = [*HEADINGS, "Gezag", "Contact toegestaan verzorger 1", "Verzorger 2", "Thuistaal"]
    people = read([[*ANNA, "ja", "nee", "Bea", "Pools"]], headings)
    one, two = people.bonds
    assert (one.authority, one.contact_allowed) == (True, False)
    assert (two.authority, two.contact_allowed) == (True, None)
    assert [adult.language for adult in people.adults] == ["tr", "pl"]


def test_columns_that_are_not_used_are_named():
    people = read([[*ANNA, "12", "x"]], [*HEADINGS, "BSN", "Kluisje"])
    assert [note.column for note in people.notes if note.code == "ignored_column"] == ["BSN", "Kluisje"]


def test_an_unknown_language_is_noted_and_does_not_stop_the_import():
    people = read([with_cells(ANNA, verzorger_1_taal="Elfentaal")])
    (note,) = people.notes
    assert (note.code, note.row, note.column) == ("unknown_language", 2, "Verzorger 1 taal")
    assert people.adults[0].language is None


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"stamnummer": ""}, "missing_cell", "Stamnummer"),
        ({"roepnaam": " "}, "missing_cell", "Roepnaam"),
        ({"klas": ""}, "missing_cell", "Klas"),
        ({"geboortedatum": "31-02-2013"}, "bad_date", "Geboortedatum"),
        ({"geboortedatum": "geen idee"}, "bad_date", "Geboortedatum"),
        ({"geboortedatum": "01-01-2027"}, "future_birth", "Geboortedatum"),
        ({"geboortedatum": "01-01-1986"}, "implausible_birth", "Geboortedatum"),
        ({"leerjaar": "twee"}, "bad_year_group", "Leerjaar"),
        ({"verzorger_1_mobiel": "06-1234"}, "bad_phone", "Verzorger 1 mobiel"),
        ({"verzorger_1_e-mail": "fatma at example"}, "bad_email", "Verzorger 1 e-mail"),
        ({"achternaam": "=A1"}, None, None),
    ],
)
def test_dirty_cells_are_named_by_row_and_column_with_what_to_do(cells, code, column):
    if code is None:
        assert read([BO, with_cells(ANNA, **cells)]).pupils[0].family_name == "=A1"  # was defused as text
        return
    (problem,) = refused([BO, with_cells(ANNA, **cells)])
    assert (problem.code, problem.row, problem.column, problem.file) == (code, 3, column, "klas.csv")
    assert problem.remedy("nl")
    assert "{" not in problem.text("nl") + problem.text("en")


def test_everything_that_is_wrong_is_listed_at_once():
    rows = [
        with_cells(ANNA, geboortedatum="32-01-2013", verzorger_1_mobiel="1"),
        BO,
        with_cells(BO, klas="2A"),
    ]
    problems = refused(rows)
    assert [(each.code, each.row) for each in problems] == [
        ("bad_date", 2),
        ("bad_phone", 2),
        ("duplicate_id", 4),
    ]
    assert "rij 3" in problems[-1].message("nl")


def test_not_more_than_200_problems_are_listed():
    assert len(refused([with_cells(ANNA, stamnummer=str(i), geboortedatum="x") for i in range(300)])) == 200


def test_a_formula_and_a_short_row_are_refused():
    data = b"Stamnummer;Roepnaam;Achternaam;Klas\n1;Anna;=B2;2A\n2;Bo;\n"
    with pytest.raises(tables.FileRefused) as refusal:
        roster.read_path_or_bytes(data, name="klas.csv", today=TODAY)
    assert {(each.code, each.row) for each in refusal.value.problems} == {
        ("formula", 2),
        ("row_too_short", 3),
    }


def test_a_list_without_pupil_numbers_says_which_column_is_missing():
    problems = refused([["Anna", "Bakker", "2A"]], ["Roepnaam", "Achternaam", "Klas"])
    assert [each.code for each in problems] == ["missing_column"]
    assert "Leerlingnummer" in problems[0].text("nl")


PER_ADULT = [
    "Stamnummer",
    "Roepnaam",
    "Achternaam",
    "Klas",
    "Naam ouder",
    "Relatie",
    "Mobiel ouder",
    "Adres ouder",
]
ELS = ["1", "Noor", "Jansen", "2A", "Els Jansen", "moeder", "0612345678", "Dam 1"]
PIET = ["1", "Noor", "Jansen", "2A", "Piet Jansen", "vader", "0612345679", "Dam 2"]
OMA = ["1", "Noor", "Jansen", "2A", "Riet Jansen", "oma", "", "Dam 1"]
SEM = ["2", "Sem", "Vos", "2A", "Kim Vos", "moeder", "", ""]


def test_a_list_with_a_row_per_adult_has_each_pupil_once():
    people = read([ELS, SEM, PIET, OMA], PER_ADULT)
    assert [one.external_id for one in people.pupils] == ["1", "2"]
    found = {one.name: one for one in people.adults}
    bonds = {one.adult_external_id: one for one in people.bonds}
    assert [bonds[found[name].external_id].relation for name in ("Els Jansen", "Piet Jansen", "Riet Jansen")] == [
        "mother", "father", "grandparent",
    ]  # fmt: skip
    assert [bonds[found[name].external_id].household for name in ("Els Jansen", "Piet Jansen", "Riet Jansen")] == [
        "1", "2", "1",
    ]  # fmt: skip
    assert all(people.told("adults", one) for one in people.adults)


@pytest.mark.parametrize(
    "second",
    [
        ELS,
        [*ELS[:1], "Nora", *PIET[2:]],
        [*PIET[:4], "", "", "", ""],
    ],
)
def test_a_second_row_that_says_something_else_of_the_pupil_or_nothing_new_is_refused(second):
    assert [(one.code, one.row) for one in refused([ELS, second], PER_ADULT)] == [("duplicate_id", 3)]


def test_what_is_wrong_with_the_second_adult_is_told_of_that_row():
    problems = refused([ELS, [*PIET[:6], "12", ""]], PER_ADULT)
    assert [(one.code, one.row, one.column) for one in problems] == [("bad_phone", 3, "Mobiel ouder")]


def test_a_list_with_headings_only_has_no_pupils():
    assert refused([])[0].code == "no_pupils"


def test_a_person_can_say_which_column_is_which():
    headings = ["Kolom 1", "Kolom 2", "Kolom 3", "Kolom 4"]
    mapping = ColumnMapping.from_json(
        {
            "version": 1,
            "columns": {
                "Kolom 1": "class.name",
                "kolom 2": "pupil.id",
                "Kolom 3": "pupil.name",
                "Kolom 4": "",
            },
        }
    )
    people = read([["2A", "1", "Anna de Bakker", "x"]], headings, mapping=mapping)
    assert people.pupils[0].name == "Anna de Bakker"
    assert [note.column for note in people.notes if note.code == "ignored_column"] == ["Kolom 4"]


def test_1200_pupils_are_read_and_compared_in_time():
    rows = [with_cells(ANNA, stamnummer=str(i), verzorger_1_mobiel=f"06-{20000000 + i}") for i in range(1200)]
    data = tables.write_csv(HEADINGS, rows)
    roster.read_path_or_bytes(data, name="warm.csv", today=TODAY)
    started = time.process_time()
    people = roster.read_path_or_bytes(data, name="klas.csv", today=TODAY)
    assert roster.compare(people, people).is_empty
    assert time.process_time() - started < 1.5


def of_sheets(**sheets):
    return tables.write_xlsx(
        [tables.Sheet(title, headings, rows) for title, (headings, rows) in sheets.items()]
    )


def read_book(book, **how):
    return roster.read(roster.recognise(book, name="klas.xlsx"), today=TODAY, **how)


def test_a_workbook_with_a_sheet_for_each_class_is_read_whole():
    turned = [HEADINGS[::-1], [BO[::-1]]]
    people = read_book(of_sheets(Klas2A=(HEADINGS, [ANNA]), Klas2B=turned))
    assert [pupil.external_id for pupil in people.pupils] == ["1001", "1002"]


def test_one_sheet_can_be_chosen():
    people = read_book(of_sheets(Klas2A=(HEADINGS, [ANNA]), Klas2B=(HEADINGS, [BO])), sheet="Klas2B")
    assert [pupil.external_id for pupil in people.pupils] == ["1002"]


def test_a_pupil_on_two_sheets_is_named_with_both_places():
    with pytest.raises(tables.FileRefused) as refusal:
        read_book(of_sheets(Klas2A=(HEADINGS, [ANNA]), Klas2B=(HEADINGS, [ANNA])))
    (problem,) = refusal.value.problems
    assert (problem.sheet, problem.row, problem.params["first"]) == ("Klas2B", 2, "2 (Klas2A)")


def test_a_sheet_like_the_others_that_is_wrong_refuses_the_whole():
    third = (HEADINGS, [["1004", *BO[1:]]])
    book = of_sheets(Klas2A=(HEADINGS, [ANNA]), Klas2B=(HEADINGS, [BO]), Klas2C=third)
    assert len(read_book(book).pupils) == 3
    with pytest.raises(tables.FileRefused) as refusal:
        read_book(with_formula(book, "xl/worksheets/sheet3.xml"))
    assert [(each.code, each.sheet) for each in refusal.value.problems] == [("formula", "Klas2C")]


def with_formula(book, sheet):
    """The book with a formula in the first cell below the headings of a sheet."""
    source, target = zipfile.ZipFile(io.BytesIO(book)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == sheet:
                content = re.sub(
                    rb'<c r="A2"[^>]*>.*?</c>', b'<c r="A2"><f>1+1</f><v>2</v></c>', content, count=1
                )
            archive.writestr(name, content)
    return target.getvalue()


def test_a_second_list_with_other_headings_is_not_read_and_that_is_said():
    book = of_sheets(
        Klas2A=(HEADINGS, [ANNA]), Oud=(HEADINGS[:5], [BO[:5]]), Uitleg=(["Kolom", "Betekenis"], [["a", "b"]])
    )
    people = read_book(book)
    assert [(note.code, note.sheet) for note in people.notes if note.sheet != "Klas2A"] == [
        ("unread_sheet", "Oud")
    ]


@pytest.mark.parametrize("heading", ["klas", "stamnummer"])
def test_a_class_that_a_spreadsheet_made_a_date_is_named(heading):
    index = next(i for i, each in enumerate(HEADINGS) if each.casefold() == heading)
    book = of_sheets(Blad1=(HEADINGS, [[*ANNA[:index], date(2026, 1, 2), *ANNA[index + 1 :]]]))
    with pytest.raises(tables.FileRefused) as refusal:
        read_book(book)
    assert [(each.code, each.column.casefold()) for each in refusal.value.problems] == [
        ("became_date", heading)
    ]


def test_what_is_longer_than_can_be_kept_is_named():
    with pytest.raises(tables.FileRefused) as refusal:
        read([with_cells(ANNA, roepnaam="A" * 201, klas="2A " * 50, verzorger_1_naam="B" * 900)])
    assert [each.column for each in refusal.value.problems] == ["Klas", "Roepnaam", "Verzorger 1 naam"]
    assert {each.code for each in refusal.value.problems} == {"too_long"}
    assert len(read([with_cells(ANNA, roepnaam="A" * 200)]).pupils) == 1


def test_signs_that_nobody_sees_are_left_out():
    (pupil,) = read(
        [with_cells(ANNA, stamnummer="\u200b1001", roepnaam="An\xadna\u200e", klas="2A\ufeff")]
    ).pupils
    assert (pupil.external_id, pupil.given_name, pupil.class_external_id) == ("1001", "Anna", "2a")


def test_no_school_has_so_many_pupils(monkeypatch):
    monkeypatch.setattr("driegesprek.roster.class_list.MOST_PUPILS", 1)
    with pytest.raises(tables.FileRefused) as refusal:
        read([ANNA, BO])
    assert [each.code for each in refusal.value.problems] == ["too_many_pupils"]
