"""How long a form takes: an honest guess for a slow reader on a likely route.

Per screen: words / 130 a minute + seconds to answer + 3 seconds to load the next one. 130 words a minute is between
reading aloud (183 a minute) and what readers of a second language and weak readers reach; silent reading by trained
adults is 238 (Brysbaert 2019, J. Memory and Language 109, 104047). Seconds to answer are our own choice and follow from what
the hand does: a tap, several taps, typing. The routes are those of people who answer by chance, always the same ones;
of their times the one is taken that three in four do not pass.
"""

import math
import random
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, Final

from driegesprek.instruments.languages import in_language
from driegesprek.instruments.model import Kind, Question, Questionnaire
from driegesprek.instruments.places import template_of
from driegesprek.instruments.playing import play
from driegesprek.instruments.scales import scale_of

WORDS_A_MINUTE: Final = 130
SECONDS_A_SCREEN: Final = 3
SECONDS: Final[Mapping[Kind, float]] = {
    Kind.SELECT_ONE: 3,
    Kind.SELECT_MULTIPLE: 6,
    Kind.ACKNOWLEDGE: 3,
    Kind.RANGE: 4,
    Kind.INTEGER: 8,
    Kind.DECIMAL: 8,
    Kind.DATE: 12,
    Kind.TIME: 10,
    Kind.DATETIME: 20,
    Kind.TEXT: 30,
}
SECONDS_A_PLACE: Final = 5
"""To give one choice of a ranking its place."""
ROUTES: Final = 16
"""Of a form of more than 150 questions fewer, at least four: the more questions, the less chance matters."""
STEP: Final = 5
"""Minutes are told in fives, rounded up."""
_MOST_ROWS: Final = 3
"""Instances of a repeat, as somebody may have them."""


def minutes(
    form: Questionnaire,
    *,
    today: date,
    context: Mapping[str, Any] | None = None,
    language: str | None = None,
) -> int:
    """About how many minutes it takes, in fives, at least five.

    Args:
        form: what is asked.
        today: the date that today() gives.
        context: values of hidden questions, which may switch parts on.
        language: in which it is read; without it the form's own.
    """
    routes = max(4, min(ROUTES, 2_400 // max(len(form.questions), 1)))
    times = sorted(_seconds(form, number, today, context or {}, language) for number in range(routes))
    time = times[math.ceil(0.75 * routes) - 1]
    return max(STEP, STEP * math.ceil(time / 60 / STEP))


def _seconds(
    form: Questionnaire, number: int, today: date, context: Mapping[str, Any], language: str | None
) -> float:
    chance = random.Random(number)  # noqa: S311 -- no secret: the same routes each time
    answers = dict(_by_chance(form, chance))
    route = play(form, answers, today=today, context=context, language=language, seed=str(number))
    wanted = language or form.default_language
    return sum(_of_screen(form, form.questions[template_of(path)], wanted) for path in route.asked)


def _by_chance(form: Questionnaire, chance: random.Random) -> Iterator[tuple[str, Any]]:
    """An answer to every question outside repeats; what does not apply counts for nothing in the route."""
    for path, question in form.questions.items():
        if question.kind.answerable and not any(path.startswith(f"{one}/") for one in form.repeats):
            yield path, _answer(question, chance)


def _answer(question: Question, chance: random.Random) -> Any:
    names = [one.name for one in question.choices]
    if question.kind is Kind.SELECT_ONE and names:
        return chance.choice(names)
    if question.kind is Kind.SELECT_MULTIPLE and names:
        return chance.sample(names, chance.randint(1, min(3, len(names))))
    if question.kind is Kind.RANGE:
        return f"{chance.choice(list(islice(scale_of(question).points, 100))):f}"
    return {Kind.INTEGER: chance.randint(1, _MOST_ROWS), Kind.TEXT: "x", Kind.ACKNOWLEDGE: "OK"}.get(
        question.kind
    )


def _of_screen(form: Questionnaire, question: Question, language: str) -> float:
    texts = [question.label, question.hint, *(one.label for one in question.choices)]
    words = sum(len(in_language(text, language, form.default_language).split()) for text in texts)
    answering = SECONDS.get(question.kind, 0)
    if question.kind is Kind.RANK:
        answering = SECONDS_A_PLACE * len(question.choices)
    return 60 * words / WORDS_A_MINUTE + answering + SECONDS_A_SCREEN
