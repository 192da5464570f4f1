"""What was agreed, on paper: in the languages of the adults at the table, with the Dutch beneath."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils import timezone

from driegesprek import content, paper
from driegesprek.web.access.actor import Actor
from driegesprek.web.common import audit
from driegesprek.web.conduct.domain import school_facts, sheets
from driegesprek.web.conduct.domain.sheet_words import readable
from driegesprek.web.people.models import Enrolment, SchoolClass
from driegesprek.web.talks.domain.households import Household
from driegesprek.web.talks.enums import Who
from driegesprek.web.talks.models import Agreement, Talk


class NothingAgreedError(Exception):
    """There is nothing to print yet."""


def agreements(talk: Talk, household: Household, *, actor: Actor) -> bytes:
    """The agreements of a talk as PDF: a leaf for each language of this household.

    Raises:
        NothingAgreedError: there are none.
    """
    rows = list(talk.agreements.all())
    if not rows:
        raise NothingAgreedError
    codes = dict.fromkeys(readable(code) for code in household.languages or (content.DUTCH,))
    leaves = [_Leaf(talk, code).leaf(rows) for code in codes]
    audit.record(actor, "agreements printed", talk, leaves=len(leaves))
    title = str(content.text("agreements.title", content.DUTCH))
    return paper.agreements(leaves, title=f"{title}, {talk.school.name}")


class _Leaf:
    """One leaf, in one language."""

    def __init__(self, talk: Talk, code: str) -> None:
        self.talk, self.language = talk, content.language(code)
        self.school_class = _class_of(talk)
        self.overrides = sheets.overrides(talk.school_id)

    @property
    def mentor(self) -> str:
        """The mentor of the class, else the school."""
        mentor = self.school_class.mentor if self.school_class else None
        return mentor.full_name if mentor else self.talk.school.name

    def line(self, key: str, **values: object) -> paper.Line:
        """A text of ours, with the Dutch beneath a draft; a label too, since on paper there is room."""
        values = {"pupil": self.talk.pupil.given_name, "mentor": self.mentor, **values}
        text = content.text(key, self.language.code, overrides=self.overrides, **values)
        dutch = text.dutch
        if dutch is None and text.status == "draft":
            dutch = str(content.text(key, content.DUTCH, overrides=self.overrides, **values))
        return paper.Line(text.text, dutch, text.language if text.language != self.language.code else None)

    def dates(self, day) -> dict[str, str]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a date
        """A day in the reader's language and in Dutch."""
        return {code: school_facts.date_in_words(day, code) for code in {self.language.code, content.DUTCH}}

    def leaf(self, rows: Iterable[Agreement]) -> paper.Agreements:
        """The whole leaf."""
        held = timezone.localdate(self.talk.held_at)
        keys = ("agreement.who", "agreement.what", "agreement.when")
        return paper.Agreements(
            language=self.language.code,
            direction=self.language.direction,
            school=self.talk.school.name,
            class_name=self.school_class.name if self.school_class else "",
            pupil=self.talk.pupil.full_name,
            title=self.line("agreements.title"),
            held=self.line("agreements.intro", date=self.dates(held)),
            headings=(self.line(keys[0]), self.line(keys[1]), self.line(keys[2])),
            rows=tuple(self._rows(rows)),
            call=self._call(),
            closing=(self.line("agreements.next"), self.line("agreements.keep")),
            demonstration=settings.DEMONSTRATION,
        )

    def _rows(self, rows: Iterable[Agreement]) -> Iterator[paper.Agreement]:
        for row in rows:
            by = paper.Line(self.dates(row.by)[self.language.code]) if row.by else paper.Line("–")
            yield paper.Agreement(self._who(row.who), paper.Typed(row.what), by)

    def _who(self, who: str) -> paper.Line:
        if who == Who.PUPIL:
            return paper.Line(self.talk.pupil.given_name, None, content.DUTCH)
        return self.line(f"agreement.role.{who}")

    def _call(self) -> paper.Call:
        phone = self.talk.school.phone
        if not phone:
            return paper.Call(heading=self.line("common.help"))
        return paper.Call(heading=self.line("sheet.call", phone=phone))


def _class_of(talk: Talk) -> SchoolClass | None:
    row = (
        Enrolment.objects.filter(pupil=talk.pupil_id, until=None)
        .select_related("school_class__mentor")
        .first()
    )
    return row.school_class if row else None
