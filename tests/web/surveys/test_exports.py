import pytest
from django.utils import translation
from tests.web.surveys import simulating

from driegesprek.tables.codebook import Kind, Value, Variable
from driegesprek.web.surveys import exports
from driegesprek.web.surveys.domain import wide

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def file(for_all):
    world = simulating.make_world({"2A": 24, "2B": 24, "2C": 6})
    for name, size in (("2A", 24), ("2B", 20), ("2C", 6)):
        simulating.adults_answer(world, name, size)
        simulating.pupils_answer(world, name, size)
    return wide.of_round(world.info.id, "adult")


def test_every_count_in_the_file_is_of_ten_people_or_more(file):
    rows = exports.table(file, exports.release(file), None)
    numbers = [cell for row in rows for cell in (row[2], row[4]) if cell is not None]
    assert numbers
    assert min(numbers) >= 10
    withheld = [row for row in rows if row[4] is None]
    assert withheld
    assert all(row[6] for row in withheld), "what is withheld says why"
    assert not any(row[1] == "2C" and row[2] for row in rows)


def test_questions_that_would_tell_about_others_are_not_in_it(file):
    rows = exports.table(file, exports.release(file), None)
    for name in ("call_when", "together_qualities", "informed_level"):
        found = [row for row in rows if row[7] == name]
        assert len(found) == 1
        assert found[0][1:6] == [None] * 5
        assert found[0][6]


def test_a_part_of_the_questions_is_the_same_as_in_the_whole(file):
    whole = exports.release(file)
    part = exports.release(file, {"informed"})
    assert list(part.rows) == [row for row in whole.rows if row.question == "informed"]


def test_a_mentor_takes_rows_of_the_same_release(file):
    released = exports.release(file)
    own = exports.own_rows(released, {"2A"})
    assert own
    assert all(row in released.rows and row.group == ("2A",) for row in own)


def test_the_number_of_people_in_a_class_is_nowhere(file):
    released = exports.release(file)
    assert not [text for text in exports.about(file, released, still_open=True) if "54" in text]
    assert {len(row) for row in exports.table(file, released, None)} == {len(exports.headings())}


def test_an_open_round_warns_against_two_files(file):
    released = exports.release(file)
    more = set(exports.about(file, released, still_open=True)) - set(
        exports.about(file, released, still_open=False)
    )
    assert len(more) == 1


def test_names_that_are_filled_in_become_words():
    with translation.override("en"):
        assert exports.without_names("Would ${pupil_name} like it?") == "Would the pupil like it?"
        assert exports.without_names("${pupil_name} chooses.") == "The pupil chooses."
        assert exports.without_names("Until ${ choose_by }") == "Until …"


def test_words_fall_back_to_a_language_that_is_there():
    variable = Variable("q", {"fr": "Pourquoi ?"}, Kind.SINGLE, (Value("1", {"fr": "Oui"}), Value("2")))
    with translation.override("nl"):
        assert exports.words(variable) == "Pourquoi ?"
        assert [exports.answer_words(variable, code) for code in ("1", "2")] == ["Oui", "2"]
