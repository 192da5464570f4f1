"""Class lists and OneRoster become people; what is new, changed, gone."""

from driegesprek.roster.comparing import Changed, Difference, FieldChange, KindDifference, apply, compare
from driegesprek.roster.doubles import LikelyDouble, likely_doubles
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
)

__all__ = [
    "KINDS",
    "Changed",
    "Difference",
    "FieldChange",
    "KindDifference",
    "LikelyDouble",
    "Roster",
    "RosterAdult",
    "RosterBond",
    "RosterClass",
    "RosterEnrolment",
    "RosterLocation",
    "RosterPupil",
    "RosterStaff",
    "apply",
    "compare",
    "likely_doubles",
]
