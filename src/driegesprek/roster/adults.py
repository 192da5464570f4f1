"""The adults on a pupil's row, and what ties them to the pupil."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from driegesprek.roster import messages, words
from driegesprek.roster.cells import RowReader
from driegesprek.roster.headings import ADULTS, SLOTS
from driegesprek.roster.names import split_family, split_full, without_title
from driegesprek.roster.people import RosterAdult, RosterBond
from driegesprek.roster.texts import folded

_RELATIONS = {"moeder": "mother", "vader": "father", "voogd": "guardian"}
_NAME = frozenset({"given_name", "prefix", "family_name", "full_name"})
_PRESENT = ("name", "given_name", "family_name", "mobile", "phone", "email")
_ADDRESS = ("address", "house_number", "postcode", "town")
# Which fields of an adult and of a bond a column tells. A mobile number is recognised in a telephone column too.
_ADULT_FIELDS: Mapping[str, frozenset[str]] = {
    "name": _NAME,
    "given_name": _NAME,
    "family_name": _NAME,
    "mobile": frozenset({"mobile"}),
    "phone": frozenset({"phone", "mobile"}),
    "email": frozenset({"email"}),
    "language": frozenset({"language"}),
    **dict.fromkeys(_ADDRESS, frozenset({"address"})),
}
_BOND_FIELDS: Mapping[str, frozenset[str]] = {
    "relation": frozenset({"relation"}),
    "authority": frozenset({"authority"}),
    "contact_allowed": frozenset({"contact_allowed"}),
    "household": frozenset({"household"}),
    **dict.fromkeys(_ADDRESS, frozenset({"household"})),
}


@dataclass(frozen=True, slots=True)
class AdultDefaults:
    """What holds for all adults on a row unless their own column says otherwise."""

    language: str | None = None


def told_of_adults(slot: str, columns: Mapping[str, int]) -> tuple[frozenset[str], frozenset[str]]:
    """The fields of the slot's adult and bond that a list with these columns tells."""
    parts = {key.split(".")[1] for key in columns if key.split(".")[0] in {slot, ADULTS}}
    if "pupil.language" in columns:
        parts.add("language")
    adult = frozenset[str]().union(*(_ADULT_FIELDS.get(part, frozenset()) for part in parts))
    bond = frozenset[str]().union(*(_BOND_FIELDS.get(part, frozenset()) for part in parts))
    return adult, bond | ({"relation"} if slot in _RELATIONS else frozenset())


def read_adults(
    reader: RowReader, pupil: str, slots: Iterable[str], default: AdultDefaults, homes: dict[str, str]
) -> tuple[list[RosterAdult], list[RosterBond]]:
    """The adults of a row, each with an id made of the pupil's and the slot's, and their bonds.

    `homes` has the number of each household of this pupil that was met before, and gets the new ones.
    """
    present = [slot for slot in slots if any(reader.text(f"{slot}.{part}") for part in _PRESENT)]
    home_of = _households(reader, present, homes)
    adults = [_adult(reader, pupil, slot, default) for slot in present]
    bonds = [_bond(reader, pupil, slot, home_of[slot]) for slot in present]
    return adults, bonds


def _adult(reader: RowReader, pupil: str, slot: str, default: AdultDefaults) -> RosterAdult:
    given, prefix, family, full = _name(reader, slot)
    mobile, phone = _numbers(reader, slot)
    own = reader.guessed(f"{slot}.language", words.language_tag, messages.UNKNOWN_LANGUAGE)
    return RosterAdult(
        external_id=f"{pupil}/{slot}",
        given_name=given,
        prefix=prefix,
        family_name=family,
        full_name=full,
        mobile=mobile,
        phone=phone,
        email=reader.email(f"{slot}.email"),
        language=own or default.language,
        address=_address(reader, slot),
    )


def _name(reader: RowReader, slot: str) -> tuple[str, str, str, str]:
    """Given name, prefix, family name; or the full name where the list does not divide it.

    An adult of whom only a number is known is called by the slot, such as `Verzorger 1`.
    """
    family = reader.text(f"{slot}.family_name")
    if family:
        prefix = reader.text(f"{slot}.prefix")
        own, family = ("", family) if prefix else split_family(family)
        return reader.text(f"{slot}.given_name"), prefix or own, family, ""
    full = without_title(reader.text(f"{slot}.name") or reader.text(f"{slot}.given_name"))
    if "," in full:
        return (*split_full(full)[:3], "")
    return "", "", "", full or SLOTS[slot][0]


def _numbers(reader: RowReader, slot: str) -> tuple[str | None, str | None]:
    """The number for text messages and another one, whichever column they stand in."""
    numbers = dict([*reader.phones(f"{slot}.mobile"), *reader.phones(f"{slot}.phone")])
    mobile = next((number for number, is_mobile in numbers.items() if is_mobile), None)
    return mobile, next((number for number in numbers if number != mobile), None)


def _address(reader: RowReader, slot: str) -> str | None:
    return " ".join(text for part in _ADDRESS if (text := reader.text(f"{slot}.{part}"))) or None


def _households(reader: RowReader, slots: Iterable[str], numbers: dict[str, str]) -> dict[str, str | None]:
    """Households by number: the same address or household is one; who has neither is in none that is known."""
    homes: dict[str, str | None] = {}
    for slot in slots:
        home = reader.text(f"{slot}.household") or _address(reader, slot) or ""
        place = "".join(sign for sign in folded(home) if sign.isalnum())
        homes[slot] = numbers.setdefault(place, str(len(numbers) + 1)) if place else None
    return homes


def _bond(reader: RowReader, pupil: str, slot: str, household: str | None) -> RosterBond:
    text = reader.text(f"{slot}.relation")
    return RosterBond(
        pupil_external_id=pupil,
        adult_external_id=f"{pupil}/{slot}",
        relation=words.relation(text) if text else _RELATIONS.get(slot, "parent"),
        household=household,
        authority=_yes_or_no(reader, slot, "authority"),
        contact_allowed=_yes_or_no(reader, slot, "contact_allowed"),
    )


def _yes_or_no(reader: RowReader, slot: str, part: str) -> bool | None:
    own = reader.parsed(f"{slot}.{part}", words.yes_or_no, messages.BAD_YES_NO)
    if own is not None:
        return own
    return reader.parsed(f"{ADULTS}.{part}", words.yes_or_no, messages.BAD_YES_NO)
