"""What goes out about a survey round: e-mails by themselves, a list for text messages, letters and cards to print."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from driegesprek import content, paper
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.common import outbox
from driegesprek.web.common.models import OutboxItem
from driegesprek.web.common.wordings import overrides
from driegesprek.web.conduct.domain import sheets
from driegesprek.web.conduct.domain.sheet_words import date_in, readable
from driegesprek.web.outreach.exports import TextMessage, messages_csv
from driegesprek.web.people.enums import Channel
from driegesprek.web.people.models import School
from driegesprek.web.surveys.domain import durations, mailings, versions
from driegesprek.web.surveys.enums import Voice
from driegesprek.web.surveys.models import CodeBatch, Invitation, Mailing, Round

SMS_DAY = "{0.day}-{0.month}"


@dataclass(frozen=True)
class Words:
    """Our texts in one language, with what is known of a round and a reader filled in."""

    school: School
    language: str
    day: dt.date
    pupil: str = ""
    minutes: int = 0
    """About how long it takes."""

    def text(self, key: str, **values: object) -> content.Text:
        """A text; the date in whatever language it turns out to be."""
        days = {code: date_in(self.day, code) for code in (self.language, content.DUTCH)}
        known: dict[str, object] = {
            "school": self.school.name,
            "pupil": self.pupil,
            "date": days,
            "minutes": self.minutes,
        } | values
        return content.text(key, self.language, overrides=overrides(self.school.pk), **known)

    def line(self, key: str, **values: object) -> paper.Line:
        """The same to print, with the Dutch beneath a draft."""
        text = self.text(key, **values)
        return paper.Line(text.text, text.dutch, text.language if text.language != self.language else None)

    @property
    def direction(self) -> paper.model.Direction:
        """Of the language."""
        return content.language(self.language).direction


@dataclass(frozen=True)
class File:
    """What a list or print is fetched as."""

    content: bytes
    name: str
    kind: str


class Post:
    """One mailing at work: for whom it still is, in which words."""

    def __init__(self, mailing: Mailing, *, today: dt.date) -> None:
        self.mailing, self.round, self.today = mailing, mailing.round, today
        self.school = mailing.school

    @cached_property
    def people(self) -> list[Invitation]:
        """Who is not done yet, by class and name."""
        rows = mailings.still(self.mailing, self.today)
        found = rows.select_related("pupil", "bond__adult", "staff", "school_class")
        return sorted(found, key=lambda one: (one.school_class.name if one.school_class else "", _name(one)))

    @cached_property
    def doors(self) -> dict[UUID, Door]:
        """The open doors, by whose they are."""
        kind = "pupil" if self.mailing.channel == mailings.CARD else "bond"
        owners = [getattr(one, f"{kind}_id") for one in self.people]
        rows = Door.objects.filter(**{f"{kind}__in": owners}, closed_at=None)
        return {getattr(door, f"{kind}_id"): door for door in rows}

    @cached_property
    def mark(self) -> bool:
        """Whether nobody validated what is asked: then every page says so."""
        return versions.not_validated(self.round.pk)

    def file(self) -> File | None:
        """The list or print; None where nobody is left."""
        made: dict[str, Callable[[], File]] = {
            Channel.SMS: self._messages,
            Channel.LETTER: self._letters,
            mailings.CARD: self._cards,
        }
        if not self._reachable():
            return None
        return made[self.mailing.channel]()

    def _reachable(self) -> list[tuple[Invitation, Door]]:
        key = "pupil_id" if self.mailing.channel == mailings.CARD else "bond_id"
        return [(one, self.doors[owner]) for one in self.people if (owner := getattr(one, key)) in self.doors]

    def _words(self, one: Invitation) -> Words:
        language = readable(one.bond.spoken_language) if one.bond else content.DUTCH
        pupil = one.pupil.given_name if one.pupil else ""
        return Words(
            self.school, language, self.round.closes_on, pupil, _minutes(self.round, one.voice, language)
        )

    def _messages(self) -> File:
        key = "round.sms.reminder" if self.mailing.wave else "round.sms"
        day = SMS_DAY.format(self.round.closes_on)

        def rows() -> Iterator[TextMessage]:
            for one, door in self._reachable():
                words = self._words(one)
                said = words.text(key, date=day, link=sheets.base_url() + doors.link_path(door))
                text = f"{said.text} {words.text('round.not_validated').text}" if self.mark else said.text
                yield TextMessage(one.bond.adult.phone, words.language, text)

        return File(messages_csv(rows()), self._named("sms", "csv"), "text/csv; charset=utf-8")

    def _named(self, what: str, suffix: str) -> str:
        return f"{what}-{self.mailing.wave}-{self.today:%Y-%m-%d}.{suffix}"

    def _letters(self) -> File:
        items = (self._letter(one, door) for one, door in self._reachable())
        made = paper.letters(items, title=f"Brieven {self.school.name}")
        return File(made, self._named("brieven", "pdf"), "application/pdf")

    def _letter(self, one: Invitation, door: Door) -> paper.Letter:
        words = self._words(one)
        return paper.Letter(
            language=words.language,
            direction=words.direction,
            school=self.school.name,
            to=(one.bond.adult.full_name,),
            dated=paper.Line(date_in(self.today, words.language)),
            subject=words.line("round.letter.title"),
            paragraphs=tuple(_paragraphs(words, self.mailing.wave, mark=self.mark)),
            closing=words.line("letter.thanks"),
            sender=(self.school.name,),
            door=_door(words, door),
            demonstration=settings.DEMONSTRATION,
        )

    def _cards(self) -> File:
        items = (self._card(one, door) for one, door in self._reachable())
        made = paper.cards(items, title=f"Kaarten {self.school.name}")
        return File(made, self._named("kaarten", "pdf"), "application/pdf")

    def _card(self, one: Invitation, door: Door) -> paper.Card:
        words = self._words(one)
        return paper.Card(
            language=words.language,
            direction=words.direction,
            school=self.school.name,
            class_name=one.school_class.name if one.school_class else "",
            pupil=one.pupil.full_name,
            title=words.line("round.card.title"),
            help=_help(words, mark=self.mark),
            door=_door(words, door),
            demonstration=settings.DEMONSTRATION,
        )


def _minutes(row: Round, voice: str, language: str) -> int:
    return durations.of_round(row, voice, language=language, today=row.opens_on)


def _name(one: Invitation) -> str:
    return one.pupil.sorted_name if one.pupil else one.staff.sorted_name if one.staff else ""


def _help(words: Words, *, mark: bool) -> paper.Line:
    """What to do with a card, with the mark of a form that nobody validated."""
    found = words.line("round.card.help")
    if not mark:
        return found
    more = words.line("round.not_validated")
    dutch = f"{found.dutch or found.text} {more.dutch or more.text}" if found.dutch or more.dutch else None
    return replace(found, text=f"{found.text} {more.text}", dutch=dutch)


def _paragraphs(words: Words, wave: int, *, mark: bool) -> Iterator[paper.Line]:
    yield words.line("round.letter.reminder" if wave else "round.letter.text")
    if mark:
        yield words.line("round.not_validated")
    yield words.line("welcome.no_wrong")
    yield words.line("welcome.voluntary")


def _door(words: Words, door: Door) -> paper.Door:
    scan = words.line("round.card.help")
    return paper.Door(
        url=sheets.base_url() + doors.link_path(door),
        code=doors.printed_code(door).replace(" ", ""),
        scan=scan,
        typing=words.line("sheet.code"),
        alternative=scan.text,
        address=sheets.spoken_address(sheets.base_url()),
    )


def code_cards(batch: CodeBatch) -> bytes:
    """The codes of a group on cards, for the organisation that sends them: no name, no number, in the order of the codes."""
    row: Round = batch.round
    words = Words(row.school, content.DUTCH, row.closes_on)
    rows = Door.objects.filter(code_seat__batch=batch, closed_at=None)
    mark = versions.not_validated(row.pk)
    cards = (
        paper.Card(
            language=words.language,
            direction=words.direction,
            school=row.study.organisation,
            class_name="",
            pupil="",
            title=words.line("round.title"),
            help=_help(words, mark=mark),
            door=_door(words, door),
            demonstration=settings.DEMONSTRATION,
        )
        for door in sorted(rows, key=doors.printed_code)
    )
    return paper.cards(cards, title=f"Codes {row.study.organisation}")


@outbox.handles(mailings.ONE_LETTER)
def send(note: OutboxItem) -> None:
    """Send one e-mail, unless this person is done, stopped, or may not be written to any more."""
    mailing = Mailing.objects.select_related("round", "school").filter(pk=note.payload["mailing"]).first()
    today = timezone.localdate()
    if mailing is None or mailing.round.closes_on < today:
        return
    rows = mailings.waiting(mailing.round, today).select_related("pupil", "bond__adult", "staff")
    one = rows.filter(pk=note.payload["invitation"]).first()
    message = _email(mailing, one) if one else None
    if one is None or message is None:
        return
    message.send()
    mailings.note_sent(mailing, [one], at=timezone.now())
    Mailing.objects.filter(pk=mailing.pk, sent_at=None).update(sent_at=timezone.now())
    mailings.count_one(mailing)


def _email(mailing: Mailing, one: Invitation) -> EmailMessage | None:
    if one.voice == Voice.STAFF:
        minutes = _minutes(mailing.round, one.voice, content.DUTCH)
        words = Words(mailing.school, content.DUTCH, mailing.round.closes_on, minutes=minutes)
        keys: list[tuple[str, dict[str, object]]] = [("round.email.desk", {})]
        subject, address = words.text("round.email.subject.staff"), one.staff.email
    else:
        door = Door.objects.filter(bond=one.bond_id, closed_at=None).first()
        if door is None:
            return None
        code = readable(one.bond.spoken_language)
        minutes = _minutes(mailing.round, one.voice, code)
        words = Words(mailing.school, code, mailing.round.closes_on, one.pupil.given_name, minutes)
        keys = [("round.email.link", {"link": sheets.base_url() + doors.link_path(door)})]
        subject, address = words.text("round.email.subject"), one.bond.adult.email
    first = "round.letter.reminder" if mailing.wave else "round.letter.text"
    if versions.not_validated(mailing.round_id):
        keys.append(("round.not_validated", {}))
    texts = [words.text(key, **values) for key, values in [(first, {}), *keys, ("welcome.voluntary", {})]]
    return EmailMessage(subject.text, "\n\n".join(_both(texts)), to=[address])


def _both(texts: list[content.Text]) -> Iterator[str]:
    """In the reader's language, and once more in Dutch where that is a draft."""
    yield from (text.text for text in texts)
    dutch = [text.dutch for text in texts if text.dutch]
    if dutch:
        yield "----------"
        yield from dutch
