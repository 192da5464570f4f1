"""The choices sheet becomes lists of choices."""

from collections.abc import Iterable

from driegesprek.instruments.cells import Cells
from driegesprek.instruments.model import Choice
from driegesprek.instruments.problems import Problem


def choice_lists(
    rows: Iterable[Cells], *, twice_allowed: bool
) -> tuple[dict[str, tuple[Choice, ...]], list[Problem]]:
    """The lists in the order of the sheet, and what is wrong with them."""
    lists: dict[str, list[Choice]] = {}
    seen: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for cells in rows:
        list_name, name = cells["list_name"], cells["name"]
        if not list_name:
            # pyxform leaves such rows out as well: people use them as headings and comments.
            continue
        if not name:
            problems.append(cells.problem("choice_name_missing", "name", list=list_name))
            continue
        other = seen.setdefault((list_name, name), cells.row)
        if other != cells.row and not twice_allowed:
            details = {"name": name, "list": list_name, "other": str(other)}
            problems.append(cells.problem("choice_twice", "name", **details))
        lists.setdefault(list_name, []).append(_choice(cells, name))
    return {name: tuple(many) for name, many in lists.items()}, problems


def _choice(cells: Cells, name: str) -> Choice:
    return Choice(
        name=name,
        label=cells.text("label"),
        media=cells.text("image"),
        sound=cells.text("audio"),
        film=cells.text("video"),
        extra=cells.extra,
    )
