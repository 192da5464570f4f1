"""The estimated widths of texts against a real browser's."""

import pytest
from tests import browsers

from driegesprek.figures import (
    BarRow,
    CoverageCell,
    CoverageRow,
    LikertRow,
    StripActivity,
    bars,
    coverage,
    likert,
    strip,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browsers.CHROMIUM is None, reason="Chromium is not installed on this machine"),
]
TEXTS = {
    "nl": "Mijn ouder of verzorger praat met mij over wat ik kan en wat ik later zou willen worden",
    "uk": "Мої батьки розмовляють зі мною про те, що я вмію та ким хотів би стати згодом",
    "ar": "يتحدث والداي معي عمّا أجيده وعمّا أود أن أصبح عليه لاحقًا في حياتي المهنية",
    "en": "WWW MMM MINIMUM, IN CAPITALS: WHAT I CAN DO & WHAT I WOULD LIKE TO BECOME",
}
OUTSIDE = """
svg => { const [left, top, width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  return [...svg.querySelectorAll('text')].filter(text => { const box = text.getBBox();
    return box.x < left - 1 || box.x + box.width > left + width + 1 || box.y + box.height > top + height + 4; })
    .map(text => text.textContent); }
"""


def figures(text, language):
    options = {"title": text, "language": language, "direction": "rtl" if language == "ar" else "ltr"}
    labels = [text, *text.split()[:4]]
    yield likert(
        [LikertRow(text, 118, (8, 17, 25, 33, 17)), LikertRow(text, None)], labels=labels, top=2, **options
    )
    yield bars([BarRow(text, 1234, 42.0, 30.0, 55.0), BarRow(text, None, None)], **options)
    months = text.split()[:10]
    yield strip(
        months, [StripActivity(text, 0, 0), StripActivity(text, len(months) - 1, len(months) - 1)], **options
    )
    cells = (CoverageCell(19, 23), CoverageCell(text=text))
    yield coverage([CoverageRow(text, cells)], activities=[text, text.split()[1]], **options)


@pytest.fixture(scope="module")
def page():
    with browsers.chromium() as browser:
        yield browser.new_page()


@pytest.mark.parametrize("font", ["", "DejaVu Sans"])
@pytest.mark.parametrize("language", TEXTS)
def test_no_text_runs_out_of_the_picture(page, language, font):
    drawn = [svg for figure in figures(TEXTS[language], language) for svg in (figure.svg, figure.narrow)]
    if font:
        drawn = [svg.replace('font-family="', f'font-family="{font}, ') for svg in drawn]
    page.set_content("<!doctype html><meta charset=utf-8>" + "".join(drawn))
    assert page.eval_on_selector_all("svg", f"all => all.flatMap({OUTSIDE})") == []
