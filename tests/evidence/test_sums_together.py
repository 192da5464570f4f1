"""Sums of several schools in files: no school twice, no other plan, and whose they are stands in them."""

import json

import pytest

from driegesprek import evidence
from driegesprek.evidence import EvidenceError
from driegesprek.evidence.plans import plan_of
from driegesprek.evidence.sums import Sums, combine, make_sums, results, together

PLAN = {
    "format": "driegesprek.plan",
    "version": 1,
    "title": "Two schools",
    "school": "school",
    "statistics": [{"kind": "change", "name": "change", "pre": "pre", "post": "post", "cluster": "school"}],
}


def table(shift=0.0):
    import pyarrow as pa  # noqa: PLC0415

    pre = [float(n % 5) for n in range(30)]
    return evidence.table(pa.table({"pre": pre, "post": [n + shift + (n > 2) for n in pre]}))


def of(school, shift=0.0, **changed):
    return make_sums(table(shift), plan_of(PLAN | changed), school=school).to_json()


def refused(texts):
    with pytest.raises(EvidenceError) as error:
        together(texts)
    return error.value.code, str(error.value)


def test_whose_they_are_stands_in_the_file():
    total = together({"a.json": of("A"), "b.json": of("B", 1)})
    assert total.schools == ("A", "B")
    assert json.loads(total.to_json())["schools"] == ["A", "B"]
    assert results(total)["change"].n == 60


def test_the_same_school_twice_is_refused_with_both_files_named():
    code, said = refused({"a.json": of("De Brug"), "new.json": of(" de  brug", 1)})
    assert code == "same_school"
    assert "a.json and new.json" in said
    both = together({"a.json": of("A"), "b.json": of("B", 1)}).to_json()
    assert refused({"both.json": both, "b.json": of("B", 2)})[0] == "same_school"


def test_a_file_without_names_of_schools_still_reads_and_is_not_counted_twice():
    held = json.loads(of("A"))
    del held["schools"]
    old = json.dumps(held)
    assert Sums.from_json(old).schools == ()
    code, said = refused({"a.json": old, "copy.json": old})
    assert code == "same_school"
    assert "a.json and copy.json" in said


def test_another_plan_is_refused_by_its_title_or_by_what_differs():
    other = [PLAN["statistics"][0] | {"least": 1.0}]
    code, said = refused({"a": of("A"), "b": of("B", title="Another")})
    assert code == "other_plan"
    assert "b: made by the plan 'Another'" in said
    assert "statistic 'change' differs" in refused({"a": of("A"), "b": of("B", statistics=other)})[1]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"version": 2}, "newer_sums"),
        ({"version": "1"}, "bad_sums"),
        ({"format": "x"}, "bad_sums"),
        ({"plan": PLAN | {"version": 9}}, "newer_plan"),
        ({"parts": {"change": 7}}, "bad_sums"),
        ({"parts": {"strange": {}}}, "bad_sums"),
        ({"schools": 4}, "bad_sums"),
    ],
)
def test_what_is_no_sums_file_of_this_version_is_named_with_its_file(changed, code):
    found, said = refused({"first.json": json.dumps(json.loads(of("A")) | changed)})
    assert found == code
    assert said.startswith("first.json: ")


def test_depth_without_end_is_a_named_error():
    assert refused({"deep.json": "[" * 100_000})[0] == "bad_sums"


def test_files_are_combined_by_path(tmp_path):
    for name, shift in (("a", 0), ("b", 1)):
        (tmp_path / f"{name}.json").write_text(of(name, shift), encoding="utf-8")
    assert combine([tmp_path / "a.json", tmp_path / "b.json"]).schools == ("a", "b")
    with pytest.raises(EvidenceError) as error:
        combine([tmp_path / "a.json", tmp_path / "a.json"])
    assert error.value.code == "same_school"


def test_the_names_are_those_of_the_variable_where_a_file_has_several_schools():
    import pyarrow as pa  # noqa: PLC0415

    rows = pa.table({"school": ["b", "a", "a", None], "pre": [1.0, 2, 3, 4], "post": [2.0, 3, 3, 4]})
    assert make_sums(evidence.table(rows), plan_of(PLAN)).schools == ("a", "b")
