"""What stands on a sheet, a card and in a message: our texts in the reader's language, filled in with facts.

Plain values in, values of the paper workshop out; no database.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from babel.dates import format_date

from driegesprek import content, paper
from driegesprek.content import catalogue

LINES_PER_QUALITY = 3
WORDS_OF_A_DATE = "d MMMM y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is alike on every sheet of one class.

    Attributes:
        school: Its name.
        class_name: "2A".
        mentor: The mentor's name, or empty.
        call_name: Whom to call.
        call_phone: Under which number, or empty.
        choose_by: The last day to choose.
        profiles: Keys of what can be chosen here.
        absent_profiles: Keys of what cannot be chosen here and is named as such.
        home_by: The last day of the home assignment, or None.
        talks: First and last day of the talks, or None.
        address: Where a code is typed, as a person would say it.
        demonstration: Whether the sheets are marked as not for use.
        overrides: The school's own wording.
    """

    school: str
    class_name: str
    mentor: str
    call_name: str
    call_phone: str
    choose_by: dt.date
    profiles: Sequence[str]
    absent_profiles: Sequence[str]
    home_by: dt.date | None
    talks: tuple[dt.date, dt.date] | None
    address: str
    demonstration: bool = False
    overrides: content.Overrides = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom one sheet or card is for, and what opens the same on a phone."""

    language: str
    pupil: str
    called: str
    adult: str = ""
    url: str
    code: str
    reference: str = ""


def readable(language_code: str) -> str:
    """The language to write in: one of the six, else Dutch (a recording or an interpreter does the rest)."""
    return language_code if language_code in {one.code for one in content.LANGUAGES} else content.DUTCH


def date_in(day: dt.date, language_code: str) -> str:
    """A day written out in a language: 12 februari 2027."""
    return format_date(day, WORDS_OF_A_DATE, locale=language_code)


def days_in(first: dt.date, last: dt.date, language_code: str) -> str:
    """A period written out in a language."""
    if first == last:
        return date_in(first, language_code)
    shown = "d MMMM" if first.year == last.year else WORDS_OF_A_DATE
    return f"{format_date(first, shown, locale=language_code)} – {date_in(last, language_code)}"


class Words:
    """Our texts in one language, as lines to print, with everything about one class filled in."""

    def __init__(self, facts: Facts, language_code: str) -> None:
        self.facts = facts
        self.language = content.language(readable(language_code))
        self.values: dict[str, object] = {
            "school": facts.school,
            "class_name": facts.class_name,
            "mentor": facts.mentor,
        }

    def line(self, key: str, **values: object) -> paper.Line:
        """A text with the Dutch beneath a draft."""
        return self._line(
            content.text(key, self.language.code, overrides=self.facts.overrides, **(self.values | values))
        )

    def _line(self, text: content.Text) -> paper.Line:
        own = text.language != self.language.code
        return paper.Line(text.text, text.dutch, text.language if own else None)

    def dated(self, key: str, day: dt.date) -> paper.Line:
        """A text with a date in it, in either language."""
        return self.line(key, date=self._by_language(lambda code: date_in(day, code)))

    def period(self, first: dt.date, last: dt.date) -> paper.Line:
        """A period, written out."""
        return paper.Line(days_in(first, last, self.language.code))

    def _by_language(self, words: Callable[[str], str]) -> dict[str, str]:
        return {code: words(code) for code in {self.language.code, content.DUTCH}}

    def profile(self, key: str) -> paper.Line:
        """A profile: its official Dutch name, and what one does in it."""
        profile = catalogue.profile(key)
        about = profile.about(self.language.code, self.facts.overrides)
        if about.language == content.DUTCH:
            return paper.Line(profile.name, about.text, content.DUTCH)
        return paper.Line(f"{paper.isolate(profile.name)}: {about.text}", about.dutch)

    def quality(self, one: catalogue.Quality) -> paper.Quality:
        """A quality to tick, with the Dutch beneath a draft."""
        return paper.Quality(self._line(one.label(self.language.code, self.facts.overrides)), one.svg)


def sheet(words: Words, to: Recipient, qualities: tuple[paper.Quality, ...]) -> paper.Sheet:
    """The sheet for one adult.

    Args:
        words: Texts in the adult's language.
        to: Whom it is for.
        qualities: What can be ticked, made once for a language.
    """
    facts = words.facts
    return paper.Sheet(
        language=words.language.code,
        direction=words.language.direction,
        school=facts.school,
        class_name=facts.class_name,
        pupil=to.pupil,
        front=_front(words, to),
        back=_back(words, to, qualities),
        door=_door(words, to),
        reference=to.reference,
        demonstration=facts.demonstration,
    )


def _front(words: Words, to: Recipient) -> paper.Front:
    pupil = to.called
    return paper.Front(
        greeting=words.line("sheet.dear", adult=to.adult),
        choose_by=words.dated("sheet.by", words.facts.choose_by),
        title=words.line("sheet.title", pupil=pupil),
        intro=words.line("sheet.what", pupil=pupil),
        profiles=tuple(words.profile(key) for key in words.facts.profiles),
        not_offered=_not_offered(words, pupil),
        moments_heading=words.line("sheet.moments"),
        moments=tuple(_moments(words, pupil)),
        call=_call(words),
        turn=words.line("sheet.turn"),
    )


def _not_offered(words: Words, pupil: str) -> paper.NotOffered | None:
    if not words.facts.absent_profiles:
        return None
    names = tuple(
        paper.Line(catalogue.profile(key).name, None, content.DUTCH) for key in words.facts.absent_profiles
    )
    return paper.NotOffered(
        words.line("sheet.not_here"), names, words.line("sheet.not_here.ask", pupil=pupil)
    )


def _moments(words: Words, pupil: str) -> Iterator[paper.Moment]:
    facts = words.facts
    if facts.home_by:
        yield paper.Moment(words.line("sheet.moment.assignment"), words.dated("sheet.by", facts.home_by))
    if facts.talks:
        yield paper.Moment(words.line("sheet.moment.talk", pupil=pupil), words.period(*facts.talks))
    yield paper.Moment(
        words.line("sheet.moment.choice", pupil=pupil), words.dated("sheet.by", facts.choose_by)
    )


def _call(words: Words) -> paper.Call:
    facts = words.facts
    role = words.line("sheet.from") if facts.mentor else None
    if not facts.call_phone:
        return paper.Call(heading=words.line("common.help"), role=role)
    heading = words.line("sheet.call", mentor=facts.call_name, phone=facts.call_phone)
    return paper.Call(heading=heading, role=role)


def _door(words: Words, to: Recipient) -> paper.Door:
    scan = words.line("sheet.phone", link=words.facts.address)
    return paper.Door(
        url=to.url,
        code=to.code,
        scan=scan,
        typing=words.line("sheet.code"),
        alternative=scan.text,
        languages=words.line("sheet.languages"),
    )


def _back(words: Words, to: Recipient, qualities: tuple[paper.Quality, ...]) -> paper.Back:
    pupil = to.called
    lead, other = words.line("back.lead", pupil=pupil), words.line("back.other_adult")
    return paper.Back(
        title=words.line("back.title", pupil=pupil),
        intro=lead,
        steps=tuple(_steps(words, pupil, qualities)),
        bring=words.line("back.bring"),
        ticks=(paper.Tick(words.line("back.call_me"), fill_in=True),),
        notes=(other, words.line("back.skip"), words.line("back.who_reads")),
    )


def _steps(words: Words, pupil: str, qualities: tuple[paper.Quality, ...]) -> Iterator[paper.Step]:
    yield paper.Step(heading=words.line("back.step.choose", pupil=pupil), qualities=qualities)
    yield paper.Step(
        heading=words.line("back.step.where", pupil=pupil),
        prompts=(paper.Prompt(None, LINES_PER_QUALITY),),
    )
    yield paper.Step(heading=words.line("back.step.adult"), prompts=(paper.Prompt(None, 2),))
    yield paper.Step(
        heading=words.line("back.step.together"),
        prompts=(
            paper.Prompt(words.line("back.find_out"), beside=True),
            paper.Prompt(words.line("back.helper"), beside=True),
        ),
    )


def card(words: Words, to: Recipient) -> paper.Card:
    """The card of one pupil, in Dutch."""
    facts = words.facts
    return paper.Card(
        language=words.language.code,
        direction=words.language.direction,
        school=facts.school,
        class_name=facts.class_name,
        pupil=to.pupil,
        title=words.line("card.title", pupil=to.called),
        help=words.line("card.keep"),
        door=_card_door(words, to),
        reference=to.reference,
        demonstration=facts.demonstration,
    )


def _card_door(words: Words, to: Recipient) -> paper.Door:
    scan = words.line("card.text")
    return paper.Door(
        url=to.url,
        code=to.code,
        scan=scan,
        typing=words.line("sheet.code"),
        alternative=scan.text,
        address=words.facts.address,
    )


def message(words: Words, to: Recipient) -> str:
    """The text message about the home assignment, link included."""
    return content.text(
        "sms.assignment",
        words.language.code,
        overrides=words.facts.overrides,
        **(words.values | {"pupil": to.called, "link": to.url}),
    ).text
