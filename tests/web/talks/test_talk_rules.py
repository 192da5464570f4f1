import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.web.talks.rules import (
    MOST,
    Time,
    TimesRefusedError,
    Wish,
    clashing,
    ends_at,
    guide_minutes,
    may_mark,
    moment,
    overlap,
    times,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = dt.datetime(2026, 1, 5, 12, 0, tzinfo=dt.UTC)


def wish(day="2026-02-03", begin="18:00", end="20:00", minutes=20, pause=0):
    return Wish(
        dt.date.fromisoformat(day), dt.time.fromisoformat(begin), dt.time.fromisoformat(end), minutes, pause
    )


def shown(found):
    return [f"{one.starts_at.astimezone(AMSTERDAM):%H:%M}" for one in found]


def test_two_hours_hold_six_talks_of_twenty_minutes():
    found = times(wish(), now=NOW)
    assert shown(found) == ["18:00", "18:20", "18:40", "19:00", "19:20", "19:40"]
    assert found[0].starts_at == dt.datetime(2026, 2, 3, 17, 0, tzinfo=dt.UTC)


def test_the_pause_stands_between_talks_and_not_after_the_last():
    assert shown(times(wish(end="18:35", minutes=15, pause=5), now=NOW)) == ["18:00", "18:20"]


def test_what_does_not_fit_whole_is_left_out():
    assert shown(times(wish(end="18:59"), now=NOW)) == ["18:00", "18:20"]


def test_in_summer_the_same_clock_is_another_moment():
    assert times(wish("2026-07-01"), now=NOW)[0].starts_at == dt.datetime(2026, 7, 1, 16, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("begin", "end"), [("02:00", "03:00"), ("01:50", "03:30"), ("01:40", "02:20"), ("02:30", "02:50")]
)
def test_times_in_the_hour_that_does_not_exist_are_refused(begin, end):
    with pytest.raises(TimesRefusedError) as refused:
        times(wish("2026-03-29", begin, end), now=NOW)
    assert refused.value.field == "begin"


def test_just_before_and_after_that_hour_is_fine():
    before = times(wish("2026-03-29", "01:40", "02:00"), now=NOW)
    after = times(wish("2026-03-29", "03:00", "03:20"), now=NOW)
    assert ends_at(before[0]) == after[0].starts_at == dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)


def test_of_the_hour_that_comes_twice_the_first_counts():
    found = times(wish("2026-10-25", "02:00", "03:20"), now=NOW)
    assert shown(found) == ["02:00", "02:20", "02:40", "03:00"]
    assert found[0].starts_at == dt.datetime(2026, 10, 25, 0, 0, tzinfo=dt.UTC)
    assert found[3].starts_at == dt.datetime(2026, 10, 25, 2, 0, tzinfo=dt.UTC)


def test_a_moment_that_clocks_skip_is_none():
    assert moment(dt.date(2026, 3, 29), dt.time(2, 30)) is None
    assert moment(dt.date(2026, 3, 29), dt.time(3, 0)) == dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": 10}, "minutes"),
        ({"minutes": 25}, "minutes"),
        ({"pause": -5}, "pause"),
        ({"end": "18:00"}, "end"),
        ({"end": "18:19"}, "end"),
        ({"begin": "00:00", "end": "23:59"}, "end"),
        ({"day": "2026-01-04"}, "day"),
        ({"day": "2026-01-05", "begin": "12:00"}, "day"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(change, field):
    with pytest.raises(TimesRefusedError) as refused:
        times(wish(**change), now=NOW)
    assert refused.value.field == field


@given(
    st.dates(dt.date(2026, 1, 6), dt.date(2030, 12, 31)),
    st.times(),
    st.times(),
    st.integers(15, 20),
    st.integers(0, 60),
)
def test_times_follow_each_other_within_what_was_asked(day, begin, end, minutes, pause):
    begin, end = begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    try:
        found = times(Wish(day, begin, end, minutes, pause), now=NOW)
    except TimesRefusedError:
        return
    assert 1 <= len(found) <= MOST
    assert not any(overlap(one, other) for one, other in itertools.pairwise(found))
    for one in found:
        clock = one.starts_at.astimezone(AMSTERDAM)
        assert clock.date() == day
        assert begin <= clock.time() <= end
        assert one.minutes == minutes


def test_the_end_of_one_may_be_the_begin_of_the_next():
    one = Time(NOW, 20)
    assert not overlap(one, Time(NOW + dt.timedelta(minutes=20), 15))
    assert overlap(one, Time(NOW + dt.timedelta(minutes=19), 15))


moments = st.integers(0, 200).map(lambda minutes: Time(NOW + dt.timedelta(minutes=minutes), 15))


@given(moments, moments)
def test_overlap_says_the_same_from_both_sides(one, other):
    minutes = abs((one.starts_at - other.starts_at).total_seconds()) / 60
    assert overlap(one, other) == overlap(other, one) == (minutes < 15)


def test_only_what_clashes_is_named():
    given_before = [Time(NOW, 20)]
    new = [Time(NOW + dt.timedelta(minutes=minutes), 20) for minutes in (-30, 10, 20)]
    assert clashing(new, given_before) == [new[1]]


def test_everyone_marks_the_own_and_school_also_for_a_family_that_tells_it():
    allowed = {
        (kind, who)
        for kind in ("pupil", "adult", "staff", "anonymous")
        for who in ("pupil", "adult", "school")
        if may_mark(kind, who)
    }
    assert allowed == {
        ("pupil", "pupil"),
        ("adult", "adult"),
        ("staff", "pupil"),
        ("staff", "adult"),
        ("staff", "school"),
    }


def test_the_guide_has_a_column_for_fifteen_and_for_twenty_minutes():
    assert [guide_minutes(minutes) for minutes in (15, 17, 20)] == [15, 15, 20]
