"""What documents answered as columns: the quick way says what reading each answer by itself says."""

import datetime as dt
import random
from uuid import UUID

from driegesprek.instruments import read_tables
from driegesprek.tables.codebook import Kind
from driegesprek.web.surveys.domain.answer_columns import Collected
from driegesprek.web.surveys.domain.answer_rows import Document
from driegesprek.web.surveys.domain.variables import ANSWERS, columns

LABEL = "label::nl"
KINDS = ("select_one l", "select_multiple l", "rank l", "integer", "decimal", "text", "date", "range", "time")
FIRST, SECOND = UUID(int=1), UUID(int=2)
ODD = ("a", "b", "unknown", "x", "", None, [], ["a"], ["a", "b"], ["b", "a"], ["unknown"], ["x"])
GOOD = {"integer": (0, 1, 80, -3), "decimal": (0.0, 1.5, 2), "range": (0, 1, 10), "date": ("2026-11-27",)}


def form(kinds):
    survey = [{"type": kind, "name": kind.split()[0], LABEL: kind} for kind in kinds]
    choices = [{"list_name": "l", "name": name, LABEL: name} for name in ("a", "b")]
    choices.append({"list_name": "l", "name": "unknown", LABEL: "weet niet", "missing": "dont_know"})
    return read_tables({"survey": survey, "choices": choices}, name="x")


def document(version, kinds, chance):
    names = [kind.split()[0] for kind in kinds]
    answers = {
        f"/{name}": {
            "status": chance.choice(("given", "given", "given", "skipped", "irrelevant")),
            "value": chance.choice(GOOD.get(name, ODD if name.startswith(("select", "rank")) else ("tekst", "", None))),
        }
        for name in names
        if chance.random() < 0.8
    }  # fmt: skip
    asked = tuple(f"/{name}" for name in names if chance.random() < 0.9)
    return Document(version, answers, asked, "p", dt.date(2026, 11, 27))


def one_by_one(column, documents):
    """The plain way: the value and the reason of each."""
    for one in documents:
        path = column.paths.get(one.version)
        answer = one.answers.get(path)
        yield (None, one.unanswered(path)) if answer is None else column.read(answer)


def test_columns_hold_what_each_answer_says_by_itself():
    chance, forms = random.Random(3), [(FIRST, form(KINDS)), (SECOND, form(KINDS[:4]))]  # noqa: S311 - no secret
    made = columns(forms, set(), kinds=set(ANSWERS))
    collected = Collected(made)
    for _ in range(2):  # what was learnt from the first ones holds for the next
        documents = [
            document(version, kinds, chance)
            for version, kinds in chance.choices(((FIRST, KINDS), (SECOND, KINDS[:4])), k=300)
        ]
        for one in documents:
            collected.take(one)
        found = {name: array.to_pylist() for name, array in collected.given().items()}
        for column in made:
            values, reasons = zip(*one_by_one(column, documents), strict=True)
            variable = column.variable
            assert found[variable.missing_column] == [one and str(one) for one in reasons]
            if variable.kind is Kind.MULTIPLE:
                for code in variable.codes:
                    wanted = [None if one is None else code in one for one in values]
                    assert found[variable.option_column(code)] == wanted
            else:
                told = [one.isoformat() if isinstance(one, dt.date) else one for one in found[variable.name]]
                assert told == list(values), variable.name
