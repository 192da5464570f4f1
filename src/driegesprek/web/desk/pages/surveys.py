"""Survey rounds as the desk shows them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driegesprek import content
from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.desk.pages.words import language_name
from driegesprek.web.people.models import Bond, Pupil, School
from driegesprek.web.surveys.domain import inviting, media, printing, reading, responding, studies, versions
from driegesprek.web.surveys.domain.inviting import Whom
from driegesprek.web.surveys.domain.reading import Line
from driegesprek.web.surveys.enums import Design, ResponseChannel, Voice
from driegesprek.web.surveys.models import (
    CodeBatch,
    Draw,
    InstrumentVersion,
    Invitation,
    Mailing,
    Response,
    Round,
    RoundVoice,
)
from driegesprek.web.surveys.rules import sampling

OURS, OWN = "ours", "own"
NOT_OFFERED = frozenset({"paper_words"})
VOICES = (Voice.PUPIL, Voice.ADULT, Voice.STAFF)


@cache
def our_titles() -> dict[str, str]:
    """The titles of our own instruments by key."""
    keys = [key for key in content.instrument_keys() if key not in NOT_OFFERED]
    return {key: content.instrument_tables(key)["settings"][0].get("form_title", key) for key in keys}


def instruments(school: School) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked, as groups of a choice: ours, and the newest version of each of the school's own."""
    ours = [(f"{OURS}:{key}", f"{title} ({key})") for key, title in our_titles().items()]
    own = [(f"{OWN}:{one.pk}", f"{one.title} ({one.created_at:%d-%m-%Y})") for one in newest(school)]
    return [(_("Our questionnaires"), ours), *([(_("Your own questionnaires"), own)] if own else [])]


def newest(school: School) -> list[InstrumentVersion]:
    """The newest version of each of the school's own questionnaires, by title."""
    rows = InstrumentVersion.objects.filter(school=school, key__startswith=f"{OWN}-").defer("definition")
    found = {one.key: one for one in rows.order_by("created_at")}
    return sorted(found.values(), key=lambda one: one.title)


def frozen() -> str:
    """Why the pictures of a form cannot become others now, and what to do."""
    return _(
        "A round began with this questionnaire, so its pictures, sounds and films stay what they are. "
        "Give the form another version on its sheet “settings”, bring it in with the new files, "
        "and let the round go on with it."
    )


def version_of(school: School, picked: str) -> InstrumentVersion:
    """The stored version of what was picked in a list.

    Raises:
        LookupError: there is no such questionnaire.
    """
    kind, _colon, name = picked.partition(":")
    if kind == OURS and name in our_titles():
        return versions.store(school, name, content.instrument(name))
    found = InstrumentVersion.objects.filter(
        school=school, key__startswith=f"{OWN}-", pk=as_uuid(name)
    ).first()
    if found is None:
        raise LookupError(picked)
    return found


def as_uuid(text: str) -> UUID | None:
    """The key of a text; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def rounds(actor: Actor) -> QuerySet[Round]:
    """The survey rounds the actor sees, the newest first."""
    rows = studies.visible(actor).select_related("study").order_by("-opens_on", "pk")
    asked = Count("invitations", distinct=True)
    done = Count("invitations", filter=Q(invitations__done_on__isnull=False), distinct=True)
    return rows.annotate(asked=asked, done=done)


def to_answer(actor: Actor, today: dt.date) -> list[Invitation]:
    """Rounds in which this member of staff is asked."""
    rows = Invitation.objects.filter(school_id=actor.school_id, staff=actor.staff, round__opens_on__lte=today)
    return list(rows.exclude(round__opened_at=None).select_related("round").order_by("-round__opens_on"))


def title(row: Round) -> str:
    """The title in the language of the desk, else in Dutch."""
    text = row.title
    return text.get((get_language() or "nl")[:2]) or text.get("nl") or next(iter(text.values()), "")


@dataclass(frozen=True)
class Stratum:
    """One group of the sample, before anybody is asked."""

    name: str
    size: int
    drawn: int
    weight: float


def sample_sizes(row: Round, today: dt.date) -> list[Stratum]:
    """How many pupils are drawn of each group, as it is now."""
    whom = Whom.of(row.sampling)
    found = {
        name: len(ids)
        for name, ids in inviting.population(row.school_id, whom, max(today, row.opens_on)).items()
    }
    wanted = sampling.sizes(found, whom.shares)
    return [Stratum(name, found[name], wanted[name], found[name] / wanted[name]) for name in sorted(found)]


@dataclass(frozen=True, kw_only=True)
class Going:
    """How a round goes now."""

    row: Round
    running: responding.Running

    @property
    def anonymous(self) -> bool:
        """Whether nobody knows who answers."""
        return self.row.design == Design.ANONYMOUS

    @property
    def named(self) -> bool:
        """Whether the mentor sees answers."""
        return self.row.design == Design.NAMED

    def languages(self) -> list[tuple[str, str, int | None]]:
        """(voice, language, who handed in)."""
        of = self.running.languages.items()
        return [(_voice(voice), language_name(code), n) for voice, found in of for code, n in found.items()]

    def channels(self) -> list[tuple[str, str, int | None]]:
        """(voice, channel, who handed in)."""
        of = self.running.channels.items()
        return [
            (_voice(voice), str(ResponseChannel(code).label), n)
            for voice, found in of
            for code, n in found.items()
        ]

    def begun(self) -> list[tuple[str, int | None]]:
        """(voice, who began)."""
        return [(_voice(voice), n) for voice, n in self.running.begun.items()]


def going(row: Round) -> Going:
    """The part of the page that renews itself."""
    return Going(row=row, running=responding.of(row))


@dataclass(frozen=True, kw_only=True)
class Whole(Going):
    """Everything on the page of one round."""

    voices: Sequence[RoundVoice]
    strata: Sequence[Stratum]
    mailings: Sequence[Mailing]
    batches: Sequence[CodeBatch]
    reminders: Sequence[Any]
    draw: Draw | None
    pupils: Sequence[Invitation]


def _voice(code: str) -> str:
    return str(Voice(code).label)


def whole(actor: Actor, row: Round, *, today: dt.date) -> Whole:
    """The page of a round."""
    return Whole(
        row=row,
        voices=_voices(row),
        running=responding.of(row),
        strata=[] if row.opened_at or row.design == Design.ANONYMOUS else sample_sizes(row, today),
        mailings=list(row.mailings.all()),
        batches=list(row.batches.all()),
        reminders=list(row.reminders.all()),
        draw=Draw.objects.filter(round=row).first(),
        pupils=_pupils(actor, row) if row.design == Design.NAMED else [],
    )


def _voices(row: Round) -> list[RoundVoice]:
    """Who answers which form, each with its languages and the files that it names and lacks."""
    found = list(row.voices.select_related("version").defer("version__definition"))
    for one in found:
        one.missing = media.missing(one.version_id)
        one.languages = [(code, language_name(code)) for code in printing.languages(one.version)]
    return found


def _pupils(actor: Actor, row: Round) -> list[Invitation]:
    """Of a named round the pupils the actor sees, by class and name, one line each."""
    rows = row.invitations.filter(pupil__in=scope.pupils(actor)).select_related("pupil", "school_class")
    found = {one.pupil_id: one for one in rows.order_by("done_on")}
    return sorted(
        found.values(),
        key=lambda one: (one.school_class.name if one.school_class else "", one.pupil.sorted_name),
    )


@dataclass(frozen=True)
class Spoken:
    """What one person answered in a named round."""

    who: str
    voice: str
    language: str
    lines: tuple[Line, ...]


def answers_of(row: Round, pupil: Pupil) -> list[Spoken]:
    """What a pupil and the pupil's adults handed in; of a named round only, and the caller audits it."""
    bonds = list(Bond.objects.filter(pupil=pupil).select_related("adult"))
    people = {reading.study_name(row, Voice.PUPIL, pupil.pk): (pupil.full_name, Voice.PUPIL)}
    people |= {
        reading.study_name(row, Voice.ADULT, one.pk): (one.adult.full_name, Voice.ADULT) for one in bonds
    }
    rows = Response.objects.filter(round=row, pseudonym__in=people).exclude(submitted_at=None)
    context = {"pupil_name": pupil.given_name, "design": row.design}
    return [
        Spoken(*people[one.pseudonym], language=one.language, lines=lines)
        for one, lines in reading.lines_of(rows, context=context)
    ]


def consent_bonds(row: Round) -> QuerySet[Bond]:
    """Parents with authority of the pupils who are asked in a round."""
    pupils = row.invitations.filter(voice=Voice.PUPIL).values("pupil")
    rows = Bond.objects.filter(pupil__in=pupils, authority=True).select_related("adult", "pupil")
    return rows.order_by("pupil__family_name", "pupil__given_name")
