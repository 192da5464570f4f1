import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.tables.codebook import Codebook, CodebookError, Kind, Missing, Value, Variable

INFORMED = Variable(
    "informed",
    {"nl": "Weet u genoeg?", "ar": "هل تعرف ما يكفي؟"},
    Kind.SINGLE,
    (Value("no", {"nl": "Nee"}, 1), Value("yes", {"nl": "Ja", "ar": "نعم"}, 2)),
)
QUALITIES = Variable(
    "qualities", {"nl": "Kies drie"}, Kind.MULTIPLE, tuple(Value(c) for c in "abcd"), least=3, most=3
)
BOOK = Codebook(
    "Ronde 1", "quick check, version 1", (INFORMED, QUALITIES, Variable("age", kind=Kind.INTEGER))
)

names = st.text(string.ascii_lowercase, min_size=1, max_size=8)
labels = st.dictionaries(st.sampled_from(["nl", "ar", "pt-BR"]), st.text(max_size=20), max_size=3)
codes = st.text(min_size=1, max_size=5).filter(lambda code: code == code.strip() and code != "missing")
values = st.lists(st.builds(Value, codes, labels, st.integers(0, 9)), min_size=1, unique_by=lambda v: v.code)
variables = st.builds(Variable, names, labels, st.sampled_from(Kind), values.map(tuple), st.text(max_size=5))
books = st.builds(
    Codebook, st.text(), st.text(), st.lists(variables, max_size=4, unique_by=lambda v: v.name).map(tuple)
)


@given(books)
def test_json_gives_back_exactly_the_codebook_and_the_text(book):
    text = book.to_json()
    assert Codebook.from_json(text) == book
    assert Codebook.from_json(text).to_json() == text


def test_json_form_is_the_documented_one():
    document = json.loads(BOOK.to_json())
    assert (document["format"], document["version"]) == ("driegesprek.codebook", 1)
    assert document["variables"][0] == {
        "name": "informed",
        "label": {"nl": "Weet u genoeg?", "ar": "هل تعرف ما يكفي؟"},
        "kind": "single",
        "values": [
            {"code": "no", "label": {"nl": "Nee"}, "order": 1},
            {"code": "yes", "label": {"nl": "Ja", "ar": "نعم"}, "order": 2},
        ],
    }
    assert document["variables"][1]["least"] == 3


def test_names_of_columns_follow_the_convention():
    assert INFORMED.columns == ("informed",)
    assert INFORMED.missing_column == "informed__missing"
    assert QUALITIES.columns == ("qualities__a", "qualities__b", "qualities__c", "qualities__d")


def test_labels_fall_back_over_the_languages_given_and_then_to_the_code():
    assert INFORMED.value_label("yes", "tr", "nl") == "Ja"
    assert INFORMED.value_label("no", "ar") == "no"
    assert INFORMED.text("ar") == "هل تعرف ما يكفي؟"
    assert Variable("age", kind=Kind.INTEGER).text("nl") == "age"


def test_codes_stand_in_the_order_of_the_scale():
    shuffled = Variable("q", values=(Value("c", order=3), Value("a", order=1), Value("b", order=2)))
    assert shuffled.codes == ("a", "b", "c")


def test_reasons_for_missing_have_stable_codes():
    expected = "not_asked skipped dont_know refused stopped invalid not_recorded"
    assert [str(reason) for reason in Missing] == expected.split()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Variable("q"), "'q' is of kind single and needs values"),
        (lambda: Variable("2q", kind=Kind.TEXT), "'2q': a name starts with a letter"),
        (lambda: Variable("q", values=(Value("1"), Value("1"))), "code of 'q', '1' stands twice"),
        (lambda: Variable("q", values=(Value(" 1"),)), "' 1' is empty or starts or ends with a space"),
        (
            lambda: Variable("q", kind=Kind.MULTIPLE, values=(Value("missing"),)),
            "cannot have the code 'missing'",
        ),
        (lambda: Variable("q", {"Nederlands": "x"}, Kind.TEXT), "'Nederlands' is not a language code"),
        (lambda: Variable("q", kind="likert"), "the kind 'likert' is not known. Use one of single,"),
        (lambda: Variable("q", values=(Value("1"),), most=1), "belong to a question with several answers"),
        (
            lambda: Variable("q", kind=Kind.MULTIPLE, values=(Value("1"),), least=2),
            "from 2 to 1 of 1 options is impossible",
        ),
        (lambda: Codebook("t", "s", (INFORMED, INFORMED)), "variable name 'informed' stands twice"),
        (
            lambda: Codebook("t", "s", (QUALITIES, Variable("qualities__a", kind=Kind.TEXT))),
            "column 'qualities__a' stands twice",
        ),
        (lambda: BOOK.variable("nothing"), "no variable 'nothing'. It has: informed, qualities, age."),
    ],
)
def test_a_contradiction_is_refused_with_where_and_why(make, message):
    with pytest.raises(CodebookError) as error:
        make()
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(format="x"), "This is not a codebook"),
        (lambda d: d.update(version=2), "has version 2; this program reads version 1"),
        (lambda d: d.pop("title"), "In the head of the codebook, 'title' should be of type str"),
        (lambda d: d.update(variables={}), "'variables' should be of type list"),
        (lambda d: d["variables"].append(7), "In variable 4 of the codebook, 'name' should be of type str"),
        (lambda d: d["variables"][0].update(kind=None), "In variable 'informed' of the codebook, 'kind'"),
        (lambda d: d["variables"][0].update(colour="red"), "'colour' is not known"),
        (lambda d: d["variables"][0]["values"][0].update(order=True), "'order' should be of type int"),
        (lambda d: d["variables"][0]["label"].update(nl=3), "'nl' should be of type str"),
    ],
)
def test_a_damaged_codebook_is_refused_with_the_place(change, message):
    document = json.loads(BOOK.to_json())
    change(document)
    with pytest.raises(CodebookError) as error:
        Codebook.from_json(json.dumps(document))
    assert message in str(error.value)


def test_what_is_not_json_is_refused():
    with pytest.raises(CodebookError, match="not JSON"):
        Codebook.from_json("{")
