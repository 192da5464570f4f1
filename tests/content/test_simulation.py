"""A year that is made up comes out at the figures it follows, and shows the effects that were put in."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek.content import instrument
from driegesprek.content.simulation import State, effects, make_people, shapes, simulate, targets, wide
from driegesprek.content.simulation.answers import behind, items_of, rounded
from driegesprek.content.simulation.figures import PARTS, Target
from driegesprek.content.simulation.year import ACTIVITIES, FORMS, VOICES
from driegesprek.tables.codebook import Missing

SEED = 2014
FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"


@pytest.fixture(scope="module")
def year():
    return simulate(make_people(seed=SEED), seed=SEED)


@pytest.fixture(scope="module")
def schools():
    """Twelve schools, so that effects show sharply."""
    return simulate(make_people(seed=1, schools=12), seed=1)


def items(year, voice, scale, part):
    """The answers of who took part both times, shape (persons, items), reversed ones turned; nan where there is none."""
    sheets = year.sheets[voice, part]
    found = next(one for one in sheets.form.scales if one.name == scale)
    codes = [sheets.answers[item.path].codes for item in found.items]
    values = np.array([[float(one) if one else np.nan for one in column] for column in codes]).T
    turned = [place for place, item in enumerate(found.items) if item.reverse]
    values[:, turned] = 6 - values[:, turned]
    return values[year.sheets[voice, "post"].there]


def scores(year, voice, scale, part):
    values = items(year, voice, scale, part)
    given = ~np.isnan(values)
    return np.where(given.any(axis=1), np.nansum(values, axis=1) / np.maximum(given.sum(axis=1), 1), np.nan)


def alpha(values):
    whole = values[~np.isnan(values).any(axis=1)]
    covariance, k = np.cov(whole.T), whole.shape[1]
    return k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())


OF_FAMILIES = [key for key in targets() if key[0] != "staff"]


@pytest.mark.parametrize(("voice", "scale", "part"), OF_FAMILIES)
def test_means_and_spreads_come_out_within_sampling_error(year, voice, scale, part):
    found, wanted = scores(year, voice, scale, part), targets()[voice, scale, part]
    found = found[~np.isnan(found)]
    assert abs(found.mean() - wanted.mean) < 3 * wanted.sd / np.sqrt(len(found))
    assert found.std(ddof=1) == pytest.approx(wanted.sd, rel=0.1)


@pytest.mark.parametrize(("voice", "scale", "part"), list(targets()))
def test_reliabilities_are_those_of_the_annex(schools, voice, scale, part):
    assert alpha(items(schools, voice, scale, part)) == pytest.approx(
        targets()[voice, scale, part].alpha, abs=0.03 if voice != "staff" else 0.06
    )


@pytest.mark.parametrize(("voice", "scale"), list(shapes()))
def test_before_and_after_hang_together_as_is_said(schools, voice, scale):
    """The correlation of scores is that of the factors, less for want of reliability and a little less for the rounding."""
    pre, post = (scores(schools, voice, scale, part) for part in PARTS)
    both = ~np.isnan(pre) & ~np.isnan(post)
    reliable = np.sqrt(np.prod([targets()[voice, scale, part].alpha for part in PARTS]))
    wanted = shapes()[voice, scale].pre_post * reliable
    assert np.corrcoef(pre[both], post[both])[0, 1] == pytest.approx(
        wanted, abs=0.04 if voice != "staff" else 0.12
    )


def dummies(year, voice):
    """1 where a term of an effect holds, by term."""
    people = year.people
    about = people.pupil_of_adult if voice == "adult" else np.arange(people.count("pupil"))
    classes = people.class_of(voice)
    sex = year.sheets["pupil", "pre"].answers["/sex"].codes
    found = {
        "boy": (sex == "boy")[about],
        "migration": np.isin(people.origin, ("one_abroad", "both_abroad"))[about],
        "lower_level": people.track[classes] == "BB",
        "higher_year": people.year_group[classes] >= 3,
    }
    return {name: one.astype(float) for name, one in (found | year.took_part[voice]).items()}


def fitted(year, voice, scale):
    """{term: (b, se)} of least squares: the score after on the score before, all terms, and all combinations."""
    of = dummies(year, voice)
    did = list(ACTIVITIES)
    combined = [
        ("home_assignment", "career_talk"),
        ("home_assignment", "parent_evening"),
        ("career_talk", "parent_evening"),
        tuple(did),
    ]
    terms = [(name,) for name in of] + combined
    there = year.sheets[voice, "post"].there
    pre, post = (scores(year, voice, scale, part) for part in PARTS)
    columns = [
        np.ones(there.sum()),
        pre,
        *(np.prod([of[one] for one in term], axis=0)[there] for term in terms),
    ]
    x = np.array(columns).T
    known = ~np.isnan(x).any(axis=1) & ~np.isnan(post)
    x, y = x[known], post[known]
    b, *_ = np.linalg.lstsq(x, y, rcond=None)
    # Errors that allow for what a class shares (Liang & Zeger 1986): participation differs between classes.
    parts = x * (y - x @ b)[:, None]
    classes = year.people.class_of(voice)[there][known]
    sums = np.array([np.bincount(classes, weights=part) for part in parts.T]).T
    bread = np.linalg.inv(x.T @ x)
    se = np.sqrt(np.diag(bread @ (sums.T @ sums) @ bread))
    return {term: (b[place], se[place]) for place, term in enumerate(terms, 2)}


@pytest.mark.parametrize(("voice", "scale"), [key for key in shapes() if key[0] != "staff"])
def test_effects_that_were_put_in_are_found_and_no_others(schools, voice, scale):
    put_in = {one.terms: one.points for one in effects() if (one.voice, one.scale) == (voice, scale)}
    for term, (b, se) in fitted(schools, voice, scale).items():
        assert abs(b - put_in.get(term, 0.0)) < 3.5 * se, (term, b, se)


def test_the_same_seed_gives_the_same_year_and_another_another(year):
    again = simulate(make_people(seed=SEED), seed=SEED)
    other = simulate(make_people(seed=SEED), seed=SEED + 1)
    for key, sheets in year.sheets.items():
        for path, answers in sheets.answers.items():
            assert (answers.codes == again.sheets[key].answers[path].codes).all()
    path = "/reflection_1"
    mine, theirs = (one.sheets["pupil", "pre"].answers[path].codes for one in (year, other))
    assert (mine != theirs).mean() > 0.3


def test_so_many_take_part_and_some_do_not_come_back(year):
    before = {voice: int(year.sheets[voice, "pre"].there.sum()) for voice in VOICES}
    after = {voice: int(year.sheets[voice, "post"].there.sum()) for voice in VOICES}
    assert before == {"pupil": 600, "adult": 700, "staff": 40}
    assert 0.85 < after["pupil"] / 600 < 0.95
    assert 0.6 < after["adult"] / 700 < 0.75
    assert 30 < after["staff"] < 40


def test_every_question_of_the_forms_is_answered_with_an_answer_of_the_form(year):
    for (voice, part), sheets in year.sheets.items():
        form = instrument(f"{FORMS[voice]}_{part}")
        assert list(sheets.answers) == [path for path, one in form.questions.items() if one.kind.answerable]
        for path, answers in sheets.answers.items():
            given = set(answers.codes[answers.states == State.GIVEN])
            assert given <= {one.name for one in form.questions[path].choices}, path
            assert set(answers.codes[answers.states != State.GIVEN]) <= {""}


def test_each_reason_for_having_no_answer_occurs(year):
    table, codebook = wide(year, "pupil")
    reasons = Counter(
        one
        for v in codebook.variables
        if v.missing_column in table.column_names
        for one in table[v.missing_column].to_pylist()
    )
    wanted = {Missing.SKIPPED, Missing.STOPPED, Missing.NOT_ASKED, Missing.DONT_KNOW, Missing.REFUSED}
    assert wanted <= set(reasons)
    origin = table["origin__missing"].to_pylist()
    assert 0.15 < origin.count(Missing.NOT_ASKED) / len(origin) < 0.25


def test_who_stops_gives_no_answer_after_it(year):
    sheets = year.sheets["adult", "pre"]
    states = np.array([one.states for path, one in sheets.answers.items() if path in sheets.asked[False]])
    stopped = states == State.UNTOUCHED
    assert 10 < stopped.any(axis=0).sum() < 50
    assert (np.diff(stopped.astype(int), axis=0) >= 0).all()


@pytest.mark.parametrize("voice", ["pupil", "adult"])
def test_year_groups_classes_and_tracks_come_in_their_own_order(year, voice):
    codes = {one.name: list(one.codes) for one in wide(year, voice)[1].variables}
    assert codes["year_group"] == sorted(codes["year_group"], key=int)
    assert codes["track"] == [one for one in ("BB", "KB", "GL", "TL") if one in codes["track"]]
    numbers = [int(one.removeprefix("class")) for one in codes["class"]]
    assert numbers == sorted(numbers)


def test_the_wide_table_says_that_it_is_invented_and_joins_by_person(year):
    table, codebook = wide(year, "adult")
    assert "nvented" in codebook.title
    assert "nvented" in codebook.source
    assert set(table.column_names) >= {name for one in codebook.variables for name in one.columns}
    rows = table.to_pylist()
    before = {row["person"]: row for row in rows if row["round"] == "pre"}
    after = [row for row in rows if row["round"] == "post"]
    assert {row["did_home_assignment__missing"] for row in before.values()} == {Missing.NOT_ASKED}
    assert all(before[row["person"]]["pupil"] == row["pupil"] for row in after)
    assert all(
        before[row["person"]]["bond"] == row["bond"]
        for row in after
        if row["bond"] and before[row["person"]]["bond"]
    )


def test_scores_of_the_wide_table_are_means_of_enough_items(year):
    rows = wide(year, "pupil")[0].to_pylist()
    names = [f"certainty_{number}" for number in range(1, 5)]
    for row in rows:
        given = [6 - int(row[one]) if one == "certainty_3" else int(row[one]) for one in names if row[one]]
        wanted = sum(given) / len(given) if len(given) >= 3 else None
        assert row["certainty"] == (None if wanted is None else pytest.approx(wanted))


@given(st.floats(1.6, 4.4), st.floats(0.6, 1.2))
@settings(max_examples=40)
def test_the_rounded_variable_has_the_mean_and_variance_asked_for(mean, sd):
    (centre,), (width,) = behind(np.array([mean]), np.array([sd**2]))
    drawn = rounded(centre + width * np.random.default_rng(1).standard_normal(20_000)).astype(float)
    assert drawn.mean() == pytest.approx(mean, abs=0.05)
    assert drawn.std() == pytest.approx(sd, abs=0.05)


@pytest.mark.parametrize(("mean", "sd", "alpha"), [(4.9, 1.5, 0.8), (3.0, 3.0, 0.8)])
def test_what_five_answers_cannot_have_is_refused(mean, sd, alpha):
    with pytest.raises(ValueError, match="cannot"):
        items_of(Target(mean, sd, alpha, frozenset(), "", ""), 4)


@pytest.mark.parametrize("wrong", [{"pupils": 10}, {"adults": 5000}, {"schools": 0}])
def test_people_that_make_no_school_are_refused(wrong):
    with pytest.raises(ValueError, match="24 classes"):
        make_people(seed=1, **wrong)


TABLES = {
    "citydeal2017_t5_pupil_support_pre_post.csv": (
        "pupil",
        {
            "reflection": "home_reflection",
            "work_exploration": "home_work",
            "career_steering": "home_steering",
            "networking": "home_networking",
        },
    ),
    "citydeal2017_t6_parent_support_pre_post.csv": (
        "adult",
        {
            "reflection": "home_reflection",
            "work_exploration": "home_work",
            "career_steering": "home_steering",
            "networking": "home_networking",
        },
    ),
    "citydeal2017_t7_competences_pre_post.csv": (
        "pupil",
        {
            "reflection": "reflection",
            "work_exploration": "work_exploration",
            "career_steering": "steering",
            "networking": "networking",
            "choice_certainty": "certainty",
        },
    ),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", TABLES)
def test_targets_are_as_printed_but_for_what_is_doubted(name):
    voice, scales = TABLES[name]
    with (FACTS / name).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["base"] != "total status group"]
    for row in rows:
        target = targets()[voice, scales[row["scale"]], row["wave"]]
        if "doubt" in row["note"]:
            assert row["measure"] in target.doubtful
            assert target.doubt
        else:
            assert getattr(target, row["measure"]) == float(row["value"])
            assert row["measure"] not in target.doubtful
