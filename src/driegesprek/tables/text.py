"""Text files: which letters, which separator, which rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from driegesprek.tables import messages
from driegesprek.tables.problems import FileRefused, Message, Problem
from driegesprek.tables.values import Cell, Doubt, Grid, Limits, Row

SEPARATORS = (";", ",", "\t", "|")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Windows code pages of Western Europe, Turkey and Central Europe, the likeliest in the Netherlands first.
_CODE_PAGES = ("cp1252", "cp1254", "cp1250")
_OLD_MAC = "mac_roman"
"""Old Excel on a Mac saves text so; taken only where it leaves nothing odd and every Windows code page does."""
# A capital with an accent after a small letter, and signs that no writing puts there: the wrong one of the two.
_CAPITALS = "".join(
    sorted(
        {
            sign
            for encoding in (*_CODE_PAGES, _OLD_MAC)
            for sign in bytes(range(128, 256)).decode(encoding, errors="ignore")
            if sign.isupper()
        }
    )
)
_ODD = re.compile(
    rf"(?<=[a-z])[{_CAPITALS}](?![A-Z])|(?<=[a-z])[\u2018\u2039\u2020\u2021\u02c6\u02dc\u2030\u2022\u0192\u2122\u221a\u2202\u2211\u03c0]"
    r"|(?<=[a-z])[\u2014\u201e\u201c\u2013](?=[a-z])"
)
# Signs that touch a letter only when a text is read with the wrong code page, and letters that in a Dutch
# school's list are likelier to be another code page's: as cp1252, Turkish ğ, ı, İ and ş look Icelandic.
_SYMBOLS = "¹²³¼½¾¡¿£¥¯ªº¢¬¦¤¨¸×÷˛ˇ˘˙˝"
_TOUCHING = re.compile(rf"[{_SYMBOLS}](?=[^\W\d_])|(?<=[^\W\d_])[{_SYMBOLS}]")
_UNLIKELY = {"cp1252": re.compile("[ÐðÞþÝý]"), "cp1250": re.compile("[čďřůČĎŘŮ]")}
# UTF-8 read as cp1252: the file mixes encodings, and no single reading is right.
_MIXED = re.compile("[ÃÄÅ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]")
_TEXT_LITERAL = re.compile(r'="([^"]*)"')
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")
_SAMPLE_ROWS = 60
_MOST = 0.5
_LONGEST_CELL = 1_000_000


def grid(data: bytes, *, name: str, limits: Limits) -> Grid:
    """Read a text file into rows of cells.

    Raises:
        FileRefused: the bytes are no text, the quotation marks do not match, or there is too much.
    """
    text, encoding = decode(data, name=name)
    separator, body = separated(text)
    rows, doubts = [], []
    for number, record in _records(body, separator, name=name, limits=limits):
        if any(cell.strip() for cell in record):
            rows.append(Row(number, _cells(record)))
            doubts += [Doubt(number, index, cell) for index, cell in enumerate(record) if _is_formula(cell)]
    return Grid(name, None, rows, ragged=True, doubts=doubts, encoding=encoding)


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it was read with.

    UTF-8 is tried first and strictly, since text of another encoding is practically never valid UTF-8. What
    is left comes from a Windows program: of its code pages the one that leaves the fewest misread letters.
    """
    encoding = _marked(data) or _utf16(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, encoding = _code_page(data, name=name)
    if "\0" in text:
        raise _refused(name, messages.NOT_TEXT)
    return text, encoding


def _marked(data: bytes) -> str | None:
    return next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    sample = data[:4000]
    if b"\0" not in sample:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[offset::2].count(0)
        others = sample[1 - offset :: 2].count(0)
        if zeros > len(sample) * 0.35 and not others:
            return encoding
    return None


def _code_page(data: bytes, *, name: str) -> tuple[str, str]:
    readings = []
    for order, encoding in enumerate(_CODE_PAGES):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((_misread(text[:500_000], encoding), order, text, encoding))
    odd = min((len(_ODD.findall(text[:500_000])) + score for score, _, text, _ in readings), default=1)
    if odd and (mac := _old_mac(data)) is not None:
        return mac, _OLD_MAC
    if not readings:
        raise _refused(name, messages.UNKNOWN_ENCODING)
    _, _, text, encoding = min(readings)
    if encoding == "cp1252" and _MIXED.search(text):
        raise _refused(name, messages.UNKNOWN_ENCODING)
    return text, encoding


def _old_mac(data: bytes) -> str | None:
    """The text as an old Mac wrote it; None where that leaves something odd, or no accents at all."""
    text = data.decode(_OLD_MAC)
    accents = re.search("(?<=[A-Za-z])[à-öø-ÿ]|[à-öø-ÿ](?=[a-z])", text)
    odd = (
        _ODD.search(text) or _misread(text[:500_000], _OLD_MAC) or re.search("[\x00-\x08\x0b\x0e-\x1f]", text)
    )
    return text if accents and not odd else None


def _misread(text: str, encoding: str) -> int:
    unlikely = _UNLIKELY.get(encoding)
    return len(_TOUCHING.findall(text)) + (len(unlikely.findall(text)) if unlikely else 0)


def separated(text: str) -> tuple[str, str]:
    """The separator, and the text with Excel's line `sep=;` emptied (it still counts as a row)."""
    hint = re.match(r"sep=([;,\t|])[\t ;,|]*(?=\r|\n|\Z)", text, re.IGNORECASE)
    if hint:
        return hint[1], text[hint.end() :]
    best = max(SEPARATORS, key=lambda separator: _consistency(text, separator))
    return best, text


def _consistency(text: str, separator: str) -> tuple[bool, int, float]:
    """How well a separator explains the first rows.

    Most rows have the same number of cells, and so has a row near the top: in `Naam;Cijfer` over `Jan;7,5`
    the comma explains the rows, but not the headings.
    """
    widths = list(_widths(text, separator)) if separator in text else []
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return (False, 0, 0.0)
    width, times = max(counted.items(), key=lambda item: (item[1], item[0]))
    share = times / len(widths)
    return (share >= _MOST, -widths.index(width), share * min(width, 6))


def _widths(text: str, separator: str) -> Iterator[int]:
    reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
    try:
        for _, record in zip(range(_SAMPLE_ROWS), reader, strict=False):
            if any(record):
                yield len(record)
    except csv.Error:
        return


def _records(text: str, separator: str, *, name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = cells = 0
    try:
        for number, record in enumerate(reader, start=1):
            cells += len(record)
            if number > limits.max_rows or cells > limits.max_text_cells:
                raise _refused(
                    name,
                    messages.TOO_MANY_CELLS,
                    most=limits.max_rows if number > limits.max_rows else limits.max_text_cells,
                )
            yield number, record
    except csv.Error as error:
        raise FileRefused([Problem(name, messages.BAD_QUOTES, row=number + 1)]) from error


def _cells(record: list[str]) -> tuple[Cell, ...]:
    return tuple(_cell(text) for text in record)


def _is_formula(text: str) -> bool:
    """Text after = is one; numbers and words after +, - and @ are not: telephone numbers start so."""
    return text[:1] == "=" and len(text) > 1 and _TEXT_LITERAL.fullmatch(text) is None


def _cell(text: str) -> str | None:
    if not text:
        return None
    if text[0] == "'" and _DEFUSED.match(text):
        return text[1:]
    if text[0] == "=" and (literal := _TEXT_LITERAL.fullmatch(text)):
        return literal[1] or None
    return text


def _refused(name: str, message: Message, /, **params: object) -> FileRefused:
    return FileRefused([Problem(name, message, params)])
