"""What a questionnaire is: groups and questions as plain values, stored immutably and known by their hash."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from driegesprek.instruments.languages import direction_of
from driegesprek.instruments.places import ID, ids_of, placed, template_of
from driegesprek.instruments.problems import Problem
from driegesprek.instruments.scoring_model import Scale, scale_from_plain

Text = Mapping[str, str]
"""A text in one or more languages: {language: text}. Languages are codes where the form names them ('nl')."""


class Kind(StrEnum):
    """The types of question that can be asked or computed."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    RANGE = "range"
    RANK = "rank"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    TODAY = "today"
    START = "start"
    END = "end"

    @cached_property
    def shown(self) -> bool:
        """Whether a person sees it; the others are computed or given."""
        return self not in _UNSEEN

    @cached_property
    def answerable(self) -> bool:
        """Whether a person can give a value."""
        return self.shown and self is not Kind.NOTE


_UNSEEN = frozenset({Kind.CALCULATE, Kind.HIDDEN, Kind.TODAY, Kind.START, Kind.END})


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer that can be picked; `extra` holds the other columns of the choices sheet, for choice_filter."""

    name: str
    label: Text = field(default_factory=dict)
    media: Text = field(default_factory=dict)
    sound: Text = field(default_factory=dict)
    film: Text = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One row that is asked, shown, computed or given.

    Expressions are kept as written in the form ('' = none); `media` is the image per language, `sound` and `film`
    likewise; `trigger` names the questions at whose change the calculation is done; `extra` holds
    columns that XLSForm does not know (`voice`, `screen`, `after`), under the heading as written.
    """

    path: str
    name: str
    kind: Kind
    label: Text = field(default_factory=dict)
    hint: Text = field(default_factory=dict)
    guidance: Text = field(default_factory=dict)
    media: Text = field(default_factory=dict)
    sound: Text = field(default_factory=dict)
    film: Text = field(default_factory=dict)
    required: str = ""
    required_message: Text = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Text = field(default_factory=dict)
    calculation: str = ""
    trigger: str = ""
    default: str = ""
    list_name: str = ""
    choices: tuple[Choice, ...] = ()
    choice_filter: str = ""
    appearance: str = ""
    read_only: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Questions that belong together; when it is not relevant, none of its questions is.

    A group that `repeats` is asked once for each of its instances; `count` is the expression that tells how many
    ('' = the person adds and removes them).
    """

    path: str
    name: str
    label: Text = field(default_factory=dict)
    hint: Text = field(default_factory=dict)
    relevant: str = ""
    appearance: str = ""
    read_only: str = ""
    repeats: bool = False
    count: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    items: tuple["Group | Question", ...] = ()


Item = Group | Question


@dataclass(frozen=True, kw_only=True, eq=False)
class Questionnaire:
    """A form as read: immutable, equal to another when the hash of its definition is equal.

    `name` (what the caller calls it) and `notes` (remarks about the file it came from) stay out of
    the hash.
    """

    name: str
    title: str
    form_id: str = ""
    version: str = ""
    languages: tuple[str, ...] = ()
    default_language: str = ""
    language_names: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    choice_lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    scales: tuple[Scale, ...] = ()
    notes: tuple[Problem, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Equal definitions are equal questionnaires."""
        return isinstance(other, Questionnaire) and other.content_hash == self.content_hash

    def __hash__(self) -> int:
        """By content, so that work per questionnaire can be kept."""
        return hash(self.content_hash)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 (hexadecimal) of the canonical JSON of the definition."""
        canonical = json.dumps(self._definition(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def not_validated(self) -> bool:
        """Whether nobody showed yet that its answers mean what they are meant to: settings column `validated`, `no`."""
        return self.settings.get("validated", "").strip().casefold() in {"no", "nee", "false"}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """All questions by path, in the order of the form."""
        return {item.path: item for item in walk(self.items) if isinstance(item, Question)}

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """All groups by path, in the order of the form."""
        return {item.path: item for item in walk(self.items) if isinstance(item, Group)}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """{path of a group or question: its place in the form}."""
        return {item.path: place for place, item in enumerate(walk(self.items))}

    @cached_property
    def has_triggers(self) -> bool:
        """Whether the change of one question gives another its value (column `trigger`)."""
        return any(one.trigger for one in self.questions.values())

    def question(self, path: str) -> Question:
        """The question at a path, with or without the ids of instances: /child[2]/name is /child/name.

        Raises:
            KeyError: there is no such question.
        """
        return self.questions[template_of(path)]

    @property
    def repeats(self) -> Mapping[str, Group]:
        """The groups that are asked once for each instance, by path."""
        return {path: group for path, group in self.groups.items() if group.repeats}

    def is_place(self, path: str) -> bool:
        """Whether a path leads to a question, group or repeat, with an id for each repeat around it and for nothing else."""
        template = template_of(path)
        around = [one for one in self.repeats if f"{template}/".startswith(f"{one}/")]
        ids = len(around) - (template in around and not path.endswith("]"))
        return (
            template in self.order
            and path.count("[") == ids
            and all(ID.fullmatch(one) for one in ids_of(path).split("/") if ids)
            and placed(template, ids_of(path), self.repeats) == path
        )

    def direction(self, language: str) -> str:
        """'rtl' or 'ltr': how this language is written."""
        return direction_of(language)

    def _definition(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "form_id": self.form_id,
            "version": self.version,
            "languages": list(self.languages),
            "default_language": self.default_language,
            "language_names": dict(self.language_names),
            "settings": dict(self.settings),
            "choices": {name: [_plain(one) for one in many] for name, many in self.choice_lists.items()},
            "items": [_plain(item) for item in self.items],
        } | self._scales()

    def _scales(self) -> dict[str, Any]:
        """Left out where there are none, so that forms without scores keep their hash."""
        return {"scales": [scale.to_plain() for scale in self.scales]} if self.scales else {}

    def to_json(self) -> str:
        """The whole as JSON text; `from_json` gives an equal questionnaire back."""
        document = {
            "format": 1,
            "name": self.name,
            "content_hash": self.content_hash,
            "definition": self._definition(),
            "notes": [note.to_plain() for note in self.notes],
        }
        return json.dumps(document, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Questionnaire":
        """Read what `to_json` wrote.

        Raises:
            ValueError: it is not such a document, or its hash does not fit its content (it was changed).
        """
        document = json.loads(text)
        if not isinstance(document, dict) or document.get("format") != 1:
            raise ValueError("This is not a stored questionnaire of format 1.")
        found = _from_definition(document)
        if found.content_hash != document["content_hash"]:
            raise ValueError(
                f"The stored questionnaire {document['name']!r} was changed: its content has the hash "
                f"{found.content_hash}, not {document['content_hash']}."
            )
        return found


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """All items, a group before its own items."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from walk(item.items)


def _plain(value: Any) -> Any:
    """A dataclass as JSON values without its empty fields, so that a later new field keeps old hashes."""
    if isinstance(value, Choice | Question | Group):
        pairs = {name: _plain(part) for name, part in vars(value).items() if part or name == "kind"}
        if isinstance(value, Question):
            pairs.pop("choices", None)
        return pairs
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, bool):
        return value
    return dict(value) if isinstance(value, Mapping) else str(value)


def _from_definition(document: dict[str, Any]) -> Questionnaire:
    parts = dict(document["definition"])
    lists = {name: tuple(Choice(**one) for one in many) for name, many in parts.pop("choices").items()}
    items = tuple(_item(plain, lists) for plain in parts.pop("items"))
    parts["languages"] = tuple(parts["languages"])
    parts["scales"] = tuple(scale_from_plain(plain) for plain in parts.pop("scales", ()))
    return Questionnaire(
        name=document["name"],
        choice_lists=lists,
        items=items,
        notes=tuple(Problem(**note) for note in document["notes"]),
        **parts,
    )


def _item(plain: dict[str, Any], lists: dict[str, tuple[Choice, ...]]) -> Item:
    if "kind" in plain:
        fields = {**plain, "kind": Kind(plain["kind"]), "choices": lists.get(plain.get("list_name", ""), ())}
        return Question(**fields)
    children = tuple(_item(child, lists) for child in plain.get("items", ()))
    return Group(**{**plain, "items": children})
