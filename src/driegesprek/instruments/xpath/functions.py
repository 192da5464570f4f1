"""Functions whose arguments are plain values: https://docs.getodk.org/form-operators-functions/."""

import base64
import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import Final

from driegesprek.instruments.xpath import dates, geography
from driegesprek.instruments.xpath.values import (
    Env,
    Value,
    to_boolean,
    to_number,
    to_string,
    words,
)

LONGEST_TEXT: Final = 100_000
"""Characters that a function gives at most; the rest is cut off."""

Function = Callable[..., Value]
_SPACES = re.compile(r"[ \t\r\n]+")
MANY: Final = 10_000
_MOST_PLACES: Final = 30
_DIGITS: Final = Context(prec=400)


@dataclass(frozen=True)
class Signature:
    """A function and how many arguments it takes."""

    call: Function
    least: int
    most: int


def _substring(_: Env, text: Value, start: Value, length: Value = math.inf) -> str:
    """XPath 1.0, 4.2: positions count from 1 and are rounded; NaN gives nothing."""
    first = _half_up(to_number(start))
    last = first + _half_up(to_number(length))
    return "".join(letter for place, letter in enumerate(to_string(text), start=1) if first <= place < last)


def _substr(_: Env, text: Value, start: Value, end: Value = math.inf) -> str:
    """OpenRosa: positions count from 0; negative ones from the end."""
    found = to_string(text)
    first, last = to_number(start), to_number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return found[_place(first, found) : _place(last, found)]


def _place(number: float, text: str) -> int:
    whole = len(text) if math.isinf(number) and number > 0 else int(max(number, -len(text)))
    return min(max(whole + len(text), 0) if whole < 0 else whole, len(text))


def _half_up(number: float) -> float:
    return number if not math.isfinite(number) else math.floor(number + 0.5)


def _round(_: Env, value: Value, places: Value = 0.0) -> float:
    """XPath's round(), a half goes up; with a second argument to so many decimal places."""
    number, digits = to_number(value), to_number(places)
    if not math.isfinite(number):
        return number
    if digits == 0:
        return float(_half_up(number))
    return rounded(number, int(digits)) if abs(digits) <= _MOST_PLACES else math.nan


def rounded(number: float, places: int) -> float:
    """Rounded to so many decimal places, a half upwards, as the number is written (1.005 → 1.01)."""
    half = ROUND_HALF_UP if number > 0 else ROUND_HALF_DOWN
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), half, _DIGITS))


def _translate(_: Env, text: Value, old: Value, new: Value) -> str:
    after = to_string(new)
    table: dict[int, str | None] = {}
    for place, letter in enumerate(to_string(old)):
        table.setdefault(ord(letter), after[place] if place < len(after) else None)
    return to_string(text).translate(table)


def _selected(_: Env, value: Value, name: Value) -> bool:
    """OpenRosa: whether the name stands among the names that the spaces divide."""
    return f" {to_string(name).strip()} " in f" {to_string(value)} "


def _selected_at(_: Env, value: Value, place: Value) -> str:
    """OpenRosa: the choice at this place, counting from 0; '' where there is none."""
    found, number = words(value), to_number(place)
    if math.isnan(number) or not 0 <= number < len(found):
        return ""
    return found[int(number)]


def _real(function: Callable[..., float]) -> Function:
    """A function of numbers; outside its domain NaN, too large infinity."""

    def call(_: Env, *arguments: Value) -> float:
        try:
            result = function(*(to_number(argument) for argument in arguments))
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return math.nan
        return float(result) if isinstance(result, int | float) else math.nan

    return call


def _whole(number: float) -> float:
    return math.trunc(number) if math.isfinite(number) else number


def _kept(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: function(number) if math.isfinite(number) else number


def _checked(item: Value) -> bool:
    """ODK's documentation counts the text 'yes', its specification numbers above 0; both, and truths."""
    if isinstance(item, bool):
        return item
    return item == "yes" or to_number(item) > 0


def _checklist(_: Env, least: Value, most: Value, *items: Value) -> bool:
    """OpenRosa: whether between `least` and `most` of the items are checked; -1 is no bound."""
    return _between(sum(1.0 for item in items if _checked(item)), least, most)


def _weighted_checklist(_: Env, least: Value, most: Value, *items: Value) -> bool:
    """OpenRosa: as checklist(), with a weight after each item."""
    pairs = zip(items[::2], items[1::2], strict=False)
    return _between(sum(to_number(weight) for item, weight in pairs if _checked(item)), least, most)


def _between(found: float, least: Value, most: Value) -> bool:
    low, high = to_number(least), to_number(most)
    return (low == -1 or found >= low) and (high == -1 or found <= high)


def _boolean_from_string(_: Env, value: Value) -> bool:
    return to_string(value).lower() in {"1", "true"}


_DIGESTS: Final = {
    "md5": "md5",
    "sha-1": "sha1",
    "sha-256": "sha256",
    "sha-384": "sha384",
    "sha-512": "sha512",
}


def _digest(_: Env, data: Value, algorithm: Value, encoding: Value = "base64") -> str:
    """ODK: the hash of a text (UTF-8) as base64 or hex; '' for another algorithm or encoding."""
    name = _DIGESTS.get(to_string(algorithm).lower())
    if name is None:
        return ""
    found = hashlib.new(name, to_string(data).encode("utf-8", "replace"), usedforsecurity=False).digest()
    written = to_string(encoding).lower()
    return (
        base64.b64encode(found).decode() if written == "base64" else found.hex() if written == "hex" else ""
    )


def _base64_decode(_: Env, value: Value) -> str:
    """ODK: the text (UTF-8) that base64 stands for; '' when it is none."""
    try:
        return base64.b64decode(to_string(value), validate=True).decode()
    except ValueError:
        return ""


_SIGNATURE: Final = 64
"""Bytes of an Ed25519 signature (RFC 8032)."""


def _extract_signed(_: Env, contents: Value, public_key: Value) -> str:
    """ODK: the text (UTF-8) behind its Ed25519 signature, both together and the key in base64; '' where it does not fit."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - hardly any form asks it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - as above

    try:
        signed = base64.b64decode(to_string(contents), validate=True)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(to_string(public_key), validate=True))
        key.verify(signed[:_SIGNATURE], signed[_SIGNATURE:])
        return signed[_SIGNATURE:].decode()
    except (ValueError, InvalidSignature):
        return ""


def _text(function: Callable[..., Value]) -> Function:
    """A function of texts."""
    return lambda _, *arguments: function(*(to_string(argument) for argument in arguments))


FUNCTIONS: dict[str, Signature] = {
    "true": Signature(lambda _: True, 0, 0),
    "false": Signature(lambda _: False, 0, 0),
    "boolean": Signature(lambda _, value: to_boolean(value), 1, 1),
    "not": Signature(lambda _, value: not to_boolean(value), 1, 1),
    "boolean-from-string": Signature(_boolean_from_string, 1, 1),
    "checklist": Signature(_checklist, 3, MANY),
    "weighted-checklist": Signature(_weighted_checklist, 4, MANY),
    "digest": Signature(_digest, 2, 3),
    "base64-decode": Signature(_base64_decode, 1, 1),
    "extract-signed": Signature(_extract_signed, 2, 2),
    "geofence": Signature(lambda _, place, around: geography.geofence(place, around), 2, 2),
    "string": Signature(lambda _, value: to_string(value), 1, 1),
    "number": Signature(lambda _, value: to_number(value), 1, 1),
    "contains": Signature(_text(lambda text, part: part in text), 2, 2),
    "starts-with": Signature(_text(str.startswith), 2, 2),
    "ends-with": Signature(_text(str.endswith), 2, 2),
    "substring-before": Signature(
        _text(lambda text, mark: text.partition(mark)[0] if mark and mark in text else ""), 2, 2
    ),
    "substring-after": Signature(_text(lambda text, mark: text.partition(mark)[2] if mark else text), 2, 2),
    "substring": Signature(_substring, 2, 3),
    "substr": Signature(_substr, 2, 3),
    "string-length": Signature(_text(lambda text: float(len(text))), 1, 1),
    "normalize-space": Signature(_text(lambda text: _SPACES.sub(" ", text.strip(" \t\r\n"))), 1, 1),
    "translate": Signature(_translate, 3, 3),
    "selected": Signature(_selected, 2, 2),
    "is-selected": Signature(_selected, 2, 2),
    "selected-at": Signature(_selected_at, 2, 2),
    "count-selected": Signature(lambda _, value: float(len(words(value))), 1, 1),
    "int": Signature(_real(_whole), 1, 1),
    "round": Signature(_round, 1, 2),
    "floor": Signature(_real(_kept(math.floor)), 1, 1),
    "ceiling": Signature(_real(_kept(math.ceil)), 1, 1),
    "abs": Signature(_real(abs), 1, 1),
    "pow": Signature(_real(lambda base, power: base**power), 2, 2),
    "sqrt": Signature(_real(math.sqrt), 1, 1),
    "exp": Signature(_real(math.exp), 1, 1),
    "exp10": Signature(_real(lambda power: 10.0**power), 1, 1),
    "log": Signature(_real(lambda number: -math.inf if number == 0 else math.log(number)), 1, 1),
    "log10": Signature(_real(lambda number: -math.inf if number == 0 else math.log10(number)), 1, 1),
    "sin": Signature(_real(math.sin), 1, 1),
    "cos": Signature(_real(math.cos), 1, 1),
    "tan": Signature(_real(math.tan), 1, 1),
    "asin": Signature(_real(math.asin), 1, 1),
    "acos": Signature(_real(math.acos), 1, 1),
    "atan": Signature(_real(math.atan), 1, 1),
    "atan2": Signature(_real(math.atan2), 2, 2),
    "pi": Signature(lambda _: math.pi, 0, 0),
    "today": Signature(dates.today, 0, 0),
    "now": Signature(dates.now, 0, 0),
    "date": Signature(dates.date_of, 1, 1),
    "date-time": Signature(dates.date_time, 1, 1),
    "decimal-date-time": Signature(dates.decimal_date_time, 1, 1),
    "decimal-time": Signature(dates.decimal_time, 1, 1),
    "format-date": Signature(dates.format_date, 2, 2),
    "format-date-time": Signature(dates.format_date, 2, 2),
}
