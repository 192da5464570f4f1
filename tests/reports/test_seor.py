"""The printed tables III.1 and III.2 of SEOR (2020) come out of the report, from people with the printed counts."""

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from driegesprek import evidence
from driegesprek.evidence.raking import Margin
from driegesprek.reports import Given, analyse
from driegesprek.reports.answers import AFTER, join
from driegesprek.reports.counting import counts
from driegesprek.reports.report import build
from driegesprek.reports.said import said_of
from driegesprek.tables.codebook import Codebook, Kind, Value, Variable

pytestmark = pytest.mark.shared
FACTS = Path(__file__).parents[3] / "shared" / "facts"
DOUBTED = {("Direction of education", "Other"), ("Sector of work", "Other, specified")}
"""Printed shares that the printed counts contradict (facts/README.md)."""


def printed(name, title):
    """{characteristic: {category: {measure: value}}}."""
    found = {}
    with (FACTS / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["value"] != "NA":
                own = found.setdefault(row[title], {}).setdefault(row["category_en"], {})
                own[row["measure"]] = float(row["value"])
    return found


def reported(tables, margins=()):
    """The rows of the report's table of characteristics, of a form without scales that was asked once."""
    columns, variables = {}, []
    size = max(sum(int(one["count"]) for one in of.values()) for of in tables.values())
    for place, (title, of) in enumerate(tables.items()):
        texts = [code for code, one in of.items() for _ in range(int(one["count"]))]
        columns[f"q{place}"] = [*texts, *[None] * (size - len(texts))]
        variables.append(asked(f"q{place}", title, of))
    rows, title = {}, ""
    for row in table_of(columns, variables, "adult background", margins=margins, margins_from="CBS").rows:
        title = row[0] or title
        rows[title, row[1]] = row[2:]
    return rows


def asked(name, title, codes):
    return Variable(
        name, {"en": title}, Kind.SINGLE, tuple(Value(one, {"en": one}, n) for n, one in enumerate(codes))
    )


def table_of(columns, variables, key, **more):
    """A table of the report of these answers of parents."""
    size = len(next(iter(columns.values())))
    people = {"person": [f"p{n:05}" for n in range(size)], "round": ["post"] * size}
    texts = {name: pa.array(texts, pa.string()) for name, texts in columns.items()}
    given = Given("adult", "SEOR", pa.table(people | texts), Codebook("", "", tuple(variables)), (), **more)
    found, joined = analyse(given, seed=1), join(given)
    told = evidence.disclosure.protect(counts(joined, AFTER, loose=True))
    made = build(
        [found],
        {"adult": [said_of(joined, told, found, found.crossed)]},
        title="",
        subtitle="",
        language="en",
        made_on=dt.date(2026, 11, 27),
        command="",
    )
    return next(one for one in made.sections[0].tables if one.key == key)


def test_characteristics_have_the_printed_shares():
    tables = printed("seor2020_iii1_background.csv", "characteristic_en")
    rows = reported(tables)
    wrong = [
        (title, code, rows[title, code][1], one["share"])
        for title, of in tables.items()
        for code, one in of.items()
        if abs(rows[title, code][1] - one["share"]) > 0.5 and (title, code) not in DOUBTED
    ]
    assert wrong == []
    assert sum(len(of) for of in tables.values()) == len(rows)


def test_the_track_of_children_stands_beside_the_national_share():
    track = printed("seor2020_iii2_profile_choice.csv", "block_en")["Track of the child"]
    margins = tuple(Margin("q0", code, one["national_share"]) for code, one in track.items())
    rows = reported({"Track of the child": track}, margins)
    for code, one in track.items():
        n, percent, national = rows["Track of the child", code]
        assert n == one["count"]
        assert round(percent) == one["share"]
        assert national == pytest.approx(one["national_share"])


def test_influence_by_diploma_differs_where_the_report_has_its_stars():
    """III.3 has no sizes of groups: those of III.1 are taken, and counts from the printed shares."""
    sizes = printed("seor2020_iii1_background.csv", "characteristic_en")["Highest diploma"]
    shares, columns = {}, {"diploma": [], "influence": []}
    with (FACTS / "seor2020_iii3_influence_by_background.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["characteristic_en"] == "Highest diploma":
                shares[row["group_en"], row["influence_en"]] = float(row["value"]), row["significant_5pct"]
    for (group, answer), (share, _star) in shares.items():
        n = round(sizes[group]["count"] * share / 100)
        columns["diploma"] += [group] * n
        columns["influence"] += [answer] * n
    answers = list(dict.fromkeys(answer for _group, answer in shares))
    variables = [asked("diploma", "Diploma", sizes), asked("influence", "Influence", answers)]
    one = table_of(columns, variables, "adult by influence", groups=("diploma",), crossed=("influence",))
    for _first, group, *percents, differs in one.rows:
        for answer, percent in zip(answers, percents, strict=True):
            share, star = shares[group, answer]
            assert percent is None or abs(percent - share) <= 1
            assert (answer in differs.split(", ")) is (star == "yes")
    assert sum(star == "yes" for _share, star in shares.values()) == 1
