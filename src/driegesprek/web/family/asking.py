"""Which question is on this screen, which one comes next, and in which words."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from driegesprek import content
from driegesprek.content import Overrides, Text, catalogue
from driegesprek.instruments import Kind, Play, Question, choices_for, direction_of, in_language, render
from driegesprek.instruments import Text as InLanguages
from driegesprek.web.conduct.domain.assignments import FROM_THE_PUPIL, Sitting
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.domain.sheets import SKIPPED, Sheet

DUTCH = "nl"
_EXACTLY = re.compile(r"count-selected\(\s*\.\s*\)\s*=\s*(\d+)")
_FORMS = {
    Kind.TEXT: "text",
    Kind.INTEGER: "number",
    Kind.DECIMAL: "number",
    Kind.DATE: "date",
    Kind.SELECT_ONE: "one",
    Kind.SELECT_MULTIPLE: "many",
    Kind.ACKNOWLEDGE: "tick",
    Kind.NOTE: "note",
}


@dataclass
class Asking:
    """The way through the questions for one person, now."""

    sitting: Sitting
    sheet: Sheet
    now: dt.datetime

    @cached_property
    def play(self) -> Play:
        """What the answers mean."""
        return self.sheet.play(self.sitting.context, now=self.now, language=self.sitting.language)

    @cached_property
    def shown(self) -> Play:
        """The same for who came in by a typed code, as if nothing was answered before: no word of it may show."""
        sealed = self.sitting.sealed_until
        if sealed is None:
            return self.play
        context = {name: value for name, value in self.sitting.context.items() if name != FROM_THE_PUPIL}
        return self.sheet.play(
            context, now=self.now, language=self.sitting.language, values=self.sheet.since(sealed)
        )

    @cached_property
    def in_dutch(self) -> Play:
        """The same with the facts of the school in Dutch."""
        dutch = Asking(replace(self.sitting, language=DUTCH), self.sheet, self.now)
        return dutch.shown

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """Questions and notes that this person sees, in order."""
        if self.sitting.sealed_until is None:
            return self.play.asked
        also = frozenset(self.shown.asked)
        return tuple(path for path in self.play.asked if path in also and not self.is_sealed(path))

    def is_sealed(self, path: str) -> bool:
        """Whether it was answered before somebody came in by a typed code: then it stays shut."""
        sealed, stored = self.sitting.sealed_until, self.sheet.answers.get(path)
        return sealed is not None and stored is not None and stored.saved_at < sealed

    @cached_property
    def _places(self) -> dict[str, int]:
        return {path: place for place, path in enumerate(self.sheet.questionnaire.questions)}

    def after(self, path: str) -> str | None:
        """What comes next; None at the end."""
        here = self._places[path]
        return next((one for one in self.asked if self._places[one] > here), None)

    def before(self, path: str) -> str | None:
        """What came before; None at the start."""
        here = self._places[path]
        return next((one for one in reversed(self.asked) if self._places[one] < here), None)

    def resume(self) -> str | None:
        """Where to begin or go on: the first question without an answer; None when all have one."""
        if not self.sheet.answers:
            return next(iter(self.asked), None)
        questions = self.sheet.questionnaire.questions
        open_ones = (path for path in self.asked if path not in self.sheet.answers)
        return next((path for path in open_ones if questions[path].kind.answerable), None)

    def step(self, path: str) -> tuple[int, int]:
        """Which step this is, of how many."""
        return self.asked.index(path) + 1, len(self.asked)


@dataclass(frozen=True)
class Option:
    """One answer to pick."""

    name: str
    label: Text
    svg: str
    checked: bool


@dataclass(frozen=True)
class Screen:
    """One question as a page shows it."""

    question: Question
    form: str
    """text, number, date, one, many, tick or note."""
    text: Text
    help: Text | None
    options: tuple[Option, ...]
    value: str
    svg: str
    required: bool
    choose: int
    """How many are to be chosen, exactly; 0 where any number will do."""
    explains: bool
    """A note that tells the right answer to the question before."""

    @property
    def template(self) -> str:
        """The part of the page that asks it."""
        part = {"one": "choices", "many": "choices", "tick": "tick", "note": "note"}.get(self.form, "field")
        return f"family/questions/{part}.html"

    @property
    def kind(self) -> str:
        """Of the boxes to pick from."""
        return "checkbox" if self.form == "many" else "radio"

    @property
    def grid(self) -> bool:
        """Many pictures stand beside each other."""
        return len(self.options) > 6 and any(one.svg for one in self.options)  # noqa: PLR2004 - more do not fit below each other


def screen(asking: Asking, path: str, overrides: Overrides, typed: list[str] | None = None) -> Screen:
    """The question of a path, in the words of the reader.

    Args:
        asking: whose questions.
        path: which.
        overrides: the school's own words.
        typed: what was sent and could not be used: it stands there again.
    """
    question = asking.sheet.questionnaire.questions[path]
    words = _Words(asking, question, overrides)
    chosen = _chosen(asking, path) if typed is None else typed
    exactly = _EXACTLY.search(question.constraint)
    return Screen(
        question=question,
        form=_FORMS[question.kind],
        text=words.of(question.label, f"survey.{question.name}.label"),
        help=words.of(question.hint, f"survey.{question.name}.hint") if question.hint else None,
        options=tuple(words.options(chosen)),
        value=chosen[0] if chosen else "",
        svg=_drawing(question.media),
        required=path in asking.play.required,
        choose=int(exactly[1]) if exactly else 0,
        explains=question.kind is Kind.NOTE and bool(question.extra.get("after")),
    )


def _chosen(asking: Asking, path: str) -> list[str]:
    stored = asking.sheet.answers.get(path)
    value: Any = asking.play.defaults.get(path)
    if stored is not None:
        value = None if stored.status == SKIPPED else stored.value
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _drawing(media: Mapping[str, str]) -> str:
    """A picture of our own content; what others put into a form is not drawn inline."""
    name = next(iter(media.values()), "")
    return catalogue.icon(name) if name in catalogue.icon_names() else ""


@dataclass
class _Words:
    """The texts of one question, with the Dutch beneath what nobody has reviewed."""

    asking: Asking
    question: Question
    overrides: Overrides

    def of(self, text: InLanguages, key: str) -> Text:
        """One text of the form."""
        play, wanted = self.asking.shown, self.asking.sitting.language
        words = render(text, wanted, play)
        language = wanted if text.get(wanted) else self._fallback(text)
        if language == DUTCH or not text.get(DUTCH) or self._reviewed(key):
            return Text(words, language, _direction(language), "reviewed")
        return Text(words, language, _direction(language), "draft", self._dutch(text))

    def _dutch(self, text: InLanguages) -> str:
        """The Dutch beneath; what school fills in (a date) is in Dutch too."""
        play = self.asking.in_dutch if "${" in text[DUTCH] else self.asking.shown
        return render(text, DUTCH, play)

    def _fallback(self, text: InLanguages) -> str:
        default = self.asking.sheet.questionnaire.default_language
        shown = in_language(text, self.asking.sitting.language, default)
        return next((code for code, one in text.items() if one == shown), default) or DUTCH

    def _reviewed(self, key: str) -> bool:
        """Whether a translation may stand alone; what we know nothing of may not."""
        version = versions.key_of(self.asking.sheet.seat.version_id)
        found = _statuses(version, self.asking.sitting.language, self.overrides)
        return key in found and found[key].status == "reviewed"

    def options(self, chosen: list[str]) -> list[Option]:
        """The choices that remain, each with its picture."""
        question = self.question
        return [
            Option(
                one.name,
                self.of(one.label or {DUTCH: one.name}, f"choices.{question.list_name}.{one.name}.label"),
                _drawing(one.media),
                one.name in chosen,
            )
            for one in choices_for(question, self.asking.shown)
        ]


def _direction(language: str) -> Any:
    return direction_of(language)


def _statuses(key: str, language: str, overrides: Overrides) -> Mapping[str, Text]:
    """The texts of one of our instruments, for whether they are drafts; nothing is known of another's."""
    if key not in content.instrument_keys():
        return {}
    return content.instrument_texts(key, language, overrides) if overrides else _ours(key, language)


@cache
def _ours(key: str, language: str) -> Mapping[str, Text]:
    return content.instrument_texts(key, language)
