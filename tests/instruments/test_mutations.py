"""Damaged and twisted forms: always a questionnaire or a FormRefused, never a crash, never long."""

import io
import os
import random
import time
from datetime import date

import openpyxl
import pytest

from driegesprek.instruments import FormRefused, play, read

EACH = 1_500 if os.environ.get("DRIEGESPREK_LONG") else 72
"""Of each of the seven ways of writing and breaking: over 10,000 uploads in `make long`, over 500 in `make test`."""
TABLE = """
survey
|type|name|label::nl|label::en|relevant|constraint|calculation|choice_filter|default|repeat_count|parameters|trigger
|select_one yn|informed|Weet u het?|Informed?
|begin_group|more|Meer|More|${informed} = 'no'
|integer|age|Hoe oud?|Age?||. > 0 and . < 120|||12
|date|day|Dag|Day||. <= today()|||today()
|select_multiple place|where|Waar?|Where?||count-selected(.) < 3||zone = ${age}
|end_group
|calculate|sum|||||if(regex(${informed}, '[a-z]+'), ${age} * 2, 0)
|note|thanks|Dank, ${age}|Thanks|not(selected(${where}, 'a'))
|begin_repeat|child|Kind|Child||||||${age} mod 3
|text|nick|Naam|Name
|range|scale|Schaal|Scale|||||||start=1 end=5 step=2
|rank place|order|Orde|Order|position(..) = 1||||||randomize=true seed=${age}
|calculate|at|||||indexed-repeat(${nick}, ${child}, position(..) - 1)
|end_repeat
|select_one ${nick}|who|Wie|Who
|select_one place or_other|else|Anders|Else
|time|when|Wanneer|When
|datetime|moment|Moment|Moment|||now()|||||${when}
|calculate|total|||||count(${child}) + sum(${scale}) + random()
choices
|list_name|name|label::nl|label::en|zone
|yn|yes|Ja|Yes
|yn|no|Nee|No
|place|a|A|A|1
|place|b|B|B|2
settings
|form_title|default_language
|Test|nl
"""
WIDTH = 13
ROWS = [
    row if len(row) == 1 else row + [""] * (WIDTH - len(row))
    for row in (line.split("|") for line in TABLE.strip().splitlines())
]
NASTY = [
    "", " ", "${", "${nobody}", "${age}", "${more}", "((((", "))", "'", '"', "|", ",", ";", "=1+1", "#REF!", "\x00", "\n",
    "begin_repeat", "end_group", "begin_group", "select_one", "select_one yn or_other", "geopoint", "note", "name",
    "label::nl", "label", "type", "relevant", "::", "a::b::c::d", "${informed}" * 50, "1 div 0", "-" * 500, "x" * 3000,
    "(a+)+$", "regex(., '(a|aa)+$')", "regex(., '((a{90}){90}){90}')", "if(1,2", "if(" * 70 + "1" + ",1,1)" * 70,
    "concat(${sum}, ${sum})", "pulldata('a','b','c','d')", "selected(., ", "مرحبا", "\u202e", "\ud7ff", "💥", "1e999",
    "end_repeat", "range", "rank place", "${child}", "count(${child}[${scale} > 1])", "select_one ${child}",
    "start=1 end=1e9 step=0.001", "seed=${nobody}", "randomize=true", "count(${child}) + 1", "//*[//*]", "..//..",
    "select_one_from_file ../../etc/passwd", "select_one_from_file x.csv", "csv-external", "999999999999", "1 div 0",
    "child[child[child]]", "${child}[${child}[1]]/nick", "randomize(//*)", "uuid(1e9)", "${nick} | ${at}",
    "instance('yn')/root/item[name=${age}]/label", "once(once(1))", "position(..)", "../../..", "//*", "{{}}", "{0}", "%s",
]  # fmt: skip


def _markdown(rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in rows).encode()


def _csv(rows):
    return "\r\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows).encode()


def _xlsx(rows):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        if row[0]:
            sheet = book.create_sheet(row[0][:30].translate(str.maketrans("", "", "[]:*?/\\'\x00\n")) or "x")
        else:
            sheet.append([cell.translate({0: None}) if isinstance(cell, str) else cell for cell in row[1:]])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _with_nasty_cells(chance):
    rows = [list(row) for row in ROWS]
    for _ in range(chance.randint(1, 4)):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(NASTY)
    if chance.random() < 0.3:
        del rows[chance.randrange(len(rows))]
    if chance.random() < 0.3:
        chance.shuffle(rows[2:9])
    return rows


def _with_broken_bytes(data, chance):
    broken = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        place = chance.randrange(len(broken))
        match chance.randrange(3):
            case 0:
                broken[place] = chance.randrange(256)
            case 1:
                del broken[place : place + chance.randint(1, 30)]
            case _:
                broken[place:place] = chance.randbytes(chance.randint(1, 10))
    return bytes(broken)


def _read(data):
    try:
        return read(data, name="mutation"), ()
    except FormRefused as refusal:
        return None, refusal.problems


def _survives(data):
    begin = time.process_time()
    found, problems = _read(data)
    assert all(problem.text("nl") and problem.text("en") for problem in problems)
    assert bool(found) != bool(problems)
    if found:
        for answers in (
            {},
            {"informed": "no", "age": 13, "where": "a b", "day": "2026-01-01"},
            {"informed": []},
            {
                "age": 5,
                "child": [{"nick": "A", "scale": 3, "order": "b a"}, {"nick": "B"}],
                "who": "A",
                "else": "other",
            },
        ):
            play(found, answers, today=date(2026, 11, 21))
    assert time.process_time() - begin < 5


def test_the_form_itself_is_good():
    for write in (_markdown, _csv, _xlsx):
        found = read(write(ROWS), name="good")
        assert len(found.questions) == 16


@pytest.mark.long
@pytest.mark.parametrize("write", [_markdown, _csv, _xlsx])
def test_twisted_cells_never_crash(write):
    chance = random.Random(20261121)  # noqa: S311 -- a seeded test
    for _ in range(EACH):
        _survives(write(_with_nasty_cells(chance)))


@pytest.mark.long
@pytest.mark.parametrize("write", [_markdown, _csv, _xlsx])
def test_broken_bytes_never_crash(write):
    chance = random.Random(20261122)  # noqa: S311 -- a seeded test
    good = write(ROWS)
    for _ in range(EACH):
        _survives(_with_broken_bytes(good, chance))


@pytest.mark.shared
@pytest.mark.long
def test_broken_old_workbooks_never_crash(shared, capfd):
    chance = random.Random(20261123)  # noqa: S311 -- a seeded test
    good = (shared / "data" / "xlsforms" / "pyxform" / "cascading_select_test_equivalent.xls").read_bytes()
    for _ in range(EACH):
        _survives(_with_broken_bytes(good, chance))
    assert capfd.readouterr().out == ""
