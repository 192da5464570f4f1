"""The parent survey in the structure of SEOR: every route is walked, every question reached, none wrongly."""

import csv
from datetime import date
from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driegesprek import content, instruments
from driegesprek.instruments import Kind

FORM = "parent_survey"
TODAY = date(2026, 11, 26)
ITEMS = ("difficulty", "subjects", "job", "talents", "wishes", "further")
DIRECTIONS = ("tech", "zw", "eco", "land")
STATEMENTS = (
    "many_directions",
    "unsafe",
    "aptitude",
    "girls",
    "looked_down",
    "importance_grows",
    "pay",
    "heavy",
)
TECHNICAL = {"bwi", "mat", "mvi", "mt", "pie"}
VOCATIONAL = ("bb", "kb", "gl")


def play(answers, **context):
    given_answers = {f"/{name}": value for name, value in answers.items() if value}
    return instruments.play(content.instrument(FORM), given_answers, today=TODAY, context=context)


def asked(answers, **context):
    return [path.removeprefix("/") for path in play(answers, **context).asked]


def expected(answers, **context):
    """What is to be asked, written from the print and the notes, not from the form."""
    return [*_opening(answers), *(_body(answers, context) if _is_meant(answers) else [])]


def _is_meant(answers):
    return answers.get("chose") == "yes" and answers.get("track") in {*VOCATIONAL, "tl"}


def _opening(answers):
    yield from ("begin", "chose")
    if answers.get("chose") == "yes":
        yield "track"
    if answers.get("chose") == "no" or answers.get("track") in {"havo", "vwo"}:
        yield "not_meant"


def _body(answers, context):
    yield from _choice(answers)
    yield from _influence(answers)
    yield from _information(answers)
    yield from _image()
    yield from _person(answers, context)
    yield "tips"
    if context.get("draw") == "yes":
        yield "draw_note"
    yield "finish"


def _with_other(answers, name):
    yield name
    if "other" in (answers.get(name) or []):
        yield f"{name}_other"


def _choice(answers):
    end = "" if answers["track"] in VOCATIONAL else "_tl"
    yield from _with_other(answers, f"profile{end}")
    yield "doubt"
    if answers.get("doubt") == "doubt":
        yield from _with_other(answers, f"wavered{end}")
    if answers.get(f"profile{end}") not in {*TECHNICAL, "tech"}:
        yield "offered"


def _influence(answers):
    yield "influence"
    if answers.get("influence") in {"none", "little"}:
        yield from _with_other(answers, "why_little")
    if answers.get("influence") in {"some", "much"}:
        yield from _with_other(answers, "why_much")


def _information(answers):
    yield "sought"
    if answers.get("sought") in {"a_little", "much"}:
        yield from _with_other(answers, "source")
    yield from (f"important_{one}" for one in ITEMS)
    yield "important_other"
    yield from (f"picture_{one}" for one in ITEMS if answers.get(f"important_{one}") in {"4", "5"})


def _image():
    yield from (f"difficult_{one}" for one in DIRECTIONS)
    yield from (f"work_{one}" for one in DIRECTIONS)
    yield from ("more", "first_1", "first_2", "first_3", "appealing")
    yield from (f"agree_{one}" for one in STATEMENTS)


def _person(answers, context):
    yield "who"
    if answers.get("who") == "carer":
        yield "gender"
    yield "diploma"
    yield from _with_other(answers, "direction")
    yield "works"
    if answers.get("works") == "yes":
        yield "occupation"
    if context.get("consent_origin") == "yes":
        yield "born_abroad"
    if answers.get("who") != "both":
        yield from _with_other(answers, "marital")
    yield from ("children", "postcode")


def walk(answers, **context):
    found = asked(answers, **context)
    assert found == expected(answers, **context), (answers, context)
    return found


def names(question):
    return [one.name for one in content.instrument(FORM).questions[f"/{question}"].choices]


def test_who_chose_no_profile_or_is_in_havo_or_vwo_is_thanked_and_asked_no_more():
    for chose, track in product(["", "yes", "no"], ["", *names("track")]):
        walk({"chose": chose, "track": track if chose == "yes" else ""})
    assert asked({"chose": "no"}) == ["begin", "chose", "not_meant"]
    assert asked({"chose": "yes", "track": "vwo"})[-1] == "not_meant"


def routes_of_the_choice():
    """Every track with every profile, doubt or none, between one or another profile."""
    for track in (*VOCATIONAL, "tl"):
        end = "_tl" if track == "tl" else ""
        wavers = [("doubt", ["other"]), ("doubt", ["zw"]), ("doubt", ""), ("clear", ""), ("", "")]
        for profile, (doubt, wavered) in product(["", *names(f"profile{end}")], wavers):
            answers = {"chose": "yes", "track": track, f"profile{end}": profile}
            yield answers | {"doubt": doubt, f"wavered{end}": wavered}


def routes_of_the_influence():
    reasons = {"none": "why_little", "little": "why_little", "some": "why_much", "much": "why_much"}
    for track, influence, why in product(("bb", "tl"), ["", *names("influence")], ["", ["marks"], ["other"]]):
        answers = {"chose": "yes", "track": track, "influence": influence}
        yield answers | ({reasons[influence]: why} if influence in reasons else {})


def routes_of_the_information():
    """Every set of subjects that are important, with answers below and above the border in turn."""
    answers = ["", *names("important_job")]
    for sought, pattern in product(["", *names("sought")], range(2 ** len(ITEMS))):
        important = {
            f"important_{one}": answers[4 + (pattern + place) % 2]
            if pattern >> place & 1
            else answers[(0, 1, 2, 3, 6)[(pattern + place) % 5]]
            for place, one in enumerate(ITEMS)
        }
        source = ["school", "other"] if pattern % 2 and sought in {"a_little", "much"} else ""
        yield {"chose": "yes", "track": "kb", "sought": sought, "source": source} | important


def routes_of_the_person():
    for who, marital in product(*(["", *names(one)] for one in ("who", "marital"))):
        for works, direction in product(["", "yes", "no"], ["", ["tech", "other"], ["none"]]):
            answers = {"chose": "yes", "track": "tl", "who": who, "works": works, "direction": direction}
            yield answers | {"marital": marital if who != "both" else ""}


def test_every_route_is_walked_every_question_reached_and_none_wrongly():
    reached = set(asked({"chose": "no"}))
    for answers in chain(
        routes_of_the_choice(), routes_of_the_influence(), routes_of_the_information(), routes_of_the_person()
    ):
        reached.update(walk(answers))
    for consent, draw in product(["", "yes"], ["", "yes"]):
        reached.update(walk({"chose": "yes", "track": "gl"}, consent_origin=consent, draw=draw))
    questions = content.instrument(FORM).questions.values()
    assert {one.name for one in questions if one.kind.shown} == reached


def _answers():
    form = content.instrument(FORM).questions.values()
    one = {
        q.name: st.sampled_from(["", *(c.name for c in q.choices)]) for q in form if q.kind is Kind.SELECT_ONE
    }
    many = {
        q.name: st.lists(st.sampled_from([c.name for c in q.choices]), max_size=1)
        for q in form
        if q.kind is Kind.SELECT_MULTIPLE and q.name != "appealing"
    }
    return st.fixed_dictionaries(
        one | many | {"chose": st.just("yes"), "track": st.sampled_from(["bb", "tl"])}
    )


@settings(max_examples=40)
@given(_answers())
def test_whatever_else_is_answered_the_same_questions_are_asked(answers):
    relevant = {name: value for name, value in answers.items() if name in expected(answers)}
    assert asked(answers) == expected(relevant)


def test_only_the_first_two_questions_must_be_answered():
    assert [one.name for one in content.instrument(FORM).questions.values() if one.required] == [
        "chose",
        "track",
    ]
    assert play({"chose": "yes", "track": "bb"}).complete
    assert play({"chose": "no"}).complete


@pytest.mark.parametrize(
    ("answers", "refused"),
    [
        ({"appealing": ["robot", "app", "solar"]}, "appealing"),
        ({"appealing": ["robot", "app", "solar", "welder", "printer"]}, "appealing"),
        ({"doubt": "doubt", "wavered": ["zw", "dont_know"]}, "wavered"),
        ({"direction": ["tech", "none"]}, "direction"),
        ({"postcode": "999"}, "postcode"),
        ({"children": "0"}, "children"),
        ({"tips": "x" * 2001}, "tips"),
    ],
)
def test_what_cannot_be_is_refused_in_every_language(answers, refused):
    state = play({"chose": "yes", "track": "bb"} | answers)
    assert set(state.refused) == {f"/{refused}"}
    assert set(state.refused[f"/{refused}"]) == {language.code for language in content.LANGUAGES}


def test_four_of_eight_pictures_each_with_words_and_a_drawing_of_its_own():
    choices = content.instrument(FORM).questions["/appealing"].choices
    assert len(choices) == len({next(iter(one.media.values())) for one in choices}) == 8
    for one in choices:
        assert set(one.label) == {language.code for language in content.LANGUAGES}
        assert next(iter(one.media.values())) in content.catalogue.icon_names()
    assert play({"chose": "yes", "track": "bb", "appealing": [one.name for one in choices[:4]]}).complete


def test_official_names_of_profiles_stay_dutch_in_every_language():
    questions = content.instrument(FORM).questions
    labels = {one.name: one.label for one in questions["/profile"].choices}
    for profile in content.catalogue.profiles():
        if profile.track == "beroepsgericht":
            assert set(labels[profile.key].values()) == {profile.name}
    assert len(set(labels["dont_know"].values())) == 6
    assert content.instrument_texts(FORM, "ar")["choices.profile.zw.label"].status == "original"


def test_it_is_never_asked_by_name_and_origin_only_with_consent():
    assert content.instrument(FORM).settings["designs"].split() == ["pseudonymous", "anonymous"]
    assert "born_abroad" not in asked({"chose": "yes", "track": "bb"})


def test_where_the_print_contradicts_itself_the_notes_say_what_was_chosen():
    notes = {one.about: one for one in content.instrument_notes(FORM)}
    assert {"source", "q8", "q9", "q21", "q33"} <= notes.keys()
    assert "567" in notes["q8"].text("nl")
    assert notes["q8"].text("en") != notes["q8"].text("nl")
    assert content.instrument_notes("paper_words") == ()


def _numbered():
    """Names of the questions of each number, without the fields for another answer."""
    found = {}
    for one in content.instrument(FORM).questions.values():
        if "number" in one.extra and not one.name.endswith("_other"):
            found.setdefault(int(one.extra["number"]), []).append(one)
    found[15] = [content.instrument(FORM).questions["/important_other"]]
    return found


def facts(shared, name):
    with (shared / "facts" / f"seor2020_questionnaire_{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
def test_all_33_questions_have_the_options_of_the_print(shared):
    numbered = _numbered()
    assert sorted(numbered) == list(range(1, 34))
    assert [number for number in numbered if number != 15] == [n for n in range(1, 34) if n != 15]
    for row in facts(shared, "structure"):
        ours = numbered[int(row["question"])]
        if row["type"] in {"single", "multiple", "image choice", "matrix"}:
            assert {len(one.choices) for one in ours} == {int(row["n_options"])}, row["question"]
        if row["n_items"].isdigit():
            assert len(ours) == int(row["n_items"]), row["question"]


@pytest.mark.shared
def test_the_codes_are_those_of_the_facts(shared):
    # "prefer not to say" is called no_answer in all our instruments.
    ours = {"not_say": "no_answer"}
    numbered = _numbered()
    printed = {}
    for row in facts(shared, "options"):
        if row["kind"] != "item":
            printed.setdefault(int(row["question"]), []).append(ours.get(row["code"], row["code"]))
    for number, codes in printed.items():
        for one in numbered[number]:
            assert [choice.name for choice in one.choices] == codes, number


START = {"chose": "yes", "track": "bb"}
ROUTES = {
    ("1", "yes"): [{"chose": "yes"}],
    ("1", "no"): [{"chose": "no"}],
    ("2", "bb|kb|gl"): [{"chose": "yes", "track": one} for one in VOCATIONAL],
    ("2", "tl"): [{"chose": "yes", "track": "tl"}],
    ("2", "havo|vwo"): [{"chose": "yes", "track": one} for one in ("havo", "vwo")],
    ("4", "any"): [{"chose": "yes", "track": "tl", "profile_tl": "zw"}],
    ("5", "clear"): [START | {"profile": "pie", "doubt": "clear"}],
    ("5", "doubt and bb|kb|gl"): [START | {"doubt": "doubt", "track": one} for one in VOCATIONAL],
    ("5", "doubt and tl"): [{"chose": "yes", "track": "tl", "doubt": "doubt"}],
    ("6", "any"): [START | {"doubt": "doubt", "wavered": ["zw"]}],
    ("7", "any"): [{"chose": "yes", "track": "tl", "doubt": "doubt", "wavered_tl": ["zw"]}],
    ("8", "any"): [START | {"offered": "no"}],
    ("9", "none|little"): [START | {"influence": one} for one in ("none", "little")],
    ("9", "some|much"): [START | {"influence": one} for one in ("some", "much")],
    ("9", "dont_know"): [START | {"influence": "dont_know"}],
    ("10", "any"): [START | {"influence": "none", "why_little": ["self"]}],
    ("11", "any"): [START | {"influence": "much", "why_much": ["talked"]}],
    ("12", "little_none"): [START | {"sought": "little_none"}],
    ("12", "a_little|much"): [START | {"sought": one} for one in ("a_little", "much")],
    ("14", "any"): [START],
    ("14", "item important or very important"): [START | {"important_job": one} for one in ("4", "5")],
    ("22", "father|mother"): [START | {"who": one} for one in ("father", "mother")],
    ("22", "carer"): [START | {"who": "carer"}],
    ("22", "both"): [START | {"who": "both"}],
    ("26", "yes"): [START | {"works": "yes"}],
    ("26", "no"): [START | {"works": "no"}],
}


def _numbers_asked(answers):
    questions = content.instrument(FORM).questions
    with_consent = asked(answers, consent_origin="yes", draw="yes")
    numbers = [questions[f"/{name}"].extra.get("number", "") for name in with_consent]
    return [*dict.fromkeys(filter(None, numbers)), "end"]


@pytest.mark.shared
def test_every_printed_route_leads_where_the_print_says(shared):
    rows = facts(shared, "routing")
    assert {(row["from_question"], row["answer_code"]) for row in rows} == set(ROUTES)
    for row in rows:
        for answers in ROUTES[row["from_question"], row["answer_code"]]:
            numbers = _numbers_asked(answers)
            if "for that item" in row["to"]:
                assert [name for name in asked(answers) if name.startswith("picture_")] == ["picture_job"]
                continue
            following = numbers[numbers.index(row["from_question"]) + 1]
            wanted = row["to"].split()[0].removeprefix("Q")
            assert following == wanted, row
            if row["to"] == "Q3 then Q5":
                assert numbers[numbers.index("3") + 1] == "5"
            if "skip Q29" in row["to"]:
                assert "29" not in numbers
