"""Any form on paper: numbers, boxes, lines, and in words when a question is to be answered."""

import datetime as dt

import pytest
from tests.instruments.conftest import table

from driegesprek import content
from driegesprek.content import on_paper as module
from driegesprek.content.on_paper import Wanted, on_paper
from driegesprek.instruments import read

DAY = dt.date(2026, 11, 27)
SURVEY = """
| type | name | label::nl | label::ar | hint::nl | relevant | appearance | parameters | media::image | choice_filter |
| hidden | design | | | | | | | | |
| note | hello | Welkom | أهلا | | | | | | |
| select_one yn | eats | Eet je mee? | هل تأكل معنا؟ | Kies maar | | | | | |
| begin group | more | Over het eten | عن الطعام | | ${eats} = 'yes' | | | | |
| select_multiple food | likes | Wat vind je lekker? | ماذا تحب؟ | | | | | plate.png | |
| rank food | best | Wat eerst? | ما الأول؟ | | | | | | |
| end group | | | | | | | | | |
| integer | guests | Met hoeveel? | كم عددكم؟ | | ${eats} = 'yes' | | | | |
| text | who | Met wie, van de ${guests}? | مع من؟ | | ${eats} = 'yes' | multiline | | | |
| range | mark | Welk cijfer? | أي درجة؟ | | string-length(${who}) > 3 | | start=1 end=5 step=1 | | |
| range | far | Hoe ver? | كم بعيد؟ | | | | start=0 end=100 step=1 | | |
| date | day | Wanneer? | متى؟ | | ${design} = 'named' | | | | |
| acknowledge | sure | Klopt alles? | هل كل شيء صحيح؟ | | | | | | |
"""
CHOICES = """
| list_name | name | label::nl | label::ar | media::image |
| yn | yes | Ja | نعم | |
| yn | no | Nee | لا | |
| food | soup | Soep | حساء | soup.png |
| food | rice | Rijst | أرز | |
"""
SETTINGS = """
| form_title | default_language |
| Samen eten | nl |
"""
PICTURES = {"soup.png": "<svg>soup</svg>", "plate.png": "<svg>plate</svg>"}


@pytest.fixture(scope="module")
def form():
    return read(table(SURVEY, CHOICES, SETTINGS).encode(), name="eten")


def printed(form, language="nl", **more):
    return on_paper(form, Wanted(language=language, school="De Brug", **more), today=DAY)


def asks(leaf):
    return {one.label.text: one for one in leaf.asks}


def test_questions_are_numbered_and_notes_are_not(form):
    numbers = [(one.number, one.label.text) for one in printed(form).asks if not one.heading]
    assert [one for one in numbers if one[0]] == [
        ("1", "Eet je mee?"),
        ("2", "Wat vind je lekker?"),
        ("3", "Wat eerst?"),
        ("4", "Met hoeveel?"),
        ("5", "Met wie, van de \u2068(antwoord op vraag 4)\u2069?"),
        ("6", "Welk cijfer?"),
        ("7", "Hoe ver?"),
        ("8", "Klopt alles?"),
    ]
    assert numbers[0] == ("", "Welkom")


def test_what_is_answered_how(form):
    found = asks(printed(form, pictures=PICTURES))
    likes, best = found["Wat vind je lekker?"], found["Wat eerst?"]
    assert (likes.answered, [one.label.text for one in likes.options]) == ("several", ["Soep", "Rijst"])
    assert likes.picture == PICTURES["plate.png"]
    assert [one.picture for one in likes.options] == [PICTURES["soup.png"], ""]
    assert best.answered == "rank"
    assert [one.label.text for one in found["Welk cijfer?"].options] == list("12345")
    assert (found["Hoe ver?"].options, found["Hoe ver?"].lines) == ((), 1)
    assert "van 0 tot en met 100" in found["Hoe ver?"].how.text
    assert found["Met wie, van de \u2068(antwoord op vraag 4)\u2069?"].lines == 4
    assert len(found["Klopt alles?"].options) == 1


def test_when_in_words_once_above_questions_with_the_same_condition(form):
    found = asks(printed(form))
    told = "Alleen invullen als dit klopt: bij vraag 1 staat: “\u2068Ja\u2069”."
    assert found["Over het eten"].only_if.text == told
    assert found["Wat vind je lekker?"].only_if is None
    assert found["Vraag 4 tot en met 5"].only_if.text == told
    assert found["Met hoeveel?"].only_if is None
    assert found["Welk cijfer?"].only_if.text.startswith("Dit is niet voor iedereen.")


def test_what_a_round_switches_off_is_not_printed(form):
    assert "Wanneer?" not in asks(printed(form))
    assert "Wanneer?" in asks(printed(form, context={"design": "named"}))


def test_another_language_with_the_dutch_beneath(form):
    leaf = printed(form, "ar")
    assert (leaf.language, leaf.direction) == ("ar", "rtl")
    first = asks(leaf)["هل تأكل معنا؟"]
    assert first.label.dutch == "Eet je mee?"
    assert first.how.dutch == "Kruis één antwoord aan."
    assert (leaf.title.text, leaf.title.language) == ("Samen eten", "nl")
    assert "نعم" in asks(leaf)["عن الطعام"].only_if.text
    assert "Ja" in asks(leaf)["عن الطعام"].only_if.dutch


def test_a_form_without_names_of_languages(form):
    plain = read(table("| type | name | label |\n| text | a | كيف حالك؟ |").encode(), name="x")
    leaf = printed(plain, "default")
    assert (leaf.language, leaf.direction) == ("und", "rtl")


def test_more_choices_than_fit_are_written():
    many = "\n".join(f"| m | c{n} | Gemeente {n} |" for n in range(342))
    found = read(
        table(
            "| type | name | label |\n| select_one m | a | Waar? |", f"| list_name | name | label |\n{many}"
        ).encode(),
        name="x",
    )
    (only,) = printed(found, "nl").asks
    assert (only.options, only.lines, only.answered) == ((), 1, "lines")


def test_it_says_that_it_was_not_validated_and_that_paper_does_not_count_by_itself(form):
    intro = [one.text for one in printed(content.instrument("parent_roles")).intro]
    assert any("niet gevalideerd" in one for one in intro)
    assert any("telt nog niet mee" in one for one in intro)
    assert any("Wat je hier opschrijft" in one.text for one in printed(form, voice="pupil").intro)


@pytest.mark.parametrize("key", ["parent_survey", "citydeal_pupil_post", "seven_worlds_adult"])
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_of_ours_every_condition_is_told_in_words(key, language):
    leaf = printed(content.instrument(key), language, context={"design": "pseudonymous"})
    unclear = content.text("form.unclear", language).text
    assert not [one.label.text for one in leaf.asks if one.only_if and one.only_if.text == unclear]
    assert max(len(one.options) for one in leaf.asks) < module.MOST_CHOICES


def test_a_scale_stands_in_a_row_and_columns_are_as_the_form_wants():
    survey = """
    | type | name | label::nl | appearance | parameters |
    | select_one agree | scale | Ik weet het | likert | |
    | select_one agree | two | Twee | columns-2 | |
    | select_one long | long | Lang | likert | |
    | range | mark | Cijfer | | start=0 end=10 |
    """
    words = {
        "agree": ("oneens", "niet eens, niet oneens", "eens"),
        "long": ("verantwoordelijkheidsgevoel",) * 4,
    }
    rows = (
        f"| {name} | {place} | {word} |" for name, all_ in words.items() for place, word in enumerate(all_)
    )
    choices = "\n".join(("| list_name | name | label::nl |", *rows))
    found = asks(printed(read(table(survey, choices, SETTINGS).encode(), name="schaal")))
    assert [found[one].scale for one in ("Ik weet het", "Twee", "Lang", "Cijfer")] == [
        True,
        False,
        False,
        True,
    ]
    assert found["Twee"].columns == 2
