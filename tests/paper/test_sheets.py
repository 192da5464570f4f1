import re
from collections import defaultdict
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paper import samples
from tests.paper.reading import (
    bare,
    characters,
    elements,
    fonts,
    image,
    page_count,
    read,
    reader,
    scanned,
    seen,
    seen_text,
)

from driegesprek import paper

HOSTILE = [
    "#strong[x] #sys.inputs",
    "$x^2$ _cursief_ *vet*",
    "[a](http://b) <label> @ref",
    "`raw` \\u{41} \\",
    "/* c */ // weg ~ --- ...",
    "\"a\" 'b' {c} = kop",
    "- lijst + lijst / t: u",
]


def one(sheet):
    return paper.sheets([sheet], title="Bladen")


@pytest.fixture(scope="module")
def printed():
    return {language: one(samples.sheet(language)) for language in samples.LANGUAGES}


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_a_sheet_is_a_front_and_a_back_on_a4(printed, language):
    pages = reader(printed[language]).pages
    assert len(pages) == 2
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}


@pytest.mark.parametrize("language", ["nl", "en", "tr", "pl", "uk"])
def test_front_says_what_when_whom_and_back_the_assignment(printed, language):
    sheet = samples.sheet(language)
    front, back = (read(printed[language], page) for page in (0, 1))
    expected = [sheet.front.title, sheet.front.choose_by, *sheet.front.profiles, sheet.front.call.heading]
    for line in expected:
        assert bare(line.text) in front
    assert "0101234567" in front
    for step in sheet.back.steps:
        assert bare(step.heading.text) in back


@pytest.mark.parametrize("language", ["en", "tr", "ar", "pl", "uk"])
def test_dutch_stands_beneath_in_smaller_type(printed, language):
    front = list(characters(printed[language], 0))
    sizes = [size for _, _, _, size in front]
    assert "Samirakiestditjaareenprofiel" in seen_text(printed[language], 0)
    assert "Dezeweek" in seen_text(printed[language], 0)
    assert min(sizes) < 10 < max(sizes)


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_type_is_large_enough_to_read(printed, language):
    for page in (0, 1):
        letters = list(characters(printed[language], page))
        foot = min(y for _, _, y, _ in letters)
        sizes = sorted(size for _, _, y, size in letters if y > foot + 1)
        assert sizes[0] >= 9
        own = {"ar": r"[\u0600-\u06ff]", "uk": r"[\u0400-\u04ff]", "nl": "."}.get(language, "[İğşćłężźśń]")
        body = [size for letter, _, y, size in letters if foot + 1 < y < 780 and re.match(own, letter)]
        assert not body or min(body) >= 11


def test_reader_and_phone_get_the_same_address(printed):
    for language, pdf in printed.items():
        assert scanned(pdf, 0) == [samples.sheet(language).door.url]
        assert scanned(pdf, 0, gray=True, dpi=110) == [samples.sheet(language).door.url]


def test_qr_code_is_larger_than_22_millimetres(printed):
    dots = image(printed["nl"], 0, dpi=254)  # ten dots a millimetre
    (found,) = zxingcpp.read_barcodes(dots)
    assert found.position.top_right.x - found.position.top_left.x >= 220


def test_code_is_printed_in_two_groups_of_five(printed):
    assert "K7PTM 4QXRD" in reader(printed["nl"]).pages[0].extract_text()


def test_arabic_runs_from_right_to_left_with_numbers_as_they_are():
    sheet = samples.sheet("ar")
    moment = replace(
        sheet.front.moments[0], when=paper.Line("اتصلوا بالرقم 06-12 34 56 78 قبل 12-02-2027 15:30")
    )
    moments = (moment, *sheet.front.moments[1:])
    pdf = one(replace(sheet, front=replace(sheet.front, moments=moments)))
    front = seen_text(pdf, 0)
    assert "0101234567" in front
    assert "06-12345678" in front
    assert "12-02-2027" in front
    title = next(line for line in seen(pdf, 0) if "Samira" in line)
    assert title.index("Samira") > 5  # the sentence begins at the right, with her name


def test_only_shipped_fonts_are_used_and_all_are_embedded(printed):
    used = set().union(*(fonts(pdf) for pdf in printed.values()))
    assert {name.split("-")[0] for name, _ in used} <= {
        "NotoSans",
        "NotoSansArabic",
        "DejaVuSansMono",
        "DejaVuSans",
    }
    assert all(embedded for _, embedded in used)


def test_same_sheets_give_the_same_bytes():
    assert one(samples.sheet("tr")) == one(samples.sheet("tr"))


def test_every_sheet_claims_and_carries_what_pdf_ua_asks(printed):
    root = reader(printed["ar"]).trailer["/Root"]
    assert root["/Lang"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "Bladen" in metadata
    assert all(page["/Tabs"] == "/S" for page in reader(printed["ar"]).pages)


@pytest.mark.parametrize("language", ["en", "tr", "ar", "pl", "uk"])
def test_every_run_is_tagged_with_its_language(printed, language):
    tree = list(elements(printed[language]))
    spoken = {kind: set() for _, kind, *_ in tree}
    for _, kind, _, _, _, _, contents in tree:
        spoken[kind].update(language for *_, language in contents)
    assert spoken["/H1"] == spoken["/H2"] == spoken["/Figure"] == {language}
    assert spoken["/P"] == {language, "nl"}


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_every_line_is_a_paragraph_of_its_own(printed, language):
    bare_spans = [
        contents for _, kind, *_, contents in elements(printed[language]) if kind == "/Span" and contents
    ]
    assert not bare_spans


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_qr_code_has_an_alternative_and_pictures_beside_words_have_none(printed, language):
    figures = [
        alternative for _, kind, _, alternative, *_ in elements(printed[language]) if kind == "/Figure"
    ]
    assert figures == [samples.WORDS["qr"][language]]


def test_headings_are_tagged(printed):
    kinds = [kind for _, kind, *_ in elements(printed["nl"])]
    assert kinds.count("/H1") == 2
    assert kinds.count("/H2") == 4
    assert kinds.count("/L") >= 2


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_person_typed_is_never_markup(name):
    pdf = one(samples.sheet(pupil=name, called=name, adult=name, school=name, class_name=name))
    assert page_count(pdf) == 2
    text = read(pdf, 0) + read(pdf, 1)
    assert text.count(bare(name)) >= 4


def test_demonstration_is_marked_on_both_pages():
    pdf = one(samples.sheet("ar", demonstration=True))
    assert all("DEMONSTRATIE" in seen_text(pdf, page) for page in (0, 1))
    assert "DEMONSTRATIE" not in seen_text(one(samples.sheet("ar")), 0)


@pytest.mark.parametrize("language", ["nl", "ar", "uk"])
def test_nasty_lengths_stay_on_two_pages(language):
    long = "Anna-Wilhelmina " * 4
    sheet = samples.sheet(language, pupil=long, called=long, adult="W" * 60, school="Scholengemeenschap " * 8)
    profile = samples.sheet(language).front.profiles[-1]
    nasty = replace(
        sheet.front,
        profiles=(profile,) * 10,
        call=samples.call(language, who="Ł" * 60, phone="+31 6 12 34 56 78 toestel 123456", hours=profile),
    )
    pdf = one(replace(sheet, front=nasty))
    assert page_count(pdf) == 2
    right = 595 - 14 / 25.4 * 72
    assert all(x < right for page in (0, 1) for _, x, _, _ in characters(pdf, page))
    assert scanned(pdf, 0) == [sheet.door.url]


@pytest.mark.parametrize("words", [60, 400])
def test_even_a_page_of_prose_is_made_to_fit(words):
    prose = paper.Line("Een heel lange zin. " * words, "Nog een keer. " * words)
    sheet = samples.sheet("pl")
    pdf = one(replace(sheet, front=replace(sheet.front, intro=prose), back=replace(sheet.back, intro=prose)))
    assert page_count(pdf) == 2
    assert read(pdf, 0).count("Eenheellangezin.") == words


def test_without_mentor_phone_or_missing_profiles_the_rest_stands():
    sheet = samples.sheet("tr")
    bare = replace(
        sheet.front,
        not_offered=None,
        turn=None,
        call=paper.Call(heading=sheet.front.call.heading),
        profiles=(),
    )
    pdf = one(replace(sheet, front=bare, reference=""))
    assert page_count(pdf) == 2
    assert "None" not in seen_text(pdf, 0)


@settings(max_examples=5)
@given(
    pupil=st.text(min_size=1, max_size=60),
    school=st.text(max_size=120),
    count=st.integers(0, 10),
    language=st.sampled_from(samples.LANGUAGES),
)
def test_any_name_any_number_of_profiles_two_pages(pupil, school, count, language):
    sheet = samples.sheet(language, pupil=pupil, called=pupil, adult=pupil, school=school)
    profiles = (sheet.front.profiles * 3)[:count]
    assert page_count(one(replace(sheet, front=replace(sheet.front, profiles=profiles)))) == 2


def test_sheets_keep_their_order_over_batches(monkeypatch):
    count = 14
    pdf = paper.sheets(
        (samples.sheet(samples.LANGUAGES[n % 6], n, pupil=f"Kind{n:02d} De Wit") for n in range(count)),
        title="Bladen",
    )
    assert page_count(pdf) == 2 * count
    for n in range(count):
        assert f"Kind{n:02d}DeWit" in read(pdf, 2 * n + 1)
        assert scanned(pdf, 2 * n) == [samples.door("nl", n).url]


def test_one_long_sheet_does_not_push_the_others():
    sheets = [samples.sheet("nl", n) for n in range(5)]
    long = paper.Line("Een heel lange zin. " * 80)
    sheets[2] = replace(sheets[2], front=replace(sheets[2].front, intro=long))
    pdf = paper.sheets(sheets, title="Bladen")
    assert page_count(pdf) == 10
    sizes = [max(size for *_, size in characters(pdf, page)) for page in (0, 4, 6)]
    assert sizes[0] == sizes[2] > sizes[1]


def test_nothing_to_print_is_said():
    with pytest.raises(ValueError, match="nothing to print"):
        paper.sheets([], title="Bladen")


def test_arabic_letters_are_joined():
    def width(word):
        sheet = samples.sheet(
            "ar", front=samples.front("ar", "Samira", "-", call=samples.call("ar", who=word))
        )
        pdf = one(sheet)
        lines = defaultdict(list)
        for letter, x, y, _ in characters(pdf, 0):
            if letter == "ع":
                lines[round(y)].append(x)
        places = max(lines.values(), key=len)
        return max(places) - min(places)

    # Between the same letters a zero-width non-joiner keeps each in its own, wider form.
    assert width("عععععععععععع") < 0.95 * width("\u200c".join("عععععععععععع"))


def test_an_empty_text_leaves_its_place_empty():
    sheet = samples.sheet("nl")
    empty = paper.Line("")
    front = replace(sheet.front, greeting=empty, moments_heading=paper.Line(" "), intro=empty)
    sheet = replace(sheet, school="", door=replace(sheet.door, alternative=" "))
    assert page_count(paper.sheets([sheet], title="")) == 2
    assert page_count(one(replace(sheet, pupil="", front=front, back=replace(sheet.back, intro=empty)))) == 2


def test_a_page_without_a_title_is_refused_with_its_reference():
    sheet = samples.sheet("nl", 7)
    with pytest.raises(ValueError, match="2A · 7 / 24: a page without a title"):
        one(replace(sheet, back=replace(sheet.back, title=paper.Line(" "))))


def test_pictures_and_tables_of_other_sizes_are_no_error():
    sheet = samples.sheet("nl")
    (first, *rest) = sheet.back.steps
    for count in (0, 1, 7, 25):
        qualities = (first.qualities * 2)[:count]
        steps = (replace(first, qualities=qualities), *rest, *rest)
        assert page_count(one(replace(sheet, back=replace(sheet.back, steps=steps)))) == 2


def test_room_to_write_is_at_least_eight_millimetres():
    pdf = one(samples.sheet("ar"))
    dots = image(pdf, 1, dpi=254, gray=True)  # ten dots a millimetre
    column = dots.width // 4
    dark = [y for y in range(dots.height) if min(dots.crop((column, y, column + 8, y + 1)).tobytes()) < 200]
    lines = [y for y, before in zip(dark[1:], dark, strict=False) if y - before > 1]
    gaps = sorted(after - before for after, before in zip(lines[1:], lines, strict=False))
    assert len([gap for gap in gaps if 80 <= gap <= 100]) >= 3
