"""Forms become questionnaires, or are refused with sheet, row, column and remedy."""

import io
import time
import zipfile

import openpyxl
import pytest

from driegesprek.instruments import FormRefused, Group, Kind, Questionnaire, read, read_tables

SURVEY = "| type | name | label |\n| text | a | A |\n"


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_the_same_form_from_workbook_text_and_tables_has_one_hash(tmp_path):
    rows = [["type", "name", "label"], ["integer", "age", "Age"], ["select_one yn", "ok", "OK?"]]
    choices = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
    settings = [["form_title"], ["Ages"]]
    xlsx = read(workbook(survey=rows, choices=choices, settings=settings), name="x")
    lines = [[sheet, "", ""] for sheet in ()]
    for sheet, table in (("survey", rows), ("choices", choices), ("settings", settings)):
        lines += [[sheet], *(["", *row] for row in table)]
    comma = "\n".join(",".join(line) for line in lines)
    markdown = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    tables = {"survey": rows, "choices": choices, "settings": settings}
    path = tmp_path / "form.csv"
    path.write_text(comma, encoding="utf-8-sig")
    found = [
        xlsx,
        read(path, name="x"),
        read(comma.replace(",", ";").encode(), name="x"),
        read(markdown.encode(), name="other name"),
        read_tables(
            {
                name: [dict(zip(table[0], row, strict=True)) for row in table[1:]]
                for name, table in tables.items()
            },
            name="x",
        ),
    ]
    assert len({one.content_hash for one in found}) == 1
    assert len(set(found)) == 1
    assert xlsx.title == "Ages"
    assert [one.kind for one in xlsx.questions.values()] == [Kind.INTEGER, Kind.SELECT_ONE]


def test_groups_nest_and_paths_follow(form):
    found = form("""
    | type        | name  | label | relevant     | appearance |
    | text        | first | First |              |            |
    | begin group | outer | Outer | ${first}='x' | field-list |
    | begin_group | inner |       |              |            |
    | text        | q     | Q     |              |            |
    | end_group   |       |       |              |            |
    | end group   |       |       |              |            |
    """)
    outer = found.items[1]
    assert isinstance(outer, Group)
    assert (outer.path, outer.appearance, outer.relevant) == ("/outer", "field-list", "${first}='x'")
    assert list(found.questions) == ["/first", "/outer/inner/q"]
    assert list(found.groups) == ["/outer", "/outer/inner"]


def test_languages_are_known_by_their_codes(form):
    found = form(
        "| type | name | label::Nederlands (nl) | label::Türkçe | label::Arabic | hint::Elvish |\n"
        "| text | a | Hoi | Selam | مرحبا | nuqneH |",
        settings="| default_language |\n| Nederlands (nl) |",
    )
    assert found.languages == ("nl", "tr", "ar", "Elvish")
    assert found.language_names["nl"] == "Nederlands (nl)"
    assert found.default_language == "nl"
    assert [found.direction(one) for one in found.languages] == ["ltr", "ltr", "rtl", "ltr"]
    assert found.questions["/a"].label == {"nl": "Hoi", "tr": "Selam", "ar": "مرحبا"}


def test_a_plain_label_is_in_the_default_language(form):
    plain = form(SURVEY)
    assert (plain.languages, plain.default_language) == (("default",), "default")
    mixed = form(
        "| type | name | label | label::en |\n| text | a | Hoi | Hi |",
        settings="| default_language |\n| nl |",
    )
    assert mixed.languages == ("nl", "en")
    assert mixed.questions["/a"].label == {"nl": "Hoi", "en": "Hi"}


def test_every_column_reaches_the_question(form):
    found = form(
        """
        | type | name | label | hint | guidance_hint | media::image::nl | required | required_message | relevance |
        | text | a    | A     | H    | G             | a.png            | yes      | Fill in          | 1 = 1     |
        """
    )
    question = found.questions["/a"]
    assert question.media == {"nl": "a.png"}
    assert (question.required, question.relevant) == ("true()", "1 = 1")
    assert question.guidance == {"default": "G"}
    assert question.required_message == {"default": "Fill in"}


def test_every_other_column_too(form):
    found = form(
        """
        | type | name | label | constraint | constraint_message | default | appearance | read_only | parameters | voice::ar |
        | text | a    | A     | . != 'x'   | Not x              | d       | multiline  | no        | rows=5     | a.ogg     |
        """
    )
    question = found.questions["/a"]
    assert question.read_only == ""
    assert question.constraint_message == {"default": "Not x"}
    assert (question.default, question.appearance) == ("d", "multiline")
    assert question.parameters == {"rows": "5"}
    assert question.extra == {"voice::ar": "a.ogg"}
    assert [note.column for note in found.notes] == ["voice::ar"]


def test_old_spellings_are_understood(form):
    found = form(
        "| type | name | caption | bind:relevant | bind:jr:constraintMsg |\n"
        "| add text prompt | a | A | 1 = 1 | M |\n| select all that apply from l | b | B | | |\n"
        "| add select one prompt using l | c | C | | |\n| percentage | d | D | | |",
        "| list name | value | label |\n| l | x | X |",
    )
    questions = found.questions
    assert questions["/a"].relevant == "1 = 1"
    assert questions["/a"].constraint_message == {"default": "M"}
    assert questions["/b"].kind is Kind.SELECT_MULTIPLE
    assert questions["/c"].kind is Kind.SELECT_ONE
    assert (questions["/d"].kind, questions["/d"].constraint) == (Kind.INTEGER, "0 <= . and . <= 100")


def test_misspelt_columns_are_noted_with_a_suggestion(form):
    found = form("| type | name | label | requird | relevent |\n| text | a | A | yes | 1 = 2 |")
    told = {note.column: note.details["near"] for note in found.notes}
    assert told == {"requird": "required", "relevent": "relevant"}
    assert "required" in found.notes[0].text("en")
    assert "Bedoelt u" in found.notes[0].text("nl")


def test_json_gives_the_same_back(form):
    found = form(
        "| type | name | label::nl | note_to_self |\n| begin_group | g | G | |\n"
        "| select_one l | a | A | x |\n| end_group | | | |",
        "| list_name | name | label::nl | country |\n| l | x | X | nl |",
    )
    again = Questionnaire.from_json(found.to_json())
    assert again == found
    assert again.to_json() == found.to_json()
    assert again.items == found.items
    assert again.notes == found.notes
    assert again.questions["/g/a"].choices is again.choice_lists["l"]


def test_changed_json_is_found_out(form):
    text = form(SURVEY).to_json()
    with pytest.raises(ValueError, match="was changed"):
        Questionnaire.from_json(text.replace('"A"', '"B"'))
    with pytest.raises(ValueError, match="not a stored"):
        Questionnaire.from_json("[]")


REFUSED = [
    ("| type | name | label |\n| geopoint | q | Q |", "type_place", 3, "type"),
    ("| type | name | label |\n| audio | q | Q |", "type_capture", 3, "type"),
    ("| type | name | label |\n| barcode | q | Q |", "type_capture", 3, "type"),
    ("| type | name |\n| deviceid | q |", "type_device", 3, "type"),
    ("| type | name |\n| text audit | q |", "type_device", 3, "type"),
    ("| type | name | label |\n| rank l | q | Q |", "list_unknown", 3, "type"),
    ("| type | name | label |\n| select_one_external l | q | Q |", "list_unknown", 3, "type"),
    ("| type | name | label |\n| select_one_from_file f.csv | q | Q |", "attachment_missing", 3, "type"),
    ("| type | name | label |\n| select_one_from_file f.doc | q | Q |", "attachment_ending", 3, "type"),
    ("| type | name | label |\n| rank l or_other | q | Q |", "type_rank_other", 3, "type"),
    (
        "| type | name | label |\n| begin_repeat | r | R |\n| text | q | Q |\n| end_group | | |",
        "repeat_not_ended",
        5,
        "type",
    ),
    (
        "| type | name | label |\n| begin_group | r | R |\n| text | q | Q |\n| end_repeat | | |",
        "group_ended_as_repeat",
        5,
        "type",
    ),
    (
        "| type | name | label | repeat_count |\n| text | q | Q | 3 |",
        "count_without_repeat",
        3,
        "repeat_count",
    ),
    ("| type | name | label | parameters |\n| range | q | Q | start=a |", "range_bad", 3, "parameters"),
    ("| type | name | label | parameters |\n| range | q | Q | step=0 |", "range_bad", 3, "parameters"),
    ("| type | name | label | parameters |\n| range | q | Q | end=1e999 |", "range_bad", 3, "parameters"),
    (
        "| type | name | label | parameters |\n| integer | q | Q | start=1 |",
        "parameter_unknown",
        3,
        "parameters",
    ),
    (
        "| type | name | label | calculation |\n| text | q | Q | pulldata('f', 'a', 'b', 'c') |",
        "attachment_missing",
        3,
        "calculation",
    ),
    (
        "| type | name | label | calculation |\n| text | q | Q | indexed-repeat(${q}, ${q}, 1) |",
        "indexed_repeat_form",
        3,
        "calculation",
    ),
    ("| type | name | label |\n| select_one ${q}${r} | q | Q |", "list_from_repeat", 3, "type"),
    ("| type | name | label |\n| select_one ${r} | q | Q |", "reference_unknown", 3, "choice_filter"),
    ("| type | name | label |\n| osm | q | Q |", "type_osm", 3, "type"),
    ("| type | name | label |\n| select_one l or_other | q | Q |", "list_unknown", 3, "type"),
    ("| type | name | label |\n| select_one | q | Q |", "type_no_list", 3, "type"),
    ("| type | name | label |\n| select_one nolist | q | Q |", "list_unknown", 3, "type"),
    ("| type | name | label |\n| intger | q | Q |", "type_misspelt", 3, "type"),
    ("| type | name | label |\n| xyzzy | q | Q |", "type_unknown", 3, "type"),
    ("| type | name | label |\n| text | a | A |\n| | q | Q |", "type_missing", 4, "type"),
    ("| type | name | label |\n| text | | Q |", "name_missing", 3, "name"),
    ("| type | name | label |\n| text | my q | Q |", "name_bad", 3, "name"),
    ("| type | name | label |\n| text | q | Q |\n| text | q | Q |", "name_twice", 4, "name"),
    ("| type | name | label |\n| text | q | |", "label_missing", 3, "label"),
    ("| type | name |\n| calculate | q |", "calculation_missing", 3, "calculation"),
    ("| type | name | label |\n| begin_group | g | G |\n| text | q | Q |", "group_not_ended", 3, "type"),
    ("| type | name | label |\n| text | q | Q |\n| end_group | | |", "group_not_begun", 4, "type"),
    ("| type | name | label | default |\n| integer | q | Q | many |", "default_bad", 3, "default"),
    ("| type | name | label | parameters |\n| text | q | Q | seed=1 |", "parameter_unknown", 3, "parameters"),
    (
        "| type | name | label | choice_filter |\n| text | q | Q | 1=1 |",
        "filter_without_choices",
        3,
        "choice_filter",
    ),
    ("| type | name | label | trigger |\n| text | q | Q | ${r} |", "reference_unknown", 3, "trigger"),
    ("| type | name | label | trigger |\n| text | q | Q | once |", "trigger_form", 3, "trigger"),
    ("| type | name | label | save_to |\n| text | q | Q | p |", "column_save_to", 3, "save_to"),
    ("| type | name | label | bind::foo |\n| text | q | Q | x |", "column_bind", 3, "bind::foo"),
    (
        "| type | name | label | relevance | relevant |\n| text | q | Q | 1 | 1 |",
        "heading_twice",
        1,
        "relevant",
    ),
    (
        "| type | name | label | relevant |\n| text | q | Q | ${nobody}=1 |",
        "reference_unknown",
        3,
        "relevant",
    ),
    (
        "| type | name | label | relevant |\n| text | quest | Q | ${qest}=1 |",
        "reference_misspelt",
        3,
        "relevant",
    ),
    ("| type | name | label |\n| text | q | Hi ${nobdy} |", "reference_unknown", 3, "label"),
    (
        "| type | name | label | default |\n| text | q | Q | ${last-saved#q} |",
        "reference_last_saved",
        3,
        "default",
    ),
    ("| type | name | label | relevant |\n| text | q | Q | ${q}=1 |", "cycle_self", 3, "relevant"),
    ("| type | name | label |\n| begin_group | g | G |\n| end_group | | |", "no_questions", None, None),
    ("| typ | name |\n| text | q |", "no_type_column", 1, None),
]


@pytest.mark.parametrize(("survey", "code", "row", "column"), REFUSED, ids=[one[1] for one in REFUSED])
def test_what_cannot_be_used_is_refused_with_its_place(problems, survey, code, row, column):
    found = problems(survey)
    assert code in {one.code for one in found}
    problem = next(one for one in found if one.code == code)
    assert (problem.sheet, problem.row, problem.column) == ("survey", row, column)
    for text in (problem.message, problem.remedy, problem.text("nl"), problem.text("en")):
        assert text
        assert "{" not in text.replace("${", "")


def test_a_circle_is_told_with_the_names_along_it(problems):
    (problem,) = problems("""
    | type      | name | label | relevant   | calculation |
    | text      | a    | A     | ${c} = '1' |             |
    | calculate | b    |       |            | ${a}        |
    | calculate | c    |       |            | ${b}        |
    """)
    assert problem.code == "cycle"
    assert set(problem.details["names"].split(" → ")) == {"a", "b", "c"}


def test_a_group_that_waits_for_its_own_question_is_a_circle(problems):
    (problem,) = problems(
        "| type | name | label | relevant |\n| begin_group | g | G | ${q} = 1 |\n| integer | q | Q | |\n| end_group | | | |"
    )
    assert problem.code == "cycle"


def test_all_problems_are_told_at_once_in_order(problems):
    found = problems("| type | name | label |\n| geopoint | a | A |\n| text | b | |\n| image | c | C |")
    assert [(one.row, one.code) for one in found] == [
        (3, "type_place"),
        (4, "label_missing"),
        (5, "type_capture"),
    ]


def test_what_refers_to_a_refused_question_is_not_refused_as_well(problems):
    found = problems(
        "| type | name | label | relevant |\n| geopoint | a | A | |\n| text | b | B | ${a} != '' |"
    )
    assert [one.code for one in found] == ["type_place"]


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ("| list_name | name | label |\n| l | x | X |\n| l | x | Y |", "choice_twice"),
        ("| list_name | name | label |\n| l | | X |", "choice_name_missing"),
        ("| list_name | name | label |\n| l | x y | X |", "choice_spaced"),
        ("| list_name | name | label |\n| ll | x | X |", "list_misspelt"),
        ("| list_name | name | label |\n| l | x | Hi ${nobody} |", "reference_unknown"),
    ],
)
def test_choices_are_checked(problems, choices, code):
    found = problems("| type | name | label |\n| select_multiple l | q | Q |", choices)
    assert code in {one.code for one in found}


def test_doubled_choices_can_be_allowed(form):
    found = form(
        "| type | name | label | choice_filter |\n| text | c | C | |\n| select_one l | q | Q | country = ${c} |",
        "| list_name | name | label | country |\n| l | other | Other | nl |\n| l | other | Other | be |",
        "| allow_choice_duplicates |\n| yes |",
    )
    assert len(found.choice_lists["l"]) == 2


def test_a_choice_filter_names_columns_that_exist(problems):
    (problem,) = problems(
        "| type | name | label | choice_filter |\n| text | c | C | |\n| select_one l | q | Q | countri = ${c} |",
        "| list_name | name | label | country |\n| l | x | X | nl |",
    )
    assert problem.code == "column_misspelt_choice"
    assert "'country'" in problem.remedy


def test_columns_of_a_list_can_be_looked_up(form, today):
    from driegesprek.instruments import play  # noqa: PLC0415 -- only here

    found = form(
        "| type | name | label | calculation |\n| select_one l | q | Q | |\n"
        "| calculate | where | | instance('l')/root/item[name = ${q}]/country |\n"
        "| calculate | many | | count(instance('l')/root/item[country = 'nl']) |\n"
        "| calculate | words | | jr:choice-name(${q}, '${q}') |",
        "| list_name | name | label | country |\n| l | x | Ex | nl |\n| l | y | Why | be |",
    )
    result = play(found, {"q": "y"}, today=today)
    assert result.calculated == {"/where": "be", "/many": 1, "/words": "Why"}


def test_what_pyxform_has_against_a_form_is_told(problems):
    # A name that XML reserves: only pyxform knows.
    found = problems(
        "| type | name | label |\n| text | q | Q |\n| begin_group | meta | M |\n| text | instanceID | I |\n| end_group | | |"
    )
    assert found


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_refused"),
        (b"PK\x03\x04 no zip", "file_refused"),
        (b"\xd0\xcf\x11\xe0 no workbook", "file_damaged"),
        (b"just a letter", "not_a_form"),
        (b"\x00\x01\x02", "not_a_form"),
        (
            b"| choices |\n| | list_name | name |\n| | l | x |\n| settings |\n| | a |\n| | b |",
            "no_survey_sheet",
        ),
        (b"| surve |\n| | type | name |\n| | text | x |\n| settings |\n| | a |\n| | b |", "sheet_misspelt"),
        (b"| survey |\n| | type | name |\n| | text | x | y |", "cell_without_heading"),
        (b"| survey |\n| | type | type |\n| | text | x |", "heading_twice"),
    ],
)
def test_files_that_are_no_forms_are_refused(data, code):
    with pytest.raises(FormRefused) as refusal:
        read(data, name="x")
    assert code in {one.code for one in refusal.value.problems}


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FormRefused) as refusal:
        read(tmp_path / "nothing.xlsx", name="x")
    assert refusal.value.problems[0].code == "file_refused"


def test_formulas_count_as_the_value_they_had():
    data = workbook(survey=[["type", "name", "label"], ["text", "a", "A"], ["text", "b", "=1+1"]])
    with pytest.raises(FormRefused) as refusal:
        read(data, name="x")  # never calculated by a spreadsheet, so without a value
    assert refusal.value.problems[0].code == "label_missing"


def test_large_sheets_and_cells_are_refused():
    with pytest.raises(FormRefused) as rows:
        read_tables(
            {"survey": [{"type": "text", "name": f"q{n}", "label": "Q"} for n in range(2001)]}, name="x"
        )
    assert rows.value.problems[0].code == "too_many_rows"
    with pytest.raises(FormRefused) as references:
        read_tables({"survey": [{"type": "text", "name": "q", "label": "${q}" * 4000}] * 6}, name="x")
    assert references.value.problems[0].code == "form_too_large"
    with pytest.raises(FormRefused) as groups:
        read_tables({"survey": [{"type": "begin_group", "name": f"g{n}"} for n in range(1500)]}, name="x")
    assert "group_too_deep" in {one.code for one in groups.value.problems}
    with pytest.raises(FormRefused) as cell:
        read_tables({"survey": [{"type": "text", "name": "q", "label": "x" * 20_001}]}, name="x")
    assert cell.value.problems[0].code == "cell_too_long"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_table_in_excels_unicode_text_is_read(encoding):
    found = read("type\tname\tlabel\r\ninteger\tage\tÉén ğ ع\r\n".encode(encoding), name="q")
    assert found.questions["/age"].label == {"default": "Één ğ ع"}


def test_a_windows_csv_with_semicolons_is_read():
    data = "survey;;;\r\n;type;name;label\r\n;text;q;Één vraag\r\n".encode("cp1252")
    assert read(data, name="x").questions["/q"].label == {"default": "Één vraag"}


@pytest.mark.parametrize(
    "text", ["type,name,label\ntext,q,Q\n", "| type | name | label |\n|---|---|---|\n| text | q | Q |"]
)
def test_a_table_of_questions_alone_needs_no_name_of_a_sheet(text):
    assert list(read(text.encode(), name="x").questions) == ["/q"]


def test_every_message_can_be_said_in_both_languages():
    from driegesprek.instruments.messages import MESSAGES  # noqa: PLC0415 -- only here

    for code, said in MESSAGES.items():
        assert set(said) == {"en", "nl"}, code
        assert all(len(pair) == 2 for pair in said.values()), code


def test_extra_columns_may_have_any_name(form):
    found = form(
        "| type | name | label | parent | children | bind to | voice | screen | after | itemset | actions |\n"
        "| text | q | Q | a | b | c | d | e | f | g | h |\n| begin_group | g | G | x | | | | s | | | |\n"
        "| text | r | R | | | | | | | | |\n| end_group | | | | | | | | | | |"
    )
    extra = found.questions["/q"].extra
    assert list(extra.values()) == ["a", "b", "c", "d", "e", "f", "g", "h"]
    assert found.groups["/g"].extra == {"parent": "x", "screen": "s"}


def test_appearances_that_reach_outside_are_refused(problems):
    (problem,) = problems("| type | name | label | appearance |\n| text | q | Q | search('fruits') |")
    assert (problem.code, problem.column) == ("appearance_outside", "appearance")


def test_the_heading_of_a_grid_takes_no_answer(form, today):
    found = form(
        "| type | name | label | appearance |\n| select_one l | head | H | label |\n| select_one l | q | Q | list-nolabel |",
        "| list_name | name | label |\n| l | x | X |",
    )
    assert [one.kind for one in found.questions.values()] == [Kind.NOTE, Kind.SELECT_ONE]


def _zip(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _zip(xl__worksheets__sheet1=b" " * 90_000_000),
        _zip(xl__workbook=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        _zip(something=b"<x/>"),
        b"| survey |\n" * 2_000_000,
    ],
    ids=["bomb", "entities", "no workbook", "too large"],
)
def test_dangerous_files_are_refused_quickly(data):
    begin = time.process_time()
    with pytest.raises(FormRefused):
        read(data, name="x")
    assert time.process_time() - begin < 5


def test_a_form_without_anything_new_keeps_its_hash(form):
    """The hash that the first release gave: versions that are stored must stay themselves."""
    found = form(
        """
        | type          | name     | label::nl   | label::en | relevant           | constraint | calculation | default |
        | select_one yn | informed | Weet u het? | Informed? |                    |            |             |         |
        | begin_group   | more     | Meer        | More      | ${informed} = 'no' |            |             |         |
        | integer       | age      | Hoe oud?    | Age?      |                    | . < 120    |             | 12      |
        | end_group     |          |             |           |                    |            |             |         |
        | calculate     | twice    |             |           |                    |            | ${age} * 2  |         |
        """,
        """
        | list_name | name | label::nl | label::en | zone |
        | yn        | yes  | Ja        | Yes       | 1    |
        | yn        | no   | Nee       | No        | 2    |
        """,
        "| form_title |\n| x |",
    )
    assert found.content_hash == "e01261da7bbc3473df5aa30aedc2b4b37317dde26dc64f93649a7bda8d38c832"
