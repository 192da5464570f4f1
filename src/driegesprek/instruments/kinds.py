"""The type column: what its cells mean, and why some of them cannot be asked on a web page."""

import re
from typing import Final, NamedTuple

from driegesprek.instruments.model import Kind

_SELECT = re.compile(
    r"(?P<one>(?:q |add )?select(?:[ _]one(?: prompt)?|1)(?: from| using)?"
    r"|(?:q )?select1)"
    r"|(?P<many>(?:q |add )?select(?:[ _]multiple(?: prompt)?|[ _]all[ _]that[ _]apply)(?: from| using)?)"
    r"|(?P<rank>(?:q |add )?rank(?: from| using)?)"
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
    Kind.TIME: ("time", "q time", "add time prompt"),
    Kind.DATETIME: (
        "datetime",
        "date time",
        "q date time",
        "q datetime",
        "add date time prompt",
        "add datetime prompt",
    ),
    Kind.RANGE: ("range",),
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
        sim id, get sim id, subscriber id, get subscriber id, get phone number, text audit, audio audit,
        speed violations audit, speed violations count, speed violations list, sensor_statistic,
        sensor_stream""",
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
_FROM_FILE = re.compile(r"select[ _](?P<many>one|multiple)[ _]from[ _]file\s+(?P<file>\S.*)", re.IGNORECASE)
_EXTERNAL = re.compile(r"select[ _]one[ _]external\s+(?P<list>\S+)", re.IGNORECASE)
_TABLES: Final = {"csv-external": ".csv", "xml-external": ".xml"}
_KIND_OF: Final = {"one": Kind.SELECT_ONE, "many": Kind.SELECT_MULTIPLE, "rank": Kind.RANK}


class Meaning(NamedTuple):
    """What a type cell means: a kind, an edge of a group, or the code of a refusal."""

    kind: Kind | None = None
    list_name: str = ""
    edge: str = ""
    refusal: str = ""
    constraint: str = ""
    repeats: bool = False
    """Whether the edge is that of a repeat."""
    other: bool = False
    """Whether people may choose 'other' and say what (or_other)."""
    file: str = ""
    """The file beside the form that holds the choices."""
    table: str = ""
    """The ending of a file that is only looked up (csv-external)."""
    external: bool = False
    """Whether the list stands on the sheet external_choices."""


def meaning_of(cell: str) -> Meaning:
    """What stands in the type column; unknown types get the refusal 'type_unknown'."""
    text = " ".join(cell.split())
    lower = text.lower()
    if control := _CONTROL.fullmatch(lower):
        repeats = control["what"] in {"repeat", "lgroup", "looped group"}
        return Meaning(
            edge=control["edge"], repeats=repeats, refusal="type_loop" if control["what"] == "loop" else ""
        )
    if lower in _KINDS:
        return Meaning(kind=_KINDS[lower])
    if lower in _PRESETS:
        kind, constraint = _PRESETS[lower]
        return Meaning(kind=kind, constraint=constraint)
    if lower in _TABLES:
        return Meaning(table=_TABLES[lower])
    return _select(text) or Meaning(refusal=_refusal(lower))


def _select(text: str) -> Meaning | None:
    if file := _FROM_FILE.fullmatch(text):
        kind = Kind.SELECT_ONE if file["many"].lower() == "one" else Kind.SELECT_MULTIPLE
        return Meaning(kind=kind, file=file["file"])
    if external := _EXTERNAL.fullmatch(text):
        return Meaning(kind=Kind.SELECT_ONE, list_name=external["list"], external=True)
    found = _SELECT_CELL.fullmatch(text)
    if found is None:
        return Meaning(refusal="type_no_list") if _SELECT.fullmatch(text) else None
    kind = next(kind for group, kind in _KIND_OF.items() if found[group])
    if found["other"] and kind is Kind.RANK:
        return Meaning(refusal="type_rank_other")
    return Meaning(kind=kind, list_name=found["list"], other=bool(found["other"]))


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
        "rank",
        "select_one_from_file",
        "select_multiple_from_file",
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
    ]
