"""Two versions of a questionnaire: what would break a round that is running, and what would not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from driegesprek.instruments.languages import in_language
from driegesprek.instruments.model import Choice, Group, Item, Kind, Question, Questionnaire
from driegesprek.instruments.sentences_comparing import SAID

_NO = frozenset({"", "no", "false", "false()"})
_HARMLESS_TEXTS = ("label", "hint", "guidance", "constraint_message", "required_message")
_HARMLESS_OTHERS = ("media", "sound", "film", "appearance", "default", "extra")
_ROUTING = ("relevant", "calculation", "choice_filter", "trigger")
_LIMITS = ("required", "constraint", "read_only")


@dataclass(frozen=True)
class Change:
    """One difference between two versions; `path` is the question or group, '' for the whole form."""

    path: str
    code: str
    details: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The difference in words, in Dutch ('nl') or English."""
        said = SAID[self.code]["nl" if language.startswith("nl") else "en"].format_map(self.details)
        return f"{self.path}: {said}" if self.path else said


@dataclass(frozen=True)
class Comparison:
    """What changed. A round that runs can take the new version when `breaking` is empty."""

    breaking: tuple[Change, ...]
    """Answers given so far could be lost, refused or mean something else, or people would be asked other things."""
    harmless: tuple[Change, ...]
    """Texts, translations, pictures, looks; optional questions and choices that are added."""

    @property
    def fits(self) -> bool:
        """Whether a running round can go on with the new version."""
        return not self.breaking


def compare(old: Questionnaire, new: Questionnaire) -> Comparison:
    """Tell which changes from `old` to `new` would break a running round, and which would not.

    Breaking: a question, choice, group or language gone; another name, group or type; a choice whose name now
    stands beside the words of another choice; something that must be answered added; another required, constraint,
    relevant, calculation, choice_filter, trigger, read-only, number of repeats, or bounds of a range. Taking away
    required, constraint or read-only is harmless. Equal questionnaires give an empty comparison.

    Args:
        old: the version that the round runs with
        new: the version that is offered instead
    """
    found = list(_changes(old, new))
    return Comparison(
        tuple(change for change, breaks in found if breaks),
        tuple(change for change, breaks in found if not breaks),
    )


_Found = Iterator[tuple[Change, bool]]


def _changes(old: Questionnaire, new: Questionnaire) -> _Found:
    yield from _form_changes(old, new)
    before, after = _items(old), _items(new)
    for path, item in before.items():
        if path in after:
            yield from _item_changes(item, after[path])
        else:
            yield _gone(item, before, after)
    for path, item in after.items():
        if path not in before:
            yield _added(item)


def _items(form: Questionnaire) -> dict[str, Item]:
    return {**form.groups, **form.questions}


def _form_changes(old: Questionnaire, new: Questionnaire) -> _Found:
    for language in old.languages:
        if language not in new.languages:
            yield Change("", "language_gone", {"language": language}), True
    for language in new.languages:
        if language not in old.languages:
            yield Change("", "language_added", {"language": language}), False
    if old.title != new.title:
        yield Change("", "title_changed", {"old": old.title, "new": new.title}), False
    if [*old.questions] != [*new.questions] and {*old.questions} == {*new.questions}:
        yield Change("", "order_changed"), False


def _gone(item: Item, before: Mapping[str, Item], after: Mapping[str, Item]) -> tuple[Change, bool]:
    if isinstance(item, Group):
        return Change(item.path, "repeat_gone" if item.repeats else "group_gone"), item.repeats
    if item.kind is Kind.NOTE:
        return Change(item.path, "note_gone"), False
    heir = next((path for path, other in after.items() if path not in before and _is_heir(item, other)), "")
    if heir:
        moved = heir.rpartition("/")[2] == item.name
        return Change(item.path, "question_moved" if moved else "question_renamed", {"new": heir}), True
    return Change(item.path, "question_gone"), True


def _is_heir(item: Question, other: Item) -> bool:
    """The same question under another name or in another group."""
    if not isinstance(other, Question) or other.kind is not item.kind:
        return False
    return other.name == item.name or bool(item.label and item.label == other.label)


def _added(item: Item) -> tuple[Change, bool]:
    if isinstance(item, Group):
        return Change(item.path, "repeat_added" if item.repeats else "group_added"), False
    must = item.kind.answerable and item.required.lower() not in _NO
    return Change(item.path, "required_question_added" if must else "question_added"), must


def _item_changes(old: Item, new: Item) -> _Found:
    if isinstance(old, Group) or isinstance(new, Group):
        yield from _group_changes(old, new)
    else:
        yield from _question_changes(old, new)
    for column in (*_HARMLESS_TEXTS, *_HARMLESS_OTHERS):
        if getattr(old, column, None) != getattr(new, column, None):
            yield Change(new.path, "column_changed", {"column": column}), False


def _group_changes(old: Item, new: Item) -> _Found:
    if not (isinstance(old, Group) and isinstance(new, Group)) or old.repeats != new.repeats:
        yield Change(new.path, "type_changed", {"old": _kind(old), "new": _kind(new)}), True
        return
    yield from _expression_changes(old, new, ("relevant", "count"), ("read_only",))


def _question_changes(old: Question, new: Question) -> _Found:
    if old.kind is not new.kind:
        yield Change(new.path, "type_changed", {"old": _kind(old), "new": _kind(new)}), True
        return
    yield from _expression_changes(old, new, _ROUTING, _LIMITS)
    yield from _choice_changes(old, new)
    if old.parameters != new.parameters:
        yield Change(new.path, "parameters_changed"), old.kind is Kind.RANGE


def _kind(item: Item) -> str:
    return item.kind.value if isinstance(item, Question) else "repeat" if item.repeats else "group"


def _expression_changes(old: Item, new: Item, routing: tuple[str, ...], limits: tuple[str, ...]) -> _Found:
    """Another routing breaks always; a limit breaks when it is new or another, not when it is taken away."""
    for column in (*routing, *limits):
        before, after = _expression(old, column), _expression(new, column)
        if before == after:
            continue
        code = f"{column}_added" if not before else f"{column}_gone" if not after else f"{column}_changed"
        yield Change(new.path, code), column in routing or bool(after)


def _expression(item: Item, column: str) -> str:
    text = " ".join(str(getattr(item, column)).split())
    return "" if text.lower() in _NO else text


def _choice_changes(old: Question, new: Question) -> _Found:
    before, after = _by_name(old.choices), _by_name(new.choices)
    for name, choice in before.items():
        if name not in after:
            yield Change(new.path, "choice_gone", {"name": name}), True
        elif other := _swapped(choice, after[name], before):
            yield Change(new.path, "choice_swapped", {"name": name, "other": other}), True
        elif choice != after[name]:
            yield Change(new.path, "choice_changed", {"name": name}), False
    for name in after:
        if name not in before:
            yield Change(new.path, "choice_added", {"name": name}), False


def _by_name(choices: tuple[Choice, ...]) -> dict[str, Choice]:
    return {choice.name: choice for choice in choices}


def _swapped(old: Choice, new: Choice, before: Mapping[str, Choice]) -> str:
    """The choice whose words this name now carries, so that old and new answers would mix; '' when none."""
    for language, words in new.label.items():
        if old.label.get(language, words) == words:
            continue
        for name, choice in before.items():
            if name != old.name and choice.label.get(language) == words:
                return in_language(choice.label, language)
    return ""
