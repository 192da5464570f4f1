"""Which changes between two versions would break a round that runs."""

import pytest

from driegesprek.instruments import compare
from driegesprek.instruments.sentences_comparing import SAID

SURVEY = """
| type               | name  | label::nl | label::en | relevant     | required | constraint | calculation |
| select_one yn      | know  | Weet u?   | Known?    |              |          |            |             |
| begin_group        | more  | Meer      | More      |              |          |            |             |
| integer            | age   | Leeftijd  | Age       | ${know}='y'  |          | . < 99     |             |
| end_group          |       |           |           |              |          |            |             |
| calculate          | twice |           |           |              |          |            | ${age} * 2  |
| note               | bye   | Dag       | Bye       |              |          |            |             |
"""
CHOICES = """
| list_name | name | label::nl | label::en |
| yn        | y    | Ja        | Yes       |
| yn        | n    | Nee       | No        |
"""


def test_the_same_form_has_no_changes(form):
    found = compare(form(SURVEY, CHOICES), form(SURVEY, CHOICES))
    assert found.fits
    assert found.harmless == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("| integer            | age   | Leeftijd  | Age ", "| integer | years | Leeftijd | Age ", "question_renamed"),
        ("| integer            |", "| decimal |", "type_changed"),
        ("| ${know}='y'  |          |", "| ${know}='y' | yes |", "required_added"),
        ("| ${know}='y'  |", "| ${know}='n' |", "relevant_changed"),
        ("| ${know}='y'  |", "| |", "relevant_gone"),
        ("| . < 99     |", "| . < 9 |", "constraint_changed"),
        ("| ${age} * 2  |", "| ${age} * 3 |", "calculation_changed"),
        ("| note               | bye   | Dag       | Bye       |              |          |",
         "| text | bye | Dag | Bye | | yes |", "type_changed"),
        ("| yn        | n    | Nee       | No        |", "", "choice_gone"),
        ("Ja        | Yes ", "Nee | No ", "choice_swapped"),
        ("| begin_group        | more  |", "| begin_group | less |", "question_moved"),
    ],
)  # fmt: skip
def test_what_would_break_a_round_is_told(form, old, new, code):
    survey, choices = SURVEY, CHOICES
    if code == "question_renamed":
        survey = survey.replace("${age}", "${years}")
    assert old in survey or old in choices
    changed = form(survey.replace(old, new), choices.replace(old, new))
    found = compare(form(SURVEY, CHOICES), changed)
    assert code in {change.code for change in found.breaking}
    assert not found.fits
    assert all(change.text("nl") and change.text("en") for change in found.breaking)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Leeftijd ", "Hoe oud? ", "column_changed"),
        ("| . < 99     |", "| |", "constraint_gone"),
        ("| label::nl | label::en |", "| label::nl | label::tr |", "language_added"),
        ("| yn        | n    |", "| yn | m | Soms | Some |\n| yn | n |", "choice_added"),
        ("Ja        | Yes ", "Jawel | Yes ", "choice_changed"),
        ("| note               | bye   | Dag       | Bye       |              |          |            |             |",
         "| text | bye2 | Dag | Bye | | | | |", "question_added"),
    ],
)  # fmt: skip
def test_what_is_harmless_is_told_apart(form, old, new, code):
    assert old in SURVEY or old in CHOICES
    found = compare(form(SURVEY, CHOICES), form(SURVEY.replace(old, new), CHOICES.replace(old, new)))
    assert code in {change.code for change in found.harmless}
    assert code == "language_added" or found.fits


def test_an_added_question_that_must_be_answered_breaks(form):
    more = SURVEY + "| text | extra | Nog iets | Else | | yes | | |\n"
    found = compare(form(SURVEY, CHOICES), form(more, CHOICES))
    assert [change.code for change in found.breaking] == ["required_question_added"]


def test_every_change_has_words_in_both_languages():
    assert all({"en", "nl"} == set(said) for said in SAID.values())
