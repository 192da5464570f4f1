"""Telephone numbers and e-mail addresses as families write them."""

import re
from functools import lru_cache

from driegesprek.roster.texts import word_set

NOTHING = word_set("- -- . x ? geen onbekend nvt n.v.t. n.v.t niet geheim none n/a na nb n.b. 0")
_MAIL = re.compile(r"(?!.*\.\.)[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}")
_SEVERAL = re.compile(r"\s*(?:[;,\n|]|/|\bof\b|\ben\b|\s-\s)\s*", re.IGNORECASE)
_REMARK = re.compile(r"\([^()\d]*\)")
# 06 and then 1-5 or 8 is a Dutch mobile number (Telecommunicatiewet, Nummerplan); the common case, made quick.
_DUTCH_MOBILE = re.compile(r"(?:\+31|0031|31|0)?6([1-58]\d{7})")
_MOST = 2


def is_nothing(text: str) -> bool:
    """Whether somebody wrote that there is none."""
    return not text.strip() or text.strip().casefold() in NOTHING


def phone_numbers(text: str) -> tuple[tuple[str, bool], ...]:
    """The numbers in a cell as E.164, each with whether it can receive text messages; at most two.

    Numbers without a country code are Dutch; a spreadsheet may have taken off the leading zero.

    Raises:
        ValueError: what is there is no telephone number.
    """
    if is_nothing(text):
        return ()
    cleaned = _REMARK.sub("", text).strip()
    try:
        return (_number(cleaned),)
    except ValueError:
        parts = [part for part in _SEVERAL.split(cleaned) if part]
        if len(parts) == 1:
            raise
        return tuple(dict.fromkeys(_number(part) for part in parts))[:_MOST]


def email_address(text: str) -> str | None:
    """The first e-mail address in a cell; None if there is none to be.

    Raises:
        ValueError: what is there is no e-mail address.
    """
    if is_nothing(text):
        return None
    cleaned = text.strip().removeprefix("mailto:").strip("<>; ,")
    if _MAIL.fullmatch(cleaned):
        return cleaned
    parts = [part for part in re.split(r"[;,\s<>]+", cleaned) if part]
    addresses = [part for part in parts if "@" in part]
    if not addresses or not all(_MAIL.fullmatch(part) for part in addresses):
        raise ValueError(text)
    return addresses[0]


@lru_cache(maxsize=10_000)
def _number(text: str) -> tuple[str, bool]:
    quick = _DUTCH_MOBILE.fullmatch(re.sub(r"[\s().\-–]", "", text.replace("(0)", "")))
    if quick:
        return f"+316{quick[1]}", True
    return _parsed(text)


def _parsed(text: str) -> tuple[str, bool]:
    import phonenumbers  # noqa: PLC0415 - heavy

    for candidate in (text, f"+{text}"):
        try:
            number = phonenumbers.parse(candidate, "NL")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            kind = phonenumbers.number_type(number)
            either = phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE
            mobile = kind in {phonenumbers.PhoneNumberType.MOBILE, either}
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), mobile
    raise ValueError(text)
