"""For those who translate: what is missing, out of date or wrong, and stamping new translations.

``python -m driegesprek.content.translating`` lists per language what is missing and out of date;
with ``--stamp`` it puts the hash of today's Dutch beside new drafts that have none.
"""

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from driegesprek.content.forms import instrument_sources
from driegesprek.content.placeholders import placeholders, references
from driegesprek.content.texts import (
    Source,
    dutch_hash,
    other_languages,
    sources,
    translation_files,
    translations,
)

HEADINGS = ("key", "text", "status", "translated_by", "reviewed_by", "reviewed_on", "dutch_hash")


def all_sources() -> dict[str, Source]:
    """Give every Dutch text, those of the forms too, by the key under which it is translated."""
    return sources() | instrument_sources()


def missing(code: str) -> tuple[str, ...]:
    """Give the keys that have no translation into a language."""
    return tuple(key for key in all_sources() if key not in translations(code))


def outdated(code: str) -> tuple[str, ...]:
    """Give the keys whose Dutch changed since they were translated."""
    known = all_sources()
    return tuple(
        key
        for key, found in translations(code).items()
        if key in known and found.dutch_hash != dutch_hash(known[key].dutch)
    )


def unknown(code: str) -> tuple[str, ...]:
    """Give the keys that are translated but no longer exist."""
    known = all_sources()
    return tuple(key for key in translations(code) if key not in known)


def translation_problems(dutch: str, translated: str) -> tuple[str, ...]:
    """Say what is wrong with a translation, in plain words; nothing when it can be used.

    Args:
        dutch: The Dutch text with its placeholders.
        translated: The same in another language.
    """
    found = [] if translated.strip() else ["The translation is empty."]
    wanted, given = _blanks(dutch), _blanks(translated)
    if wanted - given:
        found.append(f"Missing: {', '.join(sorted(wanted - given))}. Keep these words as they are.")
    if given - wanted:
        found.append(f"Not in the Dutch text: {', '.join(sorted(given - wanted))}. Take them out.")
    return tuple(found)


def _blanks(template: str) -> set[str]:
    plain = {f"{{{name}}}" for name in placeholders(template)}
    return plain | {f"${{{name}}}" for name in references(template)}


def stamped(rows: Iterable[Mapping[str, str]], known: Mapping[str, Source]) -> list[dict[str, str]]:
    """Give rows of a translation file in the order of the Dutch, new drafts with the hash of today's Dutch.

    A row that has a hash keeps it: only a person who looked at it again may take it away.
    """
    order = {key: place for place, key in enumerate(known)}
    full = [dict.fromkeys(HEADINGS, "") | dict(row) for row in rows if row["key"] in known]
    for row in full:
        row["status"] = row["status"] or "draft"
        row["dutch_hash"] = row["dutch_hash"] or dutch_hash(known[row["key"]].dutch)
    return sorted(full, key=lambda row: order[row["key"]])


def stamp_file(path: Path) -> None:
    """Write a translation file again, stamped and in order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = stamped(csv.DictReader(file), all_sources())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def report() -> str:
    """Give, a line per language, how many texts are missing, out of date and no longer used."""
    counts = (
        (code, len(missing(code)), len(outdated(code)), len(unknown(code))) for code in other_languages()
    )
    return "\n".join(f"{code}: {a} missing, {b} out of date, {c} unknown" for code, a, b, c in counts)


def main(arguments: list[str]) -> None:
    """Run from the command line."""
    if arguments == ["--stamp"]:
        for code in other_languages():
            for path in translation_files(code):
                stamp_file(path)
    sys.stdout.write(report() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
