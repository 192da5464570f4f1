"""From values to a PDF: typst, a batch at a time, each page at the largest type that fits it."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from driegesprek.paper import binder, fonts
from driegesprek.paper.batch import as_data
from driegesprek.paper.model import Item

TEMPLATES = Path(__file__).parent / "templates"

LADDER = 11
"""Steps of the ladder in templates/base.typ, from the largest type to the smallest."""

GENERATIONS = 11
"""Typst keeps what it made for ten compilations; so many empty ones make it forget (measured with typst 0.15)."""

Steps = list[int | None]
"""Of one item, for each of its leaves: the step of the ladder; None where even the smallest type does not fit."""


def _typst() -> Any:
    import typst  # noqa: PLC0415 - heavy

    return typst


@cache
def _fonts() -> Any:
    return _typst().Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )


def _forget() -> None:
    for _ in range(GENERATIONS):
        _typst().compile(b"", font_paths=_fonts(), format="pdf")


class _Job:
    """One batch on its way through typst: the data, and for each item its steps."""

    def __init__(
        self, template: str, items: list[Item], steps: list[Steps], *, title: str, several: bool
    ) -> None:
        self.template = TEMPLATES / template
        self.data = as_data(items, title=title) | {"several": several}
        self.steps = steps
        for record, chosen in zip(self.data["items"], steps, strict=True):
            record["steps"] = chosen

    @property
    def _given(self) -> dict[str, Any]:
        inputs = {"data": json.dumps(self.data, ensure_ascii=False)}
        return {"root": TEMPLATES, "font_paths": _fonts(), "sys_inputs": inputs}

    def compile(self) -> bytes:
        pdf: bytes = _typst().compile(self.template, format="pdf", pdf_standards="ua-1", **self._given)
        return pdf

    def settle(self) -> bytes:
        """Compiles, and steps down the leaves that ran over onto a next page, until none does."""
        leaves = [(steps, side) for steps in self.steps for side in range(len(steps))]
        while True:
            pdf = self.compile()
            if not leaves or binder.page_count(pdf) == len(leaves):
                return pdf
            for leaf in self._overfull(binder.page_count(pdf)):
                steps, side = leaves[leaf]
                steps[side] = _smaller(steps[side])

    def _overfull(self, pages: int) -> list[int]:
        found = _typst().query(self.template, "<leaf>", field="value", **self._given)
        starts = [*json.loads(found), pages + 1]
        return [leaf for leaf, (start, after) in enumerate(pairwise(starts)) if after - start > 1]


def _smaller(step: int | None) -> int | None:
    if step is None:
        raise RuntimeError("A page that was made to fit does not fit: an error in the template.")
    return step + 1 if step + 1 < LADDER else None


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def printed(template: str, items: Iterable[Item], *, title: str, batch: int, leaves: int = 0) -> bytes:
    """Returns one PDF of all items in their order, PDF/UA-1, tagged, with only our own fonts.

    Args:
        template: The file in templates/ that lays them out.
        items: What to print; read as it is printed, so a generator keeps memory low.
        title: The document's title, which a screen reader says first.
        batch: How many items go through typst at a time; bounds the memory (about 1.5 MB a page).
        leaves: Pages of each item, on which it must fit; 0 for what may be of any length.

    Raises:
        ValueError: If there is nothing to print.
    """
    parts: list[bytes] = []
    usual: dict[str, Steps] = {}
    for group in _batches(items, batch):
        several = bool(parts) or len(group) > 1
        for item in group:
            if item.language not in usual:
                usual[item.language] = _usual_steps(template, item, leaves)
        steps = [list(usual[item.language]) for item in group]
        parts.append(_Job(template, group, steps, title=title, several=several).settle())
        _forget()
    if not parts:
        raise ValueError("There is nothing to print: the list is empty.")
    return binder.bind(parts)


def _usual_steps(template: str, item: Item, leaves: int) -> Steps:
    """Returns the steps that fit the first item of a language; most others of that language fit them too."""
    steps: Steps = [0] * leaves
    if leaves:
        _Job(template, [item], [steps], title="-", several=False).settle()
    return steps
