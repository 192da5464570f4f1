"""What is new, changed and gone between the people that are stored and the people in a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from driegesprek.roster.people import KINDS, Key, Roster


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's value before and after."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """A person, class or bond that stays and differs.

    Attributes:
        after: the stored one with the told fields replaced; what the file does not tell is kept.
    """

    before: Any
    after: Any
    fields: tuple[FieldChange, ...]

    @property
    def key(self) -> Key:
        """The key of both."""
        key: Key = self.before.key
        return key


@dataclass(frozen=True, slots=True)
class KindDifference:
    """The difference for one kind, each part ordered by key."""

    new: tuple[Any, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[Any, ...] = ()
    unchanged: tuple[Any, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.new or self.changed or self.gone)

    @property
    def counts(self) -> dict[str, int]:
        """How many are new, changed, gone and unchanged."""
        names = ("new", "changed", "gone", "unchanged")
        return {name: len(getattr(self, name)) for name in names}


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import would do, per kind, in the order in which it can be stored."""

    locations: KindDifference = field(default_factory=KindDifference)
    staff: KindDifference = field(default_factory=KindDifference)
    classes: KindDifference = field(default_factory=KindDifference)
    pupils: KindDifference = field(default_factory=KindDifference)
    enrolments: KindDifference = field(default_factory=KindDifference)
    adults: KindDifference = field(default_factory=KindDifference)
    bonds: KindDifference = field(default_factory=KindDifference)

    def __iter__(self) -> Iterator[tuple[str, KindDifference]]:
        return ((kind, getattr(self, kind)) for kind in KINDS)

    @property
    def is_empty(self) -> bool:
        """Whether an import would change nothing."""
        return all(part.is_empty for _, part in self)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The numbers of a preview."""
        return {kind: part.counts for kind, part in self}


def compare(current: Roster, incoming: Roster) -> Difference:
    """What importing would change.

    Only fields that the incoming source tells are compared, so a column that a file lacks blanks nothing.
    Somebody is gone only if the file would have held them: see `Roster.scope`, `complete` and `known`.

    Args:
        current: the people as stored from this same source (external ids are unique per source).
        incoming: the people in the file.
    """
    scope = _Scope(current, incoming)
    return Difference(**{kind: _compare_kind(kind, current, incoming, scope) for kind in KINDS})


def apply(current: Roster, difference: Difference) -> Roster:
    """The people after the import, each kind ordered by key."""
    kinds: dict[str, Any] = {kind: _applied(current.of_kind(kind), part) for kind, part in difference}
    return replace(current, **kinds)


def ordered(items: Iterable[Any]) -> tuple[Any, ...]:
    """The items in the order of their keys, which does not depend on the order of rows."""
    return tuple(sorted(items, key=lambda item: item.key))


class _Scope:
    """Which stored people the file would have held, were they still there."""

    def __init__(self, current: Roster, incoming: Roster) -> None:
        self.incoming = incoming
        self.whole = incoming.scope == "school"
        classes = {each.external_id for each in incoming.classes}
        named = {pupil.external_id for pupil in incoming.pupils}
        self.pupils = named | {p.external_id for p in current.pupils if p.class_external_id in classes}
        self.elsewhere = {
            b.adult_external_id for b in current.bonds if b.pupil_external_id not in self.pupils
        }
        self.bonded = {b.adult_external_id for b in current.bonds}

    def holds(self, kind: str, item: Any) -> bool:
        if kind not in self.incoming.complete or self.incoming.told(kind, item) is None:
            return False
        if self.whole:
            return True
        if kind == "adults":
            return item.external_id in self.bonded - self.elsewhere
        pupil = item.external_id if kind == "pupils" else getattr(item, "pupil_external_id", None)
        return pupil in self.pupils


def _compare_kind(kind: str, current: Roster, incoming: Roster, scope: _Scope) -> KindDifference:
    before = {item.key: item for item in current.of_kind(kind)}
    after = {item.key: item for item in incoming.of_kind(kind)}
    changed, unchanged = [], []
    for item in ordered(before.values()):
        other = after.get(item.key)
        change = _change(item, other, incoming.told(kind, other)) if other is not None else None
        if change:
            changed.append(change)
        elif other is not None or not scope.holds(kind, item):
            unchanged.append(item)
    return KindDifference(
        new=ordered(
            item for key, item in after.items() if key not in before and incoming.told(kind, item) is not None
        ),
        changed=tuple(changed),
        gone=ordered(i for key, i in before.items() if key not in after and scope.holds(kind, i)),
        unchanged=tuple(unchanged),
    )


def _change(before: Any, incoming: Any, told: frozenset[str] | None) -> Changed | None:
    fields = tuple(
        FieldChange(name, getattr(before, name), getattr(incoming, name))
        for name in sorted(told or ())
        if getattr(before, name) != getattr(incoming, name)
    )
    if not fields:
        return None
    news: Mapping[str, Any] = {change.name: change.new for change in fields}
    return Changed(before, replace(before, **news), fields)


def _applied(items: tuple[Any, ...], part: KindDifference) -> tuple[Any, ...]:
    gone = {item.key for item in part.gone}
    result = {item.key: item for item in items if item.key not in gone}
    result |= {change.key: change.after for change in part.changed}
    result |= {item.key: item for item in part.new}
    return ordered(result.values())
