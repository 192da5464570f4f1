"""Make sheets, cards and lists of messages, and say that they were handed out."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from functools import cached_property
from urllib.parse import urlparse
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from driegesprek import content, paper
from driegesprek.content import catalogue
from driegesprek.web.access.actor import Actor
from driegesprek.web.access.domain import doors
from driegesprek.web.access.models import Door
from driegesprek.web.common import audit
from driegesprek.web.common.wordings import overrides
from driegesprek.web.conduct.domain.activities import end_of_day
from driegesprek.web.conduct.domain.sheet_words import Facts, Recipient, Words, card, message, readable, sheet
from driegesprek.web.line.domain import delivery, steps
from driegesprek.web.line.enums import ActivityKind, Stage
from driegesprek.web.line.models import Activity, Choice, Step
from driegesprek.web.outreach.domain import contacts, printing
from driegesprek.web.outreach.enums import ContactKind, PrintKind
from driegesprek.web.outreach.exports import TextMessage, messages_csv
from driegesprek.web.outreach.models import PrintJob
from driegesprek.web.outreach.rules import address_problem, wants_sms
from driegesprek.web.people.models import SchoolClass

log = logging.getLogger(__name__)
DEMONSTRATION_ADDRESS = "http://127.0.0.1:8000"


class NotReadyError(Exception):
    """Sheets cannot be made yet; the message says why and what to do."""


def address_of_sheets() -> str | Promise:
    """Why no sheet can be made on this installation, or empty."""
    return address_problem(settings.PUBLIC_URL, demonstration=settings.DEMONSTRATION)


def problem(activity: Activity) -> str | Promise:
    """Why no sheet of this activity can be made yet, or empty."""
    if address_of_sheets():
        return address_of_sheets()
    if activity.opened_at is None:
        return _("This activity is not open yet. Open it first; then everyone gets a code.")
    if not _choices(activity):
        return _(
            "It is not said yet what must be chosen and by when. Fill that in first; it is on the sheet."
        )
    return ""


def make(job_id: UUID) -> None:
    """Make what a job asks for; what goes wrong is kept with the job, for who asked."""
    job = PrintJob.objects.select_related("activity__line", "activity__school").get(pk=job_id)
    if job.made_at:
        return
    try:
        _make(job)
    except NotReadyError as error:
        printing.fail(job, str(error))
    except Exception:
        log.exception("print job %s", job.pk)
        printing.fail(
            job, _("Something went wrong while making this. Try again; if it stays, tell your administrator.")
        )


def _make(job: PrintJob) -> None:
    reason = problem(job.activity)
    if reason:
        raise NotReadyError(str(reason))
    found = Press(job)
    if not found.steps:
        raise NotReadyError(
            _("There is nobody to make this for: no adult here may be contacted in this way.")
        )
    content_of: dict[str, Callable[[], bytes]] = {
        PrintKind.SHEETS: found.sheets,
        PrintKind.CARDS: found.cards,
        PrintKind.MESSAGES: found.messages,
    }
    suffix = "csv" if job.kind == PrintKind.MESSAGES else "pdf"
    made = content_of[job.kind]()
    printing.keep(
        job,
        content=made,
        name=f"{found.name}.{suffix}",
        count=len(found.steps),
        steps=[step.pk for step in found.steps],
    )


def _choices(activity: Activity) -> dict[UUID | None, Choice]:
    rows = Choice.objects.filter(year=activity.line.year_id, year_group=activity.line.year_group)
    return {choice.location_id: choice for choice in rows}


def base_url() -> str:
    """The address in links and codes; the demonstration falls back on this computer."""
    return settings.PUBLIC_URL or DEMONSTRATION_ADDRESS


class Press:
    """One job at work: for whom, in which class, with which words."""

    def __init__(self, job: PrintJob) -> None:
        self.job, self.activity = job, job.activity
        self.day = steps.day_of(self.activity, timezone.localdate())
        self._facts: dict[UUID, Facts] = {}
        self._words: dict[tuple[UUID, str], Words] = {}
        self._qualities: dict[str, tuple[paper.Quality, ...]] = {}

    @cached_property
    def classes(self) -> dict[UUID, SchoolClass]:
        """The class of every pupil this job is about."""
        rows = steps.enrolments(self.activity, self.day).select_related("school_class__mentor")
        if self.job.school_class_id:
            rows = rows.filter(school_class=self.job.school_class_id)
        if self.job.pupil_id or self.job.bond_id:
            rows = rows.filter(pupil=self.job.pupil_id or self.job.bond.pupil_id)
        return {row.pupil_id: row.school_class for row in rows}

    @cached_property
    def steps(self) -> list[Step]:
        """Whom it is made for, class by class, by name."""
        rows = Step.objects.filter(activity=self.activity, pupil__in=list(self.classes))
        rows = rows.select_related("pupil", "bond__adult")
        if self.job.kind == PrintKind.CARDS:
            found = list(rows.filter(bond=None))
        else:
            found = list(rows.filter(bond__contact_allowed=True))
        if self.job.bond_id:
            found = [step for step in found if step.bond_id == self.job.bond_id]
        if self.job.kind == PrintKind.MESSAGES:
            found = [step for step in found if _gets_message(step)]
        return sorted((step for step in found if self._door(step)), key=self._order)

    @cached_property
    def doors(self) -> dict[UUID, Door]:
        """The open doors of pupils or bonds, by whose they are; made where they were missing."""
        rows = Step.objects.filter(activity=self.activity, pupil__in=list(self.classes)).select_related(
            "pupil", "bond"
        )
        until = {
            "expires_at": end_of_day(self.activity.line.year.ends_on),
            "code_expires_at": end_of_day(self.activity.closes_on),
        }
        if self.job.kind == PrintKind.CARDS:
            found = doors.ensure_pupil_doors([row.pupil for row in rows.filter(bond=None)], **until)
        else:
            found = doors.ensure_adult_doors([row.bond for row in rows.exclude(bond=None)], **until)
        return {owner.pk: door for owner, door in found.items() if door.closed_at is None}

    def _door(self, step: Step) -> Door | None:
        return self.doors.get(step.bond_id or step.pupil_id)

    def _order(self, step: Step) -> tuple[str, ...]:
        household = (step.bond.household, step.bond.adult.sorted_name) if step.bond else ()
        return (self.classes[step.pupil_id].name, step.pupil.sorted_name, str(step.pupil_id), *household)

    @cached_property
    def name(self) -> str:
        """The file's name: what and of which class, never whose."""
        names = {one.name for one in self.classes.values()}
        of = "-".join(sorted(names)) if len(names) < 4 else "alle"  # noqa: PLR2004 - a file's name stays short
        return "".join(sign if sign.isalnum() or sign == "-" else "_" for sign in f"{self.job.kind}-{of}")

    def sheets(self) -> bytes:
        """The sheets as one PDF."""
        return paper.sheets(self._sheets(), title=_("Sheets") + f" {self.activity.school.name}")

    def _sheets(self) -> Iterator[paper.Sheet]:
        for _step, to, words in self._people():
            yield sheet(words, to, self._qualities_in(words))

    def cards(self) -> bytes:
        """The pupils' cards as one PDF."""
        made = (card(words, to) for _step, to, words in self._people())
        return paper.cards(made, title=_("Cards") + f" {self.activity.school.name}")

    def messages(self) -> bytes:
        """The list for text messages."""
        return messages_csv(
            TextMessage(step.bond.adult.phone, to.language, message(words, to))
            for step, to, words in self._people()
        )

    def _people(self) -> Iterator[tuple[Step, Recipient, Words]]:
        of_class: dict[UUID, int] = {}
        for step in self.steps:
            school_class = self.classes[step.pupil_id]
            number = of_class[school_class.pk] = of_class.get(school_class.pk, 0) + 1
            to = self._recipient(step, f"{school_class.name} · {number}")
            yield step, to, self._words_for(school_class, to.language)

    def _recipient(self, step: Step, reference: str) -> Recipient:
        door = self._door(step)
        return Recipient(
            language=readable(step.bond.spoken_language) if step.bond else content.DUTCH,
            pupil=step.pupil.full_name,
            called=step.pupil.given_name,
            adult=step.bond.adult.full_name if step.bond else "",
            url=base_url() + doors.link_path(door),
            code=doors.printed_code(door).replace(" ", ""),
            reference=reference,
        )

    def _words_for(self, school_class: SchoolClass, language: str) -> Words:
        key = (school_class.pk, language)
        if key not in self._words:
            self._words[key] = Words(self._facts_of(school_class), language)
        return self._words[key]

    def _qualities_in(self, words: Words) -> tuple[paper.Quality, ...]:
        code = words.language.code
        if code not in self._qualities:
            self._qualities[code] = tuple(words.quality(one) for one in catalogue.qualities())
        return self._qualities[code]

    def _facts_of(self, school_class: SchoolClass) -> Facts:
        if school_class.pk not in self._facts:
            self._facts[school_class.pk] = self._new_facts(school_class)
        return self._facts[school_class.pk]

    @cached_property
    def _shared(self) -> dict[str, object]:
        return {
            "school": self.activity.school.name,
            "home_by": self._dates(ActivityKind.HOME_ASSIGNMENT)[1],
            "talks": self._dates(ActivityKind.CAREER_TALK),
            "address": spoken_address(base_url()),
            "demonstration": settings.DEMONSTRATION,
            "overrides": overrides(self.activity.school_id),
        }

    def _dates(self, kind: ActivityKind) -> tuple[dt.date, dt.date] | None:
        found = self.activity.line.activities.filter(kind=kind).first()
        return (found.opens_on, found.closes_on) if found else None

    def _new_facts(self, school_class: SchoolClass) -> Facts:
        choices = _choices(self.activity)
        choice = choices.get(school_class.location_id) or choices.get(None)
        if choice is None:
            raise NotReadyError(
                _("It is not said yet what must be chosen at the location of %s.") % school_class.name
            )
        mentor = school_class.mentor.full_name if school_class.mentor else ""
        name, phone = _callee(school_class, choice, self.activity.school.phone)
        return Facts(
            class_name=school_class.name,
            mentor=mentor,
            call_name=name or mentor or self.activity.school.name,
            call_phone=phone,
            choose_by=choice.choose_by,
            profiles=choice.profiles,
            absent_profiles=choice.absent_profiles,
            **self._shared,
        )


def _callee(school_class: SchoolClass, choice: Choice, school_phone: str) -> tuple[str, str]:
    """Whom to call: who was named for this choice, else the mentor; by the best number that is known."""
    if choice.contact_phone:
        return choice.contact_name, choice.contact_phone
    own = school_class.mentor.phone if school_class.mentor else ""
    return "", own or school_phone


def _gets_message(step: Step) -> bool:
    bond = step.bond
    return wants_sms(phone=bond.adult.phone, contact_allowed=bond.contact_allowed, channels=bond.channels)


def spoken_address(url: str) -> str:
    """An address as a person would say it: without https:// and without a slash at the end."""
    parts = urlparse(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def hand_out(job: PrintJob, *, at: dt.datetime, actor: Actor) -> int:
    """The sheets, cards or messages went out: their steps are sent, and the log of contact knows.

    Printing alone is not sending. Said twice, it counts once.

    Returns:
        How many pupils or adults it went to.
    """
    with transaction.atomic():
        job = PrintJob.objects.select_for_update(of=("self",)).select_related("activity").get(pk=job.pk)
        if job.handed_out_at or not job.made_at or job.problem:
            return 0
        rows = Step.objects.filter(pk__in=job.steps)
        people = list(rows.select_related("bond"))
        steps.mark_sent(rows, at=at)
        _log_contacts(job, people, at, actor)
        _tell_delivery(job, people, at, actor)
        PrintJob.objects.filter(pk=job.pk).update(handed_out_at=at)
        audit.record(actor, "handed out", job, count=len(people))
    return len(people)


def _log_contacts(job: PrintJob, people: list[Step], at: dt.datetime, actor: Actor) -> None:
    kind = ContactKind.SMS if job.kind == PrintKind.MESSAGES else ContactKind.SHEET
    bonds = [step.bond for step in people if step.bond]
    contacts.add_sent(bonds, kind=kind, at=at, activity_id=job.activity_id, actor=actor)


def _tell_delivery(job: PrintJob, people: list[Step], at: dt.datetime, actor: Actor) -> None:
    """Sheets that went to a whole class are what the school agreed to give out."""
    if job.kind != PrintKind.SHEETS or job.bond_id or job.activity.kind != ActivityKind.HOME_ASSIGNMENT:
        return
    of_pupils = steps.enrolments(job.activity, at.date()).filter(pupil__in={step.pupil_id for step in people})
    for school_class in SchoolClass.objects.filter(pk__in=of_pupils.values("school_class")):
        delivery.tell_if_new(job.activity, school_class, Stage.HELD, on=at.date(), actor=actor)
