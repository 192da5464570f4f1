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

LADDER = (
    (1.3, 1.5, 0),
    (1.2, 1.3, 0),
    (1.12, 1.2, 0),
    (1.06, 1.1, 0),
    (1, 1, 0),
    (1, 0.75, 0),
    (1, 0.5, 0),
    (1, 0.5, 1),
    (1, 0.3, 1),
    (0.92, 0.4, 1),
    (0.85, 0.35, 1),
    (0.78, 0.3, 1),
    (0.7, 0.25, 1),
)
"""How a page adapts to what is on it, from large to small: the scale of the letters (1 is 11.5 pt), the scale of the
white, and whether pictures and lines to write on are packed. Letters become small only after all else."""

GENERATIONS = 11
"""Typst keeps what it made for ten compilations; so many empty ones make it forget (measured with typst 0.15)."""

Steps = list[int | None]
"""Of one item, for each of its leaves: the step of the ladder, by number; None where even the smallest type does not fit."""

SKIPPED = -1
"""The step of a leaf that is not drawn: when some leaves are tried, the others need no time."""


def _typst() -> Any:
    import typst  # noqa: PLC0415 - heavy

    return typst


@cache
def _fonts() -> Any:
    return _typst().Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )


def compiled(template: str, data: str) -> bytes:
    """Returns what a template makes of data as JSON, as one tagged PDF of as many pages as it needs."""
    given = {"root": TEMPLATES, "font_paths": _fonts(), "sys_inputs": {"data": data}}
    pdf: bytes = _typst().compile(TEMPLATES / template, format="pdf", pdf_standards="ua-1", **given)
    return pdf


def _forget() -> None:
    for _ in range(GENERATIONS):
        _typst().compile(b"", font_paths=_fonts(), format="pdf")


_Leaf = tuple[int, int]
"""By number: the item, and which of its leaves."""


class _Job:
    """One batch on its way through typst: the data, and for each item its steps."""

    def __init__(
        self, template: str, items: list[Item], steps: list[Steps], *, title: str, several: bool
    ) -> None:
        self.template = TEMPLATES / template
        self.items = items
        self.data = as_data(items, title=title) | {"ladder": LADDER, "pad": False}
        self.steps = steps
        self.several = several
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
        """Compiles until each leaf has one page, or, without leaves, until the pages fill whole sheets of paper."""
        leaves = [(item, side) for item, steps in enumerate(self.steps) for side in range(len(steps))]
        return self._step_down(leaves) if leaves else self._fill_up()

    def _step_down(self, leaves: list[_Leaf]) -> bytes:
        pdf = self.compile()
        full = self._overfull(leaves, pdf)
        if not full:
            return pdf
        self._fit(full)
        pdf = self.compile()
        if binder.page_count(pdf) > len(leaves):
            raise RuntimeError("A page that was made to fit does not fit: an error in the template.")
        return pdf

    def _fit(self, leaves: list[_Leaf]) -> None:
        """Finds for leaves that do not fit the largest step that does, halving what is left of the ladder each time.

        What fits at a step fits at each smaller one, since every step is smaller than the one before; beyond the last, the
        whole page is scaled down, which fits always.
        """
        bounds = {(item, side): (self.steps[item][side] or 0, len(LADDER)) for item, side in leaves}
        while tried := {leaf: (low + high) // 2 for leaf, (low, high) in bounds.items() if high - low > 1}:
            too_large = self._trial(tried)
            for leaf, step in tried.items():
                low, high = bounds[leaf]
                bounds[leaf] = (step, high) if leaf in too_large else (low, step)
        for (item, side), (_, fits) in bounds.items():
            self.steps[item][side] = fits if fits < len(LADDER) else None

    def _trial(self, tried: dict[_Leaf, int]) -> set[_Leaf]:
        """Draws some leaves alone, and tells which of them do not fit the step that is tried."""
        items = sorted({item for item, _ in tried})
        steps: list[Steps] = [
            [tried.get((item, side), SKIPPED) for side in range(len(self.steps[item]))] for item in items
        ]
        trial = _Job(
            self.template.name, [self.items[item] for item in items], steps, title="-", several=False
        )
        return set(trial._overfull(sorted(tried), trial.compile()))

    def _fill_up(self) -> bytes:
        pdf = self.compile()
        self.data["pad"] = self.several and binder.page_count(pdf) % 2 == 1
        return self.compile() if self.data["pad"] else pdf

    def _overfull(self, leaves: list[_Leaf], pdf: bytes) -> list[_Leaf]:
        """Which of the leaves that were drawn, in this order, have more than one page."""
        pages = binder.page_count(pdf)
        if pages == len(leaves):
            return []
        found = _typst().query(self.template, "<leaf>", field="value", **self._given)
        starts = [*json.loads(found), pages + 1]
        spans = zip(leaves, pairwise(starts), strict=True)
        return [leaf for leaf, (start, after) in spans if after - start > 1]


def printed(template: str, items: Iterable[Item], *, title: str, batch: int, leaves: int = 0) -> bytes:
    """Returns one PDF of all items in their order, PDF/UA-1, tagged, with only our own fonts.

    Args:
        template: The file in templates/ that lays them out.
        items: What to print; read as it is printed, so a generator keeps memory low.
        title: The document's title, which a screen reader says first.
        batch: How many items go through typst at a time; bounds the memory (about 2 MB a page).
        leaves: Pages of each item, on which it must fit; 0 for what may be of any length.

    Raises:
        ValueError: If there is nothing to print.
    """
    rest = iter(items)
    group = list(islice(rest, batch))
    if not group:
        raise ValueError("There is nothing to print: the list is empty.")
    return binder.bind(_parts(template, group, rest, title=title, leaves=leaves))


def _parts(
    template: str, group: list[Item], rest: Iterator[Item], *, title: str, leaves: int
) -> Iterator[bytes]:
    usual: dict[str, Steps] = {}
    batch, several = len(group), len(group) > 1
    while group:
        for item in group:
            if item.language not in usual:
                usual[item.language] = _usual_steps(template, item, leaves) if several else [0] * leaves
        steps = [list(usual[item.language]) for item in group]
        yield _Job(template, group, steps, title=title, several=several).settle()
        _forget()
        group = list(islice(rest, batch))


def _usual_steps(template: str, item: Item, leaves: int) -> Steps:
    """Returns the steps that fit the first item of a language; most others of that language fit them too."""
    steps: Steps = [0] * leaves
    if leaves:
        _Job(template, [item], [steps], title="-", several=False).settle()
        _forget()
    return steps
