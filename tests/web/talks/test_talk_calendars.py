import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from driegesprek.web.talks.calendars import Entry, file

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TALK = UUID("6f2b0c1e-57a0-4d35-9a9e-0d7b8a1c2d3e")
NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)


def entry(starts_at, **changes):
    given = {"talk_id": TALK, "sequence": 1, "summary": "Gesprek op De Brug", "starts_at": starts_at}
    return Entry(**(given | changes))


def event(made):
    calendar = Calendar.from_ical(file(made, now=NOW))
    return calendar, calendar.walk("VEVENT")[0]


@pytest.mark.parametrize(
    ("local", "utc_hour"),
    [
        ("2026-03-28T19:20", 18),  # the day before the clock goes forward
        ("2026-03-29T19:20", 17),
        ("2026-10-24T19:20", 17),  # the day before it goes back
        ("2026-10-25T19:20", 18),
        ("2027-03-28T08:00", 6),
    ],
)
def test_the_clock_at_school_shows_what_the_calendar_says(local, utc_hour):
    at = dt.datetime.fromisoformat(local).replace(tzinfo=AMSTERDAM)
    _calendar, found = event(entry(at, minutes=20))
    assert found.decoded("dtstart").astimezone(dt.UTC).hour == utc_hour
    shown = found.decoded("dtstart").astimezone(AMSTERDAM)
    assert shown.replace(tzinfo=None) == dt.datetime.fromisoformat(local)
    assert found.decoded("dtend") - found.decoded("dtstart") == dt.timedelta(minutes=20)


@given(st.integers(0, 5 * 365 * 24 * 60), st.integers(15, 20))
def test_every_moment_comes_back_as_it_was(after, minutes):
    at = NOW + dt.timedelta(minutes=after)
    _calendar, found = event(entry(at, minutes=minutes))
    assert found.decoded("dtstart") == at
    assert found.decoded("dtend") == at + dt.timedelta(minutes=minutes)


def test_a_move_keeps_the_name_and_raises_the_number():
    first, moved = (event(entry(NOW, sequence=number))[1] for number in (1, 2))
    assert first["uid"] == moved["uid"] == f"{TALK}@driegesprek"
    assert (first.decoded("sequence"), moved.decoded("sequence")) == (1, 2)


def test_a_cancelled_talk_takes_itself_out():
    calendar, found = event(entry(NOW, sequence=3, cancelled=True))
    assert (str(calendar["method"]), str(found["status"])) == ("CANCEL", "CANCELLED")
    assert found.decoded("dtstart") == NOW


def test_the_file_holds_nothing_but_what_when_and_where():
    calendar, found = event(entry(NOW, place="lokaal 12, \nverdieping 1"))
    assert str(calendar["method"]) == "PUBLISH"
    assert set(found) == {
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "SUMMARY",
        "STATUS",
        "DTSTART",
        "DTEND",
        "LOCATION",
    }


def test_a_place_cannot_add_lines_of_its_own():
    raw = file(entry(NOW, place="aula\r\nATTENDEE:mailto:x@example.org"), now=NOW)
    assert not any(line.startswith(b"ATTENDEE") for line in raw.splitlines())
