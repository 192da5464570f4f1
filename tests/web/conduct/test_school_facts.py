"""The facts of a school in words."""

import datetime as dt

import pytest
from tests.web import factories

from driegesprek import content
from driegesprek.web.conduct.domain import school_facts
from driegesprek.web.line.models import Choice
from driegesprek.web.people.models import Location

DAY = dt.date(2026, 12, 3)


@pytest.mark.parametrize(
    ("language", "long", "weekday"),
    [
        ("nl", "3 december 2026", "donderdag 3 december"),
        ("en", "3 December 2026", "Thursday 3 December"),
        ("tr", "3 Aralık 2026", "Perşembe 3 Aralık"),
        ("pl", "3 grudnia 2026", "czwartek 3 grudnia"),
        ("uk", "3 грудня 2026\u202fр.", "четвер 3 грудня"),
        ("xx", "3 december 2026", "donderdag 3 december"),
    ],
)
def test_a_date_is_written_as_people_of_that_language_write_it(language, long, weekday):
    assert school_facts.date_in_words(DAY, language) == long
    assert school_facts.day_in_words(DAY, language) == weekday


def test_profiles_have_their_official_names_and_own_ones_stay_as_written():
    names = school_facts.profile_names(["zw", "Sport en veiligheid"])
    assert names == [content.catalogue.profile("zw").name, "Sport en veiligheid"]
    assert school_facts.profile_names(None) == []


def test_profiles_can_be_named_only_where_the_school_has_none_of_its_own():
    assert school_facts.profile_keys(["zw", "groen"]) == ["zw", "groen"]
    assert school_facts.profile_keys(["zw", "Sport en veiligheid"]) == []
    assert school_facts.profile_keys(None) == []


@pytest.mark.django_db
def test_what_a_location_offers_goes_before_what_the_school_offers():
    school = factories.make_school()
    first, second = factories.make_class(school), factories.make_class(school, "2B")
    second.location = Location.objects.create(school=school, name="Noord")
    second.save()
    pupils = [factories.make_pupil(one) for one in (first, second)]
    activity = factories.make_activity(school, [first, second])
    for location, profiles in ((None, ["zw", "eo"]), (second.location, ["bwi"])):
        Choice.objects.create(
            school=school,
            year=factories.year_of(school),
            year_group=2,
            location=location,
            choose_by=DAY,
            profiles=profiles,
        )
    found = school_facts.offered(activity.pk, [one.pk for one in pupils])
    assert found == {pupils[0].pk: {"zw", "eo"}, pupils[1].pk: {"bwi"}}
    facts = school_facts.of_pupil(activity.pk, pupils[1], "nl")
    assert (facts["profile_keys"], facts["profiles"]) == ("bwi", content.catalogue.profile("bwi").name)


def test_what_an_instrument_takes_from_outside_is_read_from_the_instrument():
    assert school_facts.wanted(content.instrument("qualities_pupil")) == {"pupil_name"}
    assert school_facts.wanted(content.instrument("qualities_adult")) > school_facts.OF_THE_SCHOOL
