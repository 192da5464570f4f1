"""What the columns of a wide file mean, and why a value is missing.

A wide file has one row per respondent. For a variable ``name``:

* column ``name`` holds the code (text) or the number;
* several answers to one question are booleans ``name__code``, one per option;
* column ``name__missing`` holds the reason (:class:`Missing`) where the value is null.

The codebook is stored beside the file as JSON, versioned, and reads back exactly as it was written.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FORMAT = "driegesprek.codebook"
VERSION = 1
SEPARATOR = "__"
MISSING_SUFFIX = f"{SEPARATOR}missing"
_NAME = re.compile(r"[^\W\d]\w*(?:[.-]\w+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class CodebookError(ValueError):
    """The codebook contradicts itself or cannot be read; the message says where and what to do."""


class Missing(StrEnum):
    """Why a value is not there."""

    NOT_ASKED = "not_asked"
    """Routing did not put the question to this respondent."""
    SKIPPED = "skipped"
    """Asked, left empty."""
    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    """'I would rather not say.'"""
    STOPPED = "stopped"
    """The respondent stopped before this question."""
    INVALID = "invalid"
    """Something was given that cannot be used, such as two crosses on paper."""
    NOT_RECORDED = "not_recorded"
    """Null without a reason in the file."""


class Kind(StrEnum):
    """What sort of values a variable has."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    GROUP = "group"
    """A single code that says where the respondent belongs, such as class or track."""


CODED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.GROUP})


@dataclass(frozen=True)
class Value:
    """One code of a variable, its labels per language and its place in the scale."""

    code: str
    label: Mapping[str, str] = field(default_factory=dict)
    order: int = 0


@dataclass(frozen=True)
class Reason:
    """How a reason for missing was written in the file that the data come from.

    Attributes:
        code: As written there, such as "-9".
        missing: What it is taken for; :attr:`Missing.NOT_RECORDED` where its label does not tell.
        label: Its label per language.
    """

    code: str
    missing: Missing = Missing.NOT_RECORDED
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Variable:
    """One variable: a question, a score or a group.

    Attributes:
        name: The column, or for several answers the start of its columns.
        label: The question as asked, per language.
        kind: What sort of values it has.
        values: The codes; needed for single, multiple and group; allowed for integer.
        unit: Unit of a number, such as "minutes".
        least: How many options the form demands of who answers (several answers only).
        most: How many options the form allows (several answers only).
        reasons: The codes for missing in the file that the data come from, if it had any.
    """

    name: str
    label: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = Kind.SINGLE
    values: tuple[Value, ...] = ()
    unit: str = ""
    least: int | None = None
    most: int | None = None
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", _kind(self.name, self.kind))
        object.__setattr__(self, "values", tuple(self.values))
        object.__setattr__(self, "reasons", tuple(self.reasons))
        _check_variable(self)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order of the scale; equal orders keep the order in which they were given."""
        return tuple(value.code for value in sorted(self.values, key=lambda value: value.order))

    @property
    def missing_column(self) -> str:
        """The column with the reason where the value is null."""
        return self.name + MISSING_SUFFIX

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold the values, without the one for the reason."""
        if self.kind is Kind.MULTIPLE:
            return tuple(self.option_column(code) for code in self.codes)
        return (self.name,)

    def option_column(self, code: str) -> str:
        """The boolean column of one option of a question with several answers."""
        return f"{self.name}{SEPARATOR}{code}"

    def value_label(self, code: str, *languages: str) -> str:
        """The label of a code in the first of the languages that has one, else the code itself."""
        labels = next((value.label for value in self.values if value.code == code), {})
        return _first(labels, languages) or code

    def text(self, *languages: str) -> str:
        """The variable's label in the first of the languages that has one, else its name."""
        return _first(self.label, languages) or self.name


@dataclass(frozen=True)
class Codebook:
    """The meaning of a wide file's columns.

    Attributes:
        title: What the file is about.
        source: Where the data come from: the round, the instrument and its version.
        variables: In the order of the file.
    """

    title: str
    source: str
    variables: tuple[Variable, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "variables", tuple(self.variables))
        _refuse_repeats((v.name for v in self.variables), "variable name")
        columns = [c for v in self.variables for c in (*v.columns, v.missing_column)]
        _refuse_repeats(columns, "column")

    def variable(self, name: str) -> Variable:
        """The variable of that name.

        Raises:
            CodebookError: The codebook has no such variable; the message lists those it has.
        """
        for variable in self.variables:
            if variable.name == name:
                return variable
        known = ", ".join(v.name for v in self.variables) or "none"
        raise CodebookError(f"The codebook has no variable {name!r}. It has: {known}.")

    def to_json(self) -> str:
        """The codebook as JSON text, the same text for the same codebook."""
        document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
        document |= {"title": self.title, "source": self.source}
        document["variables"] = [_variable_to_plain(v) for v in self.variables]
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Codebook":
        """Read what :meth:`to_json` wrote.

        Raises:
            CodebookError: Not JSON, not a codebook, of a newer version, or contradicting itself.
        """
        document = _document(text)
        variables = _list(document, "variables", "the head")
        return cls(
            title=_string(document, "title", "the head"),
            source=_string(document, "source", "the head"),
            variables=tuple(_variable_from_plain(v, f"variable {i}") for i, v in enumerate(variables, 1)),
        )


def _first(labels: Mapping[str, str], languages: Iterable[str]) -> str:
    return next((labels[language] for language in languages if labels.get(language)), "")


def _kind(name: str, kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise CodebookError(
            f"Variable {name!r}: the kind {kind!r} is not known. Use one of {', '.join(Kind)}."
        ) from None


def _refuse_repeats(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise CodebookError(f"The {what} {name!r} stands twice in the codebook. Rename one of the two.")
        seen.add(name)


def _check_variable(variable: Variable) -> None:
    if not _NAME.fullmatch(variable.name):
        raise CodebookError(
            f"Variable {variable.name!r}: a name starts with a letter or underscore and has only letters, "
            "digits, underscores, dots and hyphens."
        )
    _check_languages(variable.label, f"Variable {variable.name!r}")
    _check_values(variable)
    _check_choice(variable)


def _check_values(variable: Variable) -> None:
    where = f"Variable {variable.name!r}"
    if variable.kind in CODED and not variable.values:
        raise CodebookError(f"{where} is of kind {variable.kind} and needs values.")
    for value in variable.values:
        if not value.code or value.code != value.code.strip():
            raise CodebookError(f"{where}: the code {value.code!r} is empty or starts or ends with a space.")
        if variable.kind is Kind.MULTIPLE and value.code == "missing":
            raise CodebookError(f"{where}: an option cannot have the code 'missing'. Recode it.")
        _check_languages(value.label, f"{where}, code {value.code!r}")
    _refuse_repeats((v.code for v in variable.values), f"code of {variable.name!r},")
    both = (*(v.code for v in variable.values), *(r.code for r in variable.reasons))
    _refuse_repeats(both, f"code or reason of {variable.name!r},")


def _check_languages(labels: Mapping[str, str], where: str) -> None:
    for language in labels:
        if not _LANGUAGE.fullmatch(language):
            raise CodebookError(f"{where}: {language!r} is not a language code such as 'nl' or 'ar'.")


def _check_choice(variable: Variable) -> None:
    where = f"Variable {variable.name!r}"
    if (variable.least, variable.most) == (None, None):
        return
    if variable.kind is not Kind.MULTIPLE:
        raise CodebookError(f"{where}: 'least' and 'most' belong to a question with several answers.")
    least, most = variable.least or 0, len(variable.values) if variable.most is None else variable.most
    if not 0 <= least <= most <= len(variable.values):
        raise CodebookError(
            f"{where}: from {least} to {most} of {len(variable.values)} options is impossible."
        )


def _variable_to_plain(variable: Variable) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "name": variable.name,
        "label": dict(variable.label),
        "kind": variable.kind.value,
        "values": [{"code": v.code, "label": dict(v.label), "order": v.order} for v in variable.values],
    }
    reasons = [{"code": r.code, "missing": r.missing.value, "label": dict(r.label)} for r in variable.reasons]
    optional = {
        "unit": variable.unit or None,
        "least": variable.least,
        "most": variable.most,
        "reasons": reasons or None,
    }
    return plain | {key: value for key, value in optional.items() if value is not None}


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise CodebookError(f"The codebook is not JSON: {error}.") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise CodebookError(f'This is not a codebook: "format" should be "{FORMAT}".')
    if document.get("version") != VERSION:
        raise CodebookError(
            f"The codebook has version {document.get('version')!r}; this program reads version {VERSION}. "
            "Use a newer Driegesprek."
        )
    return document


def _variable_from_plain(plain: Any, where: str) -> Variable:
    name = _string(plain, "name", where)
    where = f"variable {name!r}"
    known = {"name", "label", "kind", "values", "unit", "least", "most", "reasons"}
    if unknown := sorted(set(plain) - known):
        raise CodebookError(f"In {where} of the codebook, {unknown[0]!r} is not known.")
    return Variable(
        name=name,
        label=_labels(plain, where),
        kind=Kind(_kind(name, _string(plain, "kind", where))),
        values=tuple(_value_from_plain(v, where) for v in _list(plain, "values", where)),
        unit=_string(plain, "unit", where) if "unit" in plain else "",
        least=_optional_integer(plain, "least", where),
        most=_optional_integer(plain, "most", where),
        reasons=_reasons(plain, where),
    )


def _reasons(plain: Any, where: str) -> tuple[Reason, ...]:
    listed = _list(plain, "reasons", where) if "reasons" in plain else []
    return tuple(_reason_from_plain(one, where) for one in listed)


def _reason_from_plain(plain: Any, where: str) -> Reason:
    code = _string(plain, "code", f"a reason of {where}")
    where = f"reason {code!r} of {where}"
    told = _string(plain, "missing", where)
    if told not in list(Missing):
        raise CodebookError(f"In {where}, {told!r} is not known. Use one of {', '.join(Missing)}.")
    return Reason(code, Missing(told), _labels(plain, where))


def _value_from_plain(plain: Any, where: str) -> Value:
    code = _string(plain, "code", f"a value of {where}")
    where = f"code {code!r} of {where}"
    return Value(code, _labels(plain, where), _optional_integer(plain, "order", where) or 0)


def _typed(plain: Any, key: str, kind: type, where: str) -> Any:
    value = plain.get(key) if isinstance(plain, dict) else None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise CodebookError(f"In {where} of the codebook, {key!r} should be of type {kind.__name__}.")
    return value


def _string(plain: Any, key: str, where: str) -> str:
    return str(_typed(plain, key, str, where))


def _list(plain: Any, key: str, where: str) -> list[Any]:
    return list(_typed(plain, key, list, where))


def _labels(plain: Any, where: str) -> dict[str, str]:
    labels = _typed(plain, "label", dict, where)
    return {str(language): _string(labels, language, where) for language in labels}


def _optional_integer(plain: Any, key: str, where: str) -> int | None:
    return None if plain.get(key) is None else int(_typed(plain, key, int, where))
