"""Survey rounds: make one, measure again afterwards, move its dates, take a mended form."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from driegesprek.instruments import Change, compare
from driegesprek.web.access import scope
from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.people.models import School
from driegesprek.web.surveys.domain import inviting, rounds, versions
from driegesprek.web.surveys.enums import Design, Part, Voice
from driegesprek.web.surveys.models import (
    InstrumentVersion,
    Quota,
    Reminder,
    Response,
    Round,
    RoundVoice,
    Study,
)
from driegesprek.web.surveys.rules import designs


class RefusedError(Exception):
    """A round that cannot be like this; `problems` says why, in words for who makes it."""

    def __init__(self, problems: Iterable[str | Promise]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(str(one) for one in self.problems))


class BreakingChangeError(Exception):
    """A new version of a form that would break a round that runs; `changes` says what."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        self.changes = changes
        super().__init__("; ".join(one.text() for one in changes))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a round is to be.

    Attributes:
        title: {language: text}; families see it.
        design: named, pseudonymous or anonymous.
        voices: which version each voice answers: pupil, adult, staff.
        sampling: whom (see `inviting.Whom`), as JSON values.
        reminders: days on which who has not answered is reminded.
        options: modules that are off by default (designs.OPTIONS).
        consent: whether nobody answers without a consent row.
        organisation: who sends the codes, or who gets the data.
        quotas: {(voice, stratum): wanted}; stratum '' is the voice as a whole.
    """

    title: Mapping[str, str]
    design: str
    voices: Mapping[str, InstrumentVersion]
    opens_on: dt.date
    closes_on: dt.date
    sampling: Mapping[str, Any] = field(default_factory=dict)
    reminders: Collection[dt.date] = ()
    options: Collection[str] = ()
    consent: bool = False
    organisation: str = ""
    quotas: Mapping[tuple[str, str], int] = field(default_factory=dict)


def visible(actor: Actor) -> QuerySet[Round]:
    """Survey rounds: all for counsellor and leader; for a mentor named ones in which somebody of an own class is asked."""
    rows = Round.objects.filter(school_id=actor.school_id, activity=None).exclude(study=None)
    if actor.kind != "staff":
        return rows.none()
    if actor.sees_all:
        return rows
    mine = rows.filter(design=Design.NAMED, invitations__school_class__in=scope.classes(actor))
    return mine.exclude(opened_at=None).distinct()


def problems(plan: Plan) -> list[str | Promise]:
    """Why a round cannot be like this; empty where it can."""
    forms = {voice: versions.load(version.pk) for voice, version in plan.voices.items()}
    found = [] if forms else [_("Choose at least one questionnaire.")]
    if plan.closes_on < plan.opens_on:
        found.append(_("The last day is before the first day. Choose a later day."))
    if any(not plan.opens_on < day <= plan.closes_on for day in plan.reminders):
        found.append(_("A reminder comes after the first day and not after the last one."))
    asked = designs.Asked(plan.design, forms, plan.options, plan.consent, plan.organisation)
    return found + designs.problems(asked)


def create(school: School, plan: Plan, *, actor: Actor) -> Round:
    """Make a study with its first round; nobody is asked before it is opened.

    Raises:
        RefusedError: it cannot be like this.
    """
    found = problems(plan)
    if found:
        raise RefusedError(found)
    with transaction.atomic():
        study = Study.objects.create(
            school=school,
            title=dict(plan.title),
            design=plan.design,
            organisation=plan.organisation.strip(),
            consent=plan.consent,
            options=sorted(plan.options),
        )
        row = _round(study, plan, part=Part.ONCE, before=None)
        audit.record(actor, "survey made", row, design=plan.design)
    return row


def measure_again(before: Round, plan: Plan, *, actor: Actor) -> Round:
    """A second round of the same study, of the same people: what they answered before and after can be joined.

    Of ours that have a form for afterwards, that one is asked.

    Raises:
        RefusedError: it cannot be like this.
    """
    plan = replace(plan, voices={voice: versions.afterwards(one) for voice, one in plan.voices.items()})
    found = problems(plan)
    if before.design == Design.ANONYMOUS:
        found.append(_("Before and after cannot be joined in an anonymous round: nobody knows who is who."))
    if plan.design != before.design or set(plan.options) != set(before.study.options):
        found.append(_("The second round of a study has the design and the options of the first."))
    if plan.opens_on <= before.opens_on:
        found.append(_("The second round begins after the first."))
    if found:
        raise RefusedError(found)
    with transaction.atomic():
        row = _round(before.study, plan, part=Part.POST, before=before)
        Round.objects.filter(pk=before.pk).update(part=Part.PRE)
        rounds.forget_survey(before.pk)
        audit.record(actor, "survey measured again", row)
    return row


def _round(study: Study, plan: Plan, *, part: str, before: Round | None) -> Round:
    row = Round.objects.create(
        school_id=study.school_id,
        study=study,
        part=part,
        before=before,
        title=dict(plan.title),
        design=study.design,
        sampling=dict(plan.sampling),
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
    )
    of = {"school_id": study.school_id, "round": row}
    RoundVoice.objects.bulk_create(
        RoundVoice(**of, voice=Voice(voice), version=version) for voice, version in plan.voices.items()
    )
    Reminder.objects.bulk_create(Reminder(**of, on=day) for day in sorted(set(plan.reminders)))
    Quota.objects.bulk_create(
        Quota(**of, voice=voice, stratum=stratum, wanted=wanted)
        for (voice, stratum), wanted in plan.quotas.items()
    )
    return row


def move_dates(
    row: Round, *, opens_on: dt.date, closes_on: dt.date, reminders: Collection[dt.date], actor: Actor
) -> Round:
    """Agree on other dates; reminders that went out stay, the others are planned anew.

    Raises:
        RefusedError: the dates do not fit each other, or would shut out a day that was already there.
    """
    with transaction.atomic():
        row = Round.objects.select_for_update().get(pk=row.pk)
        found = []
        if closes_on < opens_on:
            found.append(_("The last day is before the first day. Choose a later day."))
        if any(not opens_on < day <= closes_on for day in reminders):
            found.append(_("A reminder comes after the first day and not after the last one."))
        if found:
            raise RefusedError(found)
        row.opens_on, row.closes_on = opens_on, closes_on
        row.save(update_fields=["opens_on", "closes_on"])
        Reminder.objects.filter(round=row, done_at=None).exclude(on__in=reminders).delete()
        known = set(Reminder.objects.filter(round=row).values_list("on", flat=True))
        Reminder.objects.bulk_create(
            Reminder(school_id=row.school_id, round=row, on=day) for day in sorted(set(reminders) - known)
        )
        inviting.extend_doors(row)
        audit.record(actor, "survey dates moved", row)
    return row


def take_version(row: Round, voice: str, version: InstrumentVersion, *, actor: Actor) -> None:
    """Let a round go on with a mended form; who handed in keeps the version that was answered.

    Raises:
        BreakingChangeError: answers could be lost, refused or mean something else.
        RefusedError: the form may not be used in this design.
    """
    with transaction.atomic():
        of_voice = RoundVoice.objects.select_for_update(of=("self",)).get(round=row, voice=voice)
        new = versions.load(version.pk)
        compared = compare(versions.load(of_voice.version_id), new)
        if row.opened_at and not compared.fits:
            raise BreakingChangeError(compared.breaking)
        asked = designs.Asked(
            row.design, {voice: new}, row.study.options, row.study.consent, row.study.organisation
        )
        if found := designs.problems(asked):
            raise RefusedError(found)
        RoundVoice.objects.filter(pk=of_voice.pk).update(version=version)
        Response.objects.filter(round=row, voice=voice, submitted_at=None).update(version=version)
        rounds.forget_survey(row.pk)
        audit.record(actor, "survey form mended", row, voice=voice, changes=len(compared.harmless))


def discard(row: Round, *, actor: Actor) -> bool:
    """Throw away a round that nobody was asked in yet; a study without rounds goes with it."""
    with transaction.atomic():
        row = Round.objects.select_for_update(of=("self",)).select_related("study").get(pk=row.pk)
        if row.opened_at:
            return False
        audit.record(actor, "survey thrown away", row)
        study = row.study_id
        row.delete()
        Study.objects.filter(pk=study, rounds=None).delete()
    return True
