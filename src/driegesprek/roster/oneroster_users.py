"""Users of a OneRoster export: pupils, adults, staff."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from driegesprek.roster import messages, words
from driegesprek.roster.cells import RowReader
from driegesprek.roster.names import is_prefix, split_family
from driegesprek.roster.oneroster_classes import Orgs, grade_of
from driegesprek.roster.oneroster_files import Export, iso_date
from driegesprek.roster.people import RosterAdult, RosterBond, RosterPupil, RosterStaff

# Role and organisation, as a user has them now.
Roles = Mapping[str, tuple[tuple[str, str], ...]]

PUPIL = frozenset({"student"})
ADULT: Mapping[str, str] = {"parent": "parent", "guardian": "guardian", "relative": "relative"}
STAFF: Mapping[str, str] = {
    "teacher": "teacher",
    "counselor": "counsellor",
    "principal": "school_leader",
    "administrator": "administrator",
    "districtadministrator": "administrator",
    "siteadministrator": "administrator",
    "systemadministrator": "administrator",
    "aide": "support",
    "proctor": "support",
}
_LANGUAGE = (
    "metadata.language",
    "metadata.homelanguage",
    "metadata.preferredlanguage",
    "metadata.taal",
    "language",
)


def read_roles(export: Export, users: Mapping[str, RowReader], today: date) -> Roles:
    """Each user's roles: of roles.csv in 1.2, where a user can have several; of users.csv in 1.1."""
    found: dict[str, list[tuple[str, str]]] = {key: [] for key in users}
    if "roles" not in export.tables:
        for key, row in users.items():
            found[key] = [(row.text("role").casefold(), org) for org in _listed(row, "orgsourcedids") or [""]]
        return {key: tuple(roles) for key, roles in found.items()}
    for row in export.rows("roles"):
        key = row.required("usersourcedid")
        begin, end = iso_date(row, "begindate"), iso_date(row, "enddate")
        if key not in users:
            if key and key not in export.removed.get("users", ()):
                row.wrong("usersourcedid", messages.UNKNOWN_REFERENCE, id=key, file="users.csv")
        elif not (begin and begin > today) and not (end and end < today):
            found[key].append((row.text("role").casefold(), row.text("orgsourcedid")))
    if without := sum(not roles for roles in found.values()):
        export.note(messages.ABSENT_ROLES, count=without)
    return {key: tuple(roles) for key, roles in found.items()}


def has_role(roles: Roles, key: str, wanted: Iterable[str], orgs: Orgs | None = None) -> bool:
    """Whether a user has one of the roles, at one of the organisations."""
    return any(role in wanted and (orgs is None or orgs.holds(org)) for role, org in roles[key])


def read_pupil(
    row: RowReader, *, class_id: str | None, born: date | None, location: str | None
) -> RosterPupil:
    """A pupil."""
    given, prefix, family = _name(row)
    mobile = row.phones("sms")
    return RosterPupil(
        external_id=row.text("sourcedid"),
        given_name=given,
        prefix=prefix,
        family_name=family,
        birth_date=born,
        class_external_id=class_id,
        year_group=grade_of(row),
        home_language=_language(row),
        email=row.email("email"),
        mobile=mobile[0][0] if mobile else None,
        location_external_id=location,
        enabled=_enabled(row),
    )


def read_adult(row: RowReader) -> RosterAdult:
    """An adult."""
    given, prefix, family = _name(row)
    numbers = dict([*row.phones("sms"), *row.phones("phone")])
    mobile = next((number for number, is_mobile in numbers.items() if is_mobile), None)
    return RosterAdult(
        external_id=row.text("sourcedid"),
        given_name=given,
        prefix=prefix,
        family_name=family,
        mobile=mobile,
        phone=next((number for number in numbers if number != mobile), None),
        email=row.email("email"),
        language=_language(row),
        enabled=_enabled(row),
    )


def read_staff(row: RowReader, roles: Iterable[tuple[str, str]], *, is_mentor: bool) -> RosterStaff:
    """A member of staff; who is mentor of a class is so called, whatever other role there is."""
    role = "mentor" if is_mentor else next(STAFF[role] for role, _ in roles if role in STAFF)
    name = " ".join(part for part in _name(row) if part)
    return RosterStaff(
        row.text("sourcedid"), name, email=row.email("email"), role=role, enabled=_enabled(row)
    )


def read_births(export: Export, pupils: Mapping[str, RowReader], today: date) -> dict[str, date]:
    """Birth dates of pupils; the id is called userSourcedId in 1.1 and sourcedId in 1.2."""
    births: dict[str, date] = {}
    for row in export.rows("demographics"):
        key = row.text("usersourcedid") or row.text("sourcedid")
        if key in pupils and (born := row.birth_date("birthdate", messages.BAD_ISO_DATE, today)):
            births[key] = born
    return births


def read_bonds(
    export: Export, users: Mapping[str, RowReader], roles: Roles, pupils: Iterable[str]
) -> Iterator[RosterBond]:
    """The bonds that agents make: an agent of a pupil, or a pupil as agent of an adult."""
    known, absent = frozenset(pupils), set()
    for key, row in users.items():
        for agent in _listed(row, "agentsourcedids") or _listed(row, "agents"):
            if agent in users:
                yield from _bond(key, agent, roles, known)
            elif key in known and agent not in export.removed.get("users", ()):
                absent.add(key)
    if absent:
        export.note(messages.ABSENT_AGENTS, count=len(absent))


def _bond(user: str, agent: str, roles: Roles, pupils: frozenset[str]) -> Iterator[RosterBond]:
    for pupil, adult in ((user, agent), (agent, user)):
        if pupil in pupils and has_role(roles, adult, ADULT):
            relation = next(ADULT[role] for role, _ in roles[adult] if role in ADULT)
            yield RosterBond(pupil, adult, relation)


def _listed(row: RowReader, key: str) -> list[str]:
    return [part.strip() for part in row.text(key).split(",") if part.strip()]


def _name(row: RowReader) -> tuple[str, str, str]:
    """Given name as used (1.2 has it apart), prefix, family name; exporters put a prefix in middleName."""
    given = row.text("preferredgivenname") or row.required("givenname")
    prefix, family = split_family(row.text("preferredfamilyname") or row.required("familyname"))
    middle = row.text("middlename")
    own = row.text("metadata.prefix") or row.text("metadata.tussenvoegsel")
    return given, own or prefix or (middle if is_prefix(middle) else ""), family


def _language(row: RowReader) -> str | None:
    key = next((key for key in _LANGUAGE if row.text(key)), "")
    return row.guessed(key, words.language_tag, messages.UNKNOWN_LANGUAGE)


def _enabled(row: RowReader) -> bool:
    return row.text("enableduser").casefold() not in {"false", "0", "nee", "no"}


def language_told(export: Export) -> bool:
    """Whether the users have a column with a language."""
    return export.has_column("users", *_LANGUAGE)
