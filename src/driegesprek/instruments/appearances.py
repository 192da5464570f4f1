"""What the column `appearance` of XLSForm asks of the page, in one vocabulary."""

import re
from functools import cache

_OLD = {
    "horizontal": ("columns",),
    "horizontal-compact": ("columns-pack",),
    "list": ("likert",),
    "list-nolabel": ("likert",),
}
_COMPACT = re.compile(r"(quick)?compact(-\d+)?")


@cache
def appearances(text: str) -> frozenset[str]:
    """The words of the column, in small letters, old names in the new ones (https://xlsform.org/en/#appearance).

    `list` and `list-nolabel` are rows of a grid; where a question stands alone on its screen that is a `likert`.

    >>> sorted(appearances("quickcompact-3"))
    ['columns-3', 'no-buttons', 'quick']
    """
    return frozenset(word for one in text.lower().split() for word in _renewed(one))


def _renewed(word: str) -> tuple[str, ...]:
    if compact := _COMPACT.fullmatch(word):
        quick = ("quick",) if compact[1] else ()
        return (*quick, f"columns{compact[2] or '-pack'}", "no-buttons")
    return _OLD.get(word, (word,))
