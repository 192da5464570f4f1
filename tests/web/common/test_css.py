"""The style sheets: logical properties, small enough, one set of tokens, contrasts that can be read."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[3] / "src/driegesprek/web/common/static/driegesprek"
SHEETS = ["tokens.css", "family.css", "beside.css", "desk.css", "print.css"]
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:top|right|bottom|left)[\w-]*"
    r"|(?:min-|max-)?(?:width|height)|top|right|bottom|left"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right|top|bottom)"
)
TOKEN = re.compile(r"(--[a-z0-9-]+)\s*:\s*([^;}]+)[;}]")


def read(name):
    return re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def tokens(name):
    return {
        key: re.sub(r"(?<!\d)0\.", ".", re.sub(r",\s*", ",", value.strip()))
        for key, value in TOKEN.findall(read(name))
    }


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2.2, relative luminance and contrast ratio: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def physical(css):
    without_queries = re.sub(r"@(?:media|container|supports)[^{]*", "", css)
    return PHYSICAL.findall(without_queries)


@pytest.mark.parametrize("name", SHEETS)
def test_only_logical_properties(name):
    assert physical(read(name)) == []


@pytest.mark.parametrize(
    "wrong", ["a{margin-left:0}", "a{ left : 0 }", "a{text-align:right}", "a{width:1px}", "a{top:0}"]
)
def test_the_search_for_physical_properties_finds_them(wrong):
    assert physical(wrong)


def test_a_width_in_a_media_query_is_no_physical_property():
    assert physical("@media (min-width:40rem){a{margin-inline:0;border-inline-start-width:2px}}") == []


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_asked_from_elsewhere(name):
    css = read(name)
    assert "@import" not in css
    assert "//" not in css
    assert "data:" not in css


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("family.css", 16_384),
        ("beside.css", 4_096),
        ("desk.css", 26_624),
        ("family.js", 6_144),
        ("desk.js", 4_096),
    ],
)
def test_stays_small(name, most):
    assert len((STATIC / name).read_bytes()) < most


def test_the_family_sheet_repeats_the_tokens_as_they_are():
    shared = tokens("tokens.css")
    copied = tokens("family.css")
    assert copied
    assert {key: shared.get(key) for key in copied} == copied


@pytest.mark.parametrize("name", ["family.css", "desk.css", "print.css"])
def test_every_token_that_is_used_exists(name):
    known = tokens("family.css" if name == "family.css" else "tokens.css")
    assert set(re.findall(r"var\((--[\w-]+)", read(name))) <= set(known)


@pytest.mark.parametrize("name", ["family.css", "desk.css"])
def test_colours_come_from_tokens(name):
    beyond_tokens = re.sub(r":root\s*\{.*?\}", "", read(name), flags=re.DOTALL)
    loose = set(re.findall(r"#[0-9a-f]{3,8}\b", beyond_tokens))
    # white fields, shadows, and the mark's lighter teal and sky on the dark side bar
    allowed = {"#fff", "#1d273314", "#1d273333", "#15262b99", "#15262b66", "#4fb3ab", "#7fb0e6"}
    assert loose <= allowed


TEXT = [
    *[
        ("ink", ground)
        for ground in ("paper", "paper-deep", "card", "teal-soft", "sun-soft", "sky-soft", "sun")
    ],
    *[("ink", "coral-soft")],
    *[("quiet", ground) for ground in ("paper", "paper-deep", "card")],
    *[("teal", ground) for ground in ("paper", "card")],
    *[("teal-deep", ground) for ground in ("paper", "card", "teal-soft", "sun-soft")],
    *[("sun-deep", ground) for ground in ("paper", "card", "sun-soft")],
    *[("sky-deep", ground) for ground in ("paper", "card", "sky-soft", "sun-soft", "teal-soft")],
    *[("coral-deep", ground) for ground in ("paper", "card", "coral-soft")],
    ("on-teal", "teal"),
    ("on-teal", "teal-deep"),
    ("on-night", "night"),
    ("on-night", "night-soft"),
    ("night", "on-night"),
]
PARTS = [
    *[("edge", ground) for ground in ("paper", "paper-deep", "card")],
    *[("teal", ground) for ground in ("paper", "paper-deep", "teal-soft", "card")],
    *[("sky", ground) for ground in ("paper", "card", "sky-soft")],
    *[("coral", ground) for ground in ("paper-deep", "card", "coral-soft")],
    *[("focus", ground) for ground in ("paper", "paper-deep", "card", "teal-soft", "sun-soft", "focus-halo")],
    ("sun", "night"),
    ("focus-halo", "night"),
]


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(text, ground):
    known = tokens("tokens.css")
    assert contrast(known[f"--{text}"], known[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_controls_can_be_seen(part, ground):
    known = tokens("tokens.css")
    assert contrast(known[f"--{part}"], known[f"--{ground}"]) >= 3


def test_the_contrast_formula_agrees_with_the_known_pair():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.005)


def test_no_coral_for_families():
    assert "coral" not in read("family.css")
