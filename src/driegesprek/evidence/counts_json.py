"""Counts as JSON: versioned, the same text for the same sums, so that they can be handed over and added up.

The text holds unprotected sums. Only :mod:`driegesprek.evidence.disclosure` makes what may be published.
"""

import json
from typing import Any

from driegesprek.evidence.counts import Absence, Answer, CountedQuestion, Counts, CountsError, Group
from driegesprek.tables.codebook import Kind, Missing

FORMAT = "driegesprek.counts"
VERSION = 1


def to_json(counts: Counts) -> str:
    """The sums as JSON text. They are personal data: keep them where the answers are."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "by": list(counts.by),
        "questions": [_question_to_plain(question) for question in counts.questions],
        "groups": [_group_to_plain(counts, group) for group in counts.groups],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Counts:
    """Read what :func:`to_json` wrote.

    Raises:
        CountsError: Not JSON, not sums, of another version, damaged, or not adding up.
    """
    document = _document(text)
    try:
        return _counts_from_plain(document)
    except CountsError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CountsError(
            f"The sums are damaged: {type(error).__name__} {error}. Make them again."
        ) from error


def _question_to_plain(question: CountedQuestion) -> dict[str, Any]:
    plain = {"name": question.name, "kind": question.kind.value, "categories": list(question.categories)}
    limits = {"least": question.least, "most": question.most}
    return plain | {key: value for key, value in limits.items() if value is not None}


def _group_to_plain(counts: Counts, group: Group) -> dict[str, Any]:
    return {
        "codes": list(group),
        "respondents": counts.respondents[group],
        "questions": {q.name: _cell_to_plain(counts, q, group) for q in counts.questions},
    }


def _cell_to_plain(counts: Counts, question: CountedQuestion, group: Group) -> dict[str, dict[str, int]]:
    answers = {code: counts.of(question.name, code, group) for code in question.categories}
    missing = {reason.value: counts.without(question.name, reason, group) for reason in Missing}
    return {"answers": _positive(answers), "missing": _positive(missing)}


def _positive(sums: dict[str, int]) -> dict[str, int]:
    return {key: n for key, n in sums.items() if n}


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise CountsError(f"The sums are not JSON: {error}.") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise CountsError(f'These are not sums: "format" should be "{FORMAT}".')
    if document.get("version") != VERSION:
        raise CountsError(
            f"The sums have version {document.get('version')!r}; this program reads version {VERSION}. "
            "Use the version of Driegesprek that made them, or a newer one."
        )
    return document


def _counts_from_plain(document: dict[str, Any]) -> Counts:
    groups = {_codes(plain["codes"]): plain for plain in document["groups"]}
    if len(groups) != len(document["groups"]):
        raise CountsError("A group stands twice in the sums. Make them again.")
    cells = [(g, name, cell) for g, plain in groups.items() for name, cell in plain["questions"].items()]
    return Counts(
        by=_codes(document["by"]),
        questions=tuple(_question_from_plain(plain) for plain in document["questions"]),
        respondents={group: _whole(plain["respondents"]) for group, plain in groups.items()},
        answers={Answer(q, c, g): _whole(n) for g, q, cell in cells for c, n in cell["answers"].items()},
        absences={
            Absence(q, Missing(r), g): _whole(n) for g, q, cell in cells for r, n in cell["missing"].items()
        },
    )


def _codes(plain: Any) -> Group:
    if not isinstance(plain, list) or not all(isinstance(code, str) for code in plain):
        raise CountsError(f"Expected a list of texts in the sums, found {plain!r}.")
    return tuple(plain)


def _question_from_plain(plain: dict[str, Any]) -> CountedQuestion:
    kind, categories = Kind(plain["kind"]), _codes(plain["categories"])
    limits = {key: _whole(plain[key]) for key in ("least", "most") if key in plain}
    return CountedQuestion(str(plain["name"]), kind, categories, **limits)


def _whole(n: Any) -> int:
    if not isinstance(n, int) or isinstance(n, bool) or n < 0:
        raise CountsError(f"Sums are whole numbers from 0; found {n!r}.")
    return n
