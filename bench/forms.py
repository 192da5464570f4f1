"""A form of 300 questions and 200 conditions: evaluating one page beside lxml, and reading the form beside pyxform.

Both get the same expressions, made ready beforehand, on the same answers: ours as values, lxml's as a document that stands
ready. `play` does more (it checks 300 answers and tells what is asked, missing and no longer applies); it is told beside it.
Processor time is measured, so that a busy machine gives the same figures.
"""

import gc
import io
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from bench import Result

QUESTIONS, CONDITIONS = 300, 200
TODAY = date(2026, 11, 21)


def conditions() -> dict[int, str]:
    """{question: the condition under which it is asked}, with ${q…} for earlier questions."""
    kinds = (
        "${{q{a}}} = 'yes'",
        "${{q{b}}} > 12 and ${{q{a}}} != 'no'",
        "contains(${{q{c}}}, 'a') or ${{q{b}}} + ${{q{e}}} > 40",
        "not(${{q{a}}} = 'yes') and string-length(${{q{c}}}) > 3",
        "count(${{q{b}}}) = 1 and (${{q{b}}} mod 2 = 1 or ${{q{d}}} = 'yes')",
    )
    found = {}
    for number in range(QUESTIONS - CONDITIONS, QUESTIONS):
        base = (number * 7) % 90 // 3 * 3
        names = {"a": base, "b": base + 1, "c": base + 2, "d": (base + 30) % 90, "e": (base + 31) % 90}
        found[number] = kinds[number % len(kinds)].format(**names)
    return found


def sheets() -> dict[str, list[dict[str, str]]]:
    """The form: a choice, a number and a text in turn, in two languages."""
    kinds, asked = ("select_one yn", "integer", "text"), conditions()
    survey = [
        {
            "type": kinds[number % 3],
            "name": f"q{number}",
            "label::nl": f"Vraag {number}?",
            "label::en": f"Question {number}?",
            **({"relevant": asked[number]} if number in asked else {}),
            **({"constraint": ". >= 0 and . < 100"} if number % 3 == 1 else {}),
        }
        for number in range(QUESTIONS)
    ]
    words = (("yes", "Ja", "Yes"), ("no", "Nee", "No"))
    choices = [{"list_name": "yn", "name": name, "label::nl": nl, "label::en": en} for name, nl, en in words]
    return {"survey": survey, "choices": choices, "settings": [{"default_language": "nl"}]}


def workbook() -> bytes:
    """The same as an .xlsx."""
    import openpyxl  # noqa: PLC0415 - heavy

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets().items():
        sheet, headings = book.create_sheet(name), list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(heading) for heading in headings])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def answers() -> dict[str, Any]:
    """Everything answered."""
    values = ("yes", 17, "een antwoord")
    return {f"/q{number}": values[number % 3] for number in range(QUESTIONS)}


def least(call: Callable[[], Any], times: int) -> float:
    """Processor seconds of one call: the least of so many."""
    found = []
    gc.disable()
    try:
        for _ in range(times):
            start = time.process_time()
            call()
            found.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(found)


def _by_lxml() -> Callable[[], list[bool]]:
    """The conditions worked out by lxml, in a document of the answers."""
    from lxml import etree  # noqa: PLC0415 - only here

    ready = [
        etree.XPath(f"boolean({text.replace('${', '/data/').replace('}', '')})")
        for text in conditions().values()
    ]
    root = etree.Element("data")
    for path, value in answers().items():
        etree.SubElement(root, path[1:]).text = str(value)
    return lambda: [bool(one(root)) for one in ready]


def _by_us(form: Any) -> Callable[[], list[bool]]:
    """The same worked out by our evaluator."""
    from driegesprek.instruments.program import program_of  # noqa: PLC0415 - heavy
    from driegesprek.instruments.xpath import Env, to_boolean  # noqa: PLC0415 - heavy

    parts = program_of(form).parts.values()
    ready = [part.expressions["relevant"].evaluate for part in parts if "relevant" in part.expressions]
    values = {path: float(one) if isinstance(one, int) else one for path, one in answers().items()}
    env = Env(values=values, today=TODAY, now=datetime(2026, 11, 21, tzinfo=UTC))
    return lambda: [to_boolean(one(env)) for one in ready]


def run() -> list[Result]:
    from pyxform.xls2xform import convert  # noqa: PLC0415 - heavy

    from driegesprek.instruments import play, read  # noqa: PLC0415 - heavy

    data, given = workbook(), answers()
    form = read(data, name="large")
    by_lxml, by_us = _by_lxml(), _by_us(form)
    assert by_us() == by_lxml()
    ours, peer = least(by_us, 60), least(by_lxml, 60)
    page = least(lambda: play(form, given, today=TODAY), 30)
    # In turn, so that a moment in which the machine is slow is not only one of the two.
    pairs = [
        (
            least(lambda: read(data, name="large"), 2),
            least(lambda: convert(io.BytesIO(data), validate=False, file_type=".xlsx"), 2),
        )
        for _ in range(5)
    ]
    reading, by_pyxform = (min(column) for column in zip(*pairs, strict=True))
    return [
        Result("the 200 conditions of one page", ours * 1000, "ms"),
        Result("the same by lxml", peer * 1000, "ms"),
        Result("conditions beside lxml", ours / peer, "×", 1.0),
        Result("one page with 300 answers checked and all that follows", page * 1000, "ms"),
        Result("300 questions read and checked", reading, "s"),
        Result("pyxform alone", by_pyxform, "s"),
        Result("reading beside pyxform", reading / by_pyxform, "×", 1.5),
    ]
