"""A sheet came back on paper: its steps are done, and three words of it may be typed in."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.line.domain import steps
from driegesprek.web.line.enums import DoneBy
from driegesprek.web.line.models import Step
from driegesprek.web.people.models import SchoolClass
from driegesprek.web.surveys.domain import answers, pseudonyms, rounds, sheets
from driegesprek.web.surveys.domain.rounds import RoundInfo, Seat
from driegesprek.web.surveys.domain.sheets import RoundClosedError
from driegesprek.web.surveys.enums import ResponseChannel, Voice

WORDS = ("/word_1", "/word_2", "/word_3")
"""The questions of the instrument `paper_words`."""


class WordsRefusedError(Exception):
    """Words could not be kept; `problems` says why, by their place (0, 1, 2)."""

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def done_on_paper(step: Step, *, at: dt.datetime, actor: Actor) -> list[Step]:
    """The sheet of this adult (or of the pupil, with an adult of their own choice) is back: done together.

    The pupil's own step is done with it. What was done before, on a phone or on paper, stays as it was.

    Returns:
        The steps that changed.
    """
    with transaction.atomic():
        return steps.mark_done(_together(step), by=DoneBy.PAPER, at=at, actor=actor)


def undo_paper(step: Step, *, actor: Actor) -> int:
    """It was tapped by mistake. The pupil's own step goes back too, unless another adult's sheet did it as well.

    Words that were typed in are kept: nothing a person typed is lost.
    """
    with transaction.atomic():
        others = Step.objects.filter(activity=step.activity_id, pupil=step.pupil_id, done_by=DoneBy.PAPER)
        alone = not others.exclude(bond=None).exclude(pk=step.pk).exists()
        return steps.undo_done(_together(step) if alone else [step], by=DoneBy.PAPER, actor=actor)


def _together(step: Step) -> list[Step]:
    own = Step.objects.filter(activity=step.activity_id, pupil=step.pupil_id, bond=None)
    return [step, *own.exclude(pk=step.pk)]


def words_of(step: Step) -> tuple[str, ...]:
    """The three words that were typed in from this pupil's sheet; empty ones where there are none."""
    info = rounds.of_activity(step.activity_id)
    if info is None or Voice.PAPER not in info.versions:
        return ("",) * len(WORDS)
    found = sheets.read(_seat(info, step, None)).values
    return tuple(found.get(path) or "" for path in WORDS)


def type_words(
    step: Step, words: Sequence[str], *, school_class: SchoolClass, now: dt.datetime, actor: Actor
) -> tuple[str, ...]:
    """Keep three words from paper as the voice 'paper', apart from what pupil and adult typed themselves.

    Raises:
        WordsRefusedError: if a word does not fit, or the round is closed.
    """
    info = rounds.of_activity(step.activity_id)
    if info is None or Voice.PAPER not in info.versions:
        raise WordsRefusedError({})
    seat = _seat(info, step, school_class)
    with transaction.atomic():
        _save(seat, words, now)
        answers.share(seat, {"mentor": True}, now=now)
        audit.record(actor, "words from paper typed", step)
    return words_of(step)


def _save(seat: Seat, words: Sequence[str], now: dt.datetime) -> None:
    given = dict(zip(WORDS, words, strict=True))
    before = sheets.read(seat).revision
    saved = answers.save(seat, given, revision=before, now=now, context={})
    if saved.problems:
        raise WordsRefusedError({WORDS.index(path): why for path, why in saved.problems.items()})


def _seat(info: RoundInfo, step: Step, school_class: SchoolClass | None) -> Seat:
    return Seat(
        info,
        Voice.PAPER,
        pseudonyms.of(info.id, Voice.PAPER, step.pupil_id),
        channel=ResponseChannel.PAPER,
        group=lambda: _group(school_class),
    )


def _group(school_class: SchoolClass | None) -> dict[str, object]:
    """What answers are counted by."""
    if school_class is None:
        return {}
    return {
        "class_id": str(school_class.pk),
        "class": school_class.name,
        "year_group": school_class.year_group,
        "track": school_class.track,
    }


__all__ = [
    "RoundClosedError",
    "WordsRefusedError",
    "done_on_paper",
    "type_words",
    "undo_paper",
    "words_of",
]
