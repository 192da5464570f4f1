"""Variables described from sums: as the rows give it, together as pooled, and nothing of a few."""

import pyarrow as pa
import pytest
from tests.evidence.test_sums import same

from driegesprek import evidence
from driegesprek.evidence import EvidenceError
from driegesprek.evidence.disclosure.sums import protect_sums
from driegesprek.evidence.plans import plan_of
from driegesprek.evidence.sums import Sums, make_sums, results, together

WHO = {"kind": "describe", "name": "who", "items": ["age", "sex"], "weights": "w"}
WHO |= {"levels": {"sex": ["f", "m", "x"]}, "pivots": {"age": 13}}


def plan(*statistics):
    made = {"format": "driegesprek.plan", "version": 1, "title": "Who", "school": "school"}
    return plan_of(made | {"statistics": list(statistics) or [WHO]})


def rows(people=120, *, lacking=20, third=10, shift=0.0):
    """So many people; the first ones lack an age."""
    return pa.table(
        {
            "age": [None if n < lacking else 12.0 + n % 3 + shift for n in range(people)],
            "age__missing": ["refused" if n < lacking else None for n in range(people)],
            "sex": ["x" if n < third else "fm"[n % 2] for n in range(people)],
            "w": [1.0 + n % 4 for n in range(people)],
        }
    )


def test_from_sums_it_is_what_the_rows_give():
    data = evidence.table(rows())
    found = results(make_sums(data, plan()))["who"].to_plain()
    alone = evidence.describe(data, items=["age", "sex"], weights="w").to_plain()
    assert found["rows"] == alone["rows"]
    for one, other in zip(found["variables"], alone["variables"], strict=True):
        same(one, other | dict.fromkeys(("minimum", "maximum", "quantiles")))


def test_schools_together_are_their_records_together():
    parts = {"A": rows(), "B": rows(90, shift=1.5), "C": rows(200, lacking=0)}
    texts = {
        name: make_sums(evidence.table(one), plan(), school=name).to_json() for name, one in parts.items()
    }
    pooled = make_sums(evidence.table(pa.concat_tables(parts.values(), promote_options="permissive")), plan())
    same(results(together(texts))["who"].to_plain(), results(pooled)["who"].to_plain())


def out(table, *statistics):
    return protect_sums(make_sums(evidence.table(table), plan(*statistics), school="A"))


@pytest.mark.parametrize(
    ("people", "leaves"),
    [
        ({}, True),
        ({"third": 9}, False),
        ({"third": 0}, False),
        ({"lacking": 111}, False),
        ({"people": 9}, False),
    ],
)
def test_a_variable_or_level_of_a_few_stays_in_the_school(people, leaves):
    assert ("who" in out(rows(**people)).parts) is leaves


def test_a_few_reasons_are_not_told_and_combining_says_so():
    few = out(rows(lacking=3))
    assert "refused" not in few.to_json()
    texts = {"a": few.to_json(), "b": make_sums(evidence.table(rows()), plan(), school="B").to_json()}
    found = results(together(texts))["who"]
    age = found.variables[0]
    assert (age.n, age.missing, found.rows) == (217, {}, None)
    assert age.note == "why answers are missing stays in a school"
    assert Sums.from_json(few.to_json()).to_plain() == few.to_plain()


def test_a_few_without_a_weight_are_not_told():
    table = rows(third=40)
    for light, leaves in ((30, True), (3, False)):
        weights = pa.array([0.0] * light + table["w"].to_pylist()[light:])
        assert ("who" in out(table.set_column(3, "w", weights)).parts) is leaves


def test_other_variables_of_other_people_do_not_hold_it_back_but_the_same_variable_does():
    age, sex = ({**WHO, "name": name, "items": [name], "weights": None} for name in ("age", "sex"))
    age, sex = {**age, "levels": {}}, {**sex, "pivots": {}}
    assert set(out(rows(lacking=3), age, sex).parts) == {"age", "sex"}  # 117 and 120, of different variables
    both = {
        "kind": "regress",
        "name": "both",
        "outcome": "age",
        "blocks": "sex",
        "levels": {"sex": ["f", "m", "x"]},
    }
    assert out(rows(lacking=3, third=40), sex, both).withheld["both"].startswith("another statistic")


def test_nobody_at_all_is_a_named_error():
    found = results(make_sums(evidence.table(rows(0)), plan()))["who"]
    assert isinstance(found, EvidenceError)
    assert found.code == "no_data"


@pytest.mark.parametrize(
    "changed",
    [
        {"items": []},
        {"items": ["age", "age"]},
        {"levels": {"other": ["1"]}},
        {"pivots": {"sex": 1}},
        {"items": 3},
    ],
)
def test_a_description_that_is_not_understood_is_refused(changed):
    with pytest.raises(EvidenceError) as error:
        plan({**WHO, **changed})
    assert error.value.code == "bad_plan"
