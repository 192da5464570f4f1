"""A talk as a calendar file (iCalendar, RFC 5545): when and where, nothing about whom."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

HOST = "driegesprek"
PRODUCT = "-//Driegesprek//NL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a calendar gets to know.

    Attributes:
        talk_id: Stays the same when the talk moves.
        sequence: Higher after every change; a calendar believes the highest.
        summary: What stands in the calendar; no name of a child.
        starts_at: First moment; of a cancelled talk the moment it had.
        minutes: How long it takes.
        place: Where, or empty.
        cancelled: Whether it is to be taken out of the calendar.
    """

    talk_id: UUID
    sequence: int
    summary: str
    starts_at: dt.datetime | None
    minutes: int = 20
    place: str = ""
    cancelled: bool = False


def file(entry: Entry, *, now: dt.datetime) -> bytes:
    """The calendar file.

    Moments are written in UTC (RFC 5545, 3.3.5, form 2), which is right on both sides of a clock change whatever
    the reader knows about time zones.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - heavy

    event = Event()
    event.add("uid", f"{entry.talk_id}@{HOST}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(dt.UTC).replace(microsecond=0))
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.starts_at:
        starts_at = entry.starts_at.astimezone(dt.UTC)
        event.add("dtstart", starts_at)
        event.add("dtend", starts_at + dt.timedelta(minutes=entry.minutes))
    if entry.place:
        event.add("location", entry.place)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
