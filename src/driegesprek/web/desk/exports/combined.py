"""What schools show together, as a file."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from driegesprek.tables import Sheet, write_xlsx
from driegesprek.web.desk.pages.combined import Combined

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 31
"""Characters of the name of a sheet."""


def response(found: Combined, kind: str) -> HttpResponse:
    """Results as .json or .xlsx; or the sums, which can be brought in again with those of more schools."""
    name = slugify(found.title) or "plan"
    if kind == "xlsx":
        return _file(write_xlsx(list(_sheets(found))), XLSX, f"{name}.xlsx")
    if kind == "sums.json":
        return _file(found.sums.to_json().encode(), "application/json", f"{name}.sums.json")
    text = json.dumps(found.to_plain(), ensure_ascii=False, indent=1) + "\n"
    return _file(text.encode(), "application/json", f"{name}.json")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    made = HttpResponse(content, content_type=kind)
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    return made


def _sheets(found: Combined) -> Iterator[Sheet]:
    about = [[_("Plan"), found.title], *([_("School"), one] for one in found.sums.schools)]
    stays = _("stays in the school")
    about += [[f"{stays}: {name}", why] for name, why in found.withheld]
    about += [[one.name, f"{one.problem} {one.exactly}".strip()] for one in found.found if one.problem]
    yield Sheet(_("About this file"), [_("What"), ""], about)
    for place, one in enumerate(found.found, 1):
        for nth, table in enumerate(one.tables, 1):
            rows = [[_plain(value) for value in row] for row in table.rows]
            title = re.sub(r"[\[\]:*?/\\]", " ", f"{place}.{nth} {one.name} {table.title}")[:LONGEST]
            yield Sheet(title, [str(heading) for heading in table.headings], rows)


def _plain(value: Any) -> Any:
    """Numbers stay numbers; a list becomes text."""
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value
