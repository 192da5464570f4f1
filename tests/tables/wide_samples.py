"""Invented answers in the wide form, for tests that write and read them."""

import datetime as dt
import string

import pyarrow as pa
from hypothesis import strategies as st

from driegesprek.tables.codebook import Codebook, Kind, Missing, Value, Variable

DAY = dt.date(2026, 11, 26)
REASONS = [reason.value for reason in Missing]


def codebook():
    return Codebook(
        "Ronde één",
        "versie 1",
        (
            Variable(
                "informed",
                {"nl": "Weet u het?", "en": "Do you know?"},
                Kind.SINGLE,
                (Value("yes", {"nl": "Ja"}, 1), Value("no", {"nl": "Nee"}, 2)),
            ),
            Variable(
                "agree",
                {"nl": "Eens?"},
                Kind.SINGLE,
                (Value("1", {"nl": "oneens"}, 1), Value("2", {}, 2), Value("3", {"nl": "eens"}, 3)),
            ),
            Variable(
                "how",
                {"nl": "Hoe dan?"},
                Kind.MULTIPLE,
                (Value("call", {"nl": "bellen"}, 1), Value("visit", {"nl": "op bezoek"}, 2)),
            ),
            Variable("age", {"nl": "Leeftijd"}, Kind.INTEGER, unit="jaar"),
            Variable("career", {"nl": "Loopbaan"}, Kind.DECIMAL),
            Variable("day", {"nl": "Dag"}, Kind.DATE),
            Variable("words", {"nl": "In uw woorden", "ar": "بكلماتك"}, Kind.TEXT),
            Variable("class", {"nl": "Klas"}, Kind.GROUP, (Value("2A", {}, 1), Value("2B", {}, 2))),
        ),
    )


def table():
    texts = pa.string()
    return pa.table(
        {
            "informed": ["yes", None, "no", None],
            "informed__missing": [None, "not_asked", None, "skipped"],
            "agree": ["3", "1", None, "2"],
            "agree__missing": pa.array([None, None, "dont_know", None], texts),
            "how__call": [True, False, None, True],
            "how__visit": [True, False, None, False],
            "how__missing": pa.array([None, None, "refused", None], texts),
            "age": pa.array([41, -95, None, 7]),
            "age__missing": pa.array([None, None, "stopped", None], texts),
            "career": pa.array([3.4, None, 2.25, 1 / 3]),
            "career__missing": pa.array([None, "not_asked", None, None], texts),
            "day": pa.array([DAY, None, dt.date(1582, 10, 15), dt.date(2000, 1, 1)]),
            "day__missing": pa.array([None, "skipped", None, None], texts),
            "words": ["=1+1", 'Hij zei: "ja", en\nging', "Zoë ولد " * 60, None],
            "words__missing": pa.array([None, None, None, "skipped"], texts),
            "class": ["2A", "2B", "2A", None],
        }
    )


# What a file can hold: no surrogates, and no sign that ends a text.
signs = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
names = st.text(string.ascii_letters + string.digits + "_.éبż", min_size=1, max_size=40).map(
    lambda text: f"q{text.strip('.').replace('__', '_').replace('..', '.')}x"
)


@st.composite
def wide(draw):
    """A small table with its codebook: each kind of variable, with reasons."""
    rows = draw(st.integers(0, 6))
    found = draw(st.lists(names, min_size=1, max_size=4, unique_by=str.casefold))
    columns, variables = {}, []
    for name in found:
        variable = draw(_variable(name))
        variables.append(variable)
        columns |= draw(_columns(variable, rows))
    return pa.table(columns), Codebook("t", "s", tuple(variables))


@st.composite
def _variable(draw, name):
    kind = draw(st.sampled_from(list(Kind)))
    label = draw(
        st.dictionaries(st.sampled_from(["nl", "en", "ar"]), st.text(signs, max_size=200), max_size=2)
    )
    codes = []
    if kind in {Kind.SINGLE, Kind.GROUP, Kind.MULTIPLE}:
        words = st.text("abcé=-+12", min_size=1, max_size=6)
        numbers = st.integers(-120, 120).map(str)
        chosen = numbers if kind is not Kind.MULTIPLE and draw(st.booleans()) else words
        codes = draw(st.lists(chosen, min_size=1, max_size=4, unique=True))
    values = tuple(
        Value(code, {"nl": draw(st.text(signs, max_size=60))}, place) for place, code in enumerate(codes)
    )
    return Variable(name, label, kind, values)


@st.composite
def _columns(draw, variable, rows):
    reasons = [draw(st.none() | st.sampled_from(REASONS)) for _ in range(rows)]
    columns = {}
    for column in variable.columns:
        values, kind = _VALUES[variable.kind](variable)
        cells = [None if reason else draw(st.none() | values) for reason in reasons]
        if variable.kind is Kind.MULTIPLE:
            cells = [None if reason else draw(values) for reason in reasons]
        columns[column] = pa.array(cells, kind)
    return columns | {variable.missing_column: pa.array(reasons, pa.string())}


def _coded(variable):
    return st.sampled_from(variable.codes), pa.string()


_VALUES = {
    Kind.SINGLE: _coded,
    Kind.GROUP: _coded,
    Kind.MULTIPLE: lambda _: (st.booleans(), pa.bool_()),
    Kind.INTEGER: lambda _: (st.integers(-(2**40), 2**40), pa.int64()),
    Kind.DECIMAL: lambda _: (st.floats(allow_nan=False, allow_infinity=False, width=32), pa.float64()),
    Kind.DATE: lambda _: (st.dates(dt.date(1600, 1, 1), dt.date(9999, 1, 1)), pa.date32()),
    Kind.TEXT: lambda _: (
        st.text(signs, max_size=20) | st.integers(1, 1100).map(lambda n: "é" * (n // 2) + "x" * (n % 2 + 1)),
        pa.string(),
    ),
}
