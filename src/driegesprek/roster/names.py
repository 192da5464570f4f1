"""Dutch names: prefix (tussenvoegsel), family name, and what stands before or after a comma."""

import re

from driegesprek.roster.texts import word_set

_PREFIX_WORDS = word_set(
    "a af al auf aus am an bij boven d da dal das de degli dei del della den der des di die do dos du e el in "
    "het la las le les lo los of onder op over s t te ten ter tot uijt uit van ver vom von voor y zu zum zur "
    "'t 's 'd 'n ’t ’s d' d’ l' l’ v.d. v.d vd v/d v."
)
_TITLE = re.compile(
    r"(de\s+heer|mevrouw|mevr\.?|mw\.?|dhr\.?|hr\.?|meneer|drs\.?|ir\.?|mr\.?|dr\.?|ing\.?)\s+(?=\S)",
    re.IGNORECASE,
)


def is_prefix(words: str) -> bool:
    """Whether all words are ones that stand between a given and a family name."""
    parts = words.casefold().split()
    return bool(parts) and all(part in _PREFIX_WORDS for part in parts)


def split_family(text: str) -> tuple[str, str]:
    """Prefix and family name of `de Vries`, `Vries, de` or `Vries`.

    Only words in lower case are taken off the front: in `El Idrissi` and `De Smet` they belong to the name.
    """
    text = " ".join(text.split())
    name, comma, after = text.partition(",")
    if comma and is_prefix(after):
        return after.strip(), name.strip()
    words = text.split(" ")
    count = _leading(words)
    return " ".join(words[:count]), " ".join(words[count:])


def split_full(text: str) -> tuple[str, str, str, bool]:
    """Given name, prefix, family name, and whether that division is a guess.

    `Bakker, Anna de` and `Anna de Bakker` are clear; of `Anna Maria Bakker` the last word is taken for the
    family name, which is a guess.
    """
    text = _TITLE.sub("", " ".join(text.split()))
    family, comma, rest = text.partition(",")
    if comma:
        return _from_comma(family.strip(), rest.strip())
    words = text.split(" ")
    start = next((i for i in range(1, len(words) - 1) if _begins_family(words[i])), None)
    if start is not None:
        count = _leading(words[start:])
        return (
            " ".join(words[:start]),
            " ".join(words[start : start + count]),
            _tail(words, start + count),
            False,
        )
    if len(words) == 1:
        return "", "", text, True
    return " ".join(words[:-1]), "", words[-1], len(words) > 2  # noqa: PLR2004 - given and family name


def without_title(text: str) -> str:
    """A name without dhr., mevr. and academic titles."""
    return _TITLE.sub("", " ".join(text.split()))


def _from_comma(family: str, rest: str) -> tuple[str, str, str, bool]:
    before, comma, after = rest.partition(",")
    if comma and is_prefix(before):  # Bakker, de, Anna
        return after.strip(), before.strip(), family, False
    if comma and is_prefix(after):  # Bakker, Anna, de
        return before.strip(), after.strip(), family, False
    words = rest.split(" ")
    keep = len(words)
    while keep > 1 and is_prefix(words[keep - 1]):
        keep -= 1
    prefix = " ".join(words[keep:])
    own, name = split_family(family)
    return " ".join(words[:keep]), prefix or own, name, False


def _begins_family(word: str) -> bool:
    """`de` in `Anna de Bakker`, `El` in `Yasmina El Amrani`, `Yılmaz-de` in `F. Yılmaz-de Boer`."""
    last = word.rsplit("-", 1)[-1]
    return last.casefold() in _PREFIX_WORDS and (last.islower() or len(last) > 1)


def _leading(words: list[str]) -> int:
    """How many words at the front are prefixes in lower case; the last word never is."""
    count = 0
    while count < len(words) - 1 and words[count].islower() and words[count] in _PREFIX_WORDS:
        count += 1
    return count


def _tail(words: list[str], start: int) -> str:
    return " ".join(words[start:])
