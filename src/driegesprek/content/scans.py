"""The scan of conditions and policy at school: from a team's answers to strengths, next steps and a picture of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from driegesprek.content.forms import instrument
from driegesprek.content.languages import DUTCH, language
from driegesprek.content.texts import text

if TYPE_CHECKING:
    from driegesprek.figures import CoverageCell, Figure
    from driegesprek.instruments import Questionnaire
    from driegesprek.instruments.scoring import Score

SCAN = "school_scan"
STRENGTH, NEXT_STEP, START = "strength", "next_step", "start"


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A statement of the scan, or a part of it.

    Attributes:
        name: As in the form.
        label: What it says.
        value: 1 to 5; None where too little was answered.
        level: A statement: ``strength`` or ``next_step``. A part: ``start``, ``under_way`` or ``strength``. Empty
            without a value.
        level_label: The level in words.
        advice: What the team can do; empty where nothing is needed.
    """

    name: str
    label: str
    value: float | None
    level: str
    level_label: str
    advice: str


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
    """Give strengths and next steps.

    Args:
        answers: By the name of the question or its path; what was not answered may be left out.
        language_code: Of the words.
    """
    from driegesprek.instruments.scoring import scores  # noqa: PLC0415 -- heavy, and only instruments need it

    form = instrument(SCAN)
    found = scores(form, answers)
    lines = {name: _line(form, score, language_code) for name, score in found.items()}
    of_item = {
        item.path: scale.name for scale in form.scales for item in scale.items if len(scale.items) == 1
    }
    return ScanResult(
        tuple(
            ScanPart(lines[scale.name], tuple(lines[of_item[item.path]] for item in scale.items))
            for scale in form.scales
            if scale.name not in of_item.values()
        )
    )


def scan_picture(answers: Mapping[str, Any], language_code: str = DUTCH) -> "Figure":
    """Draw how many statements of each part are strengths, of those that were answered.

    A part that is still to begin is marked. Arguments as of `scan_result`.
    """
    from driegesprek.figures import CoverageRow, coverage  # noqa: PLC0415 -- only where it is drawn

    parts = scan_result(answers, language_code).parts
    return coverage(
        [CoverageRow(part.whole.label, (_cell(part),)) for part in parts],
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


def _line(form: "Questionnaire", score: "Score", language_code: str) -> ScanLine:
    from driegesprek.instruments import in_language  # noqa: PLC0415 -- as above

    def words(text: Mapping[str, str]) -> str:
        return in_language(text, language_code, form.default_language) if text else ""

    scale = next(one for one in form.scales if one.name == score.scale)
    level = score.level
    return ScanLine(
        score.scale,
        words(scale.label),
        score.value,
        level.name if level else "",
        words(level.label) if level else "",
        words(level.advice) if level else "",
    )
