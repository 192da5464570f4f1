"""The columns `scale` and `reverse` and the sheets `scales` and `levels` become scales."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from driegesprek.instruments.cells import YES, Cells
from driegesprek.instruments.model import Question
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.scoring import choice_value, is_reason
from driegesprek.instruments.scoring_model import Level, Method, Scale, ScaleItem
from driegesprek.instruments.scoring_sheets import Line, lines_of
from driegesprek.instruments.text_tables import SheetRows

SCORED: Final = frozenset({"select_one", "integer", "decimal", "range", "calculate"})
"""Types of question that give one number. A select_multiple counts by way of a calculate."""
_NO: Final = frozenset({"", "no", "false", "false()"})
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_NAME = re.compile(r"[A-Za-z]\w*")


@dataclass
class _Reading:
    """What is gathered while the sheets are read."""

    questions: Mapping[str, Question]
    rows: Mapping[str, Cells]
    choice_rows: Mapping[tuple[str, str], int]
    repeats: Sequence[str] = ()
    problems: list[Problem] = field(default_factory=list)

    def number(self, line: Line, column: str) -> float | None:
        """A cell as a number; a decimal comma serves too."""
        if not line[column]:
            return None
        if not _NUMBER.fullmatch(line[column]):
            self.problems.append(line.problem("scoring_number", column, value=line[column]))
            return None
        return float(line[column].replace(",", "."))


def scales_of(
    sheets: Mapping[str, SheetRows],
    questions: Mapping[str, Question],
    *,
    repeats: Sequence[str],
    rows: Mapping[str, Cells],
    choice_rows: Mapping[tuple[str, str], int],
    language: str,
) -> tuple[tuple[Scale, ...], list[Problem]]:
    """The scales that a form declares, and what is wrong with them. Without a sheet `scales` there are none.

    Args:
        sheets: all sheets of the form by name.
        questions: by path, in the order of the form.
        repeats: paths of groups that are asked more than once: a scale has one answer per question.
        rows: the row of the survey sheet by path.
        choice_rows: the row of the choices sheet by list and name.
        language: of texts whose heading names none.
    """
    if not any(sheets.get(sheet) for sheet in ("scales", "levels")):
        return (), []
    reading = _Reading(questions, rows, choice_rows, repeats)
    scales, wrong = lines_of("scales", sheets.get("scales", []), language)
    levels, also_wrong = lines_of("levels", sheets.get("levels", []), language)
    reading.problems += [*wrong, *also_wrong]
    declared = _declared(scales, reading)
    members = _members(declared, reading)
    _check_level_scales(levels, declared, reading)
    found = tuple(
        _scale(line, members[name], [one for one in levels if one["scale"] == name], reading)
        for name, line in declared.items()
    )
    return found, reading.problems


def _declared(lines: Iterable[Line], reading: _Reading) -> dict[str, Line]:
    """The rows of the sheet scales by their scale."""
    found: dict[str, Line] = {}
    for line in lines:
        name = line["scale"]
        if not _NAME.fullmatch(name):
            reading.problems.append(line.problem("scale_name", "scale", name=name))
        elif name in found:
            details = {"name": name, "other": str(found[name].row)}
            reading.problems.append(line.problem("scale_twice", "scale", **details))
        else:
            found[name] = line
    return found


def _members(declared: Mapping[str, Line], reading: _Reading) -> dict[str, list[tuple[Question, bool]]]:
    """The questions of each scale, and whether they are reversed in it."""
    found: dict[str, list[tuple[Question, bool]]] = {name: [] for name in declared}
    for path, question in reading.questions.items():
        names = dict.fromkeys(_column(question, "scale").split())
        reversed_in = _reversed_in(question, tuple(names), reading)
        for name in names:
            if name in found:
                found[name].append((question, name in reversed_in))
            else:
                _unknown(reading.rows[path], name, declared, reading)
        if names:
            _check_question(question, reading)
    return found


def _column(question: Question, wanted: str) -> str:
    """An extra column of the survey sheet, whatever the case of its heading."""
    return next((cell for head, cell in question.extra.items() if head.strip().lower() == wanted), "")


def _reversed_in(question: Question, names: Sequence[str], reading: _Reading) -> frozenset[str]:
    """In which scales an item is reversed: `yes` says in all of them."""
    told = _column(question, "reverse")
    if told.lower() in _NO:
        return frozenset()
    chosen = frozenset(names if told.lower() in YES else told.split())
    if not chosen or not chosen <= set(names):
        cells = reading.rows[question.path]
        reading.problems.append(cells.problem("reverse_value", "reverse", value=told))
    return chosen


def _unknown(row: Cells | Line, name: str, declared: Mapping[str, Line], reading: _Reading) -> None:
    near = get_close_matches(name, list(declared), n=1, cutoff=0.5)
    details = {"name": name, "near": near[0] if near else ""}
    reading.problems.append(row.problem("scale_misspelt" if near else "scale_unknown", "scale", **details))


def _check_question(question: Question, reading: _Reading) -> None:
    """Whether a question gives one number per respondent."""
    if any(question.path.startswith(f"{repeat}/") for repeat in reading.repeats):
        reading.problems.append(
            reading.rows[question.path].problem("scale_repeat", "scale", name=question.name)
        )
    if question.kind not in SCORED:
        cells = reading.rows[question.path]
        details = {"name": question.name, "kind": question.kind.value}
        reading.problems.append(cells.problem("scale_kind", "type", **details))
        return
    for choice in question.choices:
        if not is_reason(choice) and choice_value(choice) is None:
            row = reading.choice_rows.get((question.list_name, choice.name))
            details = {"name": choice.name, "list": question.list_name, "question": question.name}
            reading.problems.append(Problem("choices", row, "name", "scale_choice", details))


def _check_level_scales(lines: Iterable[Line], declared: Mapping[str, Line], reading: _Reading) -> None:
    for line in lines:
        if line["scale"] not in declared:
            _unknown(line, line["scale"], declared, reading)


def _scale(
    line: Line, members: Sequence[tuple[Question, bool]], levels: Sequence[Line], reading: _Reading
) -> Scale:
    low, high = reading.number(line, "low"), reading.number(line, "high")
    if low is not None and high is not None and low >= high:
        reading.problems.append(line.problem("scale_range", "low", low=line["low"], high=line["high"]))
    if not members:
        reading.problems.append(line.problem("scale_empty", "scale", name=line["scale"]))
    items = tuple(_item(line, question, (low, high), reading, reverse=turned) for question, turned in members)
    scale = Scale(
        name=line["scale"],
        label=line.text("label"),
        method=_method(line, reading),
        minimum=_minimum(line, len(members), reading),
        empty=reading.number(line, "empty"),
        items=items,
    )
    return _with_levels(scale, levels, reading)


def _item(
    line: Line,
    question: Question,
    ends: tuple[float | None, float | None],
    reading: _Reading,
    *,
    reverse: bool,
) -> ScaleItem:
    """An item with the ends of its answers: those of the scale, else those of its own choices."""
    values = [value for one in question.choices if (value := choice_value(one)) is not None]
    low, high = ends
    details = {"name": question.name, "scale": line["scale"]}
    outside = [value for value in values if not _within(value, low, high)]
    if outside:
        at = {"value": f"{outside[0]:g}", "low": line["low"] or "–", "high": line["high"] or "–"}
        reading.problems.append(line.problem("scale_outside", "low", **details, **at))
    low = min(values, default=None) if low is None else low
    high = max(values, default=None) if high is None else high
    if reverse and (low is None or high is None):
        reading.problems.append(line.problem("scale_ends", "low", **details))
    return ScaleItem(path=question.path, reverse=reverse, low=low, high=high)


def _within(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


def _method(line: Line, reading: _Reading) -> Method:
    told = line["method"].lower() or Method.MEAN
    if told in list(Method):
        return Method(told)
    reading.problems.append(line.problem("scale_method", "method", value=line["method"]))
    return Method.MEAN


def _minimum(line: Line, items: int, reading: _Reading) -> int:
    """How many items must be answered; all of them where nothing is said."""
    told = line["minimum"]
    if not told:
        return max(items, 1)
    if not re.fullmatch(r"\d{1,4}", told) or not 0 <= int(told) <= max(items, 1):
        details = {"value": told, "items": str(items)}
        reading.problems.append(line.problem("scale_minimum", "minimum", **details))
        return max(items, 1)
    return int(told)


def _with_levels(scale: Scale, lines: Sequence[Line], reading: _Reading) -> Scale:
    """The scale with its levels in the order of their cut points."""
    found: dict[float, Level] = {}
    for line in lines:
        start = reading.number(line, "from")
        if not line["from"]:
            reading.problems.append(line.problem("level_from", "from"))
        if not line["level"]:
            reading.problems.append(line.problem("level_name", "level"))
        if start is None:
            continue
        if start in found:
            reading.problems.append(line.problem("level_twice", "from", value=line["from"]))
        _check_reached(scale, line, start, reading)
        found[start] = Level(
            start=start, name=line["level"], label=line.text("label"), advice=line.text("advice")
        )
    levels = tuple(found[start] for start in sorted(found))
    return Scale(**{**vars(scale), "levels": levels})


def _check_reached(scale: Scale, line: Line, start: float, reading: _Reading) -> None:
    """A level that no score reaches is a mistake, such as cut points of a sum with a mean."""
    ends = [item.high for item in scale.items]
    if not ends or None in ends:
        return
    highest = [end for end in ends if end is not None]
    most = sum(highest) if scale.method is Method.SUM else sum(highest) / len(highest)
    if start > most:
        details = {"value": line["from"], "most": f"{most:g}", "method": scale.method.value}
        reading.problems.append(line.problem("level_unreachable", "from", **details))
