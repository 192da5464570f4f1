"""The part of XPath 1.0 and of OpenRosa's functions that forms use: tokens, tree, compiled expression."""

from driegesprek.instruments.xpath.compiling import Expression, Scope, compile_expression
from driegesprek.instruments.xpath.errors import ExpressionError
from driegesprek.instruments.xpath.parsing import parse
from driegesprek.instruments.xpath.values import Env, to_boolean, to_number, to_string

__all__ = [
    "Env",
    "Expression",
    "ExpressionError",
    "Scope",
    "compile_expression",
    "parse",
    "to_boolean",
    "to_number",
    "to_string",
]
