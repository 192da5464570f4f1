"""Words of school lists: languages, tracks, relations, dates, numbers, names."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driegesprek.roster import contact, names, words


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Nederlands", "nl"), ("nl", "nl"), ("NL", "nl"), ("nl-NL", "nl"), ("nld", "nl"), ("dut", "nl"),
        ("Turks", "tr"), ("Türkçe", "tr"), ("tur", "tr"), ("Arabisch", "ar"), ("Marokkaans-Arabisch", "ary"),
        ("Marokkaans Arabisch", "ary"), ("Tarifit", "zgh"), ("Berbers", "zgh"), ("Tamazight", "zgh"),
        ("Tamazight (zgh)", "zgh"), ("Tigrinya", "ti"), ("Tigrinya (ti)", "ti"), ("Pools", "pl"), ("Polski", "pl"),
        ("Oekraïens", "uk"), ("oekraiens", "uk"), ("Українська", "uk"), ("Engels", "en"), ("English", "en"),
        ("Somalisch", "so"), ("Papiaments", "pap"), ("Dari", "prs"), ("Farsi", "fa"), ("Vlaams", "nl"),
        ("onbekend", None), ("", None), ("-", None),
    ],
)  # fmt: skip
def test_languages_as_words_or_codes(text, tag):
    assert words.language_tag(text) == tag


@pytest.mark.parametrize("text", ["Elfentaal", "xx", "Nederlands en Turks"])
def test_what_is_no_one_language_is_not_guessed(text):
    with pytest.raises(ValueError, match=r"."):
        words.language_tag(text)


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("vmbo-bb", "BB"), ("BBL", "BB"), ("basis", "BB"), ("Basisberoepsgerichte leerweg", "BB"), ("vmbo-k", "KB"),
        ("kader", "KB"), ("basis/kader", "BB/KB"), ("BK", "BB/KB"), ("gemengd", "GL"), ("VMBO-T", "TL"),
        ("2 vmbo tl", "TL"), ("mavo", "TL"), ("theoretische leerweg", "TL"), ("gemengd theoretisch", "GTL"),
        ("vmbo-gt", "GTL"), ("kb lwoo", "KB"), ("mavo/havo", "TL/HAVO"), ("praktijkonderwijs", "PRO"), ("", None),
    ],
)  # fmt: skip
def test_tracks(text, track):
    assert words.tracks(text) == track


@pytest.mark.parametrize(
    "usual",
    [
        ("PRO", "BB", "BB/KB", "KB", "GL", "TL", "TL/HAVO", "GTL", "HAVO", "VWO", "schakelklas"),
        ("BBL", "KBL", "TL", "GTL", "havo", "vwo"),
    ],
)
def test_tracks_in_their_usual_order(usual):
    assert tuple(sorted(sorted(usual), key=words.track_order)) == usual


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("2A", (2, None)), ("2kb1", (2, "KB")), ("B2C", (2, "BB")), ("v1a", (1, None)), ("2bk1", (2, "BB/KB")),
        ("3GTLa", (3, "GTL")), ("KB2b", (2, "KB")), ("M2A", (2, "TL")), ("Klas 2B", (2, None)),
        ("brugklas", (None, None)), ("2b", (2, None)), ("", (None, None)),
    ],
)  # fmt: skip
def test_what_a_class_name_suggests(name, guess):
    assert words.guess_from_class(name) == guess


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("31-01-2013", date(2013, 1, 31)), ("1-2-2013", date(2013, 2, 1)), ("01/02/2013", date(2013, 2, 1)),
        ("1.2.13", date(2013, 2, 1)), ("2013-02-01", date(2013, 2, 1)), ("20130201", date(2013, 2, 1)),
        ("3 mei 2013", date(2013, 5, 3)), ("3 mrt. 2013", date(2013, 3, 3)), ("2013-02-01T00:00:00", date(2013, 2, 1)),
        ("1-2-2013 00:00", date(2013, 2, 1)), (date(2013, 2, 1), date(2013, 2, 1)), (None, None), ("", None),
        (41306, date(2013, 2, 1)), ("41306", date(2013, 2, 1)), ("41306.0", date(2013, 2, 1)),
    ],
)  # fmt: skip
def test_dates_day_first(value, day):
    assert words.a_date(value) == day


def test_a_moment_becomes_its_day():
    moment = datetime(2013, 2, 1, 9, 30)  # noqa: DTZ001 - as a spreadsheet has it
    assert type(words.a_date(moment)) is date


@pytest.mark.parametrize(
    "value", ["31-02-2013", "05/31/2013", "2013-13-01", "morgen", "4100", 410000, "41000.5", "1-1-1"]
)
def test_what_is_no_date_is_not_guessed(value):
    with pytest.raises(ValueError, match=r"."):
        words.a_date(value)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("06-12345678", [("+31612345678", True)]), ("0612345678", [("+31612345678", True)]),
        ("612345678", [("+31612345678", True)]), ("+31 (0)6 1234 5678", [("+31612345678", True)]),
        ("0031612345678", [("+31612345678", True)]), ("31612345678", [("+31612345678", True)]),
        ("010 - 412 34 56", [("+31104123456", False)]), ("010/4123456", [("+31104123456", False)]),
        ("+48 512 345 678", [("+48512345678", True)]), ("0032 470 12 34 56", [("+32470123456", True)]),
        ("06 12345678 (moeder)", [("+31612345678", True)]), ("geheim", []), ("", []), ("-", []),
        ("0612345678 / 010-4123456", [("+31612345678", True), ("+31104123456", False)]),
    ],
)  # fmt: skip
def test_telephone_numbers(text, numbers):
    assert list(contact.phone_numbers(text)) == numbers


@pytest.mark.parametrize("text", ["06-1234567", "0012", "bel maar", "06-12345678 / 12", "+99 123"])
def test_what_is_no_telephone_number_is_not_guessed(text):
    with pytest.raises(ValueError, match=r"."):
        contact.phone_numbers(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("a@example.nl", "a@example.nl"), (" mailto:a@example.nl ", "a@example.nl"), ("-", None), ("", None),
        ("a@example.nl; b@example.nl", "a@example.nl"), ("Anna <a@example.nl>", "a@example.nl"),
        ("ayşe@örnek.com.tr", "ayşe@örnek.com.tr"),
    ],
)  # fmt: skip
def test_e_mail_addresses(text, address):
    assert contact.email_address(text) == address


@pytest.mark.parametrize(
    "text", ["a@b", "anna", "a@@example.nl", "a@example.nl, b@c", "@example.nl", "a@example..nl"]
)
def test_what_is_no_e_mail_address_is_not_guessed(text):
    with pytest.raises(ValueError, match=r"."):
        contact.email_address(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [("Moeder", "mother"), ("VADER", "father"), ("pleegmoeder", "foster_parent"), ("Tante", "aunt"),
     ("broer van moeder", "brother"), ("Ouder/verzorger", "parent"), ("buurvrouw", "other")],
)  # fmt: skip
def test_relations(text, relation):
    assert words.relation(text) == relation


@given(st.text(max_size=30))
def test_no_text_crashes_a_reader_of_words(text):
    readers = (words.language_tag, words.tracks, words.year_group, words.yes_or_no, words.a_date, words.relation,
               words.guess_from_class, contact.phone_numbers, contact.email_address)  # fmt: skip
    for reader in readers:
        try:
            reader(text)
        except ValueError:
            continue


@given(st.text(max_size=30))
def test_dividing_a_name_loses_no_letter(text):
    given, prefix, family, _ = names.split_full(text)
    kept = sorted(f"{given}{prefix}{family}".replace(" ", ""))
    assert kept == sorted(names.without_title(text).replace(",", "").replace(" ", "")) or "," in text
