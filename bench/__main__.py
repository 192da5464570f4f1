"""Runs the benchmarks and prints them: `python -m bench [names …] [--json FILE]`; fails where a limit is passed."""

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import bench
from bench import Result

HEADINGS = ("", "figure", "unit", "limit", "ratio")


def names() -> list[str]:
    """The modules that measure something."""
    found = sorted(one.name for one in pkgutil.iter_modules(bench.__path__) if not one.name.startswith("_"))
    return [name for name in found if hasattr(importlib.import_module(f"bench.{name}"), "run")]


def measure(chosen: list[str]) -> Iterator[tuple[str, Result]]:
    for name in chosen:
        for result in importlib.import_module(f"bench.{name}").run():
            yield name, result


def line(name: str, one: Result) -> tuple[str, ...]:
    """A row of the table, as text."""
    limit = "" if one.limit is None else f"{one.comparison} {one.limit:g}"
    ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
    return (
        f"{name}: {one.name}",
        f"{one.value:,.4g}",
        one.unit,
        limit,
        ratio,
        "" if one.good else "NOT GOOD",
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", choices=[[], *names()], metavar="name", help=", ".join(names()))
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    print("{:<64} {:>10}  {:<10} {:<14} {:>6}".format(*HEADINGS))
    found = []
    for name, result in measure(options.names or names()):
        found.append((name, result))
        print("{:<64} {:>10}  {:<10} {:<14} {:>6} {}".format(*line(name, result)), flush=True)
    if options.json:
        rows = [{"of": name, **asdict(one), "ratio": one.ratio, "good": one.good} for name, one in found]
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.good for _, one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
