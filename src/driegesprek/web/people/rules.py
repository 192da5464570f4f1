"""Rules about people that need no database."""

import datetime as dt

FIRST_MONTH = 8


def school_year_of(day: dt.date) -> tuple[str, dt.date, dt.date]:
    """Name, first and last day of the Dutch school year of a day: 1 August to 31 July (WVO 2020, art. 1.1)."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return (
        f"{first}-{first + 1}",
        dt.date(first, FIRST_MONTH, 1),
        dt.date(first + 1, FIRST_MONTH, 1) - dt.timedelta(days=1),
    )
