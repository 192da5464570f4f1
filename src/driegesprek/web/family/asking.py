"""Which question is on this screen, which one comes next, and in which words."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.utils.functional import cached_property

from driegesprek import content
from driegesprek.content import Overrides, Text, catalogue
from driegesprek.instruments import (
    Kind,
    Play,
    Question,
    Scale,
    appearances,
    choices_for,
    direction_of,
    in_language,
    place_of,
    render,
    scale_of,
)
from driegesprek.instruments import Text as InLanguages
from driegesprek.web.conduct.domain.assignments import FROM_THE_PUPIL, Sitting
from driegesprek.web.family import layout
from driegesprek.web.family.around import instance_name, texts_above
from driegesprek.web.family.media import Media, Shelf
from driegesprek.web.surveys.domain import versions
from driegesprek.web.surveys.domain.sheets import SKIPPED, Sheet

DUTCH = "nl"
_EXACTLY = re.compile(r"count-selected\(\s*\.\s*\)\s*=\s*(\d+)")
_MOST_POINTS = 11
"""Points of a scale that stand beside each other; of more, the number is typed."""
_PARTS = {"one": "choices", "many": "choices", "tick": "tick", "note": "note", "rank": "rank"}
_FORMS = {
    Kind.TEXT: "text",
    Kind.INTEGER: "number",
    Kind.DECIMAL: "number",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.DATETIME: "datetime",
    Kind.RANGE: "range",
    Kind.RANK: "rank",
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
    def shelf(self) -> Shelf:
        """The form's own pictures, sounds and films."""
        sitting = self.sitting
        return Shelf(
            door_id=sitting.actor.door.pk if sitting.actor.door else "",
            activity_id=sitting.activity_id,
            version_id=sitting.seat.version_id,
            language=sitting.language,
            default=self.sheet.questionnaire.default_language,
        )

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """Questions and notes that this person sees, and the repeats of which there may be another, in order."""
        shown = self._with_repeats(self.play)
        if self.sitting.sealed_until is None:
            return shown
        also = frozenset(self._with_repeats(self.shown))
        return tuple(
            path for path in shown if path in also and (self.is_repeat(path) or not self.is_sealed(path))
        )

    def _with_repeats(self, play: Play) -> tuple[str, ...]:
        if not play.extendable:
            return play.asked
        return tuple(sorted((*play.asked, *play.extendable), key=lambda path: place_of(self.play, path)))

    def is_sealed(self, path: str) -> bool:
        """Whether it was answered before somebody came in by a typed code: then it stays shut."""
        sealed, stored = self.sitting.sealed_until, self.sheet.answers.get(path)
        return sealed is not None and stored is not None and stored.saved_at < sealed

    def is_repeat(self, path: str) -> bool:
        """Whether this is not a question but a repeat, of which there may be another instance."""
        return path in self.play.extendable

    def after(self, path: str) -> str | None:
        """What comes next; None at the end."""
        if path in self.asked:
            return next(iter(self.asked[self.asked.index(path) + 1 :]), None)
        here = place_of(self.play, path)  # it is not asked any more
        return next((one for one in self.asked if place_of(self.play, one) > here), None)

    def before(self, path: str) -> str | None:
        """What came before; None at the start."""
        here = place_of(self.play, path)
        return next((one for one in reversed(self.asked) if place_of(self.play, one) < here), None)

    def first_inside(self, repeat: str) -> str | None:
        """The first screen of the instance of a repeat that was added last."""
        instances = self.play.instances.get(repeat, ())
        return next((one for one in self.asked if instances and one.startswith(f"{instances[-1]}/")), None)

    def resume(self) -> str | None:
        """Where to begin or go on: the first question without an answer; None when all have one."""
        if not self.sheet.answers:
            return next(iter(self.asked), None)
        open_ones = (path for path in self.asked if path not in self.sheet.answers or self.is_sealed(path))
        return next((path for path in open_ones if self._is_to_answer(path)), None)

    def _is_to_answer(self, path: str) -> bool:
        return self.is_repeat(path) or self.sheet.questionnaire.question(path).kind.answerable

    def step(self, path: str) -> tuple[int, int]:
        """Which step this is, of how many."""
        return self.asked.index(path) + 1, len(self.asked)


@dataclass(frozen=True)
class Option:
    """One answer to pick; in a rank with the place that it was given."""

    name: str
    label: Text
    svg: str
    checked: bool
    place: str = ""
    media: Media | None = None


@dataclass(frozen=True)
class Screen:
    """One question as a page shows it."""

    question: Question
    form: str
    """text, number, date, time, datetime, range, rank, one, many, tick or note."""
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
    instance: str = ""
    """Which one of a repeat it is about: 'Kind 2'."""
    bounds: tuple[str, str] | None = None
    """The lowest and the highest number of a scale that is typed."""
    media: Media | None = None
    above: tuple[Text, ...] = ()
    """What stands over several questions: the labels of the groups around it, the heading of its grid."""

    @property
    def template(self) -> str:
        """The part of the page that asks it."""
        part = _PARTS.get(self.form, "field")
        if self.form == "range" and self.options:
            part = "choices"
        elif self.form == "one" and self._in_a_menu:
            part = "pick"
        return f"family/questions/{part}.html"

    @property
    def _in_a_menu(self) -> bool:
        """A menu shows words only."""
        return "minimal" in self._appearances and not any(one.media for one in self.options)

    @cached_property
    def _appearances(self) -> frozenset[str]:
        return appearances(self.question.appearance)

    @property
    def beside(self) -> str:
        """How the answers stand beside each other; '' for a plain list."""
        if self.form not in {"one", "many"} or not self._appearances:
            return ""
        if any(one.media and (one.media.sound or one.media.film) for one in self.options):
            return ""
        pictured = any(one.svg or one.media for one in self.options)
        return layout.classes(self._appearances, [one.label for one in self.options], pictured=pictured)

    @property
    def quick(self) -> bool:
        """Whether a tap on an answer may go on by itself: the form says so, and nothing is to be played first."""
        plays = any(one.media and (one.media.sound or one.media.film) for one in self.options)
        return self.form == "one" and "quick" in self._appearances and not plays

    @property
    def places(self) -> tuple[str, ...]:
        """The numbers to give in a rank."""
        return tuple(str(number) for number in range(1, len(self.options) + 1))

    @property
    def kind(self) -> str:
        """Of the boxes to pick from."""
        return "checkbox" if self.form == "many" else "radio"

    @property
    def grid(self) -> bool:
        """Many pictures stand beside each other."""
        return len(self.options) > 6 and any(one.svg for one in self.options)  # noqa: PLR2004 - more do not fit below each other


def screen(
    asking: Asking,
    path: str,
    overrides: Overrides,
    typed: list[str] | None = None,
    places: Mapping[str, str] | None = None,
) -> Screen:
    """The question of a path, in the words of the reader.

    Args:
        asking: whose questions.
        path: which, with the ids of instances.
        overrides: the school's own words.
        typed: what was sent and could not be used: it stands there again.
        places: of a rank, the numbers that were sent so: {choice: number}.
    """
    question = asking.sheet.questionnaire.question(path)
    words = _Words(asking, question, overrides, path)
    chosen = _chosen(asking, path) if typed is None else typed
    exactly = _EXACTLY.search(question.constraint)
    scale = scale_of(question) if question.kind is Kind.RANGE else None
    return Screen(
        question=question,
        form=_FORMS[question.kind],
        text=words.of(question.label, f"survey.{question.name}.label"),
        help=words.of(question.hint, f"survey.{question.name}.hint") if question.hint else None,
        options=tuple(words.points(scale, chosen) if scale else words.options(chosen, places)),
        value=_typed_again(question, chosen),
        svg=_drawing(question.media),
        required=path in asking.play.required,
        choose=int(exactly[1]) if exactly else 0,
        explains=question.kind is Kind.NOTE and bool(question.extra.get("after")),
        instance=instance_name(asking.shown, asking.sitting.language, path),
        bounds=_bounds(scale) if scale else None,
        media=Media.of(asking.shelf, question),
        above=tuple(words.of(one, "") for one in texts_above(asking.sheet.questionnaire, question)),
    )


def _typed_again(question: Question, chosen: list[str]) -> str:
    """The value as its field holds it: of a moment without seconds and zone."""
    value = chosen[0] if chosen else ""
    return value[:16] if question.kind is Kind.DATETIME and re.match(r"\d{4}-\d{2}-\d{2}T", value) else value


def _bounds(scale: Scale) -> tuple[str, str]:
    low, high = sorted((scale.start, scale.end))
    return f"{low.normalize():f}", f"{high.normalize():f}"


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
    path: str = ""

    def of(self, text: InLanguages, key: str) -> Text:
        """One text of the form."""
        play, wanted = self.asking.shown, self.asking.sitting.language
        words = render(text, wanted, play, self.path)
        language = wanted if text.get(wanted) else self._fallback(text)
        if language == DUTCH or not text.get(DUTCH) or self._reviewed(key):
            return Text(words, language, _direction(language), "reviewed")
        return Text(words, language, _direction(language), "draft", self._dutch(text))

    def _dutch(self, text: InLanguages) -> str:
        """The Dutch beneath; what school fills in (a date) is in Dutch too."""
        play = self.asking.in_dutch if "${" in text[DUTCH] else self.asking.shown
        return render(text, DUTCH, play, self.path)

    def _fallback(self, text: InLanguages) -> str:
        default = self.asking.sheet.questionnaire.default_language
        shown = in_language(text, self.asking.sitting.language, default)
        return next((code for code, one in text.items() if one == shown), default) or DUTCH

    def _reviewed(self, key: str) -> bool:
        """Whether a translation may stand alone; what we know nothing of may not."""
        version = versions.key_of(self.asking.sheet.seat.version_id)
        found = _statuses(version, self.asking.sitting.language, self.overrides)
        return key in found and found[key].status == "reviewed"

    def options(self, chosen: list[str], places: Mapping[str, str] | None = None) -> list[Option]:
        """The choices that remain, each with its picture, and in a rank with its place."""
        question = self.question
        if places is None:
            places = {name: str(number) for number, name in enumerate(chosen, start=1)}
        return [
            Option(
                one.name,
                self.of(one.label or {DUTCH: one.name}, f"choices.{question.list_name}.{one.name}.label"),
                _drawing(one.media),
                one.name in chosen,
                places.get(one.name, ""),
                Media.of(self.asking.shelf, one),
            )
            for one in choices_for(question, self.asking.shown, self.path)
        ]

    def points(self, scale: Scale, chosen: list[str]) -> list[Option]:
        """The points of a short scale, with the words of the form where it has any; of a long one none."""
        points = list(scale.points)
        if len(points) > _MOST_POINTS:
            return []
        named = {one.name: one for one in self.question.choices}
        found = []
        for point in points:
            name = f"{point.normalize():f}"
            label = {"": name} if name not in named else self._with_number(name, named[name].label)
            found.append(Option(name, self._point(label, name), "", chosen[:1] == [name]))
        return found

    def _with_number(self, number: str, label: InLanguages) -> InLanguages:
        return {language: f"{number} · {words}" for language, words in label.items()}

    def _point(self, label: InLanguages, name: str) -> Text:
        if "" in label:
            return Text(
                name, self.asking.sitting.language, _direction(self.asking.sitting.language), "reviewed"
            )
        return self.of(label, f"choices.{self.question.list_name}.{name}.label")


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
