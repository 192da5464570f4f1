"""Forms for the tests, written as text tables."""

from datetime import date

import pytest

from driegesprek.instruments import FormRefused, read


@pytest.fixture
def today():
    return date(2026, 11, 21)


@pytest.fixture
def form():
    """A questionnaire from rows of the survey sheet (and choices, settings), as one text table."""

    def build(survey, choices="", settings=""):
        return read(table(survey, choices, settings).encode(), name="test")

    return build


@pytest.fixture
def problems():
    """What is refused in such a form."""

    def build(survey, choices="", settings=""):
        with pytest.raises(FormRefused) as refusal:
            read(table(survey, choices, settings).encode(), name="test")
        return refusal.value.problems

    return build


def table(survey, choices="", settings=""):
    parts = []
    for name, text in (("survey", survey), ("choices", choices), ("settings", settings)):
        if text:
            parts.append(f"| {name} |")
            parts += [f"| {line.strip()}" for line in text.strip().splitlines()]
    return "\n".join(parts)
