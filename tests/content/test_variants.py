"""One source of rows gives a form before and after, in full and short."""

from driegesprek.content.variants import of_variant

ROWS = [
    {"name": "always", "minimum": "6", "minimum@short": "2"},
    {"name": "after", "only": "post", "label": "Na"},
    {"name": "long", "only": "full"},
    {"name": "both", "only": "post full"},
]


def names(*words):
    return [row["name"] for row in of_variant(ROWS, frozenset(words))]


def test_a_row_stands_in_the_variants_that_have_all_its_words():
    assert names("pre", "full") == ["always", "long"]
    assert names("post", "full") == ["always", "after", "long", "both"]
    assert names("post", "short") == ["always", "after"]
    assert names() == ["always"]


def test_a_cell_for_one_variant_takes_the_place_of_the_other_and_leaves_no_column_behind():
    assert next(of_variant(ROWS, frozenset({"short"}))) == {"name": "always", "minimum": "2"}
    assert next(of_variant(ROWS, frozenset({"full"}))) == {"name": "always", "minimum": "6"}


def test_the_cell_with_the_most_words_counts():
    row = {"title@post short": "d", "title@short": "c", "title@post": "b", "title": "a"}
    found = [
        next(of_variant([row], frozenset(words.split())))
        for words in ("pre full", "post full", "pre short", "post short")
    ]
    assert found == [{"title": "a"}, {"title": "b"}, {"title": "c"}, {"title": "d"}]


def test_the_rows_themselves_are_left_as_they_are():
    list(of_variant(ROWS, frozenset({"post"})))
    assert ROWS[1] == {"name": "after", "only": "post", "label": "Na"}
    assert next(of_variant(ROWS[1:], frozenset({"post"}))) == {"name": "after", "label": "Na"}
