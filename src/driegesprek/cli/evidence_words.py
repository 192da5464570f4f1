"""How results are printed, and the worked example of each command (docs/evidence-statistics.md shows what they give)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

EXAMPLES = {
    "describe": "Example: driegesprek evidence describe pupils.csv --items q1,sex --by homework",
    "crosstab": "Example: driegesprek evidence crosstab pupils.csv --rows q1 --cols origin --cluster school",
    "scale": "Example: driegesprek evidence scale pupils.csv --items q1,q2,q3,q4 --reverse q3",
    "change": "Example: driegesprek evidence change pupils.csv --pre pre --post post --cluster school",
    "regress": (
        "Example: driegesprek evidence regress pupils.csv --outcome post --cluster school \\\n"
        '    --blocks "pre;sex+origin;homework+talk;homework:talk" --reference sex=boy'
    ),
    "mixed": 'Example: driegesprek evidence mixed pupils.csv --outcome post --fixed "pre+sex" --group school,class',
    "weights": (
        "Example: driegesprek evidence weights pupils.csv --weights weight --margins margins.csv \\\n"
        "    --mean post --cluster school"
    ),
    "power": "Example: driegesprek evidence power pupils.csv --outcome post --group school,class --effect 0.3",
    "sums": "Example: driegesprek evidence sums pupils.csv --plan plan.json --json > school-a.sums.json",
    "combine": "Example: driegesprek evidence combine school-a.sums.json school-b.sums.json --json",
}


def print_json(value: Any) -> None:
    """JSON for programs; nothing rounded."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def lines(plain: Mapping[str, Any]) -> Iterator[str]:
    """A result for people: figures to four digits, lists as tables."""
    for key, value in plain.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{key}:"
            yield from _table(value)
        elif isinstance(value, dict) and value:
            yield f"{key}:"
            yield from (f"  {name}: {_short(one)}" for name, one in value.items())
        elif value not in (None, [], {}):
            yield f"{key}: {_short(value)}"


def _table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    names = [name for name in rows[0] if any(row[name] not in (None, [], {}, "") for row in rows)]
    cells = [names, *([_short(row[name]) for name in names] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(names))]
    for row in cells:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _short(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_short(one)}" for key, one in value.items())
    if isinstance(value, list):
        return " ".join(_short(one) for one in value)
    return str(value)
