"""Class lists and OneRoster become people; what is new, changed, gone.

An import goes in steps: `recognise` what was brought; for a class list let a person correct
`Recognised.suggestion`; `read` it into a `Roster` (or get `FileRefused` with every problem and its place);
`compare` it with what is stored from the same source; `apply`, or store what the `Difference` says.
`likely_doubles` are shown to a person. No step changes what it is given.
"""

from driegesprek.roster.comparing import Changed, Difference, FieldChange, KindDifference, apply, compare
from driegesprek.roster.doubles import LikelyDouble, likely_doubles
from driegesprek.roster.headings import FIELDS, SLOTS, ColumnMapping, Field, suggest_mapping
from driegesprek.roster.known_adults import with_known_adults
from driegesprek.roster.people import (
    KINDS,
    Roster,
    RosterAdult,
    RosterBond,
    RosterClass,
    RosterEnrolment,
    RosterLocation,
    RosterPupil,
    RosterStaff,
    Scope,
)
from driegesprek.roster.recognising import Recognised, read, read_path_or_bytes, recognise

__all__ = [
    "FIELDS",
    "KINDS",
    "SLOTS",
    "Changed",
    "ColumnMapping",
    "Difference",
    "Field",
    "FieldChange",
    "KindDifference",
    "LikelyDouble",
    "Recognised",
    "Roster",
    "RosterAdult",
    "RosterBond",
    "RosterClass",
    "RosterEnrolment",
    "RosterLocation",
    "RosterPupil",
    "RosterStaff",
    "Scope",
    "apply",
    "compare",
    "likely_doubles",
    "read",
    "read_path_or_bytes",
    "recognise",
    "suggest_mapping",
    "with_known_adults",
]
