"""Invented schools without end: how often an interval that should hold the truth 95 times in 100 does so.

Twelve schools of three classes, of 6 to 30 pupils; six five-point items, skewed, answered about a pupil's
standing; homework is given to whole classes; 15 % of the pupils lack the outcome or the score before, at random. The
truth is what the same model gives on twelve thousand classes of the same kind: the line nearest to a curve, for items have
a ceiling.
"""

import numpy as np
import pyarrow as pa

from driegesprek.evidence.design import Design
from driegesprek.evidence.frames import Frame
from driegesprek.evidence.mixed_models import MixedPlan, mixed_model
from driegesprek.evidence.moments import collect
from driegesprek.evidence.nested import NestedCollector
from driegesprek.evidence.regression import RegressionPlan, regression
from driegesprek.evidence.terms import terms

CUTS = np.array([-2.4, -1.6, -0.9, 0.2])
TERMS = terms("pre+sex+homework")
DESIGN = Design(TERMS, {"sex": ("boy", "girl"), "homework": ("no", "yes")}, {"pre": 4.0, "post": 4.0})
NAMES = ("pre", "sex=girl", "homework=yes")
MODEL = "model:"
SCHOOLS = 4_000
SIZES = np.random.default_rng(7).integers(6, 31, 36)


def frame(rng, schools=12, sizes=SIZES):
    """One batch of pupils."""
    at_school = rng.normal(0, 0.35, schools)
    school_of_class = np.repeat(np.arange(schools), 3)
    level = at_school[school_of_class] + rng.normal(0, 0.25, 3 * schools)
    homework = np.zeros(3 * schools, dtype=int)
    for school in range(schools):  # one or two of the three classes
        homework[3 * school : 3 * school + 3] = rng.permutation([0, 1, rng.integers(0, 2)])
    of = np.repeat(np.arange(3 * schools), np.resize(sizes, 3 * schools))
    girl = rng.integers(0, 2, len(of))
    before = (
        rng.normal(size=len(of)) + rng.normal(0, 0.3, 3 * schools)[of]
    )  # classes differ before, by chance
    after = 0.5 * before + 0.2 * girl + 0.3 * homework[of] + level[of] + rng.normal(0, 0.8, len(of))
    pre, post = _score(rng, before), _score(rng, after)
    pre[rng.random(len(of)) < 0.075] = np.nan
    post[rng.random(len(of)) < 0.075] = np.nan
    names = pa.array([f"s{place}" for place in range(schools)])
    letters = pa.array(["A", "B", "C"])
    groups = (
        pa.DictionaryArray.from_arrays(pa.array(school_of_class[of]), names),
        pa.DictionaryArray.from_arrays(pa.array(of % 3), letters),
    )
    return Frame({"pre": pre, "post": post}, {"sex": girl, "homework": homework[of]}, None, groups, len(of))


def _score(rng, standing):
    noise = rng.normal(0, 0.8, (6, len(standing)))
    return (np.digitize(0.8 * standing + noise, CUTS) + 1).mean(axis=0)


def regressed(batch):
    """Estimate and interval per term: CR2, clustered by school."""
    plan = RegressionPlan("post", (TERMS,), DESIGN, "school")
    one = Frame(batch.numbers, batch.codes, None, batch.groups[:1], batch.rows)
    found = regression(plan, collect([one], DESIGN, "post"))
    return {c.term: (c.b, c.ci) for c in found.coefficients if c.term in NAMES}


def mixed(batch):
    """The same of random intercepts for schools and classes: CR2, and ``model:`` the model's own interval."""
    collector = NestedCollector(DESIGN, "post")
    collector.add(batch)
    found = mixed_model(MixedPlan("post", DESIGN, ("school", "class")), collector.nested())
    chosen = [one for one in found.fixed if one.term in NAMES]
    return {one.term: (one.b, one.ci_cr2) for one in chosen} | {
        MODEL + one.term: (one.b, one.ci) for one in chosen
    }


METHODS = {"regress": regressed, "mixed": mixed}


def coverage(method, replicates, seed=1, schools=SCHOOLS):
    """Per term how often the interval holds the truth."""
    truth = {name: b for name, (b, _) in METHODS[method](frame(np.random.default_rng(99), schools)).items()}
    rng = np.random.default_rng(seed)
    held = dict.fromkeys(truth, 0)
    for _ in range(replicates):
        for name, (_, ci) in METHODS[method](frame(rng)).items():
            held[name] += ci is not None and ci[0] <= truth[name] <= ci[1]
    return {name: count / replicates for name, count in held.items()}
