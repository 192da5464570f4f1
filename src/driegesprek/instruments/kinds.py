"""The type column: what its cells mean, and why some of them cannot be asked on a web page."""

import re
from typing import Final, NamedTuple

from driegesprek.instruments.model import Kind

_SELECT = re.compile(
    r"(?P<one>(?:q |add )?select(?:[ _]one(?: prompt)?|1)(?: from| using)?"
    r"|(?:q )?select1)"
    r"|(?P<many>(?:q |add )?select(?:[ _]multiple(?: prompt)?|[ _]all[ _]that[ _]apply)(?: from| using)?)"
)
_SELECT_CELL = re.compile(
    rf"(?:{_SELECT.pattern})\s+(?P<list>\S+)(?P<other>\s+(?:or[ _]specify[ _]|or[ _])other)?"
)
_CONTROL = re.compile(
    r"(?P<edge>begin|end)[ _](?P<what>group|repeat|lgroup|loop|looped group)(?P<over>\s+over\s.*)?"
)

_PLAIN: Final = {
    Kind.TEXT: ("text", "string", "q string", "add text prompt"),
    Kind.INTEGER: ("integer", "int", "q int", "add integer prompt"),
    Kind.DECIMAL: ("decimal", "q decimal", "add decimal prompt"),
    Kind.DATE: ("date", "q date", "add date prompt"),
    Kind.NOTE: ("note", "q note", "add note prompt"),
    Kind.ACKNOWLEDGE: ("acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"),
    Kind.CALCULATE: ("calculate", "q calculate", "add calculate prompt"),
    Kind.HIDDEN: ("hidden",),
    Kind.TODAY: ("today", "get today"),
    Kind.START: ("start", "start time", "get start time"),
    Kind.END: ("end", "end time", "get end time"),
}
_KINDS: Final = {name: kind for kind, names in _PLAIN.items() for name in names}

_REFUSED: Final = {
    "type_place": """geopoint, geotrace, geoshape, gps, location, start-geopoint, background-geopoint,
        q geopoint, q geoshape, q geotrace, q location, add location prompt""",
    "type_capture": """image, photo, audio, video, file, barcode, background-audio, q picture, q image, q audio,
        q video, q barcode, add image prompt, add audio prompt, add video prompt, add file prompt,
        add photo prompt, add barcode prompt""",
    "type_device": """deviceid, imei, phonenumber, simserial, subscriberid, username, email, audit, uri:deviceid,
        uri:phonenumber, uri:simserial, uri:subscriberid, uri:username, uri:email, device id, get device id,
        sim id, get sim id, subscriber id, get subscriber id, get phone number""",
    "type_time": """time, datetime, date time, q date time, q datetime, add date time prompt,
        add datetime prompt""",
    "type_range": "range",
    "type_rank": "rank",
    "type_file_list": "select_one_external, select one external, csv-external, xml-external",
    "type_osm": "osm",
    "type_include": "include, cascading_select, cascading select",
}
_REASONS: Final = {
    " ".join(name.split()): code for code, names in _REFUSED.items() for name in names.split(",")
}
_PRESETS: Final = {
    "phone number": (Kind.TEXT, r"regex(., '^\d*$')"),
    "percentage": (Kind.INTEGER, "0 <= . and . <= 100"),
    "number of days in last month": (Kind.INTEGER, "0 <= . and . <= 31"),
    "number of days in last six months": (Kind.INTEGER, "0 <= . and . <= 183"),
    "number of days in last year": (Kind.INTEGER, "0 <= . and . <= 365"),
}
"""Old types with a constraint of their own, as pyxform has them."""
_FROM_FILE = re.compile(r"select[ _](one|multiple)[ _]from[ _]file\b")


class Meaning(NamedTuple):
    """What a type cell means: a kind, an edge of a group, or the code of a refusal."""

    kind: Kind | None = None
    list_name: str = ""
    edge: str = ""
    refusal: str = ""
    constraint: str = ""


def meaning_of(cell: str) -> Meaning:
    """What stands in the type column; unknown types get the refusal 'type_unknown'."""
    text = " ".join(cell.split())
    if control := _CONTROL.fullmatch(text.lower()):
        group = control["what"] == "group"
        refusal = "" if group else "type_loop" if "loop" in control["what"] else "type_repeat"
        return Meaning(edge=control["edge"], refusal=refusal)
    lower = text.lower()
    if lower in _KINDS:
        return Meaning(kind=_KINDS[lower])
    if lower in _PRESETS:
        kind, constraint = _PRESETS[lower]
        return Meaning(kind=kind, constraint=constraint)
    return _select(text) or Meaning(refusal=_refusal(lower))


def _select(text: str) -> Meaning | None:
    if _FROM_FILE.match(text.lower()):
        return Meaning(refusal="type_file_list")
    found = _SELECT_CELL.fullmatch(text)
    if found is None:
        return Meaning(refusal="type_no_list") if _SELECT.fullmatch(text) else None
    if found["other"]:
        return Meaning(refusal="type_or_other")
    kind = Kind.SELECT_ONE if found["one"] else Kind.SELECT_MULTIPLE
    return Meaning(kind=kind, list_name=found["list"])


def _refusal(lower: str) -> str:
    if lower in _REASONS:
        return _REASONS[lower]
    return _REASONS.get(lower.split(" ", 1)[0], "type_unknown")


def known_types() -> list[str]:
    """Types that can be used, for a suggestion when one is misspelt."""
    return [
        *(names[0] for names in _PLAIN.values()),
        "select_one",
        "select_multiple",
        "begin_group",
        "end_group",
    ]
