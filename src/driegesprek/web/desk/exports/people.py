"""A class list as a file; formulas are defused by the tables workshop."""

from typing import Any

from django.utils.translation import gettext as _

from driegesprek.web.desk.pages.imports import plain
from driegesprek.web.desk.pages.words import language_name

PUPIL = 5
ADULT = 7
LANGUAGE = 2


def class_list(rows: list[list[Any]]) -> tuple[list[str], list[list[Any]]]:
    """One row per pupil; as many groups of columns for adults as the pupil with most adults needs."""
    widest = max((len(row) for row in rows), default=PUPIL)
    headings = [_("Family name"), _("Given name"), _("Prefix"), _("Class"), _("Mentor")]
    for number in range(1, (widest - PUPIL) // ADULT + 1):
        adult = _("Adult %(number)s") % {"number": number}
        parts = [_("name"), _("relation"), _("language"), _("mobile"), _("telephone"), _("e-mail")]
        headings += [f"{adult} {part}" for part in (*parts, _("contact allowed"))]
    return headings, [_filled(row, widest) for row in rows]


def _filled(row: list[Any], width: int) -> list[Any]:
    shown = list(row)
    for start in range(PUPIL, len(row), ADULT):
        shown[start + LANGUAGE] = language_name(row[start + LANGUAGE])
        shown[start + ADULT - 1] = plain(row[start + ADULT - 1])
    return shown + [""] * (width - len(row))
