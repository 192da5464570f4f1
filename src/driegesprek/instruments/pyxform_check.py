"""What pyxform, the reference reader of XLSForm, has against a form that we found in order."""

import re
import warnings
from collections import Counter
from collections.abc import Mapping
from typing import Any

from driegesprek.instruments.problems import Problem
from driegesprek.instruments.text_tables import SheetRows

_MOST_CHOICES = 100
_FROM_ANSWERS = re.compile(r"^(?:select[ _]multiple|select all that apply from|rank)\s+\$\{")
_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
_SHEET = re.compile(r"'(survey|choices|external_choices|settings)' sheet")
_COLUMN = re.compile(r"'(\w+)' (?:column|value)")


def objections(sheets: Mapping[str, SheetRows]) -> list[Problem]:
    """Convert the form with pyxform; no external validator is started. [] when it has nothing against it.

    Args:
        sheets: rows in one language. Of long lists only the first choices are given to pyxform, which takes some
            0.1 ms per cell; all of them have been checked before.
    """
    from pyxform.errors import PyXFormError  # noqa: PLC0415 -- heavy
    from pyxform.xls2xform import convert  # noqa: PLC0415 -- heavy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            convert(_as_pyxform(sheets), validate=False, enketo=False)
    except PyXFormError as error:
        return [_told(str(error), sheets)]
    except RecursionError:
        return [Problem(None, None, None, "pyxform_failed", {"text": "RecursionError"})]
    except Exception as error:  # noqa: BLE001 -- pyxform must never take the process down
        return [
            Problem(None, None, None, "pyxform_failed", {"text": f"{type(error).__name__}: {error}"[:200]})
        ]
    return []


def _as_pyxform(sheets: Mapping[str, SheetRows]) -> dict[str, Any]:
    document: dict[str, Any] = {"sheet_names": list(sheets)}
    sheets = {**sheets, "survey": [(row, _mended(cells)) for row, cells in sheets.get("survey", [])]}
    for sheet in ("survey", "choices", "external_choices", "settings"):
        rows = _shortened(sheets.get(sheet, []))
        if rows:
            document[sheet] = [dict(row) for _, row in rows]
            document[f"{sheet}_header"] = [dict.fromkeys(heading for _, row in rows for heading in row)]
    return document


def _mended(row: Mapping[str, str]) -> dict[str, str]:
    """Rows as pyxform 4.5 can read them: it stumbles over several choices from earlier answers, and not over one."""
    kind = row.get("type", "")
    return {**row, "type": _FROM_ANSWERS.sub("select_one ${", kind)} if "${" in kind else dict(row)


def _shortened(rows: SheetRows) -> SheetRows:
    """At most so many rows of each list of choices; rows without a list stay."""
    seen: Counter[str] = Counter()
    kept = []
    for number, row in rows:
        list_name = row.get("list_name", "")
        seen[list_name] += 1
        if not list_name or seen[list_name] <= _MOST_CHOICES:
            kept.append((number, row))
    return kept


def _told(text: str, sheets: Mapping[str, SheetRows]) -> Problem:
    """Rows are counted by pyxform from 2 within what it was given; we tell the row of the file."""
    row, sheet, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    name = sheet[1] if sheet else "survey" if row else None
    place = int(row[1]) - 2 if row else -1
    rows = _shortened(sheets.get(name or "", []))
    number = rows[place][0] if 0 <= place < len(rows) else None
    message = " ".join(_ROW.sub("", text).split())[:500]
    return Problem(name, number, column[1] if column else None, "pyxform", {"text": message})
