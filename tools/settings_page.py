"""Writes docs/settings.md from the table of settings: `python tools/settings_page.py [--check]`."""

import sys
from pathlib import Path

from driegesprek.web.site.options import OPTIONS, PREFIX, Option

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"
HEAD = """# Settings

A machine sets these in the environment; an empty value is the default. `driegesprek settings` lists them too.
This page is made from `src/driegesprek/web/site/options.py` by `tools/settings_page.py`.

| Setting | Default | What it is for |
| --- | --- | --- |
"""


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(map(_row, OPTIONS))


def _row(option: Option) -> str:
    default = "" if option.shown_default == "empty" else f"`{option.shown_default}`"
    return f"| `{PREFIX}{option.name}` | {default} | {option.purpose} |\n"


def main() -> int:
    """Write it; with --check only see whether it is fresh."""
    if "--check" in sys.argv:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
