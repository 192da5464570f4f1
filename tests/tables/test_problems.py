"""Problems say where, what and what to do."""

import pytest

from driegesprek.tables import FileRefused, Findings, Message, Problem, messages

TEST = Message("test", "Fout: {value}.", "Wrong: {value}.", "Doe iets.", "Do something.")


def test_a_problem_is_one_line_with_place_message_and_remedy():
    problem = Problem("klas.xlsx", TEST, {"value": "x"}, sheet="Blad1", row=3, column="Klas")
    assert problem.text("nl") == "klas.xlsx, blad Blad1, rij 3, kolom Klas: Fout: x. Doe iets."
    assert problem.text("en") == "klas.xlsx, sheet Blad1, row 3, column Klas: Wrong: x. Do something."
    assert problem.as_json("en")["row"] == 3


def test_a_long_value_is_shortened_and_braces_in_it_do_no_harm():
    text = Problem("f", TEST, {"value": "{x}" * 100}).message("nl")
    assert len(text) < 100
    assert text.startswith("Fout: {x}{x}")


def test_findings_keep_each_problem_once_and_no_more_than_asked():
    findings = Findings(most=2)
    for row in (1, 1, 2, 3):
        findings.add(Problem("f", TEST, {"value": 1}, row=row))
    assert [problem.row for problem in findings.problems] == [1, 2]
    with pytest.raises(FileRefused) as refusal:
        findings.refuse()
    assert len(refusal.value.problems) == 2


def test_every_message_has_both_languages_and_the_same_parameters():
    declared = [value for value in vars(messages).values() if isinstance(value, Message)]
    assert len({message.code for message in declared}) == len(declared)
    for message in declared:
        assert message.nl
        assert message.en
        assert message.remedy_nl
        assert message.remedy_en
        assert message.nl.count("{") == message.en.count("{")
