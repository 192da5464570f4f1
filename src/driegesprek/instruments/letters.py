"""Which letters a pattern accepts at one place."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

Test = Callable[[str], bool]
_DIGITS = frozenset("0123456789")
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_SPACE = frozenset(" \t\n\r\x0b\x0c")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def is_word_letter(letter: str) -> bool:
    r"""Whether \\w accepts it (ASCII, as in Java and JavaScript)."""
    return letter in _WORD


@dataclass(frozen=True)
class Letter:
    """A set of letters: single ones, ranges and tests; `negated` turns it round."""

    singles: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    tests: tuple[Test, ...] = ()
    negated: bool = False
    any_case: bool = False

    def holds(self, letter: str) -> bool:
        """Whether this letter is accepted."""
        forms = {letter, letter.lower(), letter.upper()} if self.any_case else {letter}
        return any(self._has(form) for form in forms) != self.negated

    def _has(self, letter: str) -> bool:
        if letter in self.singles or any(low <= letter <= high for low, high in self.ranges):
            return True
        return any(test(letter) for test in self.tests)


CLASSES: dict[str, Test] = {
    "d": _DIGITS.__contains__,
    "w": _WORD.__contains__,
    "s": _SPACE.__contains__,
    "D": lambda letter: letter not in _DIGITS,
    "W": lambda letter: letter not in _WORD,
    "S": lambda letter: letter not in _SPACE,
}

_POSIX: dict[str, Test] = {
    "Alpha": lambda letter: letter.isascii() and letter.isalpha(),
    "Alnum": lambda letter: letter.isascii() and letter.isalnum(),
    "Digit": _DIGITS.__contains__,
    "Lower": lambda letter: letter.isascii() and letter.islower(),
    "Upper": lambda letter: letter.isascii() and letter.isupper(),
    "Punct": _PUNCTUATION.__contains__,
    "Space": _SPACE.__contains__,
    "IsAlphabetic": str.isalpha,
    "IsLetter": str.isalpha,
}
_CATEGORIES = frozenset(
    {
        *("L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd"),
        *("Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf"),
    }
)
_SCRIPTS = frozenset({"Arabic", "Cyrillic", "Greek", "Hebrew", "Latin"})


def property_test(name: str) -> Test | None:
    r"""The test of \\p{name}: a general category, a POSIX class or a common script; None when unknown."""
    if name in _POSIX:
        return _POSIX[name]
    bare = name.removeprefix("Is")
    if bare in _CATEGORIES:
        return lambda letter: unicodedata.category(letter).startswith(bare)
    script = bare.removeprefix("script=").removeprefix("Script=").removeprefix("In")
    if script in _SCRIPTS:
        return lambda letter: script.upper() in unicodedata.name(letter, "")
    return None
