"""The invented school is one that people can find their way in."""

import datetime as dt
from collections import Counter

import pytest

from driegesprek.web.conduct.domain.demonstration.names import ORIGINS
from driegesprek.web.conduct.domain.demonstration.people import invent
from driegesprek.web.conduct.domain.demonstration.scene import Scene
from driegesprek.web.line.rules import date_problems
from driegesprek.web.people.models import Location, School, SchoolYear


@pytest.fixture(scope="module")
def made():
    school = School(name="De Brug")
    year = SchoolYear(school=school, starts_on=dt.date(2026, 8, 1), ends_on=dt.date(2027, 7, 31))
    return invent(school, Location(school=school, name="Zuid"), year, seed=1)


def test_no_two_pupils_have_the_same_name(made):
    names = Counter((one.given_name, one.prefix, one.family_name) for one in made.pupils)
    assert len(made.pupils) > 550
    assert names.most_common(1)[0][1] == 1


def test_a_family_name_always_has_its_own_prefix(made):
    prefixes = {}
    for one in (*made.pupils, *made.adults, *made.staff):
        prefixes.setdefault(one.family_name, set()).add(one.prefix)
    assert {name: found for name, found in prefixes.items() if len(found) > 1} == {}
    assert prefixes["Dijk"] == {"van"}
    assert prefixes["Bakker"] == {""}


def test_eight_languages_are_spoken_at_home(made):
    assert {one.language for one in made.adults} == {one.language for one in ORIGINS}
    assert len(ORIGINS) == 8


@pytest.mark.parametrize("day", range(7))
def test_nothing_is_planned_in_a_weekend(day):
    today = dt.date(2026, 11, 23) + dt.timedelta(days=day)
    year = SchoolYear(starts_on=dt.date(2026, 8, 1), ends_on=dt.date(2027, 7, 31))
    for dates in Scene(year, None, [], today, None, None)._dates().values():
        assert date_problems(dates, year_starts=year.starts_on, year_ends=year.ends_on) == {}
        for name in ("announce_by", "prepare_by", "opens_on", "closes_on", "review_by"):
            assert getattr(dates, name).weekday() < 5
