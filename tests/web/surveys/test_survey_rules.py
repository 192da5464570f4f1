"""Samples, draws, consent and small numbers, as plain values."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare
from tests.web.surveys import rounding

from driegesprek import content
from driegesprek.instruments import play
from driegesprek.web.surveys.rules import consenting, designs, drawing, sampling, showing

NAMES = st.lists(st.text("abcdefgh", min_size=1, max_size=4), unique=True, max_size=40)
STRATA = st.dictionaries(st.sampled_from(["BB", "KB", "GL", "TL"]), NAMES, min_size=1).map(
    lambda found: {name: [f"{name}-{one}" for one in members] for name, members in found.items() if members}
)
SHARES = st.dictionaries(st.sampled_from(["BB", "KB", "TL"]), st.floats(0.01, 1, allow_nan=False))


def test_forty_per_cent_against_twenty_as_in_the_survey_of_seor():
    members = {"technical": [f"t{n}" for n in range(100)], "other": [f"o{n}" for n in range(400)]}
    drawn = sampling.draw(members, {"technical": 0.4, "other": 0.2}, seed=2020)
    assert Counter(one.stratum for one in drawn) == {"technical": 40, "other": 80}
    assert {one.stratum: one.weight for one in drawn} == {"technical": 2.5, "other": 5.0}


@settings(max_examples=20)
@given(STRATA, SHARES, st.integers(0, 2**31))
def test_weights_add_up_to_the_population_of_every_stratum_and_nobody_is_drawn_twice(members, shares, seed):
    drawn = sampling.draw(members, shares, seed=seed)
    assert len({one.member for one in drawn}) == len(drawn)
    for stratum, found in members.items():
        mine = [one for one in drawn if one.stratum == stratum]
        assert 1 <= len(mine) <= len(found)
        assert sum(one.weight for one in mine) == pytest.approx(len(found))
        assert {one.member for one in mine} <= set(found)


@settings(max_examples=20)
@given(STRATA, SHARES, st.integers(0, 2**31))
def test_the_order_of_members_and_another_stratum_change_nothing(members, shares, seed):
    drawn = sampling.draw(members, shares, seed=seed)
    turned = {name: list(reversed(found)) for name, found in reversed(members.items())}
    assert sampling.draw(turned, shares, seed=seed) == drawn
    more = sampling.draw({**members, "VWO": ["v1", "v2"]}, shares, seed=seed)
    assert [one for one in more if one.stratum != "VWO"] == drawn


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_a_share_outside_its_bounds_is_refused(share):
    with pytest.raises(sampling.FractionError):
        sampling.sizes({"BB": 10}, {"BB": share})


@pytest.mark.parametrize(
    ("number", "share", "wanted"), [(30, 0.15, 5), (10, 0.25, 3), (3, 0.01, 1), (7, 1, 7)]
)
def test_a_share_is_rounded_half_up_and_is_at_least_one(number, share, wanted):
    assert sampling.sizes({"": number}, {"": share}) == {"": wanted}


LOTS = [f"LOT{n:03}" for n in range(20)]


def test_the_winners_can_be_worked_out_again_and_nothing_else_fits():
    seed = "5f" * 32
    published, won = drawing.commitment(seed), drawing.winners(seed, "appel", LOTS, 3)
    assert drawing.winners(seed, "appel", list(reversed(LOTS)), 3) == won
    assert drawing.is_true(published, seed, "appel", LOTS, won)
    assert not drawing.is_true(published, "60" * 32, "appel", LOTS, won)
    assert not drawing.is_true(published, seed, "peer", LOTS, won)
    assert not drawing.is_true(published, seed, "appel", LOTS[1:], won)
    assert not drawing.is_true(published, seed, "appel", LOTS, list(reversed(won)))


def test_the_hash_of_the_seed_is_plain_sha_256():
    assert drawing.commitment("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_every_lot_wins_as_often():
    won = Counter(drawing.winners(f"seed{n}", "", LOTS, 1)[0] for n in range(4000))
    assert chisquare([won[lot] for lot in LOTS]).pvalue > 0.001


def test_with_more_prizes_than_lots_every_lot_wins():
    assert sorted(drawing.winners("s", "w", LOTS[:2], 5)) == LOTS[:2]


@pytest.mark.parametrize(
    ("born", "own"),
    [
        (dt.date(2010, 11, 26), True),
        (dt.date(2010, 11, 27), False),
        (None, False),
        (dt.date(2008, 2, 29), True),
    ],
)
def test_from_the_sixteenth_birthday_on_the_own_word_counts(born, own):
    assert consenting.own_word(born, dt.date(2026, 11, 26)) is own


@given(st.lists(st.booleans(), max_size=4))
def test_one_no_is_a_no_and_no_word_is_no_consent(words):
    assert consenting.holds(words) == (True in words and False not in words)


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=6))
def test_no_hidden_count_can_be_worked_out_from_the_total(counts):
    shown = showing.shown(counts)
    hidden = [counts[key] for key, value in shown.items() if value is None]
    assert all(value is None or value >= 10 for value in shown.values())
    left_to_hide = any(value is not None for value in shown.values())
    if hidden and left_to_hide:
        assert len(hidden) > 1
        assert sum(hidden) >= 10


@pytest.mark.parametrize(
    ("design", "sheet", "options", "consent", "organisation", "wrong"),
    [
        ("named", {}, (), False, "", 0),
        ("named", {"designs": "anonymous"}, (), False, "", 1),
        ("pseudonymous", {"designs": "pseudonymous anonymous"}, ("relation_scales",), False, "", 0),
        ("named", {}, ("relation_scales",), False, "", 1),
        ("pseudonymous", {}, ("consent_origin",), False, "", 1),
        ("pseudonymous", {}, ("consent_origin",), True, "", 0),
        ("named", {}, ("consent_origin",), True, "", 1),
        ("anonymous", {}, (), False, "", 1),
        ("anonymous", {"designs": "anonymous"}, (), False, "Het Bureau", 0),
        ("anonymous", {}, (), True, "Het Bureau", 1),
    ],
)
def test_what_a_design_allows(design, sheet, options, consent, organisation, wrong):  # noqa: PLR0917 - a table
    asked = designs.Asked(design, {"adult": rounding.form(**sheet)}, options, consent, organisation)
    assert len(designs.problems(asked)) == wrong


@pytest.mark.parametrize("design", ["named", "pseudonymous", "anonymous"])
def test_a_form_is_never_told_to_ask_about_the_relation_in_a_named_round(design):
    context = designs.context(design, designs.OPTIONS, ["study", "origin"])
    assert context == {
        "design": design,
        "relation_scales": "" if design == "named" else "yes",
        "consent_origin": "" if design == "named" else "yes",
    }
    assert designs.context(design, (), ["origin"])["consent_origin"] == ""
    assert designs.context(design, designs.OPTIONS, ())["consent_origin"] == ""


@pytest.mark.parametrize(("design", "wrong"), [("named", 1), ("pseudonymous", 1), ("anonymous", 0)])
def test_the_form_on_role_types_is_for_anonymous_rounds_only(design, wrong):
    asked = designs.Asked(design, {"adult": content.instrument("parent_roles")}, organisation="Het Bureau")
    assert len(designs.problems(asked)) == wrong


def test_our_questionnaire_for_pupils_has_the_scales_on_the_relation_behind_the_option():
    form = content.instrument("citydeal_pupil_pre")
    assert designs.takes(form, designs.RELATION)

    def asked(design, options):
        context = designs.context(design, options, [])
        return len(play(form, {}, today=dt.date(2026, 11, 26), context=context).asked)

    assert asked("pseudonymous", []) < asked("pseudonymous", [designs.RELATION])
    assert asked("named", [designs.RELATION]) == asked("named", []) == asked("pseudonymous", [])
