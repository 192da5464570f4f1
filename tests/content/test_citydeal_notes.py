"""What was chosen where the print is doubtful is said in the notes of each form."""

import pytest

from driegesprek import content
from driegesprek.content.files import HERE, rows

STRUCTURE = rows(HERE / "scores" / "citydeal_items.csv")


def names(form):
    found = content.instrument(f"citydeal_{form}_post").questions.values()
    variables = {name for one in found for name in one.extra.get("variable", "").split()}
    return variables | {one.name for one in found}


@pytest.mark.parametrize("form", ["pupil", "parent", "teacher"])
def test_notes_say_what_was_chosen_where_print_is_doubtful(form):
    about = {note.about for note in content.instrument_notes(f"citydeal_{form}_post")}
    assert {"source", "validity", "answers", "missing", "variants"} <= about
    doubtful = {row["variable"] for row in STRUCTURE if row["form"] == form and not row["printed"]}
    assert doubtful - about <= {"did_career_talk", "did_parent_evening"}
    known = names(form)
    general = {"source", "validity", "answers", "missing", "variants", "relation"}
    assert about - general <= known


def test_notes_say_that_it_judges_nobody():
    notes = {note.about: note.nl for note in content.instrument_notes("school_scan")}
    assert "geen toets van een school of een persoon" in notes["validity"]
