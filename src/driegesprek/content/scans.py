"""The scan of conditions and policy at school: from a team's answers to strengths, next steps and a picture of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING, Any

from driegesprek.content.forms import instrument
from driegesprek.content.languages import DUTCH, language
from driegesprek.content.texts import text

if TYPE_CHECKING:
    from driegesprek.figures import CoverageCell, Figure
    from driegesprek.instruments import Questionnaire
    from driegesprek.instruments.scoring_model import Scale

SCAN = "school_scan"
STRENGTH, NEXT_STEP, START = "strength", "next_step", "start"


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A statement of the scan, or a part of it.

    Attributes:
        name: As in the form.
        label: What it says.
        value: 1 to 5, of a team the mean; None where too little was answered.
        level: A statement: ``strength`` or ``next_step``. A part: ``start``, ``under_way`` or ``strength``. Empty
            without a value.
        level_label: The level in words.
        advice: What the team can do; empty where nothing is needed.
        n: Of a statement how many answered it; None where that is not shown. None for a part.
    """

    name: str
    label: str
    value: float | None
    level: str
    level_label: str
    advice: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class ScanPart:
    """A part with its statements, in the order of the form."""

    whole: ScanLine
    items: tuple[ScanLine, ...]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What a team found."""

    parts: tuple[ScanPart, ...]

    @property
    def strengths(self) -> tuple[ScanLine, ...]:
        """The statements that are there, in the order of the form."""
        return tuple(one for part in self.parts for one in part.items if one.level == STRENGTH)

    @property
    def next_steps(self) -> tuple[ScanLine, ...]:
        """The statements with something to do, those that are least there first."""
        found = [one for part in self.parts for one in part.items if one.level == NEXT_STEP]
        return tuple(sorted(found, key=lambda one: one.value or 0))


def scan_result(answers: Mapping[str, Any], language_code: str = DUTCH) -> ScanResult:
    """Give strengths and next steps of one answered scan.

    Args:
        answers: By the name of the question or its path; what was not answered may be left out.
        language_code: Of the words.
    """
    return team_result([answers], language_code)


def team_result(
    several: Sequence[Mapping[str, Any]], language_code: str = DUTCH, *, least: int = 1
) -> ScanResult:
    """Give strengths and next steps of what several members of a team answered, each on a form of one's own.

    A statement is the mean of who answered it. A part is the mean of its statements that have a value, from as many
    statements as its scale demands; so a part tells nothing that its statements do not tell. Of one answered form
    that is its score.

    Args:
        several: The answers of each, as of `scan_result`.
        language_code: Of the words.
        least: A statement that fewer people answered has no value, and its n is not told.
    """
    from driegesprek.instruments.scoring import scores  # noqa: PLC0415 -- heavy, and only instruments need it

    form = instrument(SCAN)
    found = [scores(form, answers) for answers in several]
    of_item = {scale.items[0].path: scale for scale in form.scales if len(scale.items) == 1}
    parts = []
    for scale in form.scales:
        if len(scale.items) > 1:
            singles = [of_item[item.path] for item in scale.items]
            known = [[one[single.name].value for one in found] for single in singles]
            items = [
                _line(form, single, _mean(values, least), language_code, n=_count(values, least))
                for single, values in zip(singles, known, strict=True)
            ]
            means = _mean([item.value for item in items], scale.minimum)
            parts.append(ScanPart(_line(form, scale, means, language_code), tuple(items)))
    return ScanResult(tuple(parts))


def _mean(values: Sequence[float | None], least: int) -> float | None:
    known = [one for one in values if one is not None]
    return mean(known) if len(known) >= max(least, 1) else None


def _count(values: Sequence[float | None], least: int) -> int | None:
    n = sum(one is not None for one in values)
    return n if n >= least or least == 1 else None


def scan_picture(answers: Mapping[str, Any], language_code: str = DUTCH) -> "Figure":
    """Draw how many statements of each part are strengths, of those that were answered.

    A part that is still to begin is marked. Arguments as of `scan_result`.
    """
    return picture(scan_result(answers, language_code), language_code)


def picture(result: ScanResult, language_code: str = DUTCH) -> "Figure":
    """Draw a result, as `scan_picture` does."""
    from driegesprek.figures import CoverageRow, coverage  # noqa: PLC0415 -- only where it is drawn

    return coverage(
        [CoverageRow(part.whole.label, (_cell(part),)) for part in result.parts],
        title=str(text("scan.picture", language_code)),
        activities=[str(text("scan.strengths", language_code))],
        language=language_code,
        direction=language(language_code).direction,
    )


def _cell(part: ScanPart) -> "CoverageCell":
    from driegesprek.figures import CoverageCell  # noqa: PLC0415 -- as above

    answered = [one for one in part.items if one.value is not None]
    if not answered:
        return CoverageCell()
    strong = sum(one.level == STRENGTH for one in answered)
    return CoverageCell(done=strong, agreed=len(answered), attention=part.whole.level == START)


def _line(
    form: "Questionnaire", scale: "Scale", value: float | None, language_code: str, *, n: int | None = None
) -> ScanLine:
    from driegesprek.instruments import in_language  # noqa: PLC0415 -- as above

    def words(text: Mapping[str, str]) -> str:
        return in_language(text, language_code, form.default_language) if text else ""

    level = scale.level_of(value)
    return ScanLine(
        scale.name,
        words(scale.label),
        value,
        level.name if level else "",
        words(level.label) if level else "",
        words(level.advice) if level else "",
        n,
    )
