"""The scan of conditions at school, as a team answered it in a survey round."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from driegesprek.content import scans
from driegesprek.content.scans import ScanResult
from driegesprek.figures import Figure
from driegesprek.web.surveys.domain import reading
from driegesprek.web.surveys.enums import Design, Voice
from driegesprek.web.surveys.models import Response, Round
from driegesprek.web.surveys.rules import showing

KEY: Final = scans.SCAN
_TOLD: Final = 1
"""From how many on of a round with names: staff were told that counsellor and leader see what each answers."""


@dataclass(frozen=True)
class Scan:
    """What the page shows.

    Attributes:
        n: who handed in; None where fewer did than may be told.
        least: from how many answers on a statement is shown.
        result: None where nothing may be shown.
        picture: the same drawn.
    """

    n: int | None
    least: int
    result: ScanResult | None = None
    picture: Figure | None = None


def has_scan(row: Round) -> bool:
    """Whether staff answer the scan in this round, in a design where they can be told what came of it."""
    return row.design != Design.ANONYMOUS and row.voices.filter(voice=Voice.STAFF, version__key=KEY).exists()


def scan(row: Round) -> Scan:
    """What the team answered, as means of who answered each statement."""
    least = _TOLD if row.design == Design.NAMED else showing.MINIMUM
    people = Response.objects.filter(round=row, voice=Voice.STAFF).values_list("pseudonym", flat=True)
    found = [one.answers for one in reading.handed_in(row.pk, people).values()]
    if len(found) < least:
        return Scan(len(found) if least == _TOLD else None, least)
    language = (get_language() or "nl")[:2]
    result = scans.team_result(found, language, least=least)
    return Scan(len(found), least, result, scans.picture(result, language))
