"""The list of talks as a file; formulas are defused by the tables workshop."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from driegesprek.web.desk.pages.words import language_name
from driegesprek.web.talks.domain.lists import Row


def talks(rows: Iterable[Row]) -> tuple[list[str], list[list[Any]]]:
    """One row per pupil and household."""
    headings = [_("Class"), _("Pupil"), _("With"), _("Languages"), _("State"), _("Day"), _("Time")]
    headings += [_("Minutes"), _("Place"), _("Interpreter"), _("Held on")]
    return headings, [_row(row) for row in rows]


def _row(row: Row) -> list[Any]:
    slot, talk = row.slot, row.talk
    at = timezone.localtime(slot.starts_at) if slot else None
    return [
        row.school_class.name,
        row.pupil.full_name,
        row.household.names,
        ", ".join(language_name(code) for code in row.household.languages),
        str(row.state.label),
        at.date() if at else None,
        f"{at:%H:%M}" if at else "",
        slot.minutes if slot else None,
        slot.place if slot else "",
        _("yes") if talk and talk.interpreter else "",
        timezone.localdate(talk.held_at) if talk and talk.held_at else None,
    ]
