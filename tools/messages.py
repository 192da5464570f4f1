"""Collects the desk's texts from the source, keeps the Dutch that is there, and compiles it.

Run by `make messages`. Afterwards look for entries without a translation: tests/web/test_messages.py names them.
"""

import contextlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
import polib
from django.core.management import call_command
from django.core.management.commands.makemessages import Command
from django.test.utils import override_settings

WEB = Path(__file__).resolve().parents[1] / "src" / "driegesprek" / "web"
LOCALE = WEB / "common" / "locale"
INSIDE = Path("nl", "LC_MESSAGES", "django.po")
METADATA = {
    "Project-Id-Version": "Driegesprek",
    "Language": "nl",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class Collect(Command):
    """Django's own command, which also knows `gettext_lazy as lazy`, and never guesses a translation."""

    xgettext_options = [*Command.xgettext_options, "--keyword=lazy"]
    msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]


def collect(locale: Path) -> polib.POFile:
    """Bring the catalogue in `locale` up to date with the source; texts that are gone leave it.

    It works on a copy of the source, because Django writes its work files beside the templates.

    Raises:
        CommandError: when xgettext is not on this machine.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(WEB, Path(folder, "web"), ignore=_not_source)
        with contextlib.chdir(copy), override_settings(LOCALE_PATHS=[locale]):
            options: dict[str, Any] = {"no_obsolete": True, "add_location": "file", "verbosity": 0}
            call_command(Collect(), locale=["nl"], **options)
    return polib.pofile(str(locale / INSIDE))


def _not_source(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in {"locale", "static", "migrations", "__pycache__"}}


def write(catalogue: polib.POFile, path: Path) -> None:
    """The catalogue as text, without the hour it was made (it would differ each time), and compiled."""
    catalogue.metadata, catalogue.header = METADATA, "The desk in Dutch. Made by `make messages`."
    catalogue.metadata_is_fuzzy = False
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def main() -> int:
    """Collect and compile; tell what is not translated yet."""
    django.setup()
    catalogue = collect(LOCALE)
    write(catalogue, LOCALE / INSIDE)
    missing = [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]
    for entry in missing:
        print(f"no Dutch yet: {entry.msgid!r} ({', '.join(file for file, _line in entry.occurrences)})")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
