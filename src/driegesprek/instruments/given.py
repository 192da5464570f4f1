"""Answers as callers give them become answers by path, with the instances of each repeat.

Four ways of writing, which can be mixed: {name: value}; {/path[id]/name: value}; for a repeat a list of
objects {child: [{name: value}]}, whose instances are called 1, 2, … or by their `_id`; and for a repeat a list of
ids {/child: [1, 2]}, which tells which instances there are, also empty ones, and their order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from driegesprek.instruments.model import Question
from driegesprek.instruments.places import ID, id_of, template_of
from driegesprek.instruments.scopes import Names

ID_KEY: Final = "_id"
_MOST: Final = 20_000
_DEEPEST: Final = 40


@dataclass
class Given:
    """What was answered, and which instances there are."""

    names: Names
    plain: Mapping[str, object]
    """Paths of the questions outside repeats, which mean what they say."""
    answers: dict[str, Any] = field(default_factory=dict)
    """{path with ids: value}"""
    instances: dict[str, dict[str, None]] = field(default_factory=dict)
    """{path of a repeat in what is around it: ids in order}, for the repeats of which something was told"""
    told: set[str] = field(default_factory=set)
    """Repeats whose instances were told by a list: what is answered in another instance does not add it."""
    unknown: list[str] = field(default_factory=list)
    """Keys that mean nothing in this form."""

    def take(self, answers: Mapping[str, Any]) -> "Given":
        """Take in a mapping of answers for the whole form."""
        repeats = [key for key, value in answers.items() if isinstance(value, list | tuple | Mapping)]
        # Repeats come first: their lists tell the order of the instances.
        for key in dict.fromkeys([*sorted(repeats, key=lambda one: one.count("/")), *answers]):
            if key in self.plain:
                self.answers[key] = answers[key]
            else:
                self._key(key, answers[key], "", "", 0)
        return self

    def _key(self, key: str, value: Any, template: str, inside: str, depth: int) -> None:
        found = self._found(key, template, inside)
        many = found is not None and "[" in found[1] and len(self.answers) > _MOST
        if found is None or many or depth > _DEEPEST:
            self.unknown.append(f"{inside}/{key}" if inside else key)
            return
        path, place = found
        if isinstance(self.names.items[path], Question):
            self._note(place)
            self.answers[place] = value
        elif self.names.tree.repeats(path):
            self._repeat(key, path, place, value, depth)
        elif isinstance(value, Mapping):
            for inner, one in value.items():
                self._key(str(inner), one, path, place, depth + 1)
        else:
            self.unknown.append(key)

    def _found(self, key: str, template: str, inside: str) -> tuple[str, str] | None:
        """The path in the form and the path with ids that a key means."""
        if key.startswith("/"):
            return self._by_path(key)
        paths = [one for one in self.names.paths.get(key, ()) if one.startswith(f"{template}/")]
        direct = f"{template}/{key}"
        path = paths[0] if len(paths) == 1 else direct if template and direct in paths else ""
        return (path, self._placed(path, template, inside)) if path else None

    def _by_path(self, key: str) -> tuple[str, str] | None:
        template = template_of(key)
        if template not in self.names.items:
            return None
        parts, placed, at = key.split("/")[1:], "", ""
        for number, part in enumerate(parts):
            at = f"{at}/{template_of(part)}"
            last = number == len(parts) - 1
            if self.names.tree.repeats(at):
                if "[" not in part and not last:
                    part = f"{part}[1]"  # noqa: PLW2901 -- without an id the first instance is meant
                elif "[" in part and not (part.endswith("]") and ID.fullmatch(id_of(part))):
                    return None
            elif "[" in part:
                return None
            placed = f"{placed}/{part}"
        return template, placed

    def _placed(self, path: str, template: str, inside: str) -> str:
        """With ids: those of what is around, the first instance where nothing is told."""
        placed, at = inside, template
        for part in path[len(template) :].split("/")[1:]:
            at = f"{at}/{part}"
            first = self.names.tree.repeats(at) and at != path
            placed = f"{placed}/{part}[1]" if first else f"{placed}/{part}"
        return placed

    def _repeat(self, key: str, path: str, place: str, value: Any, depth: int) -> None:
        if isinstance(value, Mapping):
            value = [value]
        if not isinstance(value, list | tuple) or place.endswith("]"):
            self.unknown += [key] if value is not None else []
            return
        self.instances.setdefault(place, {})
        self.told.add(place)
        for number, one in enumerate(value, start=1):
            self._instance(path, place, number, one, depth)

    def _instance(self, path: str, place: str, number: int, one: Any, depth: int) -> None:
        """One element of the list of a repeat: an object with answers, or an id alone."""
        ids, answers = self.instances[place], one if isinstance(one, Mapping) else {}
        name = str(answers.get(ID_KEY, number) if isinstance(one, Mapping) else one)
        if not ID.fullmatch(name) or len(ids) > _MOST or isinstance(one, list | tuple):
            self.unknown.append(f"{place}[{number}]")
            return
        ids.setdefault(name)
        for inner, answer in answers.items():
            if inner != ID_KEY:
                self._key(str(inner), answer, path, f"{place}[{name}]", depth + 1)

    def _note(self, place: str) -> None:
        """An answer in an instance tells that there is one."""
        parts = place.split("/")
        for number, part in enumerate(parts):
            if part.endswith("]"):
                repeat = "/".join([*parts[:number], part[: part.rindex("[")]])
                if repeat not in self.told:
                    self.instances.setdefault(repeat, {}).setdefault(id_of(part))
