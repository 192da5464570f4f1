"""Reading a regular expression: what Java's and JavaScript's syntax have in common."""

import re
from dataclasses import dataclass, replace
from typing import Final

from driegesprek.instruments.letters import CLASSES, Letter, Test, property_test

__all__ = ["Alternatives", "Anchor", "Letter", "PatternError", "Repeat", "Sequence_", "Tree", "parse_pattern"]

LONGEST: Final = 2_000
DEEPEST: Final = 40
MOST_TIMES: Final = 1_000


class PatternError(Exception):
    """A pattern that cannot be used: code syntax, unsupported or too_large, and the part it is about."""

    def __init__(self, code: str, part: str = "") -> None:
        self.code = code
        self.part = part
        super().__init__(f"{code} {part}")


@dataclass(frozen=True)
class Anchor:
    """A place between letters: '^' start, '$' end, 'b' edge of a word, 'B' no edge."""

    kind: str


@dataclass(frozen=True)
class Sequence_:  # noqa: N801 -- Sequence is Python's own
    """Parts one after another."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class Alternatives:
    """One of the parts."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class Repeat:
    """A part several times; most is None for without end."""

    part: "Tree"
    least: int
    most: int | None


Tree = Letter | Anchor | Sequence_ | Alternatives | Repeat

_TIMES = re.compile(r"\{(\d{1,6})(,(\d{0,6}))?\}", re.ASCII)
_GROUP_START = re.compile(r"\?(?::|<[A-Za-z]\w*>|P<[A-Za-z]\w*>)")
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\x0b", "0": "\0"}
_ANY: Final = Letter(frozenset("\n\r"), negated=True)


def parse_pattern(written: str) -> Tree:
    """The tree of a pattern.

    Raises:
        PatternError: it cannot be read or needs what is not supported.
    """
    if len(written) > LONGEST:
        raise PatternError("too_large", str(len(written)))
    any_case = written.startswith("(?i)")
    reader = _Reader(written.removeprefix("(?i)"), any_case)
    tree = reader.alternatives()
    if reader.position < len(reader.text):
        raise PatternError("syntax", reader.rest())
    return tree


class _Reader:
    """Walks along the pattern."""

    def __init__(self, text: str, any_case: bool) -> None:
        self.text = text
        self.any_case = any_case
        self.position = 0
        self.depth = 0

    def rest(self) -> str:
        return self.text[self.position : self.position + 12]

    def at(self, *marks: str) -> bool:
        return self.text.startswith(marks, self.position)

    def take(self) -> str:
        if self.position >= len(self.text):
            raise PatternError("syntax", self.text[-12:])
        self.position += 1
        return self.text[self.position - 1]

    def alternatives(self) -> Tree:
        parts = [self.sequence()]
        while self.at("|"):
            self.position += 1
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else Alternatives(tuple(parts))

    def sequence(self) -> Tree:
        parts: list[Tree] = []
        while self.position < len(self.text) and not self.at("|", ")"):
            parts.append(self.repeated(self.atom()))
        return parts[0] if len(parts) == 1 else Sequence_(tuple(parts))

    def repeated(self, part: Tree) -> Tree:
        times = self.times()
        while times is not None:
            least, most = times
            if least > MOST_TIMES or (most is not None and not least <= most <= MOST_TIMES):
                raise PatternError("too_large", f"{{{least},{most}}}")
            part = Repeat(part, least, most)
            times = self.after_times()
        return part

    def after_times(self) -> tuple[int, int | None] | None:
        """A '?' behind makes it lazy, which means nothing when the whole text must fit."""
        if self.at("?"):
            self.position += 1
        if self.at("+"):
            raise PatternError("unsupported", self.rest())
        if self.times() is not None:
            raise PatternError("syntax", self.rest())
        return None

    def times(self) -> tuple[int, int | None] | None:
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        mark = self.text[self.position : self.position + 1]
        if mark in simple:
            self.position += 1
            return simple[mark]
        found = _TIMES.match(self.text, self.position)
        if not found:
            return None
        self.position = found.end()
        least = int(found[1])
        return least, least if found[2] is None else int(found[3]) if found[3] else None

    def atom(self) -> Tree:
        mark = self.take()
        if mark == "(":
            return self.group()
        if mark == "[":
            return self.letter_class()
        if mark == ".":
            return _ANY
        if mark in "^$":
            return Anchor(mark)
        if mark == "\\":
            return self.escape()
        if mark in "*+?":
            raise PatternError("syntax", mark + self.rest())
        return self.letters(mark)

    def letters(self, single: str = "", test: Test | None = None) -> Letter:
        singles = frozenset({single}) if single else frozenset()
        return Letter(singles, tests=(test,) if test else (), any_case=self.any_case)

    def group(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise PatternError("too_large", "(")
        if self.at("?"):
            named = _GROUP_START.match(self.text, self.position)
            if not named:
                raise PatternError("unsupported", "(" + self.rest())
            self.position = named.end()
        inside = self.alternatives()
        if not self.at(")"):
            raise PatternError("syntax", "(")
        self.position += 1
        self.depth -= 1
        return inside

    def escape(self) -> Tree:
        mark = self.take()
        if mark in "bB":
            return Anchor(mark)
        if mark in "AZz":
            return Anchor("^" if mark == "A" else "$")
        single, test = self.escaped(mark)
        return self.letters(single, test)

    def escaped(self, mark: str) -> tuple[str, Test | None]:
        """A single letter, or the test of a class, after a backslash."""
        if mark in CLASSES:
            return "", CLASSES[mark]
        if mark in _CONTROL:
            return _CONTROL[mark], None
        if mark in "xu":
            return self.coded(2 if mark == "x" else 4), None
        if mark in "pP":
            return "", self.property(mark)
        if mark.isascii() and mark.isalnum():
            raise PatternError("unsupported", "\\" + mark)
        return mark, None

    def coded(self, digits: int) -> str:
        code = self.text[self.position : self.position + digits]
        if not re.fullmatch(rf"[0-9A-Fa-f]{{{digits}}}", code):
            raise PatternError("syntax", "\\" + self.rest())
        self.position += digits
        return chr(int(code, 16))

    def property(self, mark: str) -> Test:
        found = re.compile(r"\{([\w=]+)\}|([A-Z])").match(self.text, self.position)
        test = property_test(found[1] or found[2]) if found else None
        if not found or test is None:
            raise PatternError("unsupported", "\\" + mark + self.rest())
        self.position = found.end()
        return test if mark == "p" else (lambda letter: not test(letter))

    def letter_class(self) -> Letter:
        negated = self.at("^")
        self.position += negated
        found = self.letters()
        first = True
        while first or not self.at("]"):
            if self.at("&&"):
                raise PatternError("unsupported", "&&")
            found = self.widened(found)
            first = False
        self.position += 1
        return replace(found, negated=negated)

    def widened(self, found: Letter) -> Letter:
        """A class with its next member: a letter, a range, or another class."""
        low, test = self.member()
        if test:
            return replace(found, tests=(*found.tests, test))
        if not self.at("-") or self.text[self.position + 1 : self.position + 2] in {"]", ""}:
            return replace(found, singles=found.singles | {low})
        self.position += 1
        high, test = self.member()
        if test:  # [a-\d]: the hyphen is itself
            return replace(found, singles=found.singles | {low, "-"}, tests=(*found.tests, test))
        if high < low:
            raise PatternError("syntax", f"{low}-{high}")
        return replace(found, ranges=(*found.ranges, (low, high)))

    def member(self) -> tuple[str, Test | None]:
        mark = self.take()
        if mark != "\\":
            return mark, None
        mark = self.take()
        return ("\b", None) if mark == "b" else self.escaped(mark)
