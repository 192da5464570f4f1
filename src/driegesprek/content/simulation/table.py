"""A simulated year as a wide file: one row per respondent and measurement, with its codebook, as exports have it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from driegesprek.content.simulation.figures import PARTS, POST
from driegesprek.content.simulation.people import TRACKS, People
from driegesprek.content.simulation.year import Answers, Sheets, State, Year
from driegesprek.instruments import Question
from driegesprek.instruments.scoring_model import Scale
from driegesprek.tables.codebook import Codebook, Kind, Missing, Value, Variable

INVENTED: Final = "Invented answers: nobody gave them"
TAKEN: Final = frozenset({"person", "pupil", "teacher", "round", "school", "class", "year_group", "track"})
"""Names of columns that say whom a row is about; a question of that name has `_2` behind it."""
_REASONS: Final = {
    State.SKIPPED: Missing.SKIPPED,
    State.UNTOUCHED: Missing.STOPPED,
    State.NOT_ASKED: Missing.NOT_ASKED,
}
_GROUPS: Final = {
    "round": {"nl": "Meting", "en": "Measurement"},
    "school": {"nl": "School", "en": "School"},
    "class": {"nl": "Klas", "en": "Class"},
    "year_group": {"nl": "Leerjaar", "en": "Year group"},
    "track": {"nl": "Leerweg", "en": "Track"},
}
_KEYS: Final = {
    "person": {"nl": "Respondent", "en": "Respondent"},
    "pupil": {"nl": "Over welke leerling", "en": "About which pupil"},
    "teacher": {"nl": "Mentor", "en": "Teacher"},
}
_PIECES: Final = re.compile(r"(\d*)(\D*)")
Cells = NDArray[Any]


def wide(year: Year, voice: str) -> tuple[Any, Codebook]:
    """Give the answers of one voice, before and after below each other; `person` joins them.

    Args:
        year: what `simulate` gave.
        voice: pupil, adult or staff.

    Returns:
        A pyarrow table with one row per respondent and measurement, and its codebook, as
        `driegesprek.tables.codebook` describes; with the scores of the scales by their names.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy

    sheets = [year.sheets[voice, part] for part in PARTS]
    columns: dict[str, list[Cells]] = {}
    for one in sheets:
        for name, cells in _columns(year, one).items():
            columns.setdefault(name, []).append(cells[one.there])
    for name, parts in columns.items():  # what was asked afterwards only
        if len(parts) < len(sheets):
            reason = Missing.NOT_ASKED.value if name.endswith("__missing") else None
            parts.insert(0, np.full(int(sheets[0].there.sum()), reason, dtype=object))
    table = pa.table({name: pa.array(np.concatenate(parts).tolist()) for name, parts in columns.items()})
    form = year.sheets[voice, POST].form
    title = f"{form.title} [{INVENTED}]"
    source = (
        f"{INVENTED}. Made by driegesprek.content.simulation with seed {year.seed}, after City Deal (2017)."
    )
    return table, Codebook(title, source, tuple(_variables(year, sheets[-1])))


def _columns(year: Year, sheets: Sheets) -> dict[str, Cells]:
    found = _about(year.people, sheets)
    for path, answers in sheets.answers.items():
        question = sheets.form.questions[path]
        name = _name(question)
        found[name], found[f"{name}__missing"] = _cells(question, answers)
    for scale in sheets.form.scales:
        found[scale.name], found[f"{scale.name}__missing"] = _scores(scale, sheets.answers)
    return found


def _about(people: People, sheets: Sheets) -> dict[str, Cells]:
    """Who and where; the codes of pupils and teachers are the same in the tables of all voices."""
    voice = sheets.voice
    number = people.count(voice)
    classes = people.class_of(voice)
    pupils = {"pupil": np.arange(number), "adult": people.pupil_of_adult}.get(voice, np.full(number, -1))
    mentors = dict(zip(people.class_of_teacher.tolist(), range(len(people.class_of_teacher)), strict=True))
    teacher = np.arange(number) if voice == "staff" else np.array([mentors.get(one, -1) for one in classes])
    school = np.where(classes < 0, -1, people.school_of_class[classes])
    return {
        "person": _coded(voice, np.arange(number)),
        "pupil": _coded("pupil", pupils),
        "teacher": _coded("staff", teacher),
        "round": np.full(number, sheets.part, dtype=object),
        "school": _coded("school", school),
        "class": _coded("class", classes),
        "year_group": _at(people.year_group.astype(str), classes),
        "track": _at(people.track, classes),
    }


def _coded(word: str, numbers: Cells) -> Cells:
    return np.array([None if one < 0 else f"{word}{one + 1}" for one in numbers], dtype=object)


def _at(values: Cells, places: Cells) -> Cells:
    """The values at these places; nothing at -1."""
    return np.array([None if one < 0 else str(values[one]) for one in places], dtype=object)


def _name(question: Question) -> str:
    return f"{question.name}_2" if question.name in TAKEN else question.name


def _reasons(question: Question) -> dict[str, str]:
    """The answers that are no answer but a reason for none."""
    return {one.name: one.extra["missing"] for one in question.choices if one.extra.get("missing")}


def _cells(question: Question, answers: Answers) -> tuple[Cells, Cells]:
    """Codes, and the reasons where there are none."""
    why = np.full(len(answers.codes), None, dtype=object)
    for state, reason in _REASONS.items():
        why[answers.states == state] = reason.value
    for code, reason_word in _reasons(question).items():
        why[answers.codes == code] = reason_word
    codes: Cells = answers.codes.astype(object)
    codes[[one is not None for one in why]] = None
    return codes, why


def _scores(scale: Scale, answers: Mapping[str, Answers]) -> tuple[Cells, Cells]:
    """The mean of what was answered, where that is enough; as `driegesprek.instruments.scoring` has it."""
    found = [answers[item.path] for item in scale.items]
    given = np.array([one.states == State.GIVEN for one in found])
    values = np.array([np.where(one.codes == "", "0", one.codes).astype(float) for one in found])
    turned = np.array([item.reverse for item in scale.items])[:, None]
    values = np.where(given, np.where(turned, 6 - values, values), 0.0)
    enough = given.sum(axis=0) >= max(scale.minimum, 1)
    scores = values.sum(axis=0) / np.maximum(given.sum(axis=0), 1)
    cells: Cells = scores.astype(object)
    cells[~enough] = None
    asked = np.any([one.states != State.NOT_ASKED for one in found], axis=0)
    why: Cells = np.where(asked, Missing.SKIPPED.value, Missing.NOT_ASKED.value).astype(object)
    why[enough] = None
    return cells, why


def _in_order(name: str, codes: set[str]) -> list[str]:
    """The codes of a group: tracks from practical to theoretical, others with numbers in their own order."""
    if name == "round":
        return list(PARTS)
    if name == "track":
        return [one for one in dict.fromkeys(TRACKS) if one in codes]
    return sorted(
        codes, key=lambda code: [(int(digits or 0), rest) for digits, rest in _PIECES.findall(code)]
    )


def _variables(year: Year, sheets: Sheets) -> Iterator[Variable]:
    yield from (Variable(name, label, Kind.TEXT) for name, label in _KEYS.items())
    about = _about(year.people, sheets)
    for name, label in _GROUPS.items():
        codes = _in_order(name, {one for one in about[name] if one})
        yield Variable(
            name, label, Kind.GROUP, tuple(Value(code, order=i) for i, code in enumerate(codes, 1))
        )
    for path in sheets.answers:
        question = sheets.form.questions[path]
        answers = [one for one in question.choices if one.name not in _reasons(question)]
        values = tuple(Value(one.name, one.label, i) for i, one in enumerate(answers, 1))
        yield Variable(_name(question), question.label, Kind.SINGLE, values)
    yield from (Variable(one.name, one.label, Kind.DECIMAL) for one in sheets.form.scales)
