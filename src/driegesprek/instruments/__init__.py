"""Questionnaires: read an XLSForm, and route, check and compute what people answer.

Plain values in, frozen dataclasses out; no clock, no network: dates are arguments.

    questionnaire = read(Path("form.xlsx"), name="quick check")
    so_far = play(questionnaire, {"/informed": "no"}, today=date(2026, 11, 21), language="tr")
    next_question(so_far, after="/informed")
"""

from driegesprek.instruments.appearances import appearances
from driegesprek.instruments.bundles import Bundle, is_bundle, unpacked
from driegesprek.instruments.comparing import Change, Comparison, compare
from driegesprek.instruments.languages import direction_of, in_language, language_key
from driegesprek.instruments.model import Choice, Group, Item, Kind, Question, Questionnaire, Text, walk
from driegesprek.instruments.nesting import nested
from driegesprek.instruments.places import id_of, ids_of, placed, template_of
from driegesprek.instruments.playing import Play, by_path, play
from driegesprek.instruments.problems import FormRefused, Problem
from driegesprek.instruments.reading import read, read_tables
from driegesprek.instruments.scales import Scale, scale_of
from driegesprek.instruments.screens import (
    Checked,
    check_answer,
    choice_label,
    choices_for,
    label,
    next_question,
    place_of,
    previous_question,
    render,
)

__all__ = [
    "Bundle",
    "Change",
    "Checked",
    "Choice",
    "Comparison",
    "FormRefused",
    "Group",
    "Item",
    "Kind",
    "Play",
    "Problem",
    "Question",
    "Questionnaire",
    "Scale",
    "Text",
    "appearances",
    "by_path",
    "check_answer",
    "choice_label",
    "choices_for",
    "compare",
    "direction_of",
    "id_of",
    "ids_of",
    "in_language",
    "is_bundle",
    "label",
    "language_key",
    "nested",
    "next_question",
    "place_of",
    "placed",
    "play",
    "previous_question",
    "read",
    "read_tables",
    "render",
    "scale_of",
    "template_of",
    "unpacked",
    "walk",
]
