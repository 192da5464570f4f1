"""Regular expressions of form makers, matched in linear time.

Python's `re` backtracks: a pattern such as (a+)+b can hold a server for hours. Here all states of the automaton advance
together (Thompson 1968; https://swtch.com/~rsc/regexp/regexp1.html), so the work is at most letters × states.
What needs backtracking (references back, looking ahead or behind) is refused.
"""

from dataclasses import dataclass
from typing import Final, TypeVar

from driegesprek.instruments.letters import is_word_letter
from driegesprek.instruments.pattern_syntax import (
    Alternatives,
    Anchor,
    Letter,
    PatternError,
    Repeat,
    Sequence_,
    Tree,
    parse_pattern,
)

MOST_STATES: Final = 2_000
"""A pattern that needs more is refused."""
LONGEST_SUBJECT: Final = 10_000
"""A longer text does not fit any pattern."""
_MOST_KEPT: Final = 20_000
_MOST_WORK: Final = 3_000_000

__all__ = ["Pattern", "PatternError"]

_MATCH: Final = 0
_Context = tuple[bool, bool, bool, bool]
_States = frozenset[int]
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class _State:
    """A state: reads a letter, or stands at an anchor, or splits; then goes on."""

    next: tuple[int, ...]
    letter: Letter | None = None
    anchor: str = ""


class Pattern:
    """A compiled pattern."""

    def __init__(self, written: str) -> None:
        """Compile a pattern.

        Raises:
            PatternError: it cannot be read, or needs what is not supported.
        """
        tree = parse_pattern(written)
        if _size(tree) > MOST_STATES:
            raise PatternError("too_large", str(_size(tree)))
        self._states: list[_State] = [_State(())]
        self._start = frozenset({self._build(tree, _MATCH)})
        self._closures: dict[tuple[_States, _Context], _States] = {}
        self._steps: dict[tuple[_States, str], _States] = {}

    def fits(self, text: str) -> bool:
        """Whether the whole text fits."""
        if len(text) > LONGEST_SUBJECT:
            return False
        states, work = self._start, 0
        closed: _States = frozenset()
        for place in range(len(text) + 1):
            context = _context(text, place)
            closed = self._closures.get((states, context)) or self._closed(states, context)
            if place == len(text) or not closed:
                break
            states = self._steps.get((closed, text[place])) or self._step(closed, text[place])
            work += 1 + len(states) + len(closed)
            if work > _MOST_WORK:
                return False
        return _MATCH in closed

    def _closed(self, states: _States, context: _Context) -> _States:
        """All states that can be reached without reading a letter."""
        found: set[int] = set()
        waiting = list(states)
        while waiting:
            number = waiting.pop()
            state = self._states[number]
            if number in found or (state.anchor and not _stands(state.anchor, context)):
                continue
            found.add(number)
            if state.letter is None:
                waiting.extend(state.next)
        kept = frozenset(one for one in found if one == _MATCH or self._states[one].letter)
        _keep(self._closures, (states, context), kept)
        return kept

    def _step(self, states: _States, letter: str) -> _States:
        found: set[int] = set()
        for number in states:
            state = self._states[number]
            if state.letter is not None and state.letter.holds(letter):
                found.update(state.next)
        kept = frozenset(found)
        _keep(self._steps, (states, letter), kept)
        return kept

    def _add(self, state: _State) -> int:
        self._states.append(state)
        return len(self._states) - 1

    def _build(self, tree: Tree, after: int) -> int:
        """Add the states of a tree that goes on to `after`; gives the first."""
        if isinstance(tree, Letter):
            return self._add(_State((after,), letter=tree))
        if isinstance(tree, Anchor):
            return self._add(_State((after,), anchor=tree.kind))
        if isinstance(tree, Sequence_):
            for part in reversed(tree.parts):
                after = self._build(part, after)
            return after
        if isinstance(tree, Alternatives):
            return self._add(_State(tuple(self._build(part, after) for part in tree.parts)))
        return self._repeated(tree, after)

    def _repeated(self, tree: Repeat, after: int) -> int:
        first = after
        if tree.most is None:
            first = self._add(_State(()))
            again = self._build(tree.part, first)
            self._states[first] = _State((again, after))
        else:
            for _ in range(tree.most - tree.least):
                first = self._add(_State((self._build(tree.part, first), after)))
        for _ in range(tree.least):
            first = self._build(tree.part, first)
        return first


def _keep(cache: dict[_Key, _States], key: _Key, states: _States) -> None:
    if len(cache) > _MOST_KEPT:
        cache.clear()
    cache[key] = states


def _size(tree: Tree) -> int:
    """The number of states that a tree needs."""
    if isinstance(tree, Sequence_ | Alternatives):
        return 1 + sum(_size(part) for part in tree.parts)
    if isinstance(tree, Repeat):
        times = tree.least + 1 if tree.most is None else max(tree.most, 1)
        return 1 + times * (1 + _size(tree.part))
    return 1


def _context(text: str, place: int) -> _Context:
    before = place > 0 and is_word_letter(text[place - 1])
    behind = place < len(text) and is_word_letter(text[place])
    return place == 0, place == len(text), before, behind


def _stands(anchor: str, context: _Context) -> bool:
    start, end, before, behind = context
    if anchor == "^":
        return start
    if anchor == "$":
        return end
    return (before != behind) == (anchor == "b")
