"""What cannot be estimated is a named error or None with a note, never a number and never a traceback."""

import math

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from driegesprek import evidence
from driegesprek.evidence import EvidenceError, Margin
from driegesprek.evidence.raking import read_margins


def table(**columns):
    return evidence.table(pa.table(columns))


def invented(n=60, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    return {
        "x": x,
        "y": x + rng.normal(size=n),
        "sex": rng.choice(["f", "m"], n).tolist(),
        "school": [f"s{i % 6}" for i in range(n)],
        "class": [str(i % 2) for i in range(n)],
        "same": [3.0] * n,
        "nothing": pa.nulls(n),
        "one": ["all"] * n,
        "q1": rng.integers(1, 6, n),
        "q2": rng.integers(1, 6, n),
    }


DATA = table(**invented())


@pytest.mark.parametrize(
    ("code", "of"),
    [
        ("single_item", lambda d: evidence.scale(d, items=["q1"])),
        ("no_variance", lambda d: evidence.scale(d, items=["q1", "same"])),
        ("no_data", lambda d: evidence.scale(d, items=["q1", "nothing"])),
        ("twice", lambda d: evidence.scale(d, items=["q1", "q1"])),
        ("unknown_variable", lambda d: evidence.scale(d, items=["q1", "q9"])),
        ("not_numeric", lambda d: evidence.scale(d, items=["q1", "sex"])),
        ("no_variance", lambda d: evidence.regress(d, outcome="same", blocks="x")),
        ("no_data", lambda d: evidence.regress(d, outcome="nothing", blocks="x")),
        ("no_data", lambda d: evidence.regress(d, outcome="y", blocks="x+nothing")),
        ("bad_terms", lambda d: evidence.regress(d, outcome="y", blocks="x;;sex")),
        ("bad_terms", lambda d: evidence.regress(d, outcome="y", blocks="x:sex")),
        ("bad_terms", lambda d: evidence.regress(d, outcome="y", blocks="y")),
        ("bad_terms", lambda d: evidence.regress(d, outcome="y", blocks="x**sex")),
        ("bad_terms", lambda d: evidence.regress(d, outcome="y", blocks="x;x:sex*z")),
        ("not_numeric", lambda d: evidence.regress(d, outcome="sex", blocks="x")),
        ("unknown_level", lambda d: evidence.regress(d, outcome="y", blocks="sex", reference={"sex": "q"})),
        ("bad_contrast", lambda d: evidence.regress(d, outcome="y", blocks="x", contrasts={"a": "z"})),
        ("one_cluster", lambda d: evidence.mixed(d, outcome="y", group="one")),
        ("one_cluster", lambda d: evidence.mixed(d, outcome="y", group="school,one")),
        ("no_variance", lambda d: evidence.mixed(d, outcome="same", group="school")),
        ("no_data", lambda d: evidence.mixed(d, outcome="nothing", group="school")),
        ("no_variance", lambda d: evidence.crosstab(d, rows="q1", cols="one")),
        ("no_data", lambda d: evidence.crosstab(d, rows="q1", cols="nothing")),
        ("one_cluster", lambda d: evidence.crosstab(d, rows="q1", cols="sex", cluster="one")),
        ("one_cluster", lambda d: evidence.weights(d, mean=["y"], cluster="one")),
        ("empty_cell", lambda d: evidence.weights(d, margins=[Margin("sex", s, 5) for s in "fmx"])),
        ("unknown_level", lambda d: evidence.weights(d, margins=[Margin("sex", "f", 5)])),
        ("no_data", lambda d: evidence.change(d, pre="x", post="nothing")),
        ("bad_option", lambda d: evidence.power(d, effect=0.3)),
        ("bad_option", lambda d: evidence.power(d, effect=0, icc=0.1, size=20)),
    ],
)
def test_named_error(code, of):
    with pytest.raises(EvidenceError) as error:
        of(DATA)
    assert error.value.code == code


@pytest.mark.parametrize(
    "of",
    [
        lambda d: evidence.scale(d, items=["q1", "q2"]),
        lambda d: evidence.regress(d, outcome="y", blocks="x+sex", cluster="school"),
        lambda d: evidence.mixed(d, outcome="y", fixed="x", group="school,class"),
        lambda d: evidence.crosstab(d, rows="q1", cols="sex", cluster="school"),
        lambda d: evidence.weights(d, mean=["y"]),
        lambda d: evidence.change(d, pre="x", post="y", cluster="school"),
    ],
)
def test_a_file_without_rows_is_no_data(of):
    with pytest.raises(EvidenceError) as error:
        of(evidence.table(pa.table(invented()).slice(0, 0)))
    assert error.value.code == "no_data"


def test_two_terms_that_cannot_be_told_apart_have_no_coefficient():
    d = table(**invented(), twice=2 * invented()["x"] + 5)
    found = {one.term: one for one in evidence.regress(d, outcome="y", blocks="x+sex;twice").coefficients}
    assert (found["x"].b, found["twice"].b, found["(Intercept)"].b) == (None, None, None)
    assert found["twice"].note == "cannot be estimated"
    assert found["sex=m"].b is not None


def test_a_term_that_does_not_vary_has_no_coefficient():
    found = {one.term: one for one in evidence.regress(DATA, outcome="y", blocks="x+same").coefficients}
    assert found["same"].b is None
    assert found["x"].b is not None


def test_an_empty_cell_has_no_interaction_and_the_others_stay():
    d = table(
        y=[1.0, 2, 3, 4, 5, 7, 8, 9.5],
        a=["n", "n", "n", "n", "y", "y", "y", "y"],
        b=["n", "n", "y", "y", *"nnnn"],
    )
    found = evidence.regress(d, outcome="y", blocks="a+b;a:b")
    assert {one.term: one.b is None for one in found.coefficients} == {
        "(Intercept)": False,
        "a=y": False,
        "b=y": False,
        "a=y:b=y": True,
    }
    assert found.type3[-1].f is None
    assert found.blocks[-1].f_change is None


def test_one_cluster_has_no_robust_error():
    found = evidence.regress(DATA, outcome="y", blocks="x", cluster="one")
    assert all(one.se_cr2 is None and one.p is None for one in found.coefficients)
    assert found.notes


def test_a_perfect_fit_has_no_error():
    d = table(x=[1.0, 2, 3, 4, 5], y=[2.0, 4, 6, 8, 10])
    found = evidence.regress(d, outcome="y", blocks="x")
    assert found.coefficients[1].b == pytest.approx(2)
    assert (found.coefficients[1].se, found.type3[0].f, found.blocks[0].f_change) == (None, None, None)


def test_too_many_terms_for_the_respondents():
    with pytest.raises(EvidenceError, match="Use fewer terms"):
        evidence.regress(table(x=[1.0, 2], y=[2.0, 5]), outcome="y", blocks="x")


def test_two_items_have_no_omega():
    found = evidence.scale(DATA, items=["q1", "q2"])
    assert found.omega is None
    assert found.notes


def test_everybody_changed_equally():
    found = evidence.change(table(a=[1.0, 2, 3], b=[2.0, 3, 4]), pre="a", post="b")
    assert (found.difference.mean, found.difference.se, found.effect_dz.d) == (1, None, None)


def test_raking_that_cannot_reach_its_margins_says_so():
    d = table(a=["x", "y"], b=["p", "q"])
    margins = [Margin("a", "x", 10), Margin("a", "y", 90), Margin("b", "p", 60), Margin("b", "q", 40)]
    assert evidence.weights(d, margins=margins).converged is False


def test_an_all_missing_column_is_described_as_missing():
    one = evidence.describe(DATA, items=["nothing"]).variables[0]
    assert (one.n, one.mean, one.missing) == (0, None, {"not_recorded": 60})


def test_json_holds_no_number_that_is_none():
    found = evidence.regress(DATA, outcome="y", blocks="x+same", cluster="one").to_json()
    assert "NaN" not in found
    assert "Infinity" not in found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"\xff\xfe\x00\x01"),
        ("a.csv", b"a,b\n1,2\n1,2,3\n"),
        ("a.csv", b"a,a\n1,2\n"),
        ("a.sav", b"nothing"),
        ("a.parquet", b"PAR1nothingPAR1"),
        ("a.xyz", b"a"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_named_error(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EvidenceError):
        evidence.load(tmp_path / name).rows()


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("a,b\n1,2\n3,4,5\n6,7\n", 3, "Leave out the separators"),
        ("a,b\n1,2,\n3,4,\n", 2, "Leave out the separators"),
        ("a;b;c\n1;2;3\n\n3;4\n", 4, "Add the separators"),
        ('a,b\n1,"x\n2,y\n3,z\n', 2, "Close it"),
        ('a,b\n1,"x\n2,y\n3,"z"\n4,5\n', 2, "Close it"),
        ('a;b\n1,5;2\n"3;4\n', 3, "Close it"),
    ],
)
def test_a_row_that_does_not_fit_is_told_by_its_line_with_what_to_do(tmp_path, text, line, remedy):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(EvidenceError) as raised:
        evidence.load(path)
    assert f"line {line}:" in str(raised.value)
    assert remedy in str(raised.value)


def test_a_quote_inside_a_text_and_a_text_of_two_lines_are_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"x\n2,y"\n3,5" wide\n')
    assert evidence.load(path).rows() == 2


@pytest.mark.parametrize("value", ["1e308", "-1e200", "1e400", "inf"])
@pytest.mark.filterwarnings("error")
def test_a_number_of_which_the_square_is_none_is_a_named_error(tmp_path, value):
    path = tmp_path / "a.csv"
    path.write_text(f"a,b,w,g\n1,2,1,x\n{value},1,1,y\n2,3,{value.strip('-')},x\n4,4,1,y\n")
    data = evidence.load(path)
    for of in (
        lambda: evidence.describe(data, items=["a"]),
        lambda: evidence.describe(data, items=["b"], weights="w"),
        lambda: evidence.scale(data, items=["a", "b"]),
        lambda: evidence.change(data, pre="b", post="a"),
        lambda: evidence.regress(data, outcome="b", blocks="a"),
        lambda: evidence.regress(data, outcome="b", blocks="g", weights="w"),
        lambda: evidence.mixed(data, outcome="a", group="g"),
        lambda: evidence.crosstab(data, rows="b", cols="g", weights="w"),
        lambda: evidence.weights(data, weights="w", mean=["b"]),
    ):
        with pytest.raises(EvidenceError) as raised:
            of()
        assert raised.value.code == "too_large"


def test_text_and_dutch_decimals_and_missing_in_a_csv(tmp_path):
    (tmp_path / "a.csv").write_bytes("naam;cijfer;klas\nZoë;7,5;2A\nBo;NA;2B\n;6,0;2A\n".encode("cp1252"))
    d = evidence.load(tmp_path / "a.csv")
    assert {name: column.category for name, column in d.columns.items()} == {
        "naam": True,
        "cijfer": False,
        "klas": True,
    }
    found = {one.name: one for one in evidence.describe(d).variables}
    assert (found["cijfer"].mean, found["cijfer"].missing) == (6.75, {"not_recorded": 1})
    assert found["naam"].n == 2


def test_user_missing_of_a_sav_is_missing_with_its_label(tmp_path):
    import pandas as pd  # noqa: PLC0415
    import pyreadstat  # noqa: PLC0415

    frame = pd.DataFrame({"q": [1.0, 2.0, 9.0, None], "x": [1.0, 2.0, 3.0, 4.0]})
    labels = {"q": {1.0: "no", 2.0: "yes", 9.0: "refused"}}
    pyreadstat.write_sav(
        frame, str(tmp_path / "a.sav"), variable_value_labels=labels, missing_ranges={"q": [9.0]}
    )
    d = evidence.load(tmp_path / "a.sav")
    assert d.columns["q"].category
    one = evidence.describe(d, items=["q"]).variables[0]
    assert [(level.level, level.label, level.n) for level in one.levels] == [("1", "no", 1), ("2", "yes", 1)]
    assert one.missing == {"refused": 1, "not_recorded": 1}


def test_parquet_gives_the_same_as_csv(tmp_path):
    held = {name: values for name, values in invented().items() if name != "nothing"}
    pq.write_table(pa.table(held), tmp_path / "a.parquet")
    d = evidence.load(tmp_path / "a.parquet")
    one, other = (evidence.regress(each, outcome="y", blocks="x+sex", cluster="school") for each in (d, DATA))
    assert one == other


def test_far_from_zero_loses_no_digits():
    held = invented()
    moved = table(**(held | {"x": np.asarray(held["x"]) + 1e8, "y": np.asarray(held["y"]) - 1e7}))
    one, other = (
        evidence.regress(d, outcome="y", blocks="x", cluster="school").coefficients[1] for d in (DATA, moved)
    )
    assert math.isclose(one.b, other.b, rel_tol=1e-6)
    assert math.isclose(one.se_cr2, other.se_cr2, rel_tol=1e-6)


BOOK = """{"format": "driegesprek.codebook", "version": 1, "title": "t", "source": "s", "variables": [
 {"name": "q", "label": {"en": "Q"}, "kind": "single", "values": [
  {"code": "3", "label": {"en": "much"}, "order": 1}, {"code": "1", "label": {"en": "little"}, "order": 2}]},
 {"name": "said", "label": {"en": "Said"}, "kind": "text", "values": []},
 {"name": "age", "label": {"en": "Age"}, "kind": "integer",
  "values": []}]}"""


def test_a_codebook_beside_a_text_file_says_what_its_codes_are(tmp_path):
    (tmp_path / "a.csv").write_text("q,said,age\n3,ja,12\n1,nee,13\n3,ja,14\n", encoding="utf-8")
    (tmp_path / "a.codebook.json").write_text(BOOK, encoding="utf-8")
    one, said, age = evidence.describe(evidence.load(tmp_path / "a.csv")).variables
    assert [(level.level, level.label, level.n) for level in one.levels] == [
        ("3", "much", 2),
        ("1", "little", 1),
    ]
    assert (said.category, age.category, age.mean) == (True, False, 13.0)
    (tmp_path / "a.codebook.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EvidenceError, match=r"a\.csv"):
        evidence.load(tmp_path / "a.csv")


def test_a_codebook_inside_a_parquet_file_is_used(tmp_path):
    held = pa.table({"q": ["3", "1"], "said": ["ja", "nee"], "age": [12, 13]})
    pq.write_table(held.replace_schema_metadata({"driegesprek.codebook": BOOK}), tmp_path / "a.parquet")
    assert evidence.load(tmp_path / "a.parquet").column("q").levels == ("3", "1")


def test_a_scale_with_labels_at_its_ends_only_is_in_the_order_of_its_numbers(tmp_path):
    pd, pyreadstat = pytest.importorskip("pandas"), pytest.importorskip("pyreadstat")
    frame = pd.DataFrame({"q": [1.0, 5, 3, 2, 4, 3], "x": list("ababab")})
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"), variable_value_labels={"q": {1.0: "no", 5.0: "yes"}})
    data = evidence.load(tmp_path / "a.sav")
    assert evidence.crosstab(data, rows="q", cols="x").rows == tuple("12345")
    assert [one.level for one in evidence.describe(data, items=["q"]).variables[0].levels] == list("12345")


def test_clusters_that_changed_equally_much_have_no_error():
    made = table(pre=[0.0] * 8, post=[1.0, 2.0, 3.0, 4.0] * 2, school=["a"] * 4 + ["b"] * 4)
    found = evidence.change(made, pre="pre", post="post", cluster="school")
    assert (found.difference.mean, found.difference.se, found.difference.p) == (2.5, None, None)
    assert found.notes == ("All clusters changed equally much: the error of the change cannot be estimated.",)


@pytest.mark.parametrize("cluster", [None, "school"])
def test_a_category_with_one_level_explains_nothing_and_is_no_crash(cluster):
    found = evidence.regress(DATA, outcome="y", blocks="one", cluster=cluster)
    assert (found.blocks[0].df1, found.blocks[0].p) == (0, None)
    assert found.coefficients[0].b == pytest.approx(np.mean(invented()["y"]))


def test_a_product_brings_its_parts_once_as_in_r():
    crossed = evidence.regress(DATA, outcome="y", blocks="x;sex*x")
    written = evidence.regress(DATA, outcome="y", blocks="x;sex+sex:x")
    assert crossed == written


def test_clusters_that_the_terms_explain_wholly_have_no_robust_error():
    """What rounding leaves of 0 is no error, and no p of 1e-49."""
    found = evidence.regress(DATA, outcome="y", blocks="school", cluster="school")
    assert {(one.se_cr2, one.p, one.note) for one in found.coefficients} == {
        (None, None, "cannot be estimated")
    }
    fixed = evidence.mixed(DATA, outcome="y", fixed="school", group="school").fixed
    assert {(one.se_cr2, one.p_cr2) for one in fixed} == {(None, None)}


def test_a_weighted_mean_of_numbers_or_clusters_that_do_not_differ_has_no_error():
    alike = table(y=[1.0, 2.0, 3.0] * 4, c=[str(i // 3) for i in range(12)], same=[7.1] * 12)
    found = evidence.weights(alike, mean=["y", "same"], cluster="c").mean
    assert [(one.estimate, one.se, one.ci) for one in found.values()] == [
        (pytest.approx(2.0), None, None),
        (pytest.approx(7.1), None, None),
    ]


def test_margins_as_a_dutch_spreadsheet_writes_them(tmp_path):
    path = tmp_path / "margins.csv"
    path.write_bytes("variable;level;total\r\nplaats;cité;10,5\r\nplaats;dorp;20,5\r\n".encode("cp1252"))
    assert [(one.level, one.total) for one in read_margins(path)] == [("cité", 10.5), ("dorp", 20.5)]


@pytest.mark.parametrize("weights", [[1e90] + [1.0] * 59, [1e-170] * 60])
def test_weights_that_cannot_be_added_are_refused_in_memory_and_where_the_rows_are(weights):
    data = table(**invented(), w=weights)
    for of in (
        lambda: evidence.crosstab(data, rows="q1", cols="sex", weights="w"),
        lambda: evidence.regress(data, outcome="y", blocks="x", weights="w"),
        lambda: evidence.scale(data, items=["q1", "q2"], weights="w"),
        lambda: evidence.weights(data, weights="w", mean=["y"]),
    ):
        with pytest.raises(EvidenceError) as raised:
            of()
        assert raised.value.code == "bad_weight"


def test_an_outcome_of_the_group_has_no_variance_that_a_random_intercept_could_share():
    columns = invented()
    columns["y"] = [float(school[1:]) for school in columns["school"]]
    with pytest.raises(EvidenceError) as raised:
        evidence.mixed(table(**columns), outcome="y", fixed="x", group="school")
    assert raised.value.code == "perfect_fit"


def test_items_that_are_the_same_have_an_alpha_of_one_without_interval():
    columns = invented()
    columns |= {"q2": columns["q1"], "w": np.linspace(1, 2, 60)}
    for weights in (None, "w"):
        found = evidence.scale(table(**columns), items=["q1", "q2"], weights=weights)
        assert found.alpha == pytest.approx(1)
        assert found.alpha_ci is None
        assert "interval" in " ".join(found.notes)
