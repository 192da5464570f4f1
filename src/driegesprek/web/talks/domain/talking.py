"""What is written down during a talk: what goes well, and who does what by when. Nothing that was typed is lost."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction

from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.talks.models import Agreement, Talk


@dataclass(frozen=True, slots=True)
class Words:
    """One agreement as it is written."""

    who: str
    what: str
    by: dt.date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """One agreement as a page sends it.

    Attributes:
        id: of the agreement; a new one is named by the page, so that sending twice makes one.
        words: what is written there now.
        was: what stood there when the page was opened; None for a new one.
        remove: whether it is to go.
    """

    id: UUID
    words: Words
    was: Words | None = None
    remove: bool = False


@dataclass
class Saved:
    """What came of saving."""

    talk: Talk
    both: bool = field(default=False)
    """Whether somebody else had changed something meanwhile; then both are kept, one below the other."""


def save(talk: Talk, *, going_well: str, was: str, drafts: Iterable[Draft], actor: Actor) -> Saved:
    """Keep what was typed.

    Two windows may be open on one talk: what this one did not change stays as the other left it, and what both
    changed is kept twice.

    Args:
        talk: the talk.
        going_well: what stands in the page.
        was: what stood there when the page was opened.
        drafts: the agreements in the page.
        actor: who saves.
    """
    with transaction.atomic():
        saved = Saved(Talk.objects.select_for_update().get(pk=talk.pk))
        changed = _keep_going_well(saved, _plain(going_well), _plain(was))
        there = {row.pk: row for row in saved.talk.agreements.all()}
        for draft in drafts:
            changed |= _keep(saved, there.get(draft.id), draft)
        if changed:
            saved.talk.revision += 1
            saved.talk.save(update_fields=["going_well", "revision"])
            audit.record(actor, "talk written", saved.talk, revision=saved.talk.revision)
    return saved


def _plain(text: str) -> str:
    """A text without what only browsers add."""
    return text.replace("\r\n", "\n").strip()


def _keep_going_well(saved: Saved, given: str, was: str) -> bool:
    stored = saved.talk.going_well
    if given in {was, stored}:
        return False
    if stored not in {was, ""}:
        saved.both = True
        given = f"{stored}\n\n{given}" if given else stored
    saved.talk.going_well = given
    return True


def _keep(saved: Saved, stored: Agreement | None, draft: Draft) -> bool:
    """Whether anything changed."""
    now = Words(draft.words.who, _plain(draft.words.what), draft.words.by)
    there = _words(stored) if stored else None
    if draft.remove:
        return _remove(saved, stored, there, draft)
    if now in {draft.was, there} or not now.what:
        return False
    if stored and there == draft.was:
        stored.who, stored.what, stored.by = now.who, now.what, now.by
        stored.save(update_fields=["who", "what", "by"])
        return True
    saved.both |= stored is not None
    _add(saved.talk, draft.id, now)
    return True


def _remove(saved: Saved, stored: Agreement | None, there: Words | None, draft: Draft) -> bool:
    if stored is None:
        return False
    if there != draft.was:
        saved.both = True
        return False
    stored.delete()
    return True


def _words(row: Agreement) -> Words:
    return Words(row.who, row.what, row.by)


def _add(talk: Talk, pk: UUID, words: Words) -> None:
    used = Agreement.objects.filter(pk=pk).exists()
    Agreement.objects.create(
        id=uuid4() if used else pk,
        school_id=talk.school_id,
        talk=talk,
        who=words.who,
        what=words.what,
        by=words.by,
    )
