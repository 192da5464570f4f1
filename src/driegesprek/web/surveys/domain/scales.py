"""The scores of the scales that forms declare, as variables of a file."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from driegesprek.instruments import Kind, Questionnaire, play
from driegesprek.instruments.scoring import Score, score
from driegesprek.instruments.scoring_model import Scale
from driegesprek.tables.codebook import Kind as VariableKind
from driegesprek.tables.codebook import Missing, Value, Variable
from driegesprek.web.surveys.domain import answer_rows
from driegesprek.web.surveys.domain.answer_rows import Document
from driegesprek.web.surveys.domain.variables import labels


@dataclass(frozen=True)
class ScoreColumn:
    """A scale by its name, in every version that has it: the score, and the level where there are levels."""

    name: str
    variables: tuple[Variable, ...]
    forms: Mapping[UUID, tuple[Questionnaire, Scale]]

    def cells(self, found: Sequence[tuple[Score | None, str | None]]) -> dict[str, Any]:
        """The columns of what was `scored`, as Arrow arrays."""
        why = answer_rows.reasons([reason for _score, reason in found])
        made = answer_rows.cells(self.variables[0], [one and one.value for one, _reason in found], why)
        for level in self.variables[1:]:
            made |= answer_rows.cells(level, [_level(one) for one, _reason in found], why)
        return made

    def scores(self, documents: Sequence[Document]) -> list[float | None]:
        """The score of each document; None where there is none."""
        return [one and one.value for one, _reason in map(self.scored, documents)]

    def scored(self, one: Document) -> tuple[Score | None, str | None]:
        """The score; or why there is none."""
        if one.version not in self.forms:
            return None, Missing.NOT_ASKED
        form, scale = self.forms[one.version]
        found = score(form, scale, _values(form, scale, one))
        if found.value is not None:
            return found, None
        asked = {item.path for item in scale.items} & set(one.asked)
        return None, Missing.SKIPPED if asked else Missing.NOT_ASKED


def _level(one: Score | None) -> str | None:
    return one.level.name if one and one.level else None


def _values(form: Questionnaire, scale: Scale, one: Document) -> dict[str, Any]:
    """The answers that count; with what the form calculates from them where a scale needs that."""
    given = one.given
    lacking = [
        item.path
        for item in scale.items
        if form.questions[item.path].kind is Kind.CALCULATE and item.path not in given
    ]
    if not lacking:
        return given
    played = play(form, given, today=one.day)
    return {**given} | {path: played.calculated.get(path) for path in lacking}


def columns(forms: Sequence[tuple[UUID, Questionnaire]], taken: Collection[str]) -> tuple[ScoreColumn, ...]:
    """A score for every scale of these versions, the newest first; with a number where its name is taken."""
    names = dict.fromkeys(scale.name for _, form in forms for scale in form.scales)
    used = set(taken)
    return tuple(_column(name, forms, used) for name in names)


def _column(name: str, forms: Sequence[tuple[UUID, Questionnaire]], used: set[str]) -> ScoreColumn:
    of = {version: (form, scale) for version, form in forms for scale in form.scales if scale.name == name}
    scales = [scale for _, scale in of.values()]
    free = _free(name, used)
    made = [Variable(free, labels(scales[0].label), VariableKind.DECIMAL)]
    values = tuple(_levels(scales))
    if values:
        label = {
            key: f"{words}: niveau" if key == "nl" else f"{words}: level"
            for key, words in made[0].label.items()
        }
        made.append(Variable(f"{free}_level", label, VariableKind.SINGLE, values))
    return ScoreColumn(name, tuple(made), of)


def _levels(scales: Sequence[Scale]) -> Iterator[Value]:
    """Every level of every version once, in the order of the newest."""
    found = {}
    for scale in scales:
        for level in scale.levels:
            found.setdefault(level.name, level.label)
    for place, (name, label) in enumerate(found.items(), 1):
        yield Value(name, labels(label), place)


def _free(name: str, used: set[str]) -> str:
    found, number = name, 1
    while {found, f"{found}_level", f"{found}__missing", f"{found}_level__missing"} & used:
        number += 1
        found = f"{name}_score" if number == 2 else f"{name}_score_{number}"  # noqa: PLR2004 - the second try
    used |= {found, f"{found}_level", f"{found}__missing", f"{found}_level__missing"}
    return found
