"""Text files: letters, separators, rows, quotation marks."""

from contextlib import suppress

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from driegesprek import tables

ROWS = "Stamnummer{0}Roepnaam{0}Klas\n1{0}{1}{0}2A\n2{0}Zoë{0}2B\n"


def read(data, **kwargs):
    (table,) = tables.read(data, name="klas.csv", **kwargs)
    return table


def refused(data):
    with pytest.raises(tables.FileRefused) as refusal:
        tables.read(data, name="klas.csv")
    return refusal.value.problems


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_separator_and_encoding_gives_the_same_table(separator, encoding):
    table = read(ROWS.format(separator, "Renée").encode(encoding))
    assert table.headings == ("Stamnummer", "Roepnaam", "Klas")
    assert [row.cells for row in table] == [("1", "Renée", "2A"), ("2", "Zoë", "2B")]
    assert [row.number for row in table] == [2, 3]


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["Noël Daniëls", "Anaïs Crèvecœur", "Muñoz", "Çelik", "Jürgen", "Åse", "Ğ"][:6], "cp1252"),
        (["Yıldız", "Şahin Doğan", "İpek Öztürk"], "cp1254"),
        (["René Daniëls", "Zoë Müller", "José Peña"], "mac_roman"),
        (["Zoë", "Súdwest-Fryslân"], "mac_roman"),
        (["Yıldız"], "cp1254"),
        (["Łukasz Kamiński", "Małgorzata Wąsik", "Żółkiewski"], "cp1250"),
        (["Paweł"], "cp1250"),
        (["Oleksandr Шевченко", "Yıldız", "فاطمة", "Łucja"], "utf-8"),
    ],
)
def test_names_of_dutch_turkish_and_polish_families_are_read_right(names, encoding):
    data = ("Nr;Naam\n" + "".join(f"{i};{name}\n" for i, name in enumerate(names))).encode(encoding)
    table = read(data)
    assert [row.cells[1] for row in table] == names
    assert table.encoding == encoding


def test_a_file_that_mixes_encodings_is_refused_rather_than_misread():
    (problem,) = refused("Nr;Naam\n1;Renée\n".encode() + "2;Zoë\n".encode("cp1252"))
    assert problem.code == "unknown_encoding"


def test_the_row_number_counts_blank_lines_and_a_quoted_line_break_is_one_row():
    table = read(b'Nr;Adres\n\n1;"Straat 1\nRotterdam"\n\n\n2;Weg 3\n')
    assert [row.number for row in table] == [3, 6]
    assert table.rows[0].cells[1] == "Straat 1\nRotterdam"


def test_a_comma_inside_names_does_not_make_it_the_separator():
    table = read(b"Naam;Klas\nBakker, Anna de;2A\nVries, Jan de;2A\n")
    assert table.headings == ("Naam", "Klas")
    assert table.rows[0].cells == ("Bakker, Anna de", "2A")


def test_decimal_commas_do_not_make_it_the_separator():
    table = read(b"Naam;Ne;En;Wi\nAnna;7,5;8,2;9,1\nJan;7,1;8,0;9,9\n")
    assert table.rows[0].cells == ("Anna", "7,5", "8,2", "9,1")


def test_excels_line_with_the_separator_is_honoured_and_counts_as_a_row():
    table = read(b"sep=|\nNr|Naam\n1|a;b;c\n")
    assert (table.headings, table.heading_row, table.rows[0].number) == (("Nr", "Naam"), 2, 3)


def test_titles_above_and_totals_below_are_set_apart():
    data = "Klassenlijst 2A;;\nAfgedrukt: 21-11-2026;;\n\nNr;Naam;Klas\n1;Anna;2A\n2;Jan;2A\n;;\nTotaal;2;\n"
    table = read(data.encode())
    assert table.headings == ("Nr", "Naam", "Klas")
    assert len(table.rows) == 2
    assert [row.number for row in table.left_out] == [1, 2, 8]


def test_a_short_and_a_long_row_are_both_named_by_row():
    short, long = refused(b"Nr;Naam;Klas\n1;Anna;2A\n2;Jan\n3;Bo;2A;x\n")
    assert (short.code, short.row) == ("row_too_short", 3)
    assert (long.code, long.row) == ("row_too_long", 4)
    assert short.text("nl").startswith("klas.csv, rij 3: De rij heeft 2 cellen; de koppen zijn er 3.")
    assert "row 4" in long.text("en")


def test_empty_cells_after_the_last_heading_are_no_problem():
    assert read(b"Nr;Naam;\n1;Anna;\n2;Jan\n").headings == ("Nr", "Naam")


def test_the_same_heading_twice_is_refused_whatever_its_case():
    (problem,) = refused(b"Nr;Naam;naam\n1;a;b\n")
    assert problem.code == "duplicate_heading"
    assert "B en C" in problem.message("nl")


def test_values_without_a_heading_are_refused_by_column():
    (problem,) = refused(b"Nr;;Klas\n1;Anna;2A\n")
    assert (problem.code, problem.column, problem.row) == ("missing_heading", "B", 2)


def test_a_formula_is_named_by_row_and_column_but_a_telephone_number_is_text():
    assert read(b"Nr;Mobiel;Saldo\n1;+31612345678;-5\n").rows[0].cells == ("1", "+31612345678", "-5")
    (problem,) = refused(b'Nr;Mobiel\n1;"=HYPERLINK(""http://x"")"\n')
    assert (problem.code, problem.row, problem.column) == ("formula", 2, "Mobiel")
    assert "waarden" in problem.remedy("nl")


def test_excels_way_of_keeping_a_leading_zero_is_text():
    assert read(b'Nr;Mobiel\n1;"=""0612345678"""\n').rows[0].cells == ("1", "0612345678")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"Nr;Naam\n1;\0\n", "not_text"),
        (b'Nr;Naam\n1;"Anna\n', "bad_quotes"),
        (b"Nr;Naam\n1;\x81\x90\n", "unknown_encoding"),
        (b"1;2\n3;4\n", "no_headings"),
        (b"%PDF-1.7 ...", "unknown_kind"),
        (b"<html><table><tr><td>Nr</td></tr></table>", "unknown_kind"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(data, code):
    (problem,) = refused(data)
    assert problem.code == code
    for language in ("nl", "en"):
        assert problem.remedy(language)
        assert "{" not in problem.text(language)


def test_many_problems_are_listed_up_to_a_number_a_person_can_use():
    problems = refused(b"a;b\n" + b"1;2\n" * 3 + b"1\n" * 1000 + b"1;2\n" * 2000)
    assert len(problems) == 200


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8), st.sampled_from([";", ",", "\t"]))
@example([["=1+1", "'=1+1", "''@x"], ["\tx", "\r", "-1+2"], ['a"b', "a;b,c\td", "\r\n"]], ";")
@example([["+31 612345678", "-5,0", "+"], ["==", "'", '="x"']][:1], ",")
def test_any_text_comes_back_through_csv(rows, separator):
    assume(all(any(cell.strip() for cell in row) for row in rows))
    data = tables.write_csv(["Kop a", "Kop b", "Kop c"], rows, separator=separator)
    table = read(data, heading_row=1)
    assert [row.cells for row in table] == [tuple(cell or None for cell in row) for row in rows]


@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@example(b"\xff\xfe\x00")
@example(b"sep=;")
def test_no_bytes_crash_the_reader(data):
    with suppress(tables.FileRefused):
        tables.read(data, name="x")
