"""A school takes part in an evaluation of several: the sums of a plan, looked at first, given out once, noted.

What went out of the same round before counts: a statistic of nearly the same people stays in the school.
"""

import datetime as dt
import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from driegesprek.evidence.disclosure.sums import protect_sums, sizes_of
from driegesprek.evidence.plans import Plan, Statistic
from driegesprek.evidence.sums import Sums, make_sums
from driegesprek.reports import Given
from driegesprek.web.common import audit
from driegesprek.web.findings.domain import columns, gathering
from driegesprek.web.findings.models import GivenSums, Release
from driegesprek.web.people.models import School
from driegesprek.web.surveys.enums import Design
from driegesprek.web.surveys.models import Round

PARTS: Final = ("before.", "after.", "change.")
LONGEST: Final = 200


class StillOpenError(Exception):
    """Answers may still come in: sums of today would be about other people than those of tomorrow."""


class NobodyError(Exception):
    """Nobody of this voice handed in."""


@dataclass(frozen=True)
class Lacking:
    """A variable of the plan that the round does not have; `near`: what looks like it."""

    statistic: str
    variable: str
    near: tuple[str, ...]


class LackingError(Exception):
    """The round does not have some of the plan's variables."""

    def __init__(self, lacking: Sequence[Lacking], known: Sequence[str]) -> None:
        super().__init__(", ".join(one.variable for one in lacking))
        self.lacking, self.known = tuple(lacking), tuple(known)


@dataclass(frozen=True)
class Draft:
    """What would leave the school.

    Attributes:
        sums: as the gate lets them out.
        document: the very file.
        given: the row, where this plan was given out already: then nothing is computed again.
    """

    sums: Sums
    document: str
    given: GivenSums | None


def school_name(school: School) -> str:
    """What a school is called among others."""
    return f"{school.name} ({school.brin})" if school.brin else school.name


def rounds(row: Round) -> tuple[Round | None, Round]:
    """The measurement before and the one after; an anonymous round stands alone, for nothing of it can be joined."""
    return (None, row) if row.design == Design.ANONYMOUS else gathering.pair(row)


def voices(row: Round) -> list[str]:
    """Whose answers there are."""
    return gathering.voices([one for one in rounds(row) if one])


def given_out(row: Round) -> list[GivenSums]:
    """What left the school of this round and of its other measurement, the newest first."""
    there = [one.pk for one in rounds(row) if one]
    return list(GivenSums.objects.filter(round__in=there).order_by("-made_at", "pk"))


def draft(row: Round, voice: str, plan: Plan, *, today: dt.date) -> Draft:
    """What would leave the school, with what left before in mind. Nothing is stored.

    Raises:
        StillOpenError: the last measurement is not closed.
        NobodyError: nobody of this voice handed in.
        LackingError: the round does not have a variable of the plan.
        EvidenceError: a value is not in the plan, or is no number where it should be.
    """
    before, after = rounds(row)
    if after.closes_on >= today:
        raise StillOpenError
    found = GivenSums.objects.filter(round=after, voice=voice, plan=key_of(plan)).first()
    if found:
        return Draft(Sums.from_json(found.document), found.document, found)
    if voice not in voices(row):
        raise NobodyError
    given = gathering.given(before, after, voice)
    data = columns.of(given, twice=before is not None)
    _check(plan, list(data.columns))
    made = make_sums(data, plan, school=school_name(after.school))
    before = [Sums.from_json(one.document) for one in given_out(row) if one.voice == voice]
    out = protect_sums(made, earlier=_earlier(row, voice, plan, given), before=before)
    return Draft(out, out.to_json(), None)


def give_out(row: Round, voice: str, plan: Plan, *, actor: audit.Acting, today: dt.date) -> GivenSums:
    """Give the sums of a plan out and note it; the same plan again gives the same file.

    Raises:
        As :func:`draft`.
    """
    _before, after = rounds(row)
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=after.pk)
        found = draft(row, voice, plan, today=today)
        if found.given:
            audit.record(actor, "sums fetched again", found.given, voice=voice)
            return found.given
        made = GivenSums.objects.create(
            school_id=after.school_id,
            round=after,
            voice=voice,
            plan=key_of(plan),
            title=plan.title[:LONGEST],
            document=found.document,
            sizes=dict(_sizes(found.sums)),
        )
        audit.record(actor, "sums given out", made, voice=voice, statistics=sorted(found.sums.parts))
    return made


def key_of(plan: Plan) -> str:
    """What a plan is known by, whatever the order of its keys and its white space."""
    written = json.dumps(plan.written, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _check(plan: Plan, known: list[str]) -> None:
    there = {*known, plan.school}
    lacking = [
        Lacking(one.name, name, tuple(difflib.get_close_matches(name, known, 3, 0.6)))
        for one in plan.statistics
        for name in one.variables
        if name not in there
    ]
    if lacking:
        raise LackingError(lacking, known)


def _sizes(sums: Sums) -> Iterator[tuple[str, list[int]]]:
    for one in sums.plan.statistics:
        if one.name in sums.parts:
            yield one.name, sizes_of(one, sums.parts[one.name])


def _earlier(row: Round, voice: str, plan: Plan, given: Given) -> dict[str, list[int]]:
    """Of how many people the scales of a report were that left before and that a statistic has a score or an item of."""
    there = [one.pk for one in rounds(row) if one]
    reports = Release.objects.filter(round__in=there, voice=voice).values_list("sizes", flat=True)
    of_scale = _scales(given)
    return {
        one.name: [n for sizes in reports for n in _touched(one, sizes, of_scale)] for one in plan.statistics
    }


def _scales(given: Given) -> dict[str, set[str]]:
    """{score or item: the scales it is in}."""
    found: dict[str, set[str]] = {}
    for scale in given.scales:
        names = [scale.name, f"{scale.name}{columns.SCORE}"]
        for name in [*names, *(item.path.rpartition("/")[2] for item in scale.items)]:
            found.setdefault(name, set()).add(scale.name)
    return found


def _touched(one: Statistic, sizes: Mapping[str, int], of_scale: Mapping[str, set[str]]) -> Iterator[int]:
    scales = {scale for name in one.variables for scale in of_scale.get(_plain(name), ())}
    for name, n in sizes.items():
        if name.rpartition("/")[0] in scales:
            yield n


def _plain(name: str) -> str:
    part = next((one for one in PARTS if name.startswith(one)), "")
    return name.removeprefix(part)
