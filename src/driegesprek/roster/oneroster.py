"""OneRoster 1.1 and 1.2 (CSV, bulk) becomes people.

Source: 1EdTech, OneRoster 1.1 CSV Tables and OneRoster 1.2 CSV Binding. Of demographics only the birth date is
read. `enabledUser` false means that access is withheld, not that somebody has left; `tobedeleted` means that.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from driegesprek.roster import messages
from driegesprek.roster.cells import RowReader
from driegesprek.roster.class_list import MOST_PUPILS
from driegesprek.roster.comparing import ordered
from driegesprek.roster.oneroster_classes import (
    Enrolments,
    Orgs,
    build_classes,
    grade_of,
    read_classes,
    read_enrolments,
    read_orgs,
    school_year,
)
from driegesprek.roster.oneroster_files import Export
from driegesprek.roster.oneroster_users import (
    PUPIL,
    STAFF,
    Roles,
    has_role,
    language_told,
    read_adult,
    read_births,
    read_bonds,
    read_pupil,
    read_roles,
    read_staff,
)
from driegesprek.roster.people import Roster, RosterClass, RosterPupil, RosterStaff
from driegesprek.tables import FileRefused, Problem

SOURCE = "oneroster"


def read(export: Export, *, today: date, school: str | None = None) -> Roster:
    """Read an export.

    Args:
        export: as opened by `oneroster_files.open_export`.
        today: decides which terms, roles and enrolments are over, and whether a birth date can be right.
        school: id or name of one school in the export; by default all, each as a location.

    Raises:
        FileRefused: with everything that is wrong, up to 200 problems; nothing is read then.
    """
    orgs = read_orgs(export, school)
    users = export.by_id("users")
    roles = read_roles(export, users, today)
    class_rows, chosen = read_classes(export, orgs, today)
    enrolments = read_enrolments(export, class_rows, chosen, users, today)
    classes = build_classes(export, class_rows, chosen, enrolments)
    now = _classes_of(export, classes, enrolments, today)
    pupils = _pupils(export, users, roles, orgs, classes=now, today=today)
    bonds = {bond.key: bond for bond in read_bonds(export, users, roles, pupils)}
    adults = [read_adult(users[key]) for key in {bond.adult_external_id for bond in bonds.values()}]
    staff = _staff(users, roles, orgs, classes)
    export.findings.refuse()
    if not pupils:
        raise FileRefused([Problem(export.name, messages.NO_PUPILS)])
    if len(pupils) > MOST_PUPILS:
        raise FileRefused([Problem(export.name, messages.TOO_MANY_PUPILS, {"most": MOST_PUPILS})])
    return Roster(
        source=SOURCE,
        school_year=school_year(export, today),
        locations=ordered(orgs.locations.values()),
        staff=ordered(staff.values()),
        classes=classes,
        pupils=ordered(pupils.values()),
        enrolments=ordered({e.key: e for e in enrolments.pupils if e.pupil_external_id in pupils}.values()),
        adults=ordered(adults),
        bonds=ordered(bonds.values()),
        known=_known(export, {key: class_rows[key] for key in chosen}),
        notes=tuple(export.notes),
    )


def _classes_of(
    export: Export, classes: Iterable[RosterClass], enrolments: Enrolments, today: date
) -> dict[str, str]:
    """The class of each pupil today; of several the first by name, which is noted."""
    names = {each.external_id: (each.name, each.external_id) for each in classes}
    found: dict[str, set[str]] = {}
    for each in enrolments.pupils:
        if not (each.begins_on and each.begins_on > today):
            found.setdefault(each.pupil_external_id, set()).add(each.class_external_id)
    if several := sum(len(ids) > 1 for ids in found.values()):
        export.note(messages.SEVERAL_CLASSES, count=several)
    return {pupil: min(ids, key=names.__getitem__) for pupil, ids in found.items()}


def _pupils(
    export: Export,
    users: Mapping[str, RowReader],
    roles: Roles,
    orgs: Orgs,
    *,
    classes: Mapping[str, str],
    today: date,
) -> dict[str, RosterPupil]:
    rows = {key: row for key, row in users.items() if has_role(roles, key, PUPIL, orgs)}
    births = read_births(export, rows, today)
    return {
        key: read_pupil(
            row, class_id=classes.get(key), born=births.get(key), location=_location(roles[key], orgs)
        )
        for key, row in rows.items()
    }


def _location(roles: Iterable[tuple[str, str]], orgs: Orgs) -> str | None:
    return next((org for role, org in roles if role in PUPIL and org in orgs.locations), None)


def _staff(
    users: Mapping[str, RowReader], roles: Roles, orgs: Orgs, classes: Iterable[RosterClass]
) -> dict[str, RosterStaff]:
    """Staff of the school, and whoever is mentor of one of its classes."""
    mentors = {mentor for each in classes for mentor in each.mentor_external_ids}
    return {
        key: read_staff(row, roles[key], is_mentor=key in mentors)
        for key, row in users.items()
        if key in mentors or has_role(roles, key, STAFF, orgs)
    }


def _known(export: Export, classes: Mapping[str, RowReader]) -> dict[str, frozenset[str]]:
    """What the export tells, by its columns."""
    names = {"given_name", "prefix", "family_name", "enabled"}
    contact = {"email"} if export.has_column("users", "email") else set()
    mobile = {"mobile"} if export.has_column("users", "sms", "phone") else set()
    language = language_told(export)
    grades = {"year_group"} if export.has_column("users", "grades", "grade") else set()
    births = {"birth_date"} if "demographics" in export.tables else set()
    years = (
        {"year_group"} if all(grade_of(row) for row in classes.values()) else set()
    )  # else some are guesses
    pupil = names | contact | mobile | grades | births | {"class_external_id", "location_external_id"}
    return {
        "locations": frozenset({"name"}),
        "staff": frozenset({"name", "role", "enabled"} | contact),
        "classes": frozenset({"name", "mentor_external_ids", "location_external_id"} | years),
        "pupils": frozenset(pupil | ({"home_language"} if language else set())),
        "enrolments": frozenset({"begins_on", "ends_on"}),
        "adults": frozenset(
            names
            | contact
            | mobile
            | ({"phone"} if mobile else set())
            | ({"language"} if language else set())
        ),
        "bonds": frozenset({"relation"}),
    }
