"""A year that is made up: what pupils, adults and teachers answer before and after, the same for the same seed."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from driegesprek.content.forms import instrument
from driegesprek.content.simulation.answers import HIGH, LOW, Floats, Items, behind, items_of, rounded
from driegesprek.content.simulation.factors import Bools, Chance, Standing
from driegesprek.content.simulation.figures import (
    PARTS,
    POST,
    PRE,
    shapes,
    shares,
    single_items,
    targets,
)
from driegesprek.content.simulation.people import People, Words
from driegesprek.instruments import Questionnaire, play

FORMS = {"pupil": "citydeal_pupil", "adult": "citydeal_parent", "staff": "citydeal_teacher"}
VOICES = tuple(FORMS)
ACTIVITIES = {"home_assignment": (0.3, 0.75), "career_talk": (0.3, 0.7), "parent_evening": (0.2, 0.55)}
"""The share of pupils who take part, in the half of the classes where little is done with it and in the other half."""
JOINS = (0.04, 0.85)
"""The chance that an adult took part where the pupil did not, and where the pupil did."""
LEAVES = {"pupil": 0.09, "adult": 0.3, "staff": 0.1}
"""The share that does not come back for the second measurement."""
LOWER_LEAVES = 1.4
"""So many times as likely not to come back: pupils of the lowest track, and their adults."""
SKIPS = 0.02
STOPS = {"pupil": 0.02, "adult": 0.04, "staff": 0.02}
"""The share that stops before the end and hands in what is there."""
UNSURE = 0.02
"""The share that does not know any more whether it took part."""
SEX = {"boy": 0.55, "girl": 0.43, "other": 0.01, "rather_not": 0.01}
CONSENTS = {"pupil": 0.8, "adult": 0.75, "staff": 0.9}
"""The share that consents to the question about origin."""
SAME_TASTE = 0.6
"""Correlation before and after of a question that belongs to no scale."""
CONTEXT = {"design": "pseudonymous", "relation_scales": "yes"}
NOTHING = ""


class State(IntEnum):
    """What became of a question."""

    GIVEN = 0
    SKIPPED = 1
    """Left empty on purpose."""
    UNTOUCHED = 2
    """After the place where this person stopped."""
    NOT_ASKED = 3


@dataclass(frozen=True)
class Answers:
    """The answers of everybody to one question: codes and states, each of shape (persons,)."""

    codes: Words
    states: NDArray[np.int8]


@dataclass(frozen=True)
class Sheets:
    """What one voice answered in one part of the year.

    Attributes:
        there: who took part.
        asked: {consent for the question about origin: paths that are asked, in order}.
        answers: by path, in the order of the form; of who was not there they mean nothing.
    """

    voice: str
    part: str
    form: Questionnaire
    there: Bools
    consents: Bools
    asked: Mapping[bool, tuple[str, ...]]
    answers: Mapping[str, Answers]


@dataclass(frozen=True)
class Year:
    """A year of answers.

    Attributes:
        sheets: by (voice, part).
        took_part: {voice: {activity: who took part}}, known even where somebody does not say so.
    """

    people: People
    seed: int
    sheets: Mapping[tuple[str, str], Sheets]
    took_part: Mapping[str, Mapping[str, Bools]]


def simulate(people: People, *, seed: int) -> Year:
    """Make up a year.

    Means, spreads and reliabilities follow `targets.csv`, effects of taking part `effects.csv`; all that is ours in it
    stands in those files and in `structure.csv`, `items.csv` and `shares.csv`.

    Args:
        people: who is asked, all of whom answer before.
        seed: the same people and seed give the same answers, on any machine.
    """
    return _Play(people, Chance(seed)).year()


@dataclass(frozen=True)
class _Play:
    people: People
    chance: Chance

    def year(self) -> Year:
        standing = Standing(self.people, self.chance)
        sheets = {}
        for voice in VOICES:
            forms = {part: instrument(f"{FORMS[voice]}_{part}") for part in PARTS}
            for part, answered in _Voice(self, standing, voice, forms).parts():
                sheets[voice, part] = answered
        return Year(self.people, self.chance.seed, sheets, self.took_part)

    @cached_property
    def took_part(self) -> dict[str, dict[str, Bools]]:
        found: dict[str, dict[str, Bools]] = {voice: {} for voice in VOICES}
        for activity, rates in ACTIVITIES.items():
            much = self._much(activity)
            pupils = self._draws("pupil", activity) < np.array(rates)[much[self.people.class_of_pupil]]
            joined = pupils[self.people.pupil_of_adult].astype(int)
            found["pupil"][activity] = pupils
            found["adult"][activity] = self._draws("adult", activity) < np.array(JOINS)[joined]
            found["staff"][activity] = np.append(much, 1)[self.people.class_of_teacher] == 1
        return found

    def _much(self, activity: str) -> NDArray[np.int64]:
        """Of each class whether much is done with an activity: one in two."""
        number = len(self.people.school_of_class)
        return self.chance.of("class", activity).permutation(np.arange(number) % 2)

    def _draws(self, voice: str, *names: str) -> Floats:
        return self.chance.of(voice, *names).random(self.people.count(voice))

    @cached_property
    def sex(self) -> Words:
        number = self.people.count("pupil")
        return self.chance.of("sex").choice(list(SEX), number, p=list(SEX.values()))

    def lowest(self, voice: str) -> Bools:
        """Who is in the lowest track."""
        found: Bools = np.append(self.people.track, NOTHING)[self.people.class_of(voice)] == "BB"
        return found

    def holds(self, voice: str) -> dict[str, Bools]:
        """For whom the terms of effects hold."""
        about = self.people.pupil_of_adult if voice == "adult" else slice(None)
        years = np.append(self.people.year_group, 0)[self.people.class_of(voice)]
        found = {"lower_level": self.lowest(voice), "higher_year": years >= 3}  # noqa: PLR2004 - the upper half
        if voice != "staff":
            found["boy"] = (self.sex == "boy")[about]
            found["migration"] = np.isin(self.people.origin, ("one_abroad", "both_abroad"))[about]
        return found | self.took_part[voice]


@dataclass(frozen=True)
class _Voice:
    of: _Play
    standing: Standing
    voice: str
    forms: Mapping[str, Questionnaire]

    @property
    def number(self) -> int:
        return self.of.people.count(self.voice)

    def parts(self) -> Iterator[tuple[str, Sheets]]:
        items = {(scale, part): self._items(scale, part) for scale in self._scales for part in PARTS}
        before = self.standing.before(self.voice)
        slopes = {scale: items[scale, POST].slope for scale in before}
        after = self.standing.after(self.voice, before, self.of.holds(self.voice), slopes)
        plain = self._plain()
        for part, stand in ((PRE, before), (POST, after)):
            chosen = {path: codes for (of, path), codes in plain.items() if of == part}
            for scale in stand:
                chosen |= self._of_scale(scale, part, items[scale, part], stand[scale])
            yield part, self._sheets(part, chosen)

    @property
    def _scales(self) -> list[str]:
        return [scale for voice, scale in shapes() if voice == self.voice]

    def _items(self, scale: str, part: str) -> Items:
        found = next(one for one in self.forms[part].scales if one.name == scale)
        return items_of(targets()[self.voice, scale, part], len(found.items))

    def _of_scale(self, scale: str, part: str, items: Items, factor: Floats) -> dict[str, Words]:
        found = next(one for one in self.forms[part].scales if one.name == scale)
        drawn = items.draw(factor, self.of.chance.of(self.voice, scale, part, "items"))
        return {
            item.path: (LOW + HIGH - drawn[:, place] if item.reverse else drawn[:, place]).astype(np.str_)
            for place, item in enumerate(found.items)
        }

    def _plain(self) -> dict[tuple[str, str], Words]:
        """Codes of the questions that belong to no scale: {(part, path): codes}."""
        known = self._known()
        found = {}
        for part, path in self._outside_scales():
            name = self.forms[part].questions[path].name
            if name in known:
                found[part, path] = known[name]
            elif (self.voice, name) in single_items():
                found[part, path] = self._taste(name, part)
            else:
                found[part, path] = self._chosen(name, part)
        return found

    def _outside_scales(self) -> Iterator[tuple[str, str]]:
        for part, form in self.forms.items():
            inside = {item.path for scale in form.scales for item in scale.items}
            asked = [path for path, one in form.questions.items() if one.kind.answerable]
            yield from product((part,), [path for path in asked if path not in inside])

    def _known(self) -> dict[str, Words]:
        """What follows from who somebody is and did."""
        people, voice = self.of.people, self.voice
        found = {f"did_{activity}": self._reported(activity) for activity in ACTIVITIES}
        if voice == "pupil":
            of_class = people.class_of_pupil
            found |= {"sex": self.of.sex, "track": np.char.lower(people.track)[of_class]}
            found |= {"year_group": people.year_group.astype(np.str_)[of_class], "origin": people.origin}
        if voice == "adult":
            found |= {"bond": people.bond, "origin": people.origin[people.pupil_of_adult]}
        return found

    def _reported(self, activity: str) -> Words:
        sure = np.where(self.of.took_part[self.voice][activity], "yes", "no")
        return np.where(self._draws(activity, "report") < UNSURE, "unknown", sure)

    def _draws(self, *names: str) -> Floats:
        return self.of.chance.of(self.voice, *names).random(self.number)

    def _taste(self, name: str, part: str) -> Words:
        mean, sd = single_items()[self.voice, name]
        centre, width = behind(np.array([mean]), np.array([sd**2]))
        lasting = self.of.chance.of(self.voice, name).standard_normal(self.number)
        passing = self.of.chance.of(self.voice, name, part).standard_normal(self.number)
        mixed = np.sqrt(SAME_TASTE) * lasting + np.sqrt(1 - SAME_TASTE) * passing
        return rounded(centre + width * mixed).astype(np.str_)

    def _chosen(self, name: str, part: str) -> Words:
        codes, keeps = shares()[self.voice, name]
        chances = np.array(list(codes.values())) / sum(codes.values())
        first = self.of.chance.of(self.voice, name).choice(list(codes), self.number, p=chances)
        if part == PRE:
            return first
        again = self.of.chance.of(self.voice, name, part).choice(list(codes), self.number, p=chances)
        return np.where(self._draws(name, "keeps") < keeps, first, again)

    def _sheets(self, part: str, codes: Mapping[str, Words]) -> Sheets:
        form, consents = self.forms[part], self._draws("consent") < CONSENTS[self.voice]
        asked = {one: _asked(form, consent=one) for one in (False, True)}
        states = self._states(part, consents, asked)
        order = [path for path in form.questions if path in codes]
        answers = {
            path: Answers(np.where(states[path] == State.GIVEN, codes[path], NOTHING), states[path])
            for path in order
        }
        return Sheets(self.voice, part, form, self._there(part), consents, asked, answers)

    def _there(self, part: str) -> Bools:
        if part == PRE:
            return np.ones(self.number, dtype=bool)
        leaves = LEAVES[self.voice] * np.where(self.of.lowest(self.voice), LOWER_LEAVES, 1.0)
        return self._draws("leaves") >= leaves

    def _states(
        self, part: str, consents: Bools, asked: Mapping[bool, tuple[str, ...]]
    ) -> dict[str, NDArray[np.int8]]:
        """What becomes of each question, by path; after the first three nobody has to answer."""
        paths = asked[True]
        skipped = self.of.chance.of(self.voice, part, "skips").random((len(paths), self.number)) < SKIPS
        stops = self._draws(part, "stops") < STOPS[self.voice]
        where = np.where(stops, self._draws(part, "where") * 0.8 + 0.1, 1.0) * len(paths)
        found = {}
        for place, path in enumerate(paths):
            given = np.where(skipped[place], State.SKIPPED, State.GIVEN)
            states = np.where(place < where, given, State.UNTOUCHED)
            always = path in asked[False]
            found[path] = np.where(always | consents, states, State.NOT_ASKED).astype(np.int8)
        return found


def _asked(form: Questionnaire, *, consent: bool) -> tuple[str, ...]:
    """The paths that are asked; it depends on consent alone, as these forms have no other routes."""
    context = CONTEXT | {"consent_origin": "yes" if consent else ""}
    found = play(form, {}, today=dt.date(2000, 1, 1), context=context).asked
    return tuple(path for path in found if form.questions[path].kind.answerable)
