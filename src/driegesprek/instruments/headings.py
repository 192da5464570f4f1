"""Column headings of a form: which column, in which language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from driegesprek.instruments.languages import language_key
from driegesprek.instruments.problems import Problem

TRANSLATED: Final = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video"}
)
SURVEY: Final = TRANSLATED | {
    "type",
    "name",
    "relevant",
    "required",
    "constraint",
    "calculation",
    "default",
    "choice_filter",
    "appearance",
    "read_only",
    "parameters",
    "rows",
    "disabled",
    "repeat_count",
    "trigger",
}
CHOICES: Final = frozenset({"list_name", "name", "label", "image", "audio", "video"})
SETTINGS: Final = frozenset(
    {
        "title",
        "form_id",
        "version",
        "default_language",
        "name",
        "style",
        "instance_name",
        "allow_choice_duplicates",
        "public_key",
        "clean_text_values",
        "add_none_option",
    }
)

_ALIASES: Final = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "list name": "list_name",
    "form_title": "title",
    "set_form_title": "title",
    "set_form_id": "form_id",
    "id_string": "form_id",
    "id": "form_id",
    "repeat_count": "repeat_count",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "jr:noapperrorstring": "no_app_error_string",
    "noapperrorstring": "no_app_error_string",
}
REFUSED: Final = {
    "save_to": "column_save_to",
    "query": "column_query",
    "bind": "column_bind",
    "public_key": "setting_public_key",
}
"""Columns that would change what the form does; a value in them is refused with this reason."""
WITHOUT_EFFECT: Final = frozenset(
    {
        "autoplay",
        "no_app_error_string",
        "compact_tag",
        "instance",
        "body",
        "control",
        "sms_field",
        "sms_option",
        "sms_separator",
        "sms_allow_media",
        "sms_date_format",
        "sms_datetime_format",
        "sms_response",
        "sms_keyword",
        "prefix",
        "delimiter",
        "submission_url",
        "auto_send",
        "auto_delete",
        "omit_instanceid",
        "namespaces",
        "client_editable",
        "flat",
        "xml_root",
        "big-image",
        "style",
        "instance_name",
        "clean_text_values",
    }
)
"""Columns that mean something on a device or for its sending, not here; they are kept and noted."""
_CONTAINERS: Final = {
    "media": {"image", "audio", "video", "big-image"},
    "bind": {
        "relevant",
        "required",
        "constraint",
        "calculate",
        "readonly",
        "jr:constraintmsg",
        "jr:requiredmsg",
    }
    | {"jr:noapperrorstring"},
    "body": {"appearance"},
    "control": {"appearance", "jr:count"},
}
_OF_SCORING: Final = frozenset({"scale", "reverse", "score"})
"""Columns of ours, read by scoring_reading."""
_SPLIT = re.compile(r"\s*::\s*")
_SPLIT_SINGLE = re.compile(r"\s*(?<!jr):\s*")


@dataclass(frozen=True)
class Heading:
    """One heading: the column it means, its language ('' = none), whether we know it."""

    written: str
    column: str
    language: str = ""
    language_name: str = ""
    known: bool = True


def read_headings(
    sheet: str, written: Iterable[str], known: frozenset[str]
) -> tuple[dict[str, Heading], list[Problem], list[Problem]]:
    """What the headings of a sheet mean; also what must be refused, and what is worth a remark."""
    texts = list(dict.fromkeys(written))
    double = any("::" in text for text in texts)
    headings: dict[str, Heading] = {}
    problems: list[Problem] = []
    taken: dict[tuple[str, str], str] = {}
    for text in texts:
        heading = headings[text] = _heading(text, known, double=double)
        other = taken.setdefault((heading.column, heading.language), text)
        if other != text and heading.column in known:
            problems.append(Problem(sheet, 1, text, "heading_twice", {"other": other}))
    return headings, problems, _remarks(sheet, headings.values(), known)


def _heading(text: str, known: frozenset[str], *, double: bool) -> Heading:
    parts = [part for part in (_SPLIT if double or "::" in text else _SPLIT_SINGLE).split(text) if part]
    if not parts:
        return Heading(text, text, known=False)
    column, rest = _column(parts)
    fits = column in known or column in REFUSED or column in WITHOUT_EFFECT
    if column in TRANSLATED and len(rest) == 1:
        return Heading(text, column, language_key(rest[0]), rest[0], known=fits)
    if rest and column not in REFUSED and column not in WITHOUT_EFFECT:
        return Heading(text, text, known=False)
    return Heading(text, column if fits else text, known=fits)


def _column(parts: Sequence[str]) -> tuple[str, list[str]]:
    first = _snake(parts[0])
    if first in _CONTAINERS and len(parts) > 1:
        inner = _snake(parts[1])
        if inner in _CONTAINERS[first]:
            return _ALIASES.get(inner, inner), list(parts[2:])
    return _ALIASES.get(first, first), list(parts[1:])


def _snake(text: str) -> str:
    return "_".join(text.lower().split())


def _remarks(sheet: str, headings: Iterable[Heading], known: frozenset[str]) -> list[Problem]:
    found = []
    for heading in headings:
        if heading.column in WITHOUT_EFFECT:
            found.append(Problem(sheet, 1, heading.written, "column_without_effect"))
        elif not heading.known and (remark := _extra(sheet, heading, known)):
            found.append(remark)
    return found


def _extra(sheet: str, heading: Heading, known: frozenset[str]) -> Problem | None:
    first = _snake(re.split(r"::?", heading.written)[0])
    if first in _OF_SCORING:
        return None
    candidates = [*known, *(alias for alias, column in _ALIASES.items() if column in known)]
    near = get_close_matches(first, candidates, n=1, cutoff=0.78)
    if near:
        wanted = near[0] if near[0] in known else _ALIASES[near[0]]
        return Problem(sheet, 1, heading.written, "column_misspelt", {"near": wanted})
    # The choices sheet holds columns of its own by design, for choice_filter.
    return None if sheet == "choices" else Problem(sheet, 1, heading.written, "column_extra")


def language_names(headings: Iterable[Heading]) -> Mapping[str, str]:
    """The languages of the headings in their order: {key: as written}."""
    found: dict[str, str] = {}
    for heading in headings:
        if heading.language:
            found.setdefault(heading.language, heading.language_name)
    return found
