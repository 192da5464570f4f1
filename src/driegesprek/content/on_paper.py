"""Any questionnaire as it is printed: its questions with numbers, boxes and lines, and when to answer them in words.

What the form takes from outside (hidden questions) comes in as context; what nobody is asked then is not printed. The
words of the form stand in its own languages, ours in six; beneath each the Dutch, where there is one.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, Literal

from driegesprek.content import texts
from driegesprek.content.languages import BY_CODE, DUTCH
from driegesprek.instruments import (
    Choice,
    Group,
    Item,
    Kind,
    Play,
    Question,
    Questionnaire,
    appearances,
    choices_for,
    direction_of,
    in_language,
    play,
    render,
)
from driegesprek.instruments import Text as Words
from driegesprek.instruments.routing import Condition, Fixed, Joined, Test, condition
from driegesprek.instruments.words import references
from driegesprek.paper import Ask, Form, Line, Option, isolate
from driegesprek.paper.printable import is_right_to_left

SELECTS: Final = {Kind.SELECT_ONE: "one", Kind.SELECT_MULTIPLE: "several", Kind.RANK: "rank"}
SAID: Final = {
    Kind.INTEGER: "form.number",
    Kind.DECIMAL: "form.number",
    Kind.DATE: "form.date",
    Kind.TIME: "form.time",
    Kind.DATETIME: "form.datetime",
}
MOST_CHOICES: Final = 60
"""A longer list (all municipalities) is not printed: the answer is written."""
MOST_NUMBERS: Final = 11
"""A range of more numbers is written too."""
WIDTHS: Final = ((12, 4), (20, 3), (34, 2))
"""Up to so many letters, answers stand in so many columns."""
BESIDE_EACH_OTHER: Final = 4
"""Answers with pictures in a row."""
WIDTH: Final = 165
"""Of a row of answers, in millimetres."""
LETTER: Final = 2.1
"""In 10 points, in millimetres, on average."""
LINES: Final = {"one": 1, "many": 4}
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a questionnaire is printed.

    Attributes:
        language: of the reader.
        school: at the head.
        voice: who is spoken to: `pupil` or `adult`.
        context: {name: value} of what the form takes from outside, such as `design`.
        pictures: {name of a file as the form has it: the text of an SVG file}; what is not in it is not printed.
        reference: in the foot.
        demonstration: whether it is marked as not for use.
    """

    language: str
    school: str
    voice: texts.Voice = "adult"
    context: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""
    demonstration: bool = False


def on_paper(form: Questionnaire, wanted: Wanted, *, today: dt.date) -> Form:
    """A questionnaire as it is printed for one language.

    Args:
        form: as `read` gave it.
        wanted: for whom.
        today: what today() in the form gives.
    """
    made = _Printing(form, wanted, today)
    asks = tuple(made.runs(list(made.items(form.items))))
    return Form(
        language=_tag(wanted.language),
        direction=_direction(wanted.language, asks),
        school=wanted.school,
        title=Line(form.title, None, made.other(form.default_language)),
        intro=tuple(made.intro()),
        asks=asks,
        reference=wanted.reference or f"{form.title} {form.content_hash[:12]}",
        demonstration=wanted.demonstration,
    )


class _Printing:
    """One form in one language, from the first question to the last."""

    def __init__(self, form: Questionnaire, wanted: Wanted, today: dt.date) -> None:
        self.form, self.wanted = form, wanted
        self.play: Play = play(form, {}, today=today, context=wanted.context, language=wanted.language)
        self.code = wanted.language if wanted.language in BY_CODE else DUTCH
        self.known = {
            one.path: str(wanted.context.get(one.name, ""))
            for one in form.questions.values()
            if not one.kind.shown and not one.calculation
        }
        self.numbers: dict[str, int] = {}
        """{path: number} of what is printed so far."""

    def intro(self) -> Iterator[Line]:
        if self.form.not_validated:
            yield self.said("round.not_validated")
        yield self.said("form.counts")
        if not any(one.required for one in self.form.questions.values()):
            yield self.said("form.skip")

    def runs(self, asks: list[Ask]) -> Iterator[Ask]:
        """Questions after each other with the same condition: it stands above them, once."""
        for only_if, together in groupby(asks, key=lambda one: None if one.heading else one.only_if):
            run = list(together)
            numbers = [one.number for one in run if one.number]
            if only_if is None or len(numbers) < 2:  # noqa: PLR2004 - one question says it itself
                yield from run
                continue
            label = self.said("form.run", n=numbers[0], count=numbers[-1])
            yield Ask(label=label, heading=True, only_if=only_if)
            yield from (replace(one, only_if=None) for one in run)

    def said(self, key: str, **values: object) -> Line:
        """Words of ours, with the Dutch beneath a draft."""
        found = texts.text(key, self.code, voice=self.wanted.voice, overrides=None, **values)
        language = found.language if found.language != _tag(self.wanted.language) else None
        if found.dutch is None and found.status == "draft":
            dutch = str(texts.text(key, DUTCH, voice=self.wanted.voice, overrides=None, **values))
            return Line(found.text, dutch, language)
        return Line(found.text, found.dutch, language)

    def line(self, text: Words, at: str) -> Line:
        """Words of the form, with its own Dutch beneath."""
        own = self.words(text, self.wanted.language, at)
        dutch = self.words(text, DUTCH, at) if text.get(DUTCH) and self.wanted.language != DUTCH else None
        there = text.get(self.wanted.language) or not text
        language = None if there else self.other(self.form.default_language)
        return Line(own, dutch if dutch != own else None, language)

    def other(self, language: str) -> str | None:
        """A language as a tag, where it is not the reader's."""
        if language in {self.wanted.language, "default", ""}:
            return None
        return _tag(language)

    def words(self, text: Words, language: str, at: str) -> str:
        """A text of the form; an answer that is filled in becomes the number of its question."""
        chosen = in_language(text, language, self.form.default_language)
        filled = _REFERENCE.sub(lambda found: self.filled(found[1], found[0], language), chosen)
        return render({"default": filled}, "default", self.play, at).strip()

    def filled(self, name: str, reference: str, language: str) -> str:
        asked = [path for path in self.numbers if path.rpartition("/")[2] == name]
        if asked:
            code = language if language in BY_CODE else DUTCH
            return isolate(str(texts.text("form.answer_to", code, n=self.numbers[asked[-1]])))
        known = any(path.rpartition("/")[2] == name and value for path, value in self.play.values.items())
        return reference if known else "…"

    def items(self, items: tuple[Item, ...]) -> Iterator[Ask]:
        for item in items:
            when = condition(self.form, item, self.known)
            if when is Fixed.NEVER:
                self.leave_out(item)
            elif isinstance(item, Group):
                yield from self.group(item, when)
            elif item.kind.shown:
                yield self.question(item, when)

    def leave_out(self, item: Item) -> None:
        """What is not printed has no answer."""
        if isinstance(item, Group):
            for one in item.items:
                self.leave_out(one)
        else:
            self.known[item.path] = ""

    def group(self, item: Group, when: Condition) -> Iterator[Ask]:
        inside = list(self.items(item.items))
        if not inside:
            return
        label, only_if = self.line(item.label, item.path), self.only_if(when)
        hints = [self.line(item.hint, item.path)] if item.hint else []
        hints += [self.said("form.again")] if item.repeats else []
        if label.text or only_if or hints:
            yield Ask(
                label=label if label.text else Line("–"), heading=True, hints=tuple(hints), only_if=only_if
            )
        yield from inside

    def question(self, item: Question, when: Condition) -> Ask:
        label, only_if = self.line(item.label, item.path), self.only_if(when)
        if item.kind.answerable:
            self.numbers[item.path] = len(self.numbers) + 1
        options = tuple(self.options(item))
        picture = self.picture(item.media)
        return Ask(
            label=label if label.text else Line(item.name),
            number=str(self.numbers.get(item.path, "")),
            hints=tuple(self.hints(item)),
            only_if=only_if,
            how=self.how(item, bool(options)),
            answered=self.answered(item, bool(options)),  # type: ignore[arg-type] # one of its words
            options=options,
            columns=_columns(options, appearances(item.appearance)),
            scale=_is_scale(item, options),
            lines=_lines(item) if item.kind.answerable and not options else 0,
            picture=picture,
            alternative=label.text or item.name,
        )

    def hints(self, item: Question) -> Iterator[Line]:
        if item.hint:
            yield self.line(item.hint, item.path)
        media = [item.sound, item.film, *(text for one in item.choices for text in (one.sound, one.film))]
        if any(media):
            yield self.said("form.heard")

    def answered(self, item: Question, ticked: bool) -> str:
        if not item.kind.answerable:
            return "nothing"
        return SELECTS.get(item.kind, "one") if ticked else "lines"

    def how(self, item: Question, ticked: bool) -> Line | None:
        if item.kind is Kind.ACKNOWLEDGE:
            return self.said("form.agree")
        if ticked:
            return self.said(f"form.{SELECTS.get(item.kind, 'one')}")
        if item.kind is Kind.RANGE:
            low, high, _step = _range(item)
            return self.said("form.range", n=f"{low:.15g}", count=f"{high:.15g}")
        return self.said(SAID[item.kind]) if item.kind in SAID else None

    def options(self, item: Question) -> Iterator[Option]:
        if item.kind is Kind.ACKNOWLEDGE:
            yield Option(self.line(item.label, item.path))
        elif item.kind is Kind.RANGE:
            yield from (Option(Line(one)) for one in _numbers(item))
        elif item.kind in SELECTS and len(choices := self.choices(item)) <= MOST_CHOICES:
            for one in choices:
                label = self.line(one.label, item.path)
                yield Option(label if label.text else Line(one.name), self.picture(one.media))

    def choices(self, item: Question) -> tuple[Choice, ...]:
        """All choices; without those that what is known leaves out."""
        names = {path.rpartition("/")[2] for path in self.numbers}
        hangs = bool(names & {*references(item.choice_filter)}) or (
            bool(item.choice_filter) and "${" not in item.choice_filter
        )
        return item.choices if hangs else choices_for(item, self.play)

    def picture(self, media: Words) -> str:
        name = in_language(media, self.wanted.language, self.form.default_language)
        return self.wanted.pictures.get(name, "")

    def only_if(self, when: Condition) -> Line | None:
        if when is Fixed.ALWAYS:
            return None
        codes = dict.fromkeys((self.code, DUTCH))
        said = {code: self.told(when, code) for code in codes}
        if not all(said.values()):
            return self.said("form.unclear")
        return self.said("form.only_if", condition=said)

    def told(self, when: Condition, code: str, *, inner: bool = False) -> str:
        """A condition in words; nothing where it cannot be put so."""
        if isinstance(when, Joined):
            parts = [self.told(one, code, inner=True) for one in when.parts]
            word = texts.text("form.and" if when.every else "form.or", code)
            together = f" {word} ".join(parts) if all(parts) else ""
            return f"({together})" if inner and together else together
        return self.tested(when, code) if isinstance(when, Test) else ""

    def tested(self, test: Test, code: str) -> str:
        number, item = self.numbers.get(test.path), self.form.questions.get(test.path)
        if number is None or item is None:
            return ""
        answers = [f"“{isolate(self.named(item, value, code))}”" for value in test.values]
        return str(
            texts.text(
                f"form.test_{test.how.value}",
                code,
                n=number,
                answer=f" {texts.text('form.or', code)} ".join(answers),
            )
        )

    def named(self, item: Question, value: str, code: str) -> str:
        """The words of an answer, in the language of the sentence."""
        language = self.wanted.language if code == self.code else code
        found = next((one for one in item.choices if one.name == value), None)
        return (self.words(found.label, language, item.path) if found else "") or value


def _tag(language: str) -> str:
    """The first part of a BCP 47 tag, which is what is printed with; `und` for a language that only has a name."""
    return language.partition("-")[0] if _TAG.fullmatch(language) else "und"


def _direction(language: str, asks: tuple[Ask, ...]) -> Literal["ltr", "rtl"]:
    """How a language runs; one without a tag as its own letters do."""
    if _TAG.fullmatch(language):
        return "rtl" if direction_of(language) == "rtl" else "ltr"
    return "rtl" if is_right_to_left(" ".join(one.label.text for one in asks)) else "ltr"


def _columns(options: tuple[Option, ...], wanted: frozenset[str]) -> int:
    """As many as fit, and not more than the form wants (`columns-2`)."""
    if not options:
        return 1
    most = next((int(one[8:]) for one in wanted if re.fullmatch(r"columns-[1-9]\d?", one)), len(options))
    if any(one.picture for one in options):
        return min(BESIDE_EACH_OTHER, len(options), most)
    longest = max(map(len, _words(options)))
    found = next((columns for letters, columns in WIDTHS if longest <= letters), 1)
    return min(found, len(options), most)


def _words(options: tuple[Option, ...]) -> list[str]:
    return [words for one in options for words in (one.label.text, one.label.dutch or "")]


def _is_scale(item: Question, options: tuple[Option, ...]) -> bool:
    """Numbers, and answers that the form wants so (`likert`), stand in one row if no word is wider than its place."""
    wanted = item.kind is Kind.RANGE or "likert" in appearances(item.appearance)
    if not wanted or not options or any(one.picture for one in options):
        return False
    room = WIDTH / len(options) - 2
    return all(
        LETTER * len(word) <= room and len(words) <= 5 * room
        for words in _words(options)
        for word in words.split()
    )


def _lines(item: Question) -> int:
    return LINES["many" if "multiline" in item.appearance or "textarea" in item.appearance else "one"]


def _range(item: Question) -> tuple[float, float, float]:
    """From, to, and by how much; XLSForm has 1, 10 and 1 where the form says nothing."""
    start, end, step = (
        float(item.parameters.get(name, value)) for name, value in (("start", 1), ("end", 10), ("step", 1))
    )
    return start, end, abs(step) or 1


def _numbers(item: Question) -> list[str]:
    start, end, step = _range(item)
    count = int(abs(end - start) / step + 1e-9) + 1
    if count > MOST_NUMBERS:
        return []
    sign = 1 if end >= start else -1
    return [f"{start + sign * step * place:.15g}" for place in range(count)]
