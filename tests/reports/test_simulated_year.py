"""The simulated year through the report's own tables: means and spreads of City Deal (2017), effects as put in."""

import datetime as dt
import math

import pytest

from driegesprek.content.evaluation import evaluation
from driegesprek.content.forms import instrument
from driegesprek.content.simulation import effects, make_people, simulate, targets, wide
from driegesprek.reports import Given, analyse
from driegesprek.reports.report import build

pytestmark = pytest.mark.long
FORMS = {"pupil": "citydeal_pupil_post", "adult": "citydeal_parent_post"}
DID = ("did_home_assignment", "did_career_talk", "did_parent_evening")
TERMS = {name.removeprefix("did_"): f"{name}=yes" for name in DID}
SCHOOLS = 12


@pytest.fixture(scope="module")
def year():
    people = make_people(seed=5, schools=SCHOOLS, pupils=200, adults=200, teachers=24)
    return simulate(people, seed=5)


def found(year, voice):
    table, book = wide(year, voice)
    form, wanted = instrument(FORMS[voice]), evaluation(FORMS[voice])
    return analyse(
        Given(
            voice,
            form.title,
            table,
            book,
            form.scales,
            DID,
            wanted.groups,
            wanted.outcomes,
            wanted.support,
        ),
        seed=1,
        files=2,
    )


@pytest.fixture(scope="module")
def analyses(year):
    return {voice: found(year, voice) for voice in FORMS}


@pytest.fixture(scope="module")
def tables(analyses):
    made = build(
        list(analyses.values()),
        {},
        title="x",
        subtitle="y",
        language="nl",
        made_on=dt.date(2026, 11, 27),
        command="z",
    )
    return {table.key: table for section in made.sections for table in section.tables}


@pytest.mark.parametrize("voice", FORMS)
def test_means_and_spreads_are_those_of_the_printed_tables_within_sampling_error(voice, analyses, tables):
    names = {one.label["nl"]: one.name for one in analyses[voice].scales}
    wrong, checked = [], 0
    for label, n, *numbers in tables[f"{voice} means"].rows:
        for part, mean, sd in (("pre", *numbers[:2]), ("post", *numbers[2:4])):
            target = targets().get((voice, names[label], part))
            if target is None:
                continue
            checked += 1
            # Classes and schools resemble each other: of a mean the design effect may be 4; four errors of either.
            if abs(mean - target.mean) > 4 * 2 * target.sd / math.sqrt(n) or abs(
                sd - target.sd
            ) > 4 * target.sd / math.sqrt(n):
                wrong.append((label, part, mean, target.mean, sd, target.sd))
    assert checked >= 18
    assert wrong == []


def test_the_effects_that_were_put_in_lie_in_the_intervals_of_the_models(analyses):
    inside = total = 0
    for one in effects():
        if not set(one.terms) <= set(TERMS):
            continue
        scale = next(each for each in analyses[one.voice].scales if each.name == one.scale)
        wanted = {TERMS[term] for term in one.terms}
        row = next((row for row in scale.model.coefficients if set(row.term.split(":")) == wanted), None)
        if row is None or row.ci is None:
            continue
        total += 1
        inside += row.ci[0] < one.points < row.ci[1]
    assert total >= 15
    assert (
        inside >= total - 3
    )  # of 95 % intervals a few miss: more than three of some twenty has a chance of 1 %


def test_each_activity_by_itself_is_found_where_it_was_put_in(analyses):
    row = next(one for one in analyses["pupil"].scales if one.name == "home_networking").did.coefficients
    home = next(one for one in row if one.term == "did_home_assignment=yes")
    assert home.p < 0.001
    assert home.b > 0.2
