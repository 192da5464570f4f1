"""Which stored adult each adult of a class list is: in a list they stand in columns, and those may change places.

A list has no ids of adults. Were the second column's adult taken for the first column's, one person would get the
name of another, with the sheets, answers and agreements that belong to that other person.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from driegesprek.roster.headings import SLOTS
from driegesprek.roster.people import AGAIN, Roster, RosterAdult
from driegesprek.roster.texts import folded

_NAMELESS = frozenset(dutch for dutch, _ in SLOTS.values())
"""How an adult is called of whom a list has a number only."""


def with_known_adults(incoming: Roster, known: Iterable[RosterAdult]) -> Roster:
    """The roster of a class list in which adults that are stored already have the id that they are stored with.

    In turn: who has the same name in the same column; who has the same name in another; who has a number or e-mail
    address in common, first in the same column; who stands in the same column under a name that may be the same person's
    (`F. Amrani` and `Fatima`). Whoever is none of them is somebody new.

    Args:
        incoming: the people in the file.
        known: the adults that the same source named before, also those who left since; one of several pupils stands here
            once under each of the source's names.
    """
    if incoming.source != "class_list":
        return incoming
    stored = _by_pupil(known)
    ids = {
        old: new
        for pupil, adults in _by_pupil(incoming.adults).items()
        if pupil in stored
        for old, new in _kept_ids(adults, stored[pupil]).items()
    }
    return replace(
        incoming,
        adults=tuple(
            replace(one, external_id=ids.get(one.external_id, one.external_id)) for one in incoming.adults
        ),
        bonds=tuple(
            replace(one, adult_external_id=ids.get(one.adult_external_id, one.adult_external_id))
            for one in incoming.bonds
        ),
    )


def _by_pupil(adults: Iterable[RosterAdult]) -> dict[str, dict[str, RosterAdult]]:
    found: dict[str, dict[str, RosterAdult]] = {}
    for one in adults:
        found.setdefault(one.external_id.rpartition("/")[0], {})[one.external_id] = one
    return found


def _same_place(read: RosterAdult, stored: RosterAdult) -> bool:
    return read.external_id == stored.external_id


def _same_name(read: RosterAdult, stored: RosterAdult) -> bool:
    return read.name not in _NAMELESS and folded(read.name) == folded(stored.name)


def _same_contact(read: RosterAdult, stored: RosterAdult) -> bool:
    return bool(_contact(read) & _contact(stored))


def _contact(one: RosterAdult) -> set[str]:
    return {folded(each) for each in (one.mobile, one.phone, one.email) if each}


def _may_be(read: RosterAdult, stored: RosterAdult) -> bool:
    """Whether one name may be another way to write the other: the same first letter, or all words of one in the other."""
    if {read.name, stored.name} & _NAMELESS:
        return True
    ours, theirs = folded(read.name).split(), folded(stored.name).split()
    if not ours or not theirs:
        return True
    return ours[0][0] == theirs[0][0] or set(ours) <= set(theirs) or set(theirs) <= set(ours)


# From the surest to the least sure sign that two are one person.
_SIGNS: tuple[Callable[[RosterAdult, RosterAdult], bool], ...] = (
    lambda read, stored: _same_place(read, stored) and _same_name(read, stored),
    _same_name,
    lambda read, stored: _same_place(read, stored) and _same_contact(read, stored),
    _same_contact,
    lambda read, stored: _same_place(read, stored) and _may_be(read, stored),
)


def _kept_ids(read: Mapping[str, RosterAdult], stored: Mapping[str, RosterAdult]) -> dict[str, str]:
    """Of the adults of one pupil, {id in the file: id to keep}."""
    found: dict[str, str] = {}
    for alike in _SIGNS:
        for key, one in read.items():
            left = (id_ for id_, other in stored.items() if id_ not in found.values() and alike(one, other))
            if key not in found and (match := next(left, None)) is not None:
                found[key] = match
    taken = {*stored, *found.values()}
    for key in read.keys() - found.keys():
        found[key] = next(id_ for id_ in _places(key) if id_ not in taken)
        taken.add(found[key])
    return found


def _places(key: str) -> Iterator[str]:
    """The id itself, then those of who stands in that place after somebody else."""
    yield key
    yield from (f"{key}{AGAIN}{number}" for number in count(2))
