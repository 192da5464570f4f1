import json

import pytest
from click.testing import CliRunner
from tests.evidence.against_r import PUPILS, R

from driegesprek.cli import main

COMMANDS = ("describe", "crosstab", "scale", "change", "regress", "mixed", "weights", "power")


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["evidence", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def run_json(*arguments, code=0):
    return json.loads(run(*arguments, "--json", code=code).stdout)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_a_worked_example(name):
    assert f"Example: driegesprek evidence {name}" in run(name, "--help").stdout


def test_keys_of_scale_are_those_that_are_documented():
    found = run_json("scale", PUPILS, "--items", "q1,q2,q3,q4,q5,q6", "--reverse", "q3")
    keys = [
        "n",
        "k",
        "alpha",
        "alpha_ci",
        "omega",
        "item_rest",
        "alpha_if_dropped",
        "omega_if_dropped",
        "mean",
        "sd",
    ]
    assert set(keys) <= set(found)
    assert found["alpha"] == pytest.approx(R["scale_listwise"]["alpha"])


def test_keys_of_regress_are_those_that_are_documented():
    found = run_json("regress", PUPILS, "--outcome", "post", "--blocks", "pre;sex", "--cluster", "school")
    assert {"n", "blocks", "coefficients", "type3"} <= set(found)
    assert {"terms", "r2", "r2_change", "f_change", "df1", "df2", "p"} <= set(found["blocks"][0])
    assert {"term", "b", "se", "se_cr2", "df_cr2", "ci", "p", "beta"} <= set(found["coefficients"][0])
    assert {"term", "df1", "df2", "f", "p", "partial_eta2"} <= set(found["type3"][0])


def test_reference_turns_a_coefficient_round():
    one, other = (
        run_json("regress", PUPILS, "--outcome", "post", "--blocks", "sex", "--reference", f"sex={level}")
        for level in ("boy", "girl")
    )
    assert one["coefficients"][1]["term"] == "sex=girl"
    assert one["coefficients"][1]["b"] == pytest.approx(-other["coefficients"][1]["b"])


def test_keys_of_mixed_weights_and_crosstab_are_those_that_are_documented(tmp_path):
    found = run_json("mixed", PUPILS, "--outcome", "post", "--fixed", "pre", "--group", "school,class")
    assert {"n", "fixed", "groups", "residual", "icc", "reml"} <= set(found)
    assert list(found["groups"]) == ["school", "class"]
    (tmp_path / "margins.csv").write_text(
        "variable,level,total\nsex,boy,480\nsex,girl,520\n", encoding="utf-8"
    )
    more = ("--margins", tmp_path / "margins.csv", "--mean", "post", "--total", "post", "--weights", "weight")
    found = run_json("weights", PUPILS, *more)
    assert {"mean", "total", "design_effect", "converged"} <= set(found)
    assert set(found["mean"]["post"]) >= {"estimate", "se"}
    found = run_json("crosstab", PUPILS, "--rows", "q1", "--cols", "sex")
    assert {"n", "cells", "chi2", "df", "p", "cramers_v", "comparisons"} <= set(found)


def test_an_error_has_its_name_and_no_traceback():
    assert run_json("scale", PUPILS, "--items", "q1", code=1)["error"]["code"] == "single_item"
    assert run_json("describe", "nowhere.csv", code=1)["error"]["code"] == "no_file"
    told = run("mixed", PUPILS, "--outcome", "sex", "--group", "school", code=1)
    assert "not_numeric" in told.stderr


def test_a_result_for_people_is_a_table():
    told = run("describe", PUPILS, "--items", "q1,sex").stdout
    assert "not_recorded 26" in told


def test_damaged_sums_are_refused_with_where_they_are_damaged(tmp_path):
    plan, sent = tmp_path / "plan.json", tmp_path / "brug.sums.json"
    statistic = {"kind": "regress", "name": "effect", "outcome": "post", "blocks": "pre"}
    plan.write_text(
        json.dumps({"format": "driegesprek.plan", "version": 1, "title": "", "statistics": [statistic]})
    )
    made = run_json("sums", PUPILS, "--plan", plan)
    made["parts"]["effect"]["clusters"][0]["cross"] = 7
    sent.write_text(json.dumps(made))
    said = run("combine", sent, code=1)
    assert "brug.sums.json: These sums cannot be read: parts → effect → clusters → 1 → cross" in said.output
