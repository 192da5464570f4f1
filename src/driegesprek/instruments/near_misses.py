"""Files that ask questions but are no XLSForm: each is refused in one sentence that says what it is."""

import re
from collections.abc import Collection, Iterable
from typing import Final

_BY_CONTENT: Final = (
    (
        "near_limesurvey",
        re.compile(rb"<LimeSurveyDocType|<document>\s*<LimeSurvey|\A# LimeSurvey", re.IGNORECASE),
    ),
    (
        "near_xform",
        re.compile(rb"<h:html\b|<html\b[^>]*xforms|xmlns(:\w+)?=.http://www\.w3\.org/2002/xforms"),
    ),
    ("near_qualtrics", re.compile(rb'\A\s*\{\s*"SurveyEntry"')),
    ("near_odm", re.compile(rb"<ODM\b")),
    ("near_ddi", re.compile(rb"<codeBook\b|ddi:codebook|ddi:instance")),
    ("near_qti", re.compile(rb"<questestinterop\b|<qti-assessment|imsqti")),
    ("near_surveyjs", re.compile(rb'\A\s*\{[^{]{0,2000}"(?:pages|elements)"\s*:\s*\[')),
    ("near_pdf", re.compile(rb"\A%PDF-")),
    ("near_rtf", re.compile(rb"\A\{\\rtf")),
    ("near_sav", re.compile(rb"\A\$FL[23]")),
    ("near_html", re.compile(rb"\A\s*(?:<!doctype html|<html\b)", re.IGNORECASE)),
    ("near_xml", re.compile(rb"\A\s*<\?xml")),
    ("near_json", re.compile(rb"\A\s*[\[{]\s*[\"{\[]")),
)
_BY_PART: Final = (
    ("near_word", "word/document.xml"),
    ("near_slides", "ppt/presentation.xml"),
    ("near_ods", "content.xml"),
    ("near_limesurvey", "survey.lss"),
)
_BY_HEADINGS: Final = (
    ("near_formr", ({"showif"}, {"choice1"}, {"block_order", "item_order"})),
    (
        "near_redcap",
        ({"variable / field name"}, {"form name", "field type", "field label"}, {"field_name", "field_type"}),
    ),
    ("near_limesurvey", ({"class", "type/scale"}, {"related_id", "relevance"})),
    ("near_codebook", ({"varnaam"}, {"variable", "values"}, {"variable", "value labels"})),
)
_FORMR_TYPES: Final = frozenset(
    {"mc", "mc_button", "mc_multiple", "mc_multiple_button", "mc_heading", "check_button", "rating_button", "submit",
     "sex", "select_or_add_one", "select_or_add_multiple", "get", "visual_analog", "range_ticks"}
)  # fmt: skip


def by_content(data: bytes) -> str:
    """What a file is by its first bytes: the code of a message; '' when nothing is recognised."""
    head = data[:20_000]
    return next((code for code, pattern in _BY_CONTENT if pattern.search(head)), "")


def by_parts(names: Collection[str]) -> str:
    """What a zip is by the names of its parts; '' when nothing is recognised."""
    if any(name.lower().endswith(".lss") for name in names):
        return "near_limesurvey"
    return next((code for code, part in _BY_PART if part in names), "")


def by_headings(headings: Iterable[str], types: Iterable[str]) -> str:
    """What a table is by its headings and the words in its column type; '' when nothing is recognised."""
    found = {" ".join(one.lower().split()) for one in headings}
    for code, sets in _BY_HEADINGS:
        if any(one <= found for one in sets):
            return code
    words = {one.split(" ")[0].lower() for one in types if one.strip()}
    return "near_formr" if len(words & _FORMR_TYPES) > 1 else ""
