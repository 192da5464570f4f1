"""What a list would do, as a person reads it: numbers, then who is new, changed and gone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driegesprek.roster import Difference
from driegesprek.web.desk.pages.words import language_name
from driegesprek.web.people.domain.importing import Plan
from driegesprek.web.people.enums import Relation

MOST = 200
"""How many lines of a list are shown; the numbers above it count all."""

KINDS = {
    "pupils": gettext_lazy("Pupils"),
    "enrolments": gettext_lazy("Pupils in a class"),
    "adults": gettext_lazy("Adults"),
    "bonds": gettext_lazy("Ties between adult and pupil"),
    "classes": gettext_lazy("Classes"),
    "staff": gettext_lazy("Mentors and other staff"),
    "locations": gettext_lazy("Locations"),
}
FIELDS = {
    "name": gettext_lazy("name"),
    "full_name": gettext_lazy("name"),
    "given_name": gettext_lazy("given name"),
    "prefix": gettext_lazy("prefix"),
    "family_name": gettext_lazy("family name"),
    "birth_date": gettext_lazy("birth date"),
    "class_external_id": gettext_lazy("class"),
    "year_group": gettext_lazy("year group"),
    "track": gettext_lazy("track"),
    "mentor_external_ids": gettext_lazy("mentor"),
    "location_external_id": gettext_lazy("location"),
    "mobile": gettext_lazy("mobile"),
    "phone": gettext_lazy("telephone"),
    "email": gettext_lazy("e-mail"),
    "language": gettext_lazy("language"),
    "relation": gettext_lazy("relation"),
    "household": gettext_lazy("household"),
    "authority": gettext_lazy("parental authority"),
    "contact_allowed": gettext_lazy("contact allowed"),
}


@dataclass(frozen=True)
class Change:
    """One field, before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One person, class or tie."""

    name: str
    more: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Part:
    """Who is new, changed or gone of one kind; at most `MOST` are listed."""

    state: str
    lines: tuple[Line, ...]
    total: int

    @property
    def left_out(self) -> int:
        """How many are not listed."""
        return self.total - len(self.lines)


@dataclass(frozen=True)
class Kind:
    """One kind: its label, numbers and lists."""

    key: str
    label: str
    counts: Mapping[str, int]
    parts: tuple[Part, ...]


def kinds(plan: Plan) -> list[Kind]:
    """Every kind of which the list tells anything."""
    words = _Words(plan.difference)
    found = [_kind(key, label, plan, words) for key, label in KINDS.items()]
    return [kind for kind in found if any(kind.counts.values())]


def counts(numbers: Mapping[str, Mapping[str, int]]) -> list[tuple[str, Mapping[str, int]]]:
    """The numbers of an import that was done, by label."""
    return [(str(label), numbers[key]) for key, label in KINDS.items() if any(numbers.get(key, {}).values())]


def _kind(key: str, label: Any, plan: Plan, words: "_Words") -> Kind:
    part = getattr(plan.difference, key)
    lists = {
        "changed": [words.changed(key, one) for one in part.changed],
        "gone": [words.line(key, one) for one in part.gone],
        "new": [words.line(key, one) for one in part.new],
    }
    parts = tuple(Part(state, _first(lines), len(lines)) for state, lines in lists.items() if lines)
    return Kind(key, str(label), plan.counts[key], parts)


def _first(lines: list[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (line.more, line.name))[:MOST])


class _Words:
    """Names instead of a source's ids."""

    def __init__(self, difference: Difference) -> None:
        names = {kind: _names(part) for kind, part in difference}
        self.names: dict[str, dict[str, str]] = names
        self.ids = {
            "class_external_id": names["classes"],
            "location_external_id": names["locations"],
            "mentor_external_ids": names["staff"],
        }

    def line(self, kind: str, item: Any) -> Line:
        if kind == "bonds":
            pupil = self.names["pupils"].get(item.pupil_external_id, item.pupil_external_id)
            adult = self.names["adults"].get(item.adult_external_id, item.adult_external_id)
            return Line(f"{adult} – {pupil}", relation_label(item.relation))
        if kind == "pupils":
            return Line(item.name, self.names["classes"].get(item.class_external_id, ""))
        return Line(item.name)

    def changed(self, kind: str, change: Any) -> Line:
        line = self.line(kind, change.after)
        fields = (
            Change(
                str(FIELDS.get(one.name, one.name)),
                self.value(one.name, one.old),
                self.value(one.name, one.new),
            )
            for one in change.fields
        )
        return Line(line.name, line.more, tuple(fields))

    def value(self, field: str, value: Any) -> str:
        if value in (None, "", ()):
            return "–"
        if field in self.ids:
            ids = value if isinstance(value, tuple) else (value,)
            return ", ".join(self.ids[field].get(one, one) for one in ids)
        if field == "language":
            return language_name(value)
        return relation_label(value) if field == "relation" else plain(value)


def _names(part: Any) -> dict[str, str]:
    items: Iterable[Any] = (*part.unchanged, *part.gone, *(one.after for one in part.changed), *part.new)
    return {one.external_id: one.name for one in items if hasattr(one, "external_id")}


def plain(value: Any) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value.strftime("%d-%m-%Y") if isinstance(value, dt.date) else str(value)


def relation_label(value: str) -> str:
    """A relation in the language of the desk."""
    return str(Relation(value).label) if value in Relation.values else value
