"""Ranges, ranks, times, choices from files, 'other', random order, triggers and media."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from driegesprek.instruments import FormRefused, Kind, choices_for, play, read, read_tables
from driegesprek.instruments.scales import scale_of

LIST = "| list_name | name | label |\n| l | a | A |\n| l | b | B |\n| l | c | C |"
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def one(form, today):
    """Answers to the one question q of a form, and what is refused."""

    def answered(row, *values, choices=LIST):
        found = form(f"| type | name | label | parameters |\n| {row} |", choices)
        results = [play(found, {"q": value}, today=today, now=NOW) for value in values]
        return [result.answers.get("/q") for result in results]

    return answered


def test_a_range_takes_numbers_on_its_scale(one):
    row = "range | q | Q | start=0 end=10 step=2"
    assert one(row, "4", 10, 0.0, "3", 12, "-2", "x", "") == [4, 10, 0, None, None, None, None, None]
    assert one("range | q | Q | start=5 end=1 step=0.5", "1,5", 4.5, 0.5) == [1.5, 4.5, None]
    assert one("range | q | Q | ", "1", "10", "11") == [1, 10, None]


def test_the_points_of_a_scale_stand_in_the_order_of_the_form(form):
    question = form(
        "| type | name | label | parameters |\n| range | q | Q | start=3 end=1 step=0.5 |"
    ).question("/q")
    assert [float(point) for point in scale_of(question).points] == [3, 2.5, 2, 1.5, 1]
    wide = form("| type | name | label | parameters |\n| range | q | Q | start=0 end=1000000 |").question(
        "/q"
    )
    assert len(list(scale_of(wide).points)) == 100


def test_a_range_may_have_words_at_its_points(form):
    found = form(
        "| type | name | label | parameters |\n| range | q | Q | start=1 end=3 tick_labelset=t |",
        "| list_name | name | label |\n| t | 1 | weinig |\n| t | 3 | veel |",
    )
    assert [choice.label["default"] for choice in found.question("/q").choices] == ["weinig", "veel"]


def test_a_rank_gives_every_choice_its_own_place(one):
    row = "rank l | q | Q | "
    assert one(row, "c a b", ["b", "a", "c"]) == [["c", "a", "b"], ["b", "a", "c"]]
    assert one(row, "a b", "a a b", "a b x", "a b c a") == [None, None, None, None]


def test_times_are_read_as_people_and_browsers_write_them(one):
    given = ("9:30", "09.30", "9u30", "14:30:15", "2:30 pm", "09:30:00.000+01:00", "24:00", "half tien", 930)
    assert one("time | q | Q | ", *given) == [
        *("09:30", "09:30", "09:30", "14:30:15", "14:30", "09:30", None, None, None)
    ]


def test_moments_have_the_zone_of_the_person(one):
    given = (
        "2026-07-01T14:30",
        "31-12-2026 14:30",
        "2026-12-31 14:30:05",
        "2026-12-31T14:30:00Z",
        "31-02-2026 10:00",
    )
    assert one("datetime | q | Q | ", *given) == [
        "2026-07-01T14:30:00.000+02:00",
        "2026-12-31T14:30:00.000+01:00",
        "2026-12-31T14:30:05.000+01:00",
        "2026-12-31T14:30:00.000+00:00",
        None,
    ]


def test_times_and_moments_can_be_reckoned_with(form, today):
    found = form("""
    | type      | name | label | calculation | constraint |
    | time      | t    | T     |             | decimal-time(.) >= 0.25 |
    | datetime  | d    | D     |             | . > now() |
    | calculate | part |       | decimal-time(${t}) | |
    | calculate | day  |       | format-date-time(${d}, '%e %H:%M') | |
    | time      | half | Half  | '12:30:00.000+01:00' | |
    """)
    result = play(found, {"t": "18:00", "d": "2026-11-21 10:15"}, today=today, now=NOW)
    assert result.calculated == {"/part": 0.75, "/day": "21 10:15", "/half": "12:30"}
    assert set(play(found, {"t": "5:59", "d": "2026-11-21 09:00"}, today=today, now=NOW).refused) == {
        "/t",
        "/d",
    }


def test_other_is_offered_and_asked_in_the_language_of_the_form(form, today):
    found = form(
        "| type | name | label::nl | label::tr |\n| select_one l or_other | q | Q | Q |\n| select_one l | r | R | R |",
        "| list_name | name | label::nl | label::tr |\n| l | a | A | A |",
    )
    assert [one.name for one in choices_for(found.question("/q"), play(found, {}, today=today))] == [
        "a",
        "other",
    ]
    assert [one.name for one in found.question("/r").choices] == ["a"]
    assert found.question("/q").choices[-1].label == {"nl": "Anders", "tr": "Diğer"}
    assert play(found, {"q": "a"}, today=today).asked == ("/q", "/r")
    assert play(found, {"q": "other", "q_other": "x"}, today=today).answers["/q_other"] == "x"
    assert set(found.question("/q_other").label) == {"nl", "tr"}


def test_the_order_of_choices_follows_the_seed(form, today):
    choices = "| list_name | name | label |\n" + "\n".join(f"| l | c{n} | {n} |" for n in range(1, 21))
    found = form("| type | name | label | parameters |\n| select_one l | q | Q | randomize=true |", choices)
    orders = {seed: play(found, {}, today=today, seed=seed).choices["/q"] for seed in ("a", "b")}
    assert orders["a"] != orders["b"]
    assert orders["a"] == play(found, {"q": "c3"}, today=today, seed="a").choices["/q"]
    assert sorted(orders["a"]) == sorted(one.name for one in found.question("/q").choices)
    shown = choices_for(found.question("/q"), play(found, {}, today=today, seed="a"))
    assert tuple(one.name for one in shown) == orders["a"]


def test_a_seed_in_the_form_gives_the_order_that_odk_gives(form, today):
    """Worked out by openrosa-xpath-evaluator 2.0.13 for the same list and seed."""
    choices = "| list_name | name | label |\n" + "\n".join(
        f"| l | {letter} | {letter} |" for letter in "ABCDEF"
    )
    found = form(
        "| type | name | label | parameters |\n| integer | s | S | |\n"
        "| select_one l | q | Q | randomize=true seed=42 |\n| rank l | r | R | randomize=true seed=${s} |",
        choices,
    )
    result = play(found, {"s": 42}, today=today)
    assert "".join(result.choices["/q"]) == "AFCBDE"
    assert result.choices["/r"] == result.choices["/q"]


def test_chance_follows_from_the_seed_and_once_keeps_it(form, today):
    found = form(
        "| type | name | calculation |\n| calculate | r | random() |\n| calculate | u | once(uuid()) |"
    )
    first, again = (play(found, {}, today=today, seed="x").calculated for _ in range(2))
    assert first == again != play(found, {}, today=today, seed="y").calculated
    kept = play(found, {"u": first["/u"]}, today=today, seed="y").calculated
    assert kept["/u"] == first["/u"]


TRIGGERED = """
| type      | name  | label | calculation | trigger  |
| text      | q     | Q     |             |          |
| calculate | when  |       | now()       | ${q}     |
| text      | guess | G     | concat(${q}, '!') | ${q} |
"""


def test_a_trigger_gives_a_value_once_its_question_is_answered(form, today):
    found = form(TRIGGERED)
    assert play(found, {}, today=today, now=NOW).values["/when"] == ""
    first = play(found, {"q": "a"}, today=today, now=NOW, changed={"/q"})
    assert first.triggered == {"/when": NOW.isoformat(timespec="milliseconds"), "/guess": "a!"}
    later = NOW.replace(hour=12)
    kept = play(found, {"q": "a", **first.triggered}, today=today, now=later)
    assert (kept.values["/when"], kept.triggered) == (first.triggered["/when"], {})


def test_a_person_may_change_what_a_trigger_gave_until_it_comes_again(form, today):
    found = form(TRIGGERED)
    own = {"q": "a", "/guess": "my own", "/when": "2026-01-01T00:00:00.000Z"}
    assert play(found, own, today=today, now=NOW).answers["/guess"] == "my own"
    again = play(found, {**own, "q": "b"}, today=today, now=NOW, changed={"/q"})
    assert again.values["/guess"] == "b!"
    assert not again.refused


def test_media_come_in_each_language(form):
    found = form(
        "| type | name | label::nl | media::audio::nl | audio::tr | video | media::image |\n"
        "| select_one l | q | Q | q.mp3 | q-tr.mp3 | q.mp4 | q.png |",
        "| list_name | name | label | audio | media::video |\n| l | a | A | a.mp3 | a.mp4 |",
    )
    question = found.question("/q")
    assert question.sound == {"nl": "q.mp3", "tr": "q-tr.mp3"}
    assert (question.film, question.media) == ({"default": "q.mp4"}, {"default": "q.png"})
    assert (question.choices[0].sound, question.choices[0].film) == (
        {"default": "a.mp3"},
        {"default": "a.mp4"},
    )


SCHOOLS = "name,label,town,label::tr\ns1,De Kade,Rotterdam,Kade\ns2,Het Plein,Delft,Meydan\n"
FROM_FILE = {
    "survey": [
        {"type": "text", "name": "town", "label": "T"},
        {
            "type": "select_one_from_file schools.csv",
            "name": "q",
            "label": "Q",
            "choice_filter": "town = ${town}",
        },
        {"type": "calculate", "name": "where", "calculation": "pulldata('schools', 'town', 'name', ${q})"},
        {
            "type": "calculate",
            "name": "what",
            "calculation": "instance('schools')/root/item[name = ${q}]/label",
        },
        {"type": "calculate", "name": "said", "calculation": "jr:choice-name(${q}, '${q}')"},
    ]
}


def test_choices_come_from_a_file_beside_the_form(today):
    found = read_tables(FROM_FILE, name="t", files={"media/schools.csv": SCHOOLS.encode()})
    result = play(found, {"town": "Delft", "q": "s2"}, today=today, language="tr")
    assert result.choices["/q"] == ("s2",)
    assert result.calculated == {"/where": "Delft", "/what": "Het Plein", "/said": "Meydan"}


def test_a_file_is_found_in_the_folder_of_the_form_or_its_media_folder(tmp_path, today):
    form = tmp_path / "form.md"
    form.write_text("| type | name | label |\n| select_one_from_file s.csv | q | Q |")
    with pytest.raises(FormRefused):
        read(form, name="t")
    (tmp_path / "form-media").mkdir()
    (tmp_path / "form-media" / "s.csv").write_text("name;label\na;A")
    stored = read(form, name="t")
    (tmp_path / "s.csv").write_text("name;label\nb;B")
    assert [one.name for one in stored.question("/q").choices] == ["a"]
    assert read(form, name="t").content_hash != stored.content_hash
    assert play(stored, {"q": "a"}, today=today).complete


@pytest.mark.parametrize(
    ("file", "data", "parameters"),
    [
        ("s.xml", b"<root><item><name>a</name><label>A</label></item><item><name>b</name></item></root>", ""),
        ("s.csv", "code;naam\na;A\nb;B".encode("utf-16-le").decode("utf-16-le").encode("cp1252"), "value=code label=naam"),
        ("s.geojson", json.dumps({"type": "FeatureCollection", "features": [
            {"id": "a", "properties": {"title": "A"}, "geometry": {"type": "Point", "coordinates": [4.48, 51.92]}},
            {"properties": {"id": "b", "title": "B"}, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}},
        ]}).encode(), ""),
    ],
)  # fmt: skip
def test_csv_xml_and_geojson_give_choices(file, data, parameters):
    row = {"type": f"select_multiple_from_file {file}", "name": "q", "label": "Q", "parameters": parameters}
    question = read_tables({"survey": [row]}, name="t", files={file: data}).question("/q")
    assert question.kind is Kind.SELECT_MULTIPLE
    assert [one.name for one in question.choices] == ["a", "b"]
    assert question.choices[0].label == {"default": "A"}
    if file.endswith("geojson"):
        assert [one.extra["geometry"] for one in question.choices] == ["51.92 4.48 0 0", "2 1 0 0; 4 3 0 0"]


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("../s.csv", b"name\na", "attachment_name"),
        ("s.csv", b"naam\na", "attachment_no_column"),
        ("s.csv", b"na\0me\na", "attachment_damaged"),
        ("s.xml", b"<root><item>", "attachment_damaged"),
        (
            "s.xml",
            b'<!DOCTYPE r [<!ENTITY a "b">]><root><item><name>&a;</name></item></root>',
            "attachment_damaged",
        ),
        ("s.geojson", b'{"features": 3}', "attachment_damaged"),
        ("s.geojson", b'{"features": [{"geometry": {"coordinates": [[1]]}}]}', "attachment_damaged"),
        ("s.csv", b"name\n" + b"a\n" * 20_001, "attachment_too_large"),
        ("s.csv", b"name\n" + b"a" * 10_000_000, "attachment_too_large"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_at_its_row(file, data, code):
    rows = [{"type": f"select_one_from_file {file}", "name": "q", "label": "Q"}]
    with pytest.raises(FormRefused) as refusal:
        read_tables({"survey": rows}, name="t", files={file: data, "s.csv": data})
    assert [(one.code, one.row) for one in refusal.value.problems] == [(code, 2)]


def test_lists_of_the_sheet_external_choices_are_used(today):
    found = read_tables(
        {
            "survey": [
                {"type": "text", "name": "t", "label": "T"},
                {"type": "select_one_external s", "name": "q", "label": "Q", "choice_filter": "town = ${t}"},
            ],
            "external_choices": [{"list_name": "s", "name": "a", "label": "A", "town": "x"}],
        },
        name="t",
    )
    assert play(found, {"t": "x", "q": "a"}, today=today).answers["/q"] == "a"


def test_a_table_can_be_looked_up_without_a_question(today):
    rows = [
        {"type": "csv-external", "name": "prices"},
        {
            "type": "calculate",
            "name": "sum",
            "calculation": "sum(instance('prices')/root/item[cost > 2]/cost)",
        },
        {"type": "calculate", "name": "n", "calculation": "count(instance('prices')/root/item)"},
        {"type": "calculate", "name": "second", "calculation": "instance('prices')/root/item[2]/name"},
    ]
    data = b"name,cost\na,1\nb,3\nc,4"
    found = read_tables({"survey": rows}, name="t", files={"prices.csv": data})
    assert play(found, {}, today=today).calculated == {"/sum": 7, "/n": 3, "/second": "b"}


def test_computed_moments_may_be_given_without_a_zone(form, today):
    found = form("| type | name | label |\n| datetime | q | Q |")
    assert (
        play(found, {"q": datetime(2026, 1, 2, 3, 4, tzinfo=UTC)}, today=today)
        .answers["/q"]
        .startswith("2026-01-02T03:04")
    )
    assert play(found, {"q": date(2026, 1, 2)}, today=today).answers["/q"].startswith("2026-01-02T00:00")


def test_a_trigger_may_empty_a_question_nobody_sees(form, today):
    found = form("""
    | type      | name | label | trigger |
    | text      | a    | A     |         |
    | decimal   | e    |       | ${a}    |
    """)
    assert found.question("/e").kind is Kind.CALCULATE
    emptied = play(found, {"a": "x", "/e": "3"}, today=today, changed={"/a"})
    assert emptied.triggered == {"/e": None}
    assert play(found, {"a": "x", "/e": "3"}, today=today).values["/e"] == "3"


def test_what_a_group_cannot_have_is_told(form):
    found = form("""
    | type        | name | label | trigger | required | media::image |
    | text        | a    | A     |         |          |              |
    | begin_group | g    | G     | ${a}    | yes      | x.png        |
    | text        | b    | B     |         |          |              |
    | end_group   |      |       |         |          |              |
    """)
    assert [(note.code, note.column) for note in found.notes] == [
        ("group_media", None),
        ("group_column", "trigger"),
        ("group_column", "required"),
    ]
