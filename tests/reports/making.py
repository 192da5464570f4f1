"""Answers of invented people to an invented form with two scales, before and after, quick to make."""

import numpy as np
import pyarrow as pa

from driegesprek.instruments.scoring_model import Scale, ScaleItem
from driegesprek.reports import Given
from driegesprek.tables.codebook import Codebook, Kind, Value, Variable

ITEMS = {"talking": ("t1", "t2", "t3"), "knowing": ("k1", "k2", "k3")}
AGREE = tuple(Value(str(n), {"nl": f"antwoord {n}"}, n) for n in range(1, 6))
YES_NO = (Value("yes", {"nl": "ja"}, 1), Value("no", {"nl": "nee"}, 2))


def scales():
    return tuple(
        Scale(
            name=name,
            label={"nl": name},
            items=tuple(ScaleItem(path=f"/{one}", low=1, high=5) for one in items),
        )
        for name, items in ITEMS.items()
    )


def make(n=300, *, effect=0.6, skips=0.0, seed=1, leaves=0.2, classes=12):
    """People in classes; who did the homework goes up on talking by the effect, and knowing stays."""
    rng = np.random.default_rng(seed)
    did = rng.random(n) < 0.5
    standing = {name: rng.normal(3, 0.6, n) for name in ITEMS}
    rows = []
    for part in ("pre", "post"):
        there = np.ones(n, bool) if part == "pre" else rng.random(n) >= leaves
        for person in np.flatnonzero(there):
            row = {
                "person": f"p{person:04}",
                "round": part,
                "class": f"c{person % classes}",
                "track": "BB" if person % 2 else "TL",
            }
            for name, items in ITEMS.items():
                mean = standing[name][person] + (
                    effect * did[person] if part == "post" and name == "talking" else 0
                )
                given = np.clip(np.rint(rng.normal(mean, 0.5, len(items))), 1, 5).astype(int)
                skipped = rng.random(len(items)) < skips
                row |= {
                    item: None if out else str(v) for item, v, out in zip(items, given, skipped, strict=True)
                }
                kept = [v for v, out in zip(given, skipped, strict=True) if not out]
                row[name] = float(np.mean(kept)) if kept else None
            row["did_homework"] = ("yes" if did[person] else "no") if part == "post" else None
            rows.append(row)
    return pa.Table.from_pylist(rows)


def book():
    items = [
        Variable(one, {"nl": f"Stelling {one}?"}, Kind.SINGLE, AGREE) for of in ITEMS.values() for one in of
    ]
    tracks = (Value("BB", order=1), Value("TL", order=2))
    return Codebook(
        "Een lijst",
        "ronde",
        (
            *items,
            Variable("did_homework", {"nl": "Deed je de opdracht?"}, Kind.SINGLE, YES_NO),
            Variable("track", {"nl": "Leerweg"}, Kind.GROUP, tracks),
            *(Variable(name, {"nl": name}, Kind.DECIMAL) for name in ITEMS),
        ),
    )


def given(table=None, **more):
    fields = {"activities": ("did_homework",), "groups": ("track",)} | more
    return Given("pupil", "Een lijst", make() if table is None else table, book(), scales(), **fields)
