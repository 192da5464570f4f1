"""The parent-child test on kinds of work in a named round: who may read it, and both answers beside each other.

Each sees the other's answers only where that person shares them; an adult never sees those of another adult. Behind a
typed code nothing stands beside anything: the pupil carries the adult's sheet, and so has its code.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from driegesprek.content import WorldComparison, compare_worlds
from driegesprek.web.access import scope
from driegesprek.web.conduct.domain import assignments
from driegesprek.web.conduct.domain.assignments import SealedError
from driegesprek.web.conduct.domain.survey_sittings import SurveySitting
from driegesprek.web.people.models import Bond
from driegesprek.web.surveys.domain import answers, pseudonyms, reading, versions
from driegesprek.web.surveys.domain.reading import HandedIn
from driegesprek.web.surveys.domain.sheets import Sheet
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import Invitation

FORMS: Final = {Voice.PUPIL: "seven_worlds_pupil", Voice.ADULT: "seven_worlds_adult"}
PUPIL, ADULTS = "pupil", "adults"
"""In what is kept of sharing: whether the pupil may read it; the pseudonyms of the adults who may."""


@dataclass(frozen=True)
class Reader:
    """Somebody whom one may let read one's answers.

    Attributes:
        key: the value of the tick box.
        bond: of an adult; None for the pupil.
        chosen: whether it was allowed already.
    """

    key: str
    bond: Bond | None
    chosen: bool


@dataclass(frozen=True)
class Beside:
    """The answers of the pupil and of one adult, put beside each other."""

    bond: Bond
    comparison: WorldComparison


def is_test(sitting: SurveySitting) -> bool:
    """Whether pupil and adult answer this test in a round with names, and one of the two sits here."""
    if not sitting.named or sitting.seat.voice not in FORMS:
        return False
    asked = sitting.info.versions
    return all(voice in asked and versions.key_of(asked[voice]) == key for voice, key in FORMS.items())


def is_sealed(sitting: SurveySitting, sheet: Sheet) -> bool:
    """Whether something was answered or handed in before somebody came in by a typed code."""
    return assignments.is_sealed(sitting, sheet) or assignments.is_handed_in_before(sitting, sheet)


def readers(sitting: SurveySitting, sheet: Sheet) -> list[Reader]:
    """Whom this person may let read it: the pupil each adult who is asked too, an adult the pupil.

    Nobody behind a typed code where something was answered before: what was decided about that stays.
    """
    if not is_test(sitting) or is_sealed(sitting, sheet):
        return []
    if sitting.bond:
        return [Reader(PUPIL, None, sheet.shared.get(PUPIL) is True)]
    allowed = sheet.shared.get(ADULTS, ())
    return [Reader(str(one.pk), one, name in allowed) for name, one in _adults(sitting).items()]


def share(sitting: SurveySitting, chosen: Collection[str], *, now: dt.datetime) -> None:
    """Keep who may read it; who is not chosen may not any more.

    Args:
        sitting: whose answers.
        chosen: keys of readers.
        now: the moment.

    Raises:
        SealedError: something was answered before somebody came in by a typed code.
        RoundClosedError: nothing was answered, and the round is closed.
    """
    sheet = assignments.read(sitting)
    if is_sealed(sitting, sheet):
        raise SealedError
    if sitting.bond:
        answers.share(sitting.seat, {PUPIL: PUPIL in chosen}, now=now)
        return
    allowed = [name for name, bond in _adults(sitting).items() if str(bond.pk) in chosen]
    answers.share(sitting.seat, {ADULTS: allowed}, now=now)


def _adults(sitting: SurveySitting) -> dict[str, Bond]:
    """The adults of this door who are asked in the round, by pseudonym; behind an adult's door that adult alone."""
    asked = Invitation.objects.filter(round=sitting.info.id, voice=Voice.ADULT).values("bond")
    rows = scope.bonds(sitting.actor).filter(pk__in=asked, contact_allowed=True, until=None)
    return {
        pseudonyms.of_study(sitting.info.study_id, Voice.ADULT, one.pk): one
        for one in rows.select_related("adult").order_by("household", "adult__given_name", "pk")
    }


def beside(sitting: SurveySitting) -> list[Beside]:
    """The own answers beside those of whoever handed in and lets this person read them; nothing behind a typed code."""
    if sitting.sealed_until is not None:
        return []
    adults, pupil = _adults(sitting), _pupil(sitting)
    found = reading.handed_in(sitting.info.id, [pupil, *adults])
    if sitting.seat.pseudonym not in found or pupil not in found:
        return []
    return [
        Beside(bond, compare_worlds(found[pupil].answers, found[name].answers))
        for name, bond in adults.items()
        if name in found and _may_read(sitting, name, found[pupil], found[name])
    ]


def _pupil(sitting: SurveySitting) -> str:
    return pseudonyms.of_study(sitting.info.study_id, Voice.PUPIL, sitting.pupil.pk)


def _may_read(sitting: SurveySitting, adult: str, of_pupil: HandedIn, of_adult: HandedIn) -> bool:
    if sitting.bond:
        return adult in of_pupil.shared.get(ADULTS, ())
    return of_adult.shared.get(PUPIL) is True
