"""XLSForm's styling of words (https://xlsform.org/en/#styling-prompts): the words stay, the marks do not.

Pages, paper and what is read aloud show plain words, so `**eerst**` or `<span style="…">` would stand there as it is.
Every pattern goes through a text once, whatever stands in it.
"""

import re
from typing import Final

_TAGS: Final = "b|i|u|em|strong|span|font|p|div|center|small|big|sub|sup|h[1-6]|ul|ol|li"
_MARKS: Final = (
    (re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\b[^<>]*>", re.IGNORECASE), "\n"),
    (re.compile(rf"</?(?:{_TAGS})\b[^<>]*>", re.IGNORECASE), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()]+)\)"), r"\1 (\2)"),
    (re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<!\w)__(?=\S)([^_\n]+)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n${}]+)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"^#{2,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"&nbsp;"), " "),
)  # fmt: skip


def unstyled(text: str) -> str:
    r"""The words alone; line breaks stay.

    >>> unstyled("**Hoe** vaak, *ongeveer*? <span style='color:red'>Per week</span>")
    'Hoe vaak, ongeveer? Per week'
    >>> unstyled("2 * 3 * 4, *verplicht, ${a_b} en ${_c}, # kinderen")
    '2 * 3 * 4, *verplicht, ${a_b} en ${_c}, # kinderen'
    """
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    return text.strip()
