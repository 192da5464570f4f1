"""Save answers, hand them in, share them, take them back. Every deed is one transaction."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.functional import cached_property

from driegesprek.instruments import Play, check_answer, id_of, template_of
from driegesprek.web.common import audit
from driegesprek.web.common.at_once import write_after, write_at_once
from driegesprek.web.common.prepared import Bound
from driegesprek.web.common.turns import writing
from driegesprek.web.surveys.domain import adding, instances, sheets
from driegesprek.web.surveys.domain.documents import frozen
from driegesprek.web.surveys.domain.rounds import Seat
from driegesprek.web.surveys.domain.sheets import GIVEN, IRRELEVANT, SKIPPED, RoundClosedError, Sheet, Stored
from driegesprek.web.surveys.models import OverwrittenAnswer, Response


class IncompleteError(Exception):
    """Questions that must be answered first; `missing` holds their paths, in order."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(", ".join(missing))


FollowUp = Callable[[], object]
"""What is to be written in the same transaction as answers."""


@dataclass(frozen=True)
class Saved:
    """What came of saving."""

    sheet: Sheet
    play: Play
    problems: Mapping[str, str] = field(default_factory=dict)
    """Why an answer was not saved, by its question's path, in the person's language."""
    also: frozenset[str] = frozenset()
    """Questions that somebody else had answered meanwhile; both answers are kept, the newest stands."""
    changed: frozenset[str] = frozenset()


def save(
    seat: Seat,
    given: Mapping[str, Any],
    *,
    revision: int,
    now: dt.datetime,
    context: Mapping[str, Any],
    language: str | None = None,
    sealed_until: dt.datetime | None = None,
    then: Callable[[Saved], FollowUp | None] = lambda _: None,
) -> Saved:
    """Save answers to one or more questions in one transaction.

    Saving the same again changes nothing. What stood there before is kept as overwritten; what does not apply any
    more is marked and kept; what was handed in already is handed in again with the new answer.

    Args:
        seat: whose answers.
        given: {path of the question, with the ids of instances: what was sent}; something empty skips the question.
            For a repeat (a path of `Play.extendable`): 'add', 'remove:<id>', or 'done' when there are no more.
        revision: the revision of the page on which the person answered.
        now: the moment.
        context: values that the instrument takes from outside.
        language: of the problems.
        sealed_until: answers saved before this moment stand: a new one is kept beside them (a typed code
            opens only what is unanswered). To a repeat an instance may be added all the same; only one in which
            nothing was answered before may be taken away.
        then: tells what is to happen in the same transaction, if anything.

    Raises:
        RoundClosedError: answers are not accepted now.
        KeyError: there is no such question.
    """

    def weighed(sheet: Sheet) -> tuple[_Saving, Play]:
        saving = _Saving(sheet, revision, now, context, language, sealed_until)
        for path, raw in given.items():
            saving.weigh(path, raw)
        return saving, saving.settle()

    before = sheets.to_add_to(seat)
    if before.submitted_at is None and (before.begun or before.is_open(now)):
        saving, play = weighed(before)
        if saving.is_only_new and (saved := _added(saving, play, then)):
            sheets.keep(saved.sheet)
            return saved
    with writing():
        saving, play = weighed(sheets.lock(seat, now))
        saving.write(play)
        saved = saving.told(play)
        if follow_up := then(saved):
            follow_up()
    sheets.keep(saved.sheet)
    return saved


def _added(saving: "_Saving", play: Play, then: Callable[[Saved], FollowUp | None]) -> Saved | None:
    """Add new answers to the sheet they were weighed on; None where it has changed since, or was handed in or erased.

    Nobody waits for anybody while answers are weighed: the commonest save holds the lock for two statements.
    """
    saved = saving.told(play)
    follow_up, (first, rows) = then(saved), saving.added()
    if follow_up is None:
        return saved if write_at_once(first, rows) else None
    with writing():
        if not write_after(first, rows):
            return None
        follow_up()
    return saved


@dataclass
class _Saving:
    """One call of save(): what it was given, and what is about to be written."""

    sheet: Sheet
    revision: int
    now: dt.datetime
    context: Mapping[str, Any]
    language: str | None
    sealed_until: dt.datetime | None
    answers: dict[str, Stored] = field(default_factory=dict)
    overwritten: list[tuple[str, Stored]] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    also: set[str] = field(default_factory=set)
    tried: Play | None = None
    """What the answers mean with the one that was weighed last, where that is what will stand."""

    @cached_property
    def here(self) -> dt.datetime:
        """The moment, where the person is."""
        return timezone.localtime(self.now)

    def weigh(self, path: str, raw: Any) -> None:
        """Decide what becomes of one answer."""
        self.tried = None
        new, old = self._checked(path, raw), self.sheet.answers.get(path)
        sealed = old is not None and self.sealed_until is not None and old.saved_at < self.sealed_until
        # Who may not see the instances of others says of one's own that there are no more: that is new.
        again = sealed and template_of(path) in self.sheet.questionnaire.repeats
        if new is None or (old and not again and (old.value, old.status) == (new.value, new.status)):
            return
        if old and sealed and not again:
            self.tried = None
            self.overwritten.append((path, new))
            self.also.add(path)
            return
        if old:
            self.overwritten.append((path, old))
            if old.revision > self.revision:
                self.also.add(path)
        self.answers[path] = self.sheet.answers[path] = new

    def _checked(self, path: str, raw: Any) -> Stored | None:
        """The answer as it would be stored; None, and a problem, where it cannot be used."""
        if not self.sheet.questionnaire.is_place(path):
            raise KeyError(path)
        if template_of(path) in self.sheet.questionnaire.repeats:
            return self._instances(path, raw)
        if gone := self._gone(path):
            return self._kept_aside(path, gone, raw)
        checked = check_answer(
            self.sheet.questionnaire,
            path,
            raw,
            self.sheet.values,
            today=self.here.date(),
            now=self.here,
            context=self.context,
            language=self.language,
            seed=self.sheet.seed,
        )
        if checked.ok:
            self.tried = checked.play
            status = SKIPPED if checked.value is None else GIVEN
            return Stored(checked.value, status, self.sheet.revision + 1, self.now)
        if _filled(raw) and path not in self._play().asked:
            # From a tab that stood open while another answer made this question superfluous: nothing typed is lost.
            return Stored(raw, IRRELEVANT, self.sheet.revision + 1, self.now)
        self.problems[path] = str(checked.problem)
        return None

    def _gone(self, path: str) -> str:
        """The repeat around a question in which the instance is not there (any more); '' when it is."""
        if "[" not in path:
            return ""
        instances_now = self._play().instances
        at = path
        while at := at.rpartition("/")[0]:
            repeat = at[: at.rindex("[")] if at.endswith("]") else ""
            if repeat and at not in instances_now.get(repeat, ()):
                return repeat
        return ""

    def _kept_aside(self, path: str, repeat: str, raw: Any) -> Stored | None:
        """From a tab that stood open while somebody took the instance away: nothing typed is lost."""
        if _filled(raw) and repeat in self.sheet.answers:
            return Stored(raw, IRRELEVANT, self.sheet.revision + 1, self.now)
        self.problems[path] = ""
        return None

    def _instances(self, path: str, raw: Any) -> Stored | None:
        """Which instances of a repeat there are, after one was added or taken away.

        Read under the lock, so that two people who add one at the same time add two.
        """
        play = self._play()
        if path not in play.extendable:
            self.problems[path] = ""
            return None
        now, what = [id_of(one) for one in play.instances[path]], str(raw)
        if what.startswith("remove:") and self._is_sealed(f"{path}[{what.removeprefix('remove:')}]"):
            what = "done"
        ids = instances.changed(now, what, used=instances.used(path, self.sheet.answers))
        return Stored(ids, GIVEN, self.sheet.revision + 1, self.now)

    def _is_sealed(self, instance: str) -> bool:
        """Whether an instance holds an answer that may not be looked at, and so not be taken away."""
        return self.sealed_until is not None and self.sheet.is_older(instance, self.sealed_until)

    def _play(self, changed: Collection[str] = ()) -> Play:
        return self.sheet.play(self.context, now=self.now, language=self.language, changed=changed)

    def settle(self) -> Play:
        """Mark what no longer applies, and what applies again; keep what a change gives to other questions."""
        play = self._settled()
        for path, value in play.triggered.items() if self.answers else ():
            self._trigger(path, value)
        irrelevant, asked = frozenset(play.irrelevant), frozenset(play.asked)
        for path, one in list(self.sheet.answers.items() if self.answers else ()):
            if one.status == GIVEN and path in irrelevant:
                self._mark(path, IRRELEVANT)
            elif one.status == IRRELEVANT and path in asked:
                self._mark(path, GIVEN)
        return play

    def _settled(self) -> Play:
        """What the answers mean now. Checking the only answer has worked that out, unless its change triggers others."""
        if self.tried and not self.sheet.questionnaire.has_triggers:
            return self.tried
        return self._play(frozenset(self.answers))

    def _trigger(self, path: str, value: Any) -> None:
        old = self.sheet.answers.get(path)
        status = SKIPPED if value is None else GIVEN
        if old and (old.value, old.status) == (value, status):
            return
        if old:
            self.overwritten.append((path, old))
        self.answers[path] = self.sheet.answers[path] = Stored(
            value, status, self.sheet.revision + 1, self.now
        )

    def _mark(self, path: str, status: str) -> None:
        marked = replace(self.sheet.answers[path], status=status)
        self.answers[path] = self.sheet.answers[path] = marked

    def write(self, play: Play) -> None:
        """Everything that was decided."""
        if self.overwritten:
            rows = [
                OverwrittenAnswer(**adding.columns(self.sheet, path, one)) for path, one in self.overwritten
            ]
            OverwrittenAnswer.objects.bulk_create(rows)
        if not self.answers:
            return
        first, rows = self.added()
        if self.sheet.submitted_at is None:
            if not write_after(
                first, rows
            ):  # the sheet is locked: only the dates of the round can have changed
                raise RoundClosedError
            return
        for row in rows:
            row.run(connection)
        document = frozen(self.sheet, play, self.now)
        Response.objects.filter(pk=self.sheet.id).update(revision=self.sheet.revision, **document)

    @property
    def is_only_new(self) -> bool:
        """Whether answers are added and nothing that stood there changes."""
        return bool(self.answers) and not self.overwritten

    def added(self) -> tuple[Bound, list[Bound]]:
        """What writes the answers."""
        return adding.answers(self.sheet, self.answers, self.here)

    def told(self, play: Play) -> Saved:
        """What came of it."""
        return Saved(self.sheet, play, self.problems, frozenset(self.also), frozenset(self.answers))


def _filled(raw: Any) -> bool:
    return bool(raw.strip() if isinstance(raw, str) else raw)


def submit(seat: Seat, *, now: dt.datetime, context: Mapping[str, Any]) -> Sheet:
    """Hand in: one canonical document with its hash is frozen. Handing in again without changes changes nothing.

    Raises:
        RoundClosedError: answers are not accepted now.
        IncompleteError: something that must be answered is not.
    """
    with writing():
        sheet = sheets.lock(seat, now)
        play = sheet.play(context, now=now)
        if play.missing:
            raise IncompleteError(play.missing)
        if sheet.submitted_at is None:
            sheet.submitted_at = now
            Response.objects.filter(pk=sheet.id).update(submitted_at=now, **frozen(sheet, play, now))
    return sheet


def share(seat: Seat, choices: Mapping[str, Any], *, now: dt.datetime) -> Sheet:
    """Keep with whom these answers are shared; what is not named stays as it was.

    Args:
        seat: whose answers.
        choices: mentor, pupil: whether they may read it; adults: the pseudonyms of adults who may.
        now: the moment.

    Raises:
        RoundClosedError: nothing was answered, and the round is closed.
    """
    with writing():
        sheet = sheets.lock_begun(seat) or sheets.lock(seat, now)
        sheet.shared = {**sheet.shared, **choices}
        Response.objects.filter(pk=sheet.id).update(shared=sheet.shared)
    return sheet


def withdraw(seat: Seat) -> bool:
    """Erase a response with all that was ever answered in it; the audit log keeps that it happened, not whose it was."""
    sheets.forget(seat)
    with writing():
        erased, _ = Response.objects.filter(
            round=seat.round.id, voice=seat.voice, pseudonym=seat.pseudonym
        ).delete()
        if erased:
            audit.record(audit.System(seat.round.school_id), "answers withdrawn", round=str(seat.round.id))
    return bool(erased)
