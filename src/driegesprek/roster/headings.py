"""Which column of a class list holds what: recognised by its heading, corrected by a person, remembered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from driegesprek.roster.texts import folded

VERSION = 1
SLOTS: Mapping[str, tuple[str, str]] = {
    **{f"verzorger-{number}": (f"Verzorger {number}", f"Carer {number}") for number in range(1, 5)},
    "moeder": ("Moeder", "Mother"),
    "vader": ("Vader", "Father"),
    "voogd": ("Voogd", "Guardian"),
}
ADULTS = "adults"


@dataclass(frozen=True, slots=True)
class Field:
    """Something a column can hold.

    Attributes:
        key: such as `pupil.given_name` or `verzorger-1.mobile`; what a mapping stores.
        nl: label for the desk, in Dutch.
        en: the same in English.
    """

    key: str
    nl: str
    en: str


# Per field: label in Dutch and English, then the headings that mean it, the surest first.
_PUPIL: Mapping[str, tuple[str, str, str]] = {
    "pupil.id": (
        "Leerlingnummer", "Pupil number",
        (
            "stamnummer|leerlingnummer|stamnr|leerlingnr|llnr|lln nr|llnnr|ll nr|leerling nr|leerling nummer|"
            "leerling id|leerlingid|studentnummer|stam nummer|stam nr|"
            "leerlingnummer school|leerlingcode|pupil number|student number|student id|nummer|nr|id"
        ),
    ),
    "pupil.name": (
        "Hele naam", "Full name",
        "naam|volledige naam|leerling|leerlingnaam|naam leerling|hele naam|name|full name|weergavenaam",
    ),
    "pupil.given_name": ("Roepnaam", "Given name", "roepnaam|voornaam|voornamen|first name|given name"),
    "pupil.prefix": (
        "Tussenvoegsel", "Prefix",
        (
            "tussenvoegsel|tussenvoegsels|voorvoegsel|voorvoegsels|tussenv|tussenvoegs|tv|tvs|vv|tussen|prefix|"
            "voorvoegsel achternaam|tussenvoegsel achternaam"
        ),
    ),
    "pupil.family_name": (
        "Achternaam", "Family name", "achternaam|familienaam|geslachtsnaam|last name|family name|surname",
    ),
    "class.name": (
        "Klas", "Class",
        "stamklas|klas|basisgroep|stamgroep|klasnaam|klassencode|klascode|huidige klas|groep|class|home class",
    ),
    "class.year_group": ("Leerjaar", "Year group", "leerjaar|jaarlaag|lj|jaar|year|year group|grade"),
    "class.track": (
        "Leerweg", "Track",
        "leerweg|niveau|studie|opleiding|onderwijssoort|schoolsoort|afdeling|onderwijstype|track|level",
    ),
    "class.location": ("Vestiging", "Location", "vestiging|locatie|vestigingsnaam|location"),
    "class.mentor": (
        "Mentor", "Mentor",
        "mentor|naam mentor|mentor naam|klassenmentor|mentor 1|coach|mentoren|tutor|mentornaam|persoonlijk mentor",
    ),
    "class.mentor_2": ("Tweede mentor", "Second mentor", "mentor 2|tweede mentor|duomentor|naam mentor 2"),
    "class.mentor_code": (
        "Code van de mentor", "Mentor's code", "mentorcode|mentor code|code mentor|afkorting mentor|mentor afkorting",
    ),
    "class.mentor_email": (
        "E-mail van de mentor", "Mentor's e-mail", "mentor email|email mentor|mentor 1 email|email mentor 1",
    ),
    "pupil.birth_date": (
        "Geboortedatum", "Birth date",
        (
            "geboortedatum|geb datum|gebdatum|geboren|geboren op|gebdat|geb dat|geb|geboortedat|dob|date of birth|"
            "birth date|geboorte datum"
        ),
    ),
    "pupil.language": ("Thuistaal", "Home language", "thuistaal|taal thuis|moedertaal|home language|taal"),
    "pupil.email": ("E-mail van de leerling", "Pupil's e-mail", "email|school email|emailadres school"),
    "pupil.mobile": ("Mobiel van de leerling", "Pupil's mobile", "mobiel|mobiele telefoon|mobiel nummer|gsm"),
    "adults.authority": ("Gezag (alle verzorgers)", "Authority (all carers)", "gezag|ouderlijk gezag"),
    "adults.contact_allowed": (
        "Contact toegestaan (alle verzorgers)", "Contact allowed (all carers)",
        "contact toegestaan|mag contact|contact|benaderen toegestaan",
    ),
}  # fmt: skip
_ADULT: Mapping[str, tuple[str, str, str]] = {
    "name": ("naam", "name", "|naam|volledige naam|hele naam|name|full name"),
    "given_name": ("roepnaam", "given name", "roepnaam|voornaam|voornamen|voorletters|initialen|first name"),
    "prefix": ("tussenvoegsel", "prefix", "tussenvoegsel|tussenvoegsels|voorvoegsel|voorvoegsels|tv|tussenv|vv"),
    "family_name": ("achternaam", "family name", "achternaam|familienaam|geslachtsnaam|last name|surname"),
    "relation": (
        "relatie", "relation",
        "relatie|relatie tot leerling|relatietype|soort relatie|soort|type|rol|relation|relatie met leerling",
    ),
    "mobile": (
        "mobiel", "mobile",
        (
            "mobiel|mobiel nummer|mobielnummer|mobiele nummer|mobiele telefoon|mobiel telefoonnummer|gsm|06|mobile|"
            "06 nummer|telefoon mobiel|tel mobiel"
        ),
    ),
    "phone": (
        "telefoon", "telephone",
        "telefoon|telefoonnummer|tel|tel nr|telnr|telefoon thuis|vaste telefoon|telefoon vast|telefoon prive|phone",
    ),
    "email": ("e-mail", "e-mail", "email|mail"),
    "language": (
        "taal", "language",
        "taal|thuistaal|voorkeurstaal|moedertaal|spreektaal|communicatietaal|taal van communicatie|language",
    ),
    "address": ("adres", "address", "adres|straat|straatnaam|woonadres|address|adresregel"),
    "house_number": ("huisnummer", "house number", "huisnummer|huisnr|nr"),
    "postcode": ("postcode", "postcode", "postcode|pc|postcode en plaats|postcode plaats"),
    "town": ("woonplaats", "town", "woonplaats|plaats|plaatsnaam|town"),
    "household": ("huishouden", "household", "huishouden|household|gezin|huishoudnummer"),
    "authority": ("gezag", "authority", "gezag|ouderlijk gezag|heeft gezag|wettelijk vertegenwoordiger|authority"),
    "contact_allowed": (
        "contact toegestaan", "contact allowed",
        "contact toegestaan|mag contact|contact|benaderen toegestaan|contact allowed",
    ),
}  # fmt: skip
_ADULT_WORD = re.compile(
    r"\b(ouders?|verzorgers?|verzorgster|verz|contactpersoon|opvoeder|carer|parent|voogd|guardian|"
    r"moeder|mother|vader|father|v(?=\s\d)|contact(?=\s\d))\b"
)
# A remark such as (verplicht) says nothing of the field; `Mobiel (verzorger 1)` says whose it is.
_BRACKETED = re.compile(r"\(([^)]*)\)")
_LETTERED = {"a": "1", "b": "2"}
_WRITTEN_OUT = {
    "mob": "mobiel",
    "mobnr": "mobiel",
    "aanschrijfnaam": "naam",
    "aanspreeknaam": "naam",
    "roepnm": "roepnaam",
    "achternm": "achternaam",
    "voertaal": "taal",
    "contacttaal": "taal",
    "gesprekstaal": "taal",
    "adr": "adres",
    "wpl": "woonplaats",
}
"""Words of headings that mean the same as a commoner one, of a pupil and of an adult alike."""
_NAMED_SLOTS = {
    "moeder": "moeder",
    "mother": "moeder",
    "vader": "vader",
    "father": "vader",
    "voogd": "voogd",
    "guardian": "voogd",
}
_TOGETHER = frozenset({"ouders", "verzorgers"})
_PUPIL_FILLERS = re.compile(r"\b(leerling|leerlingen|lln|ll|student|van|de|het|officiele|officieel|\d+)\b")
_ADULT_FILLERS = re.compile(r"\b(van|de|het|of|en|leerling|prive)\b")
REQUIRED = ("pupil.id", "class.name")


def _fields() -> Iterator[Field]:
    for key, (dutch, english, _) in _PUPIL.items():
        yield Field(key, dutch, english)
    for slot, (dutch, english) in SLOTS.items():
        for part, (nl, en, _) in _ADULT.items():
            yield Field(f"{slot}.{part}", f"{dutch} {nl}", f"{english} {en}")


FIELDS: Mapping[str, Field] = {each.key: each for each in _fields()}


def _ranks(table: Mapping[str, tuple[str, str, str]]) -> dict[str, tuple[str, int]]:
    return {
        heading: (key, rank)
        for key, (_, _, headings) in table.items()
        for rank, heading in enumerate(headings.split("|"))
    }


_PUPIL_HEADINGS = _ranks(_PUPIL)
_ADULT_HEADINGS = _ranks(_ADULT)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which heading holds which field; made by `suggest_mapping`, corrected by a person, stored as JSON.

    Attributes:
        columns: heading and field key, in the order of the file; a heading that is not in it is ignored.
    """

    columns: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        keys = [key for _, key in self.columns]
        if unknown := [key for key in keys if key not in FIELDS]:
            raise ValueError(f"Unknown fields: {', '.join(unknown)}")
        if len(set(keys)) < len(keys):
            raise ValueError("A field can be held by one column only.")

    @property
    def missing(self) -> tuple[Field, ...]:
        """Required fields that no column holds: the pupil number, the class and some form of the name."""
        keys = {key for _, key in self.columns}
        wanted = list(REQUIRED)
        if "pupil.name" not in keys:
            wanted += ["pupil.given_name", "pupil.family_name"]
        return tuple(FIELDS[key] for key in wanted if key not in keys)

    def ignored(self, headings: Iterable[str]) -> tuple[str, ...]:
        """The headings of a file that hold nothing that is used."""
        known = {folded(heading) for heading, _ in self.columns}
        return tuple(heading for heading in headings if folded(heading) not in known)

    def positions(self, headings: Iterable[str]) -> dict[str, int]:
        """For each field the 0-based column of a file that holds it, whatever the order and the case."""
        found = {folded(heading): index for index, heading in enumerate(headings)}
        return {key: found[folded(heading)] for heading, key in self.columns if folded(heading) in found}

    def as_json(self) -> dict[str, Any]:
        """Plain values to store."""
        return {"version": VERSION, "columns": dict(self.columns)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "ColumnMapping":
        """A stored mapping.

        Raises:
            ValueError: another version or unknown fields.
        """
        columns = value.get("columns")
        if value.get("version") != VERSION or not isinstance(columns, Mapping):
            raise ValueError("Not a column mapping of this version.")
        return cls(tuple((str(heading), str(key)) for heading, key in columns.items() if key))


def suggest_mapping(headings: Iterable[str]) -> ColumnMapping:
    """The fields that headings name, in any order, case and usual spelling.

    Where two headings name one field (`Groep` and `Stamklas`), the surer one gets it. Beside `Ouder 1`, `Mobiel 1` is
    that adult's.
    """
    headings = list(headings)
    slots = {found[0].partition(".")[0] for heading in headings if (found := recognised(heading))} & set(
        SLOTS
    )
    best: dict[str, tuple[int, int, str]] = {}
    for index, heading in enumerate(headings):
        if found := _of_numbered_adult(heading, slots) or recognised(heading):
            key, rank = found
            best[key] = min(best.get(key, (rank, index, heading)), (rank, index, heading))
    chosen = sorted((index, heading, key) for key, (_, index, heading) in best.items())
    return ColumnMapping(tuple((heading, key) for _, heading, key in chosen))


def recognised(heading: str) -> tuple[str, int] | None:
    """The field that a heading names and how far down the list of its spellings it stands."""
    text = _normal(heading)
    if text in _PUPIL_HEADINGS:
        return _PUPIL_HEADINGS[text]
    if "mentor" in text.split():
        return _mentor(text)
    if found := _ADULT_WORD.search(text):
        return _adult(text, found[1])
    return _PUPIL_HEADINGS.get(_squeezed(_PUPIL_FILLERS.sub(" ", text)))


def _normal(heading: str) -> str:
    text = _BRACKETED.sub(_bracketed, folded(heading))
    text = re.sub(r"e[\s\-_.]?mail[\s\-_]?(adres|address)?", " email ", text)
    text = re.sub(r"(?<=[a-z])(?=\d)", " ", text)
    text = re.sub(r"\b(1e|1ste|eerste)\b", "1", text)
    text = re.sub(r"\b(2e|2de|tweede)\b(?!\s*mentor)", "2", text)
    text = re.sub(r"(?<=\d)(?=[a-z])", " ", text)
    text = " ".join(_WRITTEN_OUT.get(word, word) for word in re.sub(r"[^a-z0-9]+", " ", text).split())
    text = re.sub(
        r"\b(ouder|verzorger|parent) ([ab])\b", lambda found: f"{found[1]} {_LETTERED[found[2]]}", text
    )
    return (
        text
        if _ADULT_WORD.search(text)
        else re.sub(r"\b(wettelijke? )?vertegenwoordiger\b", "verzorger", text)
    )


def _bracketed(found: re.Match[str]) -> str:
    of_all = found[0].startswith("(al")
    tells = _ADULT_WORD.search(found[1]) or re.fullmatch("[1-4]", found[1])
    return f" {found[1]} " if tells and not of_all else " "


def _mentor(text: str) -> tuple[str, int] | None:
    if "email" in text.split():
        return "class.mentor_email", 9
    return _PUPIL_HEADINGS.get(_squeezed(_PUPIL_FILLERS.sub(" ", text)))


def _adult(text: str, word: str) -> tuple[str, int] | None:
    number = re.search(r"\b([1-9])\b", text)
    digit = int(number[1]) if number else 1
    numbered = word == "guardian" and number  # `Guardian 2` is the second carer, as `Parent 2`
    slot = f"verzorger-{digit}" if numbered else _NAMED_SLOTS.get(word, f"verzorger-{digit}")
    if slot not in SLOTS:
        return None
    rest = _ADULT_WORD.sub(" ", text)
    if number:
        rest = re.sub(rf"\b{number[1]}\b", " ", rest, count=1)
    part = _part(_squeezed(_ADULT_FILLERS.sub(" ", rest)))
    if (
        part and part[0] == "language" and word in _TOGETHER and not number
    ):  # `Taal ouders`: of everybody at home
        return "pupil.language", 60
    return (f"{slot}.{part[0]}", part[1]) if part else None


def _of_numbered_adult(heading: str, slots: AbstractSet[str]) -> tuple[str, int] | None:
    """`Mobiel 1` where another heading names adult 1; nothing where it says itself whose it is.

    Of one adult only there is also a plain `Relatie`, which no pupil has.
    """
    text = _normal(heading)
    number = re.search(r"\b([1-9])\b", text)
    if slots == {"verzorger-1"} and _ADULT_HEADINGS.get(text, ("", 0))[0] == "relation":
        return "verzorger-1.relation", 60
    slot = f"verzorger-{number[1]}" if number else ""
    if slot not in slots or _ADULT_WORD.search(text) or {"mentor", "leerling"} & set(text.split()):
        return None
    part = _ADULT_HEADINGS.get(_squeezed(re.sub(r"\b[1-9]\b", " ", text)))
    return (f"{slot}.{part[0]}", part[1] + 60) if part else None


def _part(rest: str) -> tuple[str, int] | None:
    """The exact spelling, else the one word in it that says enough (`mobiel nummer werk`)."""
    if rest in _ADULT_HEADINGS:
        return _ADULT_HEADINGS[rest]
    telling = (
        "email",
        "mobiel",
        "gsm",
        "telefoon",
        "tel",
        "taal",
        "gezag",
        "relatie",
        "roepnaam",
        "achternaam",
    )
    word = next((word for word in telling if word in rest.split()), None)
    return (_ADULT_HEADINGS[word][0], 50) if word else None


def _squeezed(text: str) -> str:
    return " ".join(text.split())


# What the row of headings of a class list is recognised by.
HEADING_WORDS = frozenset(
    heading for heading in _PUPIL_HEADINGS if heading not in {"naam", "taal", "contact", "nr", "id", "mail"}
) | {"naam", "e-mail", "e-mailadres"}
