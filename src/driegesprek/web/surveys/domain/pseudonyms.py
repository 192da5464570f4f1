"""The name under which somebody's answers are kept: a keyed hash, another one in every round or study.

Answers point to no person; who holds the key file and the list of people can find a person's own answers again,
the database alone cannot (idea 5 of the design).
"""

import hashlib
import hmac
from functools import lru_cache
from uuid import UUID

from django.conf import settings

STAND_IN = "stand-in"


def of(round_id: UUID, voice: str, person_id: UUID | str) -> str:
    """The pseudonym of a person in a round: 64 hexadecimal digits.

    Args:
        round_id: the round.
        voice: pupil, adult or paper: one person may speak with two voices.
        person_id: the pupil's id; for an adult the id of the bond, since an adult answers apart for every child.
    """
    return _of(settings.KEYS.master, round_id, str(voice), str(person_id))


@lru_cache(maxsize=2000)
def _of(master: bytes, round_id: UUID, voice: str, person_id: str) -> str:
    """Whoever answers one question comes back for the next."""
    text = f"{voice}/{person_id}".encode()
    return hmac.digest(_key(master, round_id), text, "sha256").hex()


def of_stand_in(round_id: UUID, pupil_id: UUID) -> str:
    """The pseudonym of whoever does the adult's part on the pupil's own phone."""
    return of(round_id, "adult", f"{pupil_id}/{STAND_IN}")


def of_study(study_id: UUID, voice: str, person_id: UUID | str) -> str:
    """The pseudonym of a person in all rounds of a study, so that before and after can be joined: 64 digits.

    Another study has other pseudonyms: nothing can be joined across studies.

    Args:
        study_id: the study.
        voice: pupil, adult, staff, or code for who came in by a code.
        person_id: the pupil, the bond of an adult, the member of staff, or the door of a code.
    """
    text = f"{voice}/{person_id}".encode()
    return hmac.new(_key(settings.KEYS.master, study_id), text, hashlib.sha256).hexdigest()


def mark(draw_id: UUID, pseudonym: str) -> str:
    """What tells that a respondent took part in a draw; it cannot be turned back without the key file."""
    return hmac.new(_key(settings.KEYS.master, draw_id), pseudonym.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=256)
def _key(_master: bytes, round_id: UUID) -> bytes:
    return settings.KEYS.derive(f"pseudonyms of {round_id}")
