"""A sheet that came back: one tap, three words, undo; what the family typed stays."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.web.desk.line_school import make_small
from tests.web.factories import make_adult_for

from driegesprek.web.conduct.domain import activities, paper_done
from driegesprek.web.line.enums import DoneBy
from driegesprek.web.line.models import Step
from driegesprek.web.surveys.models import OverwrittenAnswer, Response, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make_small()


def step_of(small, bond=None, pupil=0):
    return Step.objects.get(activity=small.home, pupil=small.pupils[pupil], bond=bond)


def states(small, pupil=0):
    rows = Step.objects.filter(activity=small.home, pupil=small.pupils[pupil])
    return {step.bond_id: step.done_by for step in rows}


def tap(small, step):
    return paper_done.done_on_paper(step, at=timezone.now(), actor=small.mentor_actor)


def test_the_sheet_of_an_adult_is_done_together_with_the_pupil(small):
    bond = small.bonds[0]
    tap(small, step_of(small, bond))
    assert states(small) == {bond.pk: DoneBy.PAPER, None: DoneBy.PAPER}


def test_the_other_household_still_has_its_own_sheet_to_do(small):
    second = make_adult_for(small.pupils[0], "Ali", household="2")
    activities.catch_up(small.home, today=timezone.localdate())
    tap(small, step_of(small, small.bonds[0]))
    assert states(small)[second.pk] == ""


def test_undo_takes_back_the_tap_but_not_while_another_sheet_is_done(small):
    second = make_adult_for(small.pupils[0], "Ali", household="2")
    activities.catch_up(small.home, today=timezone.localdate())
    for bond in (small.bonds[0], second):
        tap(small, step_of(small, bond))
    paper_done.undo_paper(step_of(small, second), actor=small.mentor_actor)
    assert states(small) == {small.bonds[0].pk: DoneBy.PAPER, second.pk: "", None: DoneBy.PAPER}
    paper_done.undo_paper(step_of(small, small.bonds[0]), actor=small.mentor_actor)
    assert set(states(small).values()) == {""}


def test_what_was_done_on_a_phone_stays_so(small):
    Step.objects.filter(pk=step_of(small).pk).update(done_at=timezone.now(), done_by=DoneBy.PHONE)
    tap(small, step_of(small, small.bonds[0]))
    paper_done.undo_paper(step_of(small, small.bonds[0]), actor=small.mentor_actor)
    assert states(small) == {small.bonds[0].pk: "", None: DoneBy.PHONE}


def type_words(small, *words):
    return paper_done.type_words(
        step_of(small), words, school_class=small.a, now=timezone.now(), actor=small.mentor_actor
    )


def test_three_words_are_kept_apart_as_the_voice_of_paper(small):
    assert type_words(small, "helpen", "مساعدة", "") == ("helpen", "مساعدة", "")
    response = Response.objects.get()
    assert (response.voice, response.channel) == ("paper", "paper")
    assert response.group["class"] == "2A"
    assert str(small.pupils[0].pk) not in response.pseudonym


def test_words_can_be_corrected_and_the_old_ones_are_kept(small):
    type_words(small, "helpen", "", "")
    type_words(small, "luisteren", "", "")
    assert paper_done.words_of(step_of(small)) == ("luisteren", "", "")
    assert [row.value for row in OverwrittenAnswer.objects.all()] == ["helpen"]


def test_words_of_one_pupil_are_not_another_ones(small):
    type_words(small, "helpen", "", "")
    assert paper_done.words_of(step_of(small, pupil=1)) == ("", "", "")


def test_a_word_that_is_too_long_is_refused_by_its_place_and_nothing_is_kept(small):
    with pytest.raises(paper_done.WordsRefusedError) as refused:
        type_words(small, "goed", "x" * 61, "")
    assert list(refused.value.problems) == [1]
    assert paper_done.words_of(step_of(small)) == ("", "", "")


def test_after_the_round_is_closed_no_words_are_taken(small):
    Round.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=3))
    with pytest.raises(paper_done.RoundClosedError):
        type_words(small, "laat", "", "")
