"""The counts of a round as a table that may leave the school: all of it through the one disclosure gate.

There is one release per round and voice: counts of everybody and by class, protected together. What a mentor takes
along are rows of that same release, so that two files never tell more than one.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from driegesprek import evidence
from driegesprek.evidence import Counts, ProtectedTables, Row, Share
from driegesprek.tables.codebook import Variable
from driegesprek.web.surveys.domain.variables import Apart
from driegesprek.web.surveys.domain.wide import Wide

BY: Final = "class"
_WITHHELD: Final = {
    "too_few": lazy("not in this file: fewer than 10 people answered"),
    "cannot_protect": lazy("not in this file: even the total would give away a count below 10"),
    Apart.CONDITIONAL: lazy(
        "not in this file: asked only of some, which would tell what they answered before"
    ),
    Apart.DERIVED: lazy("not in this file: made of other questions, together they would tell too much"),
    "changed": lazy(
        "not in this file: somebody took answers back since an earlier file, it would tell whose"
    ),
    Apart.ITEM: lazy("not in this file: part of a scale, whose counts are in the report for a researcher"),
    Apart.LIMITS: lazy("not in this file: the form limits the answers in a way that cannot be checked"),
}
Words = Callable[[Variable], str]


def release(wide: Wide, questions: Collection[str] | None = None) -> ProtectedTables:
    """What may leave the school of these answers: per question everybody, and each class.

    Args:
        wide: all of a voice in a round, never a part: a second release of a part could give away the rest.
        questions: only these; each question is protected by itself, so that a part is the same as in the whole.
    """
    return evidence.disclosure.protect(counted(wide, questions, by=[BY]))


def counted(wide: Wide, questions: Collection[str] | None = None, *, by: Collection[str]) -> Counts:
    """The sums of the questions that may leave the school at all; personal data until the gate has passed them.

    Args:
        wide: all of a voice in a round.
        questions: only these.
        by: groups, as far as they are known.
    """
    chosen = [
        one.name
        for one in wide.countable
        if one.name not in wide.apart and (questions is None or one.name in questions)
    ]
    known = {one.name for one in wide.codebook.variables}
    groups = [one for one in by if one in known]
    return evidence.count(wide.table, wide.codebook, questions=chosen, by=groups)


def own_rows(tables: ProtectedTables, classes: Collection[str] | None) -> list[Row]:
    """The rows of the release for these classes; all rows, the total among them, where `classes` is None."""
    if classes is None:
        return list(tables.rows)
    return [row for row in tables.rows if row.by and row.group[0] in classes]


def words(variable: Variable) -> str:
    """The question in the language of the desk, without the names that are filled in for each person."""
    return without_names(variable.text(*_languages(variable.label)))


def answer_words(variable: Variable, code: str) -> str:
    """An answer in the language of the desk."""
    labels: dict[str, str] = next((dict(one.label) for one in variable.values if one.code == code), {})
    return without_names(variable.value_label(code, *_languages(labels)))


def _languages(labels: Any) -> tuple[str, ...]:
    return ((get_language() or "nl")[:2], "nl", "en", *labels)


def without_names(text: str) -> str:
    """A text of a form with `${pupil_name}` as 'the pupil', and three dots for all else that is filled in."""

    def word(found: re.Match[str]) -> str:
        said = {"pupil_name": _("the pupil"), "school_name": _("our school")}.get(found[1].strip(), "…")
        begins = found.start() == 0 or found.string[: found.start()].rstrip().endswith((".", "?", "!"))
        return said[:1].upper() + said[1:] if begins else said

    return re.sub(r"\$\{([^}]*)\}", word, re.sub(r"[\u2066-\u2069]", "", text))


def headings() -> list[str]:
    """Of the table of counts."""
    columns = [_("Question"), _("Group"), _("Answered"), _("Answer"), _("Count"), _("Per cent"), _("Note")]
    return [*columns, _("Name of the question"), _("Code of the answer")]


def table(wide: Wide, tables: ProtectedTables, classes: Collection[str] | None) -> list[list[Any]]:
    """One row per question, group and answer; what is withheld has no number but a note."""
    rows: dict[str, list[Row]] = {}
    for row in own_rows(tables, classes):
        rows.setdefault(row.question, []).append(row)
    return [line for one in wide.countable for line in _question(one, wide, tables, rows.get(one.name, []))]


def _question(
    variable: Variable, wide: Wide, tables: ProtectedTables, rows: list[Row]
) -> Iterator[list[Any]]:
    why = wide.apart.get(variable.name) or tables.withheld.get(variable.name)
    if why:
        yield [words(variable), *[None] * 5, str(_WITHHELD[why]), variable.name, None]
    for row in rows:
        for share in row.shares:
            yield _line(variable, row, share)


def _line(variable: Variable, row: Row, share: Share) -> list[Any]:
    group = (row.group[0] or _("class not known")) if row.by else _("everybody")
    note = (
        "" if share.count is not None else _("withheld: fewer than 10, or it would give away another count")
    )
    percent = None if share.percent is None else round(share.percent, 1)
    answer = answer_words(variable, share.code)
    return [words(variable), group, row.n, answer, share.count, percent, note, variable.name, share.code]


def about(wide: Wide, tables: ProtectedTables, *, still_open: bool) -> list[str]:
    """What must be known of the file by whoever reads it."""
    told = [
        _("These are counts of people who handed in. Who did not hand in is not in them."),
        _(
            "Every count is of at least %(n)s people. A smaller count is withheld, and so is one that would give it away."
        )
        % {"n": tables.minimum},
        _(
            "Per cent is of those who answered the question. The number of people in a class is left out on purpose."
        ),
        _("A count says how many, not why, and not how good a class, a mentor or a family is."),
    ]
    if still_open:
        told.append(
            _(
                "Answers may still come in. Do not publish this file beside a later one: the difference tells too much."
            )
        )
    return [*told, *wide.notes]
