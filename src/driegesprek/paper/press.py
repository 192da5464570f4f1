"""From values to a PDF: typst, a batch at a time, each page at the largest type that fits it."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from driegesprek.paper import binder, fonts
from driegesprek.paper.batch import Printable, as_data

TEMPLATES = Path(__file__).parent / "templates"

SHARED = "base.typ"
"""What all templates import."""

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


def _typst() -> Any:
    import typst  # noqa: PLC0415 - heavy

    return typst


@cache
def _fonts() -> Any:
    return _typst().Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )


def _given(template: str, data: str) -> dict[str, Any]:
    """What typst is given: all as files, since it lays out anew what it kept when anything else of its world changes."""
    files = {name: (TEMPLATES / name).read_bytes() for name in (template, SHARED)}
    given = {"main.typ": files[template], SHARED: files[SHARED], "data.json": data.encode()}
    return {"input": given, "font_paths": _fonts()}


def compiled(template: str, data: str) -> bytes:
    """Returns what a template makes of data as JSON, as one tagged PDF of as many pages as it needs."""
    pdf: bytes = _typst().compile(format="pdf", pdf_standards="ua-1", **_given(template, data))
    return pdf


def _forget() -> None:
    for _ in range(GENERATIONS):
        _typst().compile(b"", font_paths=_fonts(), format="pdf")


_Leaf = tuple[int, int]
"""By number: the item, and which of its leaves."""


class _Job:
    """One batch on its way through typst: the data, and for each item its steps.

    It is laid out several times, of which only what changed in between takes time.
    """

    def __init__(
        self, template: str, items: list[Printable], steps: list[Steps], *, title: str, several: bool
    ) -> None:
        self.template = template
        self.data = as_data(items, title=title) | {"ladder": LADDER, "pad": False}
        self.steps = steps
        self.several = several
        for record, chosen in zip(self.data["items"], steps, strict=True):
            record["steps"] = chosen

    @property
    def _json(self) -> str:
        return json.dumps(self.data, ensure_ascii=False)

    def compile(self) -> bytes:
        return compiled(self.template, self._json)

    def settle(self) -> bytes:
        """Compiles until each leaf has one page, or, without leaves, until the pages fill whole sheets of paper."""
        leaves = [(item, side) for item, steps in enumerate(self.steps) for side in range(len(steps))]
        if not leaves:
            return self._fill_up()
        self._fit(leaves)
        pdf = self.compile()
        if binder.page_count(pdf) > len(leaves):
            raise RuntimeError("A page that was made to fit does not fit: an error in the template.")
        return pdf

    def _fit(self, leaves: list[_Leaf]) -> None:
        """Finds for leaves that do not fit the largest step that does, halving what is left of the ladder each time.

        What fits at a step fits at each smaller one, since every step is smaller than the one before; beyond the last, the
        whole page is scaled down, which fits always.
        """
        full = self._overfull(leaves)
        bounds = {leaf: (self._step(leaf), len(LADDER)) for leaf in leaves if leaf in full}
        while tried := {leaf: (low + high) // 2 for leaf, (low, high) in bounds.items() if high - low > 1}:
            for (item, side), step in tried.items():
                self.steps[item][side] = step
            full = self._overfull(leaves)
            for leaf, step in tried.items():
                low, high = bounds[leaf]
                bounds[leaf] = (step, high) if leaf in full else (low, step)
        for (item, side), (_, fits) in bounds.items():
            self.steps[item][side] = fits if fits < len(LADDER) else None

    def _step(self, leaf: _Leaf) -> int:
        item, side = leaf
        return self.steps[item][side] or 0

    def _fill_up(self) -> bytes:
        pdf = self.compile()
        self.data["pad"] = self.several and binder.page_count(pdf) % 2 == 1
        return self.compile() if self.data["pad"] else pdf

    def _overfull(self, leaves: list[_Leaf]) -> set[_Leaf]:
        """Which of the leaves have more than one page."""
        given = _given(self.template, self._json)
        starts = json.loads(_typst().query(selector="<pages>", field="value", one=True, **given))
        spans = zip(leaves, pairwise(starts), strict=True)
        return {leaf for leaf, (start, after) in spans if after - start > 1}


def printed(template: str, items: Iterable[Printable], *, title: str, batch: int, leaves: int = 0) -> bytes:
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
    template: str, group: list[Printable], rest: Iterator[Printable], *, title: str, leaves: int
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


def _usual_steps(template: str, item: Printable, leaves: int) -> Steps:
    """Returns the steps that fit the first item of a language; most others of that language fit them too."""
    steps: Steps = [0] * leaves
    if leaves:
        _Job(template, [item], [steps], title="-", several=False).settle()
    return steps
