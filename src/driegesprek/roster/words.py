"""Words in school lists: languages, tracks, relations, yes and no, dates."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from driegesprek.roster.texts import folded, word_set

# What schools write and CLDR does not, or names otherwise. Amazigh languages are one written standard, zgh.
_MORE_LANGUAGES: Mapping[str, str] = {
    "tarifit": "zgh", "riffijns": "zgh", "rifberbers": "zgh", "berbers": "zgh", "berber": "zgh", "amazigh": "zgh",
    "tamazight": "zgh", "tamazicht": "zgh", "tachelhit": "zgh", "marokkaans berbers": "zgh",
    "marokkaans": "ary", "marokkaans arabisch": "ary", "darija": "ary", "arabisch marokkaans": "ary",
    "syrisch": "ar", "syrisch arabisch": "ar", "irakees": "ar", "egyptisch": "ar", "standaardarabisch": "ar",
    "tigrinja": "ti", "tigrigna": "ti", "eritrees": "ti", "somali": "so", "oekraiens": "uk", "oekrains": "uk",
    "ukrainian": "uk", "farsi": "fa", "perzisch": "fa", "dari": "prs", "afghaans": "prs", "pasjtoe": "ps",
    "pashto": "ps", "pasjto": "ps", "koerdisch": "ku", "kurmanci": "kmr", "kurmandji": "kmr", "sorani": "ckb",
    "papiamento": "pap", "papiamentu": "pap", "sranan": "srn", "surinaams": "srn", "sarnami": "hns",
    "hindoestaans": "hns", "kantonees": "yue", "chinees": "zh", "mandarijn": "zh", "kaapverdiaans": "kea",
    "kaapverdisch": "kea", "creools": "kea", "fries": "fy", "frysk": "fy", "vlaams": "nl", "dutch": "nl",
    "servo kroatisch": "sh", "servokroatisch": "sh", "bosnisch": "bs", "tagalog": "tl", "filipijns": "fil",
    "twi": "ak", "punjabi": "pa", "panjabi": "pa", "bengali": "bn", "wit russisch": "be", "roma": "rom",
    "nederlandse gebarentaal": "dse", "gebarentaal": "dse", "ngt": "dse", "braziliaans": "pt", "slowaaks": "sk",
    "turkce": "tr", "polski": "pl", "العربية": "ar",
}  # fmt: skip
_NO_LANGUAGE = frozenset(
    {"onbekend", "overig", "anders", "unknown", "geen", "nvt", "n.v.t.", "-", "?", "und"}
)

TRACK_ORDER = ("PRO", "BB", "KB", "GL", "TL", "GTL", "HAVO", "VWO")
_TRACK_WORDS: Mapping[str, str] = {
    "pro": "PRO", "praktijkonderwijs": "PRO", "bb": "BB", "bbl": "BB", "basis": "BB", "basisberoeps": "BB",
    "basisberoepsgericht": "BB", "basisberoepsgerichte": "BB", "b": "BB", "kb": "KB", "kbl": "KB", "kader": "KB",
    "kaderberoeps": "KB", "kaderberoepsgericht": "KB", "kaderberoepsgerichte": "KB", "k": "KB", "gl": "GL",
    "gemengd": "GL", "gemengde": "GL", "g": "GL", "tl": "TL", "theoretisch": "TL", "theoretische": "TL",
    "mavo": "TL", "t": "TL", "m": "TL", "gtl": "GTL", "gt": "GTL", "havo": "HAVO", "h": "HAVO", "vwo": "VWO",
    "atheneum": "VWO", "gymnasium": "VWO", "bk": "BB/KB", "bbkb": "BB/KB", "kgt": "KB/GTL", "kt": "KB/TL",
    "kbtl": "KB/TL", "kbgl": "KB/GL", "kgl": "KB/GL", "th": "TL/HAVO", "mh": "TL/HAVO", "hv": "HAVO/VWO",
    "tlhavo": "TL/HAVO",
}  # fmt: skip
_TRACK_FILLERS = word_set("vmbo lwoo leerweg beroepsgerichte leerjaar klas jaar brugklas bruggroep en de met")
# One letter before the year names the track at most schools; v may be vmbo or vwo, a may be a class letter.
_IN_CLASS_NAME = re.compile(r"(?P<before>[a-z]*)[\s.\-]?(?P<year>[1-6])(?P<after>[\s.\-]?[a-z]*)")

_RELATIONS: Mapping[str, str] = {
    "moeder": "mother", "mama": "mother", "mother": "mother", "m": "mother", "vader": "father", "papa": "father",
    "father": "father", "v": "father", "ouder": "parent", "parent": "parent", "verzorger": "carer",
    "verzorgster": "carer", "ouder/verzorger": "parent", "ouder verzorger": "parent", "carer": "carer",
    "voogd": "guardian", "voogdes": "guardian", "guardian": "guardian", "gezinsvoogd": "guardian",
    "jeugdbeschermer": "guardian", "nidos": "guardian", "pleegouder": "foster_parent",
    "pleegmoeder": "foster_parent", "pleegvader": "foster_parent", "stiefmoeder": "step_parent",
    "stiefvader": "step_parent", "stiefouder": "step_parent", "partner": "step_parent", "opa": "grandparent",
    "oma": "grandparent", "grootouder": "grandparent", "grootmoeder": "grandparent", "grootvader": "grandparent",
    "broer": "brother", "broeder": "brother", "zus": "sister", "zuster": "sister", "tante": "aunt",
    "oom": "uncle", "familie": "relative", "familielid": "relative", "relative": "relative", "neef": "relative",
    "nicht": "relative", "overig": "other", "anders": "other", "adoptiemoeder": "mother",
    "adoptievader": "father", "contactpersoon": "other", "begeleider": "carer",
}  # fmt: skip
_YES = word_set("ja j yes y true waar 1 x v ✓ ✔ wel gezag ouderlijk") | {"ouderlijk gezag"}
_NO = word_set("nee n no false onwaar 0 niet geen ✗ ✘") | {"geen gezag"}

_MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "apr": 4, "mei": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]+)\.?[-/. ]+(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?")
_CENTURY = 2000
# A spreadsheet stores a date as the number of days since this day; unformatted, or copied as values, it shows so.
_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")


def language_tag(text: str) -> str | None:
    """BCP 47 of a language's name or code, Dutch or English; None where somebody wrote that it is not known.

    Raises:
        ValueError: no such language.
    """
    name = re.sub(r"\((?!\))[^)]*\)|[-_]", " ", folded(text))
    name = " ".join(name.split())
    if not name or folded(text) in _NO_LANGUAGE:
        return None
    tag = _languages().get(name) or _languages().get(name.split(" ")[0] if _is_tag(text) else "")
    if tag is None:
        raise ValueError(text)
    return tag


def tracks(text: str) -> str | None:
    """The track(s) in a text such as `vmbo-kb`, `basis/kader` or `2 VMBO TL`, joined by `/`; None if none.

    Raises:
        ValueError: there are words that no track is known by.
    """
    words = [word for word in re.split(r"[^a-z]+", folded(text)) if word and word not in _TRACK_FILLERS]
    found: set[str] = set()
    for word in words:
        track = _TRACK_WORDS.get(word) or _TRACK_WORDS.get(word.removeprefix("vmbo"))
        if track is None:
            raise ValueError(text)
        found.update(track.split("/"))
    return joined_tracks(found)


def joined_tracks(found: set[str]) -> str | None:
    """Tracks in their usual order, joined by `/`."""
    if {"GL", "TL"} <= found:
        found = found - {"GL", "TL"} | {"GTL"}
    return "/".join(track for track in TRACK_ORDER if track in found) or None


def track_order(text: str) -> tuple[tuple[int, ...], str]:
    """What tracks are sorted by: in their usual order, a mixed class after its first track, unknown ones last.

    Args:
        text: a track in any of its spellings, such as `KB`, `kbl` or `BB/KB`.
    """
    try:
        found = tracks(text)
    except ValueError:
        found = None
    places = tuple(TRACK_ORDER.index(one) for one in found.split("/")) if found else (len(TRACK_ORDER),)
    return places, text


def year_group(text: str) -> int | None:
    """The year group in `2`, `Leerjaar 2` or `vmbo-b 2`; None if there is none.

    Raises:
        ValueError: there is no number from 1 to 13 in the text, or more than one.
    """
    numbers = re.findall(r"\d+", text)
    if not text.strip() or folded(text) in {"-", "nvt", "n.v.t."}:
        return None
    if len(numbers) != 1 or not 1 <= int(numbers[0]) <= 13:  # noqa: PLR2004 - OneRoster counts from 1 to 13
        raise ValueError(text)
    return int(numbers[0])


def guess_from_class(name: str) -> tuple[int | None, str | None]:
    """Year group and track as a class name suggests them: `2A` → 2, `2kb1` → 2 and KB, `B2C` → 2 and BB."""
    found = _IN_CLASS_NAME.search(folded(name))
    if not found:
        return None, None
    before, after = found["before"], found["after"].strip(" .-")
    track = _TRACK_WORDS.get(before) if before else None
    for end in range(len(after), 1, -1):
        track = track or _TRACK_WORDS.get(after[:end])
    return int(found["year"]), track


def relation(text: str) -> str:
    """The relation that a word names; `other` for one that is not known."""
    words = folded(text).strip(". ")
    return _RELATIONS.get(words) or next((_RELATIONS[w] for w in words.split() if w in _RELATIONS), "other")


def yes_or_no(text: str) -> bool | None:
    """True, False, or None for an empty cell.

    Raises:
        ValueError: neither yes nor no.
    """
    word = folded(text)
    if not word or word in {"-", "?", "onbekend"}:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(text)


def a_date(value: object) -> date | None:
    """A date as a Dutch list writes it (day first), as ISO 8601 or as a spreadsheet's number; None for an empty cell.

    Years of two digits are of this century. Numbers are those of spreadsheets that count from 1900, nearly all.

    Raises:
        ValueError: no date, or one that does not exist, such as 31-02-2012.
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = folded(str(value)) if value is not None else ""
    if not text or text == "-":
        return None
    if found := _YEAR_FIRST.fullmatch(text.upper()):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SERIAL.fullmatch(text):
        return _DAY_ZERO + timedelta(days=int(found[1]))
    if found := _DAY_FIRST.fullmatch(re.sub(r"[t ]\d\d?:\d\d(:\d\d)?$", "", text)):
        year = int(found[3]) + (_CENTURY if len(found[3]) == 2 else 0)  # noqa: PLR2004 - two digits
        return date(year, _month(found[2]), int(found[1]))
    raise ValueError(str(value))


def _month(text: str) -> int:
    number = int(text) if text.isdigit() else _MONTHS.get(text[:3])
    if number is None:
        raise ValueError(text)
    return number


def _is_tag(text: str) -> bool:
    """Whether the text looks like a language tag with a region, such as `nl-NL`."""
    return re.fullmatch(r"[A-Za-z]{2,3}[-_][A-Za-z]{2,4}", text.strip()) is not None


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Names in Dutch, English and the language itself, and codes of two and three letters (CLDR by Babel)."""
    from babel import Locale  # noqa: PLC0415 - heavy
    from babel.core import get_global  # noqa: PLC0415 - heavy

    known: dict[str, str] = {}
    for locale in ("en", "nl"):
        for tag, name in Locale(locale).languages.items():
            if "_" not in tag:
                known[folded(name).replace("-", " ")] = tag
                known[tag] = tag
    for own in ("nl", "en", "tr", "ar", "pl", "uk", "de", "fr", "es", "so", "ti", "fa"):
        known[folded(Locale(own).get_language_name(own) or own)] = own
    aliases = get_global("language_aliases")
    known |= {code: tag for code, tag in aliases.items() if len(code) == 3 and tag in known}  # noqa: PLR2004
    known |= {"ber": "zgh", "rif": "zgh", "shi": "zgh", "tzm": "zgh"}
    return known | {folded(name): tag for name, tag in _MORE_LANGUAGES.items()}
