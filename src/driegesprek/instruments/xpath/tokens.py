"""An expression cut into tokens, after the lexical rules of XPath 1.0 (https://www.w3.org/TR/1999/REC-xpath-19991116/#exprlex)."""

import re
from typing import NamedTuple

from driegesprek.instruments.xpath.errors import ExpressionError

LONGEST = 20_000
"""Characters in one expression; longer ones are refused."""

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<reference>\$\{{[^{{}}]*\}})
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<string>"[^"]*"|'[^']*')
    | (?P<operator><=|>=|!=|//|\.\.|::|[-+*/|=<>()\[\],.@])
    | (?P<name>{_NAME}(?:::?(?!:){_NAME})?)
    )""",
    re.VERBOSE,
)
_SMART_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})
_NAMED_OPERATORS = frozenset({"and", "or", "div", "mod"})
_BEFORE_OPERAND = frozenset({"(", "[", ",", "@", "::", "/", "//"})


class Token(NamedTuple):
    """One token; kind is reference, number, string, operator, name or end."""

    kind: str
    text: str


def tokenize(text: str) -> list[Token]:
    """Cut an expression into tokens; the last one is of kind 'end'.

    Word processors' curly quotes count as straight ones, as pyxform does.

    Raises:
        ExpressionError: too long, or something that is no token, such as a quote without its partner.
    """
    if len(text) > LONGEST:
        raise ExpressionError("expression_too_long", length=str(len(text)), limit=str(LONGEST))
    text = text.translate(_SMART_QUOTES).strip()
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise _unreadable(text, position)
        position = found.end()
        tokens.append(_token(found, tokens))
    return [*tokens, Token("end", "")]


def _token(found: re.Match[str], before: list[Token]) -> Token:
    kind = found.lastgroup or ""
    text = found[kind]
    if kind == "reference":
        return Token(kind, text[2:-1].strip())
    if kind == "string":
        return Token(kind, text[1:-1])
    # XPath 1.0, 3.7: after an operand, a star or one of these names is an operator.
    if text in _NAMED_OPERATORS and before and _is_operand_end(before[-1]):
        return Token("operator", text)
    return Token(kind, text)


def _is_operand_end(token: Token) -> bool:
    if token.kind == "operator":
        return token.text in {")", "]", ".", "..", "*"}
    return True


def _unreadable(text: str, position: int) -> ExpressionError:
    rest = text[position:].lstrip()
    if rest[:1] in {"'", '"'}:
        return ExpressionError("expression_quote", near=rest[:30])
    if rest.startswith("${"):
        return ExpressionError("expression_brace", near=rest[:30])
    return ExpressionError("expression_character", near=rest[:30], character=rest[:1])
