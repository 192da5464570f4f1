"""Styling of words: the words stay, the marks do not, and nothing else changes."""

import time

import pytest
from tests.instruments.conftest import table

from driegesprek.instruments import read
from driegesprek.instruments.styling import unstyled


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Hoe** vaak?", "Hoe vaak?"),
        ("__Hoe__ *vaak*, _ongeveer_?", "Hoe vaak, ongeveer?"),
        ("## Deel 2\nEen vraag", "Deel 2\nEen vraag"),
        ('<span style="color:red">Let op</span><br/>${naam}', "Let op\n${naam}"),
        ("Lees [dit](https://voorbeeld.nl/a_b)", "Lees dit (https://voorbeeld.nl/a_b)"),
        ("**${naam}** is *${leeftijd}* jaar", "${naam} is ${leeftijd} jaar"),
        *(
            (same, same)
            for same in ("2 * 3 * 4", "*verplicht", "${a_b} en ${c_d}", "${_a} en ${b_}", "# kinderen", "a < b > c")
        ),
    ],
)  # fmt: skip
def test_words_stay_and_marks_do_not(written, shown):
    assert unstyled(written) == shown


def test_it_is_remarked_on_once_and_files_keep_their_names():
    form = read(
        table("""
    | type | name | label | hint | media::image |
    | text | a | **Eerst** | _Dan_ | _a_.png |
    | text | b | ** | | |
    """).encode(),
        name="x",
    )
    assert (form.questions["/a"].label, form.questions["/a"].hint) == (
        {"default": "Eerst"},
        {"default": "Dan"},
    )
    assert form.questions["/a"].media == {"default": "_a_.png"}
    assert form.questions["/b"].label == {"default": "**"}
    assert [(one.code, one.row, one.column) for one in form.notes if one.code == "styling_left_out"] == [
        ("styling_left_out", 3, "label")
    ]


@pytest.mark.parametrize(
    "piece", ["**a ", "__a ", "*a ", "_a ", "<b ", "[a](", "[a](https://", "<span", "##"]
)
def test_no_text_takes_long(piece):
    start = time.process_time()
    unstyled(piece * (20_000 // len(piece)))
    assert time.process_time() - start < 1
