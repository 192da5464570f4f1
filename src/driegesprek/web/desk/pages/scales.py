"""The scores of a survey round on its scales: how many, mean and spread, and what changed where it was asked twice."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import get_language

from driegesprek.evidence.spreads import Moved, Spread, moved, spread
from driegesprek.figures import Figure, SlopeRow, slopes
from driegesprek.web.surveys.domain import scale_scores
from driegesprek.web.surveys.domain.scale_scores import ScaleScores
from driegesprek.web.surveys.enums import Design, Voice
from driegesprek.web.surveys.exports import words
from driegesprek.web.surveys.models import Round
from driegesprek.web.surveys.rules import showing

Ends = tuple[float, float] | None


@dataclass(frozen=True)
class ScaleLine:
    """One scale as it is shown; None is what is not shown.

    Attributes:
        ends: the lowest and highest score there can be.
        now: of everybody who handed in; before and after, of either round.
        both: of who answered twice.
    """

    label: str
    ends: Ends
    now: Spread | None = None
    before: Spread | None = None
    after: Spread | None = None
    both: Moved | None = None


@dataclass(frozen=True)
class OfVoice:
    """The scales of one voice, with pictures of what moved."""

    label: str
    lines: tuple[ScaleLine, ...]
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Scores:
    """Everything on the page; `before` and `after` are the rounds of a pair."""

    voices: tuple[OfVoice, ...]
    before: Round | None = None
    after: Round | None = None


def scores(row: Round) -> Scores:
    """The scales of a round, or of both rounds of its pair."""
    before, after = _pair(row)
    voices = [one for one in Voice if row.voices.filter(voice=one).exists()]
    if before and after:
        return Scores(tuple(_joined(before, after, voices)), before, after)
    return Scores(tuple(_single(row, voices)))


def _pair(row: Round) -> tuple[Round | None, Round | None]:
    if row.before_id:
        return row.before, row
    after = Round.objects.filter(before=row).exclude(opened_at=None).order_by("opens_on").first()
    return (row, after) if after else (None, None)


def _single(row: Round, voices: Sequence[Voice]) -> Iterator[OfVoice]:
    for voice in voices:
        found = scale_scores.of_round(row.pk, voice)
        lines = [ScaleLine(words(one.variable), one.ends, now=_told(one)) for one in found.values()]
        if lines:
            yield OfVoice(capfirst(str(voice.label)), tuple(lines))


def _told(one: ScaleScores | None) -> Spread | None:
    """Mean and spread of at least ten people."""
    if one is None or len(one.by_person) < showing.MINIMUM:
        return None
    return spread(list(one.by_person.values()))


def _joined(before: Round, after: Round, voices: Sequence[Voice]) -> Iterator[OfVoice]:
    for voice in voices:
        first = scale_scores.of_round(before.pk, voice)
        second = scale_scores.of_round(after.pk, voice)
        lines = [_line(name, first, second, before.design) for name in {**second, **first}]
        if lines:
            label = capfirst(str(voice.label))
            yield OfVoice(label, tuple(lines), tuple(_figures(label, lines)))


def _line(
    name: str, first: Mapping[str, ScaleScores], second: Mapping[str, ScaleScores], design: str
) -> ScaleLine:
    before, after = _without_few(first.get(name), second.get(name), design)
    known = before or after
    if known is None:
        raise KeyError(name)
    same = before is None or after is None or before.ends == after.ends
    return ScaleLine(
        words(known.variable),
        known.ends if same else None,
        before=_told(before),
        after=_told(after),
        both=_both(before, after, design) if same else None,
    )


def _without_few(
    before: ScaleScores | None, after: ScaleScores | None, design: str
) -> tuple[ScaleScores | None, ScaleScores | None]:
    """Of a round without names: without those who have one score, where these are few; as the findings have it."""
    if before is None or after is None or design == Design.NAMED:
        return before, after
    both = before.by_person.keys() & after.by_person.keys()
    return tuple(_kept(one, both) for one in (before, after))  # type: ignore[return-value] # two of two


def _kept(one: ScaleScores, both: AbstractSet[str]) -> ScaleScores:
    if not 0 < len(one.by_person) - len(both) < showing.MINIMUM:
        return one
    return replace(
        one, by_person={person: value for person, value in one.by_person.items() if person in both}
    )


def _both(before: ScaleScores | None, after: ScaleScores | None, design: str) -> Moved | None:
    """The change of who answered twice: ten at least, and of a round without names no few who answered once."""
    if before is None or after is None:
        return None
    people = before.by_person.keys() & after.by_person.keys()
    once = [len(one.by_person) - len(people) for one in (before, after)]
    if design == Design.NAMED:
        once = [0, 0]
    if not showing.may_join(len(people), *once):
        return None
    return moved([(before.by_person[one], after.by_person[one]) for one in sorted(people)])


def _figures(label: str, lines: Sequence[ScaleLine]) -> Iterator[Figure]:
    """A picture for each range of scores, of what may be shown."""
    drawn = [one for one in lines if one.both and one.ends and one.ends[0] < one.ends[1]]
    for ends, several in groupby(sorted(drawn, key=lambda one: one.ends or ()), key=lambda one: one.ends):
        if ends:
            yield slopes(
                [_row(one) for one in several],
                least=ends[0],
                most=ends[1],
                title=label,
                language=(get_language() or "nl")[:2],
            )


def _row(one: ScaleLine) -> SlopeRow:
    both = one.both
    if both is None:
        return SlopeRow(one.label, None, None, None)
    return SlopeRow(one.label, both.n, both.before.mean, both.after.mean)
