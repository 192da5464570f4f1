"""Names as open data write them, and the keys under which this workshop knows them: profiles, tracks, municipalities."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

PROFILES: Final = {
    "bwi": "Bouwen, wonen en interieur",
    "dp": "Dienstverlening en producten",
    "eo": "Economie en ondernemen",
    "groen": "Groen",
    "hbr": "Horeca, bakkerij en recreatie",
    "mat": "Maritiem en techniek",
    "mvi": "Media, vormgeving en ICT",
    "mt": "Mobiliteit en transport",
    "pie": "Produceren, installeren en energie",
    "zw": "Zorg en welzijn",
    "vakmanschap_techniek": "Vakmanschapsroute techniek",
}
"""The ten profiles of vmbo (basis, kader, gemengd) since 2016, and the one vocational route that the report names."""
PROFILES_EN: Final = {
    "bwi": "Building, Housing and Interior",
    "dp": "Services and Products",
    "eo": "Economics and Entrepreneurship",
    "groen": "Green (agriculture and nature)",
    "hbr": "Hospitality, Bakery and Recreation",
    "mat": "Maritime and Technology",
    "mvi": "Media, Design and ICT",
    "mt": "Mobility and Transport",
    "pie": "Production, Installation and Energy",
    "zw": "Care and Welfare",
    "vakmanschap_techniek": "Craftsmanship Technology",
}
TECHNICAL: Final = frozenset({"bwi", "mat", "mt", "pie", "mvi"})
"""Technical profiles as in the note at figure 3.3 of MRDH 2026; its sum in the text of 3.2.1 leaves out mvi."""
SECTORS: Final = {
    "techniek": "Techniek",
    "zorg_en_welzijn": "Zorg en welzijn",
    "economie": "Economie",
    "landbouw": "Landbouw",
    "intersectoraal": "Intersectoraal",
}
_CODES: Final = {
    "bwi": "bwi", "dp": "dp", "d&p": "dp", "eo": "eo", "e&o": "eo", "gr": "groen", "groen": "groen", "hbr": "hbr",
    "mat": "mat", "mar": "mat", "m&t": "mat", "mvi": "mvi", "mt": "mt", "met": "mt",
    "pie": "pie", "zw": "zw", "zwe": "zw", "z&w": "zw",
    "vakmanschap techniek": "vakmanschap_techniek",
}  # fmt: skip
_TRACKS: Final = (
    ("B", re.compile(r"\b(?:vmbo|lwoo)?[ -]?(?:bl|bb|bbl|basisberoeps\w*|basis)\b")),
    ("K", re.compile(r"\b(?:vmbo|lwoo)?[ -]?(?:kl|kb|kbl|kaderberoeps\w*|kader)\b")),
    ("G", re.compile(r"\b(?:vmbo|lwoo)?[ -]?(?:gl|gemengde?(?: leerweg)?)\b")),
    ("T", re.compile(r"\b(?:vmbo|lwoo)?[ -]?(?:tl|theoretische?(?: leerweg)?|mavo)\b")),
    ("H", re.compile(r"\bhavo\b")),
    ("V", re.compile(r"\b(?:vwo|gymnasium|atheneum)\b")),
    ("P", re.compile(r"\bpraktijkonderwijs\b|^pro$")),
)
_ALIASES: Final = {
    "den haag": "s gravenhage",
    "the hague": "s gravenhage",
    "gravenhage": "s gravenhage",
    "den bosch": "s hertogenbosch",
    "bergen lb": "bergen l",
    "bergen n h": "bergen nh",
    "bergen noord holland": "bergen nh",
    "bergen limburg": "bergen l",
    "nuenen ca": "nuenen gerwen en nederwetten",
    "nuenen c a": "nuenen gerwen en nederwetten",
}


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """A name without case, accents and punctuation, one space between words: for comparing."""
    spread = unicodedata.normalize("NFKD", str(text)).casefold()
    letters = "".join(one for one in spread if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9&]+", " ", letters.replace("'", " ")).split())


@lru_cache(maxsize=10_000)
def municipality_key(name: str) -> str:
    """The name of a municipality for comparing: 'Den Haag', "'S-GRAVENHAGE" and 's-Gravenhage are one."""
    key = plain(name)
    return _ALIASES.get(key, key)


@lru_cache(maxsize=2_000)
def profile_key(name: str) -> str:
    """The key of a profile by its name or code; a slug of the name where it is none of the known; '' for nothing."""
    text = plain(name)
    if text in {"", "n v t", "nvt"}:
        return ""
    by_name = {plain(label): key for key, label in (*PROFILES.items(), *PROFILES_EN.items())}
    if found := by_name.get(text) or by_name.get(text.replace(" & ", " en ")) or _CODES.get(text):
        return found
    return (
        "vakmanschap_techniek"
        if text == "vakmanschapsroute techniek"
        else text.replace(" ", "_").replace("&", "en")
    )


def profile_name(key: str, language: str = "nl") -> str:
    """The name of a profile as people read it."""
    known = PROFILES_EN if language == "en" else PROFILES
    return known.get(key) or SECTORS.get(key) or key.replace("_", " ").capitalize()


@lru_cache(maxsize=2_000)
def track_key(text: str) -> str:
    """B, K, G, T (tracks of vmbo), H (havo), V (vwo), P (practical education), or '' where it is none or several."""
    words = plain(text)
    if words.startswith("brugjaar") or "vavo" in words:
        return ""
    found = {key for key, pattern in _TRACKS if pattern.search(words)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=2_000)
def sector_key(*texts: str) -> str:
    """The sector of the theoretical track or of a profile, from the name of a sector or of a programme."""
    words = " ".join(plain(one) for one in texts)
    for key, part in (
        ("intersectoraal", "intersect"),
        ("zorg_en_welzijn", "zorg"),
        ("economie", "economie"),
        ("landbouw", "landbouw"),
        ("landbouw", "groen"),
        ("techniek", "techniek"),
    ):
        if part in words:
            return key
    return ""
