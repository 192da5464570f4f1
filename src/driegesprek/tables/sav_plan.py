"""How the variables of a wide file are written in SPSS: names, numbers for codes, user-missing values, widths."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from driegesprek.tables.codebook import Kind, Missing, Variable
from driegesprek.tables.wide import WideFile
from driegesprek.tables.wide_labels import chosen_words, label_of, reason_word, value_word, why_words

LONGEST_NAME: Final = 64
"""Bytes in UTF-8, as of SPSS 12."""
LONGEST_LABEL: Final = 255
LONGEST_VALUE_LABEL: Final = 120
WIDEST: Final = 32_767
"""Bytes of a text."""
REASONS: Final = tuple(Missing)
_RESERVED: Final = frozenset(
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"]
)
_PLAIN: Final = frozenset("0123456789_.")
_WHOLE: Final = re.compile(r"0|-?[1-9]\d{0,8}")
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL})


@dataclass(frozen=True, kw_only=True)
class SavVariable:
    """One variable of an SPSS file.

    Attributes:
        name: at most 64 bytes, as SPSS takes it.
        column: the column of the wide file.
        variable: the variable of the codebook.
        width: 0 for a number, else bytes of text.
        codes: the number of each code of a coded variable.
        labels: of values, also of those that are missing.
        reasons: the user-missing value of each reason.
        reason_column: where the reasons are; '' where they are not written with this variable.
        format: such as F8.0.
        measure: nominal, ordinal or scale.
    """

    name: str
    column: str
    variable: Variable
    label: str = ""
    width: int = 0
    codes: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[float, str] = field(default_factory=dict)
    reasons: Mapping[str, float] = field(default_factory=dict)
    reason_column: str = ""
    format: str = "F8.0"
    measure: str = "nominal"

    @property
    def range(self) -> tuple[float, float] | None:
        """The range of user-missing values; None where there are none, and for a variable of reasons alone."""
        if not self.reasons or self.column == self.reason_column:
            return None
        return min(self.reasons.values()), max(self.reasons.values())


def plan(file: WideFile, language: str) -> list[SavVariable]:
    """The variables of the SPSS file, in the order of the codebook.

    Reasons for missing of numbers and codes are user-missing values from -97 to -91; where a value lies there, from -997,
    and so on. Texts and dates have their reasons in a variable of their own, for SPSS takes three missing texts at most.
    """
    present = set(file.schema.names)
    extent = _extents(file, present)
    used: set[str] = set()
    return [
        one
        for variable in file.codebook.variables
        if set(variable.columns) <= present
        for one in _planned(variable, variable.missing_column in present, extent, language, used)
    ]


def several(planned: Iterable[SavVariable]) -> dict[str, list[SavVariable]]:
    """The variables of each question with several answers."""
    found: dict[str, list[SavVariable]] = {}
    for one in planned:
        if one.variable.kind is Kind.MULTIPLE:
            found.setdefault(one.variable.name, []).append(one)
    return found


def spss_name(wanted: str, used: set[str]) -> str:
    """A name that SPSS takes and that is not used yet, whatever the case.

    SPSS: letters, digits, and . _ $ # @; begins with a letter and does not end with a full stop (or, to be safe, an
    underscore); none of its own words; 64 bytes.
    """
    name = "".join(sign if sign.isalpha() or sign in _PLAIN else "_" for sign in wanted)
    name = name if name[:1].isalpha() else f"v{name}"
    name = _cut(name, LONGEST_NAME).rstrip("._") or "v"
    found, number = name, 1
    while found.upper() in used | _RESERVED:
        number += 1
        suffix = f"_{number}"
        found = _cut(name, LONGEST_NAME - len(suffix)).rstrip("._") + suffix
    used.add(found.upper())
    return found


def shortened(text: str, most: int) -> str:
    """A text of at most so many bytes in UTF-8, with three dots where it was cut."""
    plain = " ".join(text.split())
    return plain if len(plain.encode()) <= most else _cut(plain, most - 3).rstrip() + "…"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


@dataclass
class _Extent:
    """How wide the texts of a column are, or how low its numbers go."""

    width: int = 1
    least: float = 0.0


def _extents(file: WideFile, present: set[str]) -> dict[str, _Extent]:
    """Of columns of text and numbers; the data are gone through once for it."""
    wanted = {v.name: v.kind for v in file.codebook.variables if v.kind in {Kind.TEXT, *_NUMBERS}}
    found = {name: _Extent() for name in wanted if name in present}
    for batch in file.batches(list(found)) if found else ():
        for name, extent in found.items():
            _widen(extent, batch[name], wanted[name])
    return found


def _widen(extent: _Extent, column: Any, kind: Kind) -> None:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    if kind in _NUMBERS:
        extent.least = min(extent.least, pc.min(column).as_py() or 0)
    else:
        longest = pc.max(pc.binary_length(column.cast(pa.string()))).as_py() or 0
        extent.width = min(max(extent.width, longest), WIDEST)


def _planned(
    variable: Variable, with_reasons: bool, extent: Mapping[str, _Extent], language: str, used: set[str]
) -> Iterator[SavVariable]:
    label = shortened(label_of(variable, language), LONGEST_LABEL)
    if variable.kind in {Kind.TEXT, Kind.DATE}:
        yield _plain(variable, label, extent, used)
        if with_reasons:
            yield _why(variable, label, language, used)
        return
    codes = _codes(variable)
    least = extent[variable.name].least if variable.name in extent else min(codes.values(), default=0)
    reasons = _reasons(least) if with_reasons else {}
    for column, told, labels in _columns(variable, codes, language):
        labels |= {number: reason_word(Missing(reason), language) for reason, number in reasons.items()}
        yield SavVariable(
            name=spss_name(column, used),
            column=column,
            variable=variable,
            label=shortened(told, LONGEST_LABEL),
            codes=codes,
            labels={number: shortened(text, LONGEST_VALUE_LABEL) for number, text in labels.items()},
            reasons=reasons,
            reason_column=variable.missing_column if reasons else "",
            format="F12.4" if variable.kind is Kind.DECIMAL else "F8.0",
            measure=_measure(variable),
        )


def _columns(
    variable: Variable, codes: Mapping[str, float], language: str
) -> Iterator[tuple[str, str, dict[float, str]]]:
    """Column, label, and labels of values: one for a single answer, one per option for several."""
    question = label_of(variable, language)
    if variable.kind is Kind.MULTIPLE:
        no, yes = chosen_words(language)
        for code in variable.codes:
            told = f"{value_word(variable, code, language)} | {question}"
            yield variable.option_column(code), told, {0.0: no, 1.0: yes}
        return
    words = {code: value_word(variable, code, language) for code in codes}
    # A number without words needs no label.
    yield variable.name, question, {n: words[code] for code, n in codes.items() if words[code] != f"{n:.15g}"}


def _codes(variable: Variable) -> dict[str, float]:
    """Whole numbers stay what they are; other codes are numbered in the order of the scale."""
    if variable.kind is Kind.MULTIPLE:
        return {}
    if variable.kind in _NUMBERS:
        return {code: float(code) for code in variable.codes if _is_number(code)}
    if all(_WHOLE.fullmatch(code) for code in variable.codes):
        return {code: float(code) for code in variable.codes}
    return {code: float(place) for place, code in enumerate(variable.codes, 1)}


def _is_number(code: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", code) is not None


def _reasons(least: float) -> dict[str, float]:
    """A value for each reason, below all values of the variable."""
    base = 90.0
    while least <= -base:
        base = base * 10 + 90
    return {reason.value: -(base + place) for place, reason in enumerate(REASONS, 1)}


def _measure(variable: Variable) -> str:
    if variable.kind in _NUMBERS:
        return "scale"
    numbered = all(_WHOLE.fullmatch(code) for code in variable.codes)
    return "ordinal" if variable.kind is Kind.SINGLE and numbered and len(variable.codes) > 2 else "nominal"  # noqa: PLR2004 - two are no order


def _plain(variable: Variable, label: str, extent: Mapping[str, _Extent], used: set[str]) -> SavVariable:
    width = extent[variable.name].width if variable.kind is Kind.TEXT else 0
    return SavVariable(
        name=spss_name(variable.name, used),
        column=variable.name,
        variable=variable,
        label=label,
        width=width,
        format=f"A{width}" if width else "SDATE10",
        measure="nominal" if width else "scale",
    )


def _why(variable: Variable, label: str, language: str, used: set[str]) -> SavVariable:
    """The variable with the reasons of a text or date."""
    numbers = {reason.value: float(place) for place, reason in enumerate(REASONS, 1)}
    return SavVariable(
        name=spss_name(variable.missing_column, used),
        column=variable.missing_column,
        variable=variable,
        label=shortened(f"{label or variable.name}: {why_words(language)}", LONGEST_LABEL),
        codes=numbers,
        labels={number: reason_word(Missing(reason), language) for reason, number in numbers.items()},
        reasons={},
        reason_column="",
    )
