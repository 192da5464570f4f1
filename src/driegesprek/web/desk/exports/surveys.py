"""How a survey round goes as a file: the numbers of its page, those that are not shown left out."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from driegesprek.web.desk.pages.surveys import Whole
from driegesprek.web.surveys.enums import Voice


def response(whole: Whole) -> tuple[list[str], list[list[Any]]]:
    """By class or group of codes, then who began, then by language and channel."""
    headings = [_("Who"), _("What"), _("Group"), _("Asked"), _("Handed in"), _("Note")]
    invented = bool(whole.row.study and whole.row.study.invented)
    return headings, [[*row, _note(row[-1], invented=invented)] for row in _rows(whole)]


def _rows(whole: Whole) -> Iterator[list[Any]]:
    by = _("Group") if whole.anonymous else _("Class")
    for one in whole.running.groups:
        yield [capfirst(str(Voice(one.voice).label)), by, one.name, one.asked, one.done]
    for who, n in whole.begun():
        yield [capfirst(who), _("Began"), "", None, n]
    for what, found in ((_("By language"), whole.languages()), (_("By channel"), whole.channels())):
        for who, name, n in found:
            yield [capfirst(who), what, name, None, n]


def _note(number: int | None, *, invented: bool) -> str:
    notes = [_("not shown: too few")] if number is None else []
    return ", ".join([*notes, *([_("invented answers")] if invented else [])])
