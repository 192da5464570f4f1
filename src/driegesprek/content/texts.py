"""Texts for families: a key becomes words in a language, with the Dutch beneath a draft.

Our Dutch stands in ``texts/<area>.csv``, translations in ``translations/<language>.csv`` and, for larger instruments,
in ``translations/<instrument>/<language>.csv``. A translation names
the Dutch it was made from by a hash: when the Dutch changes it is a draft again, whatever the file says.
A key that ends in ``@pupil`` is the same text said to a pupil; ask for it with ``voice="pupil"``.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from driegesprek.content.files import HERE, rows
from driegesprek.content.languages import DUTCH, LANGUAGES, Direction, language
from driegesprek.content.placeholders import fill

# A name is the same in every language: the official one of a profile. A choice is what one ticks, fills in or goes to: short
# as a label, but one should know what it says.
Kind = Literal["label", "choice", "sentence", "heading", "message", "name"]
Status = Literal["original", "reviewed", "draft", "missing"]
Voice = Literal["adult", "pupil"]
# Under this no Dutch is shown: a text message has no characters for it.
WITHOUT_DUTCH = {"message"}


@dataclass(frozen=True, slots=True)
class Source:
    """A Dutch text as we wrote it."""

    key: str
    kind: Kind
    dutch: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation as it stands in the file; ``text()`` decides what it is worth."""

    text: str
    status: Literal["draft", "reviewed"] = "draft"
    translated_by: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""
    dutch_hash: str = ""


# A text that a school wrote, translated or had reviewed itself takes the place of ours.
Override = Translation
Overrides = Mapping[tuple[str, str], Override]


@dataclass(frozen=True, slots=True)
class Text:
    """A text, ready to show.

    Attributes:
        text: The words, placeholders filled in.
        language: Code of the language the words are in: Dutch where a translation is missing.
        direction: Writing direction of the words.
        status: ``original`` (Dutch), ``reviewed``, ``draft`` or ``missing``.
        dutch: The Dutch to show beneath, or None when there is no need or no room.
    """

    text: str
    language: str
    direction: Direction
    status: Status
    dutch: str | None = None

    def __str__(self) -> str:
        return self.text


def dutch_hash(dutch: str) -> str:
    """Give the hash by which a translation names the Dutch it was made from (12 hexadecimal digits)."""
    return hashlib.sha256(" ".join(dutch.split()).encode()).hexdigest()[:12]


@cache
def sources() -> dict[str, Source]:
    """Give every Dutch text by its key, those of the areas; forms have their own (``instrument_sources``)."""
    found: dict[str, Source] = {}
    for path in sorted((HERE / "texts").glob("*.csv")):
        for row in rows(path):
            if row["key"] in found:
                raise ValueError(f"{path.name}: {row['key']} is there twice")
            found[row["key"]] = Source(row["key"], row["kind"], row["dutch"], row["note"])  # type: ignore[arg-type] # a test over the files holds the kinds
    return found


@cache
def translations(code: str) -> dict[str, Translation]:
    """Give every translation into a language, by key."""
    return {row["key"]: _translation(row) for path in translation_files(code) for row in rows(path)}


def translation_files(code: str) -> tuple[Path, ...]:
    """Give the files with translations into a language: one for all texts, and one per larger instrument."""
    folder = HERE / "translations"
    return tuple(sorted([*folder.glob(f"{code}.csv"), *folder.glob(f"*/{code}.csv")]))


def _translation(row: Mapping[str, str]) -> Translation:
    values = {name: value for name, value in row.items() if name != "key"}
    return Translation(**values)  # type: ignore[arg-type] # the headings are the attributes; a test over the files holds the statuses


def keys() -> tuple[str, ...]:
    """Give the keys of all texts."""
    return tuple(sources())


def text(
    key: str,
    language_code: str,
    /,
    *,
    voice: Voice = "adult",
    overrides: Overrides | None = None,
    **values: object,
) -> Text:
    """Give a text in a language.

    Args:
        key: Key of the text, such as ``door.open``.
        language_code: Code of one of ``LANGUAGES``.
        voice: To whom it is said; a pupil gets the ``@pupil`` text where there is one.
        overrides: Texts of the school's own, by (key, language); Dutch ones too.
        **values: What is filled in; see ``placeholders.KNOWN``. What differs per language, such as a date, may be
            given as {language: words}, so that the Dutch beneath has its own; Dutch stands in where one lacks.

    Raises:
        KeyError: if there is no such text or language.
        ValueError: if a placeholder has no value.
    """
    source = find(key, voice)
    return render(source, language_code, translations(language_code), overrides or {}, values)


def find(key: str, voice: Voice = "adult") -> Source:
    """Give the Dutch source of a key, the pupil's where it is asked for and there is one.

    Raises:
        KeyError: if there is no such text.
    """
    known = sources()
    if voice == "pupil" and f"{key}@pupil" in known:
        return known[f"{key}@pupil"]
    if key not in known:
        raise KeyError(f"no text {key!r} in content/texts")
    return known[key]


def render(
    source: Source,
    language_code: str,
    table: Mapping[str, Translation],
    overrides: Overrides,
    values: Mapping[str, object],
) -> Text:
    """Make the text that is shown from a source, its translation and a school's own words."""
    wanted = language(language_code)
    own_dutch = overrides.get((source.key, DUTCH))
    dutch = own_dutch.text if own_dutch else source.dutch
    in_dutch = _in_language(values, DUTCH)
    if wanted.code == DUTCH or source.kind == "name":
        return Text(fill(dutch, in_dutch), DUTCH, "ltr", "original")
    found = overrides.get((source.key, wanted.code)) or table.get(source.key)
    if found is None or not found.text:
        return Text(fill(dutch, in_dutch), DUTCH, "ltr", "missing")
    status = status_of(found, dutch)
    beneath = fill(dutch, in_dutch) if status == "draft" and source.kind not in WITHOUT_DUTCH else None
    isolate = wanted.direction == "rtl" and source.kind != "message"
    shown = fill(found.text, _in_language(values, wanted.code), isolate=isolate)
    return Text(shown, wanted.code, wanted.direction, status, beneath)


def _in_language(values: Mapping[str, object], code: str) -> dict[str, object]:
    """Choose, of values that are given per language, those of one language."""
    return {
        name: value.get(code, value.get(DUTCH, "")) if isinstance(value, Mapping) else value
        for name, value in values.items()
    }


def status_of(translation: Translation, dutch: str) -> Literal["reviewed", "draft"]:
    """Say whether a translation may stand alone: reviewed, by another, and of this very Dutch."""
    by_another = translation.reviewed_by not in {"", translation.translated_by}
    fresh = translation.dutch_hash == dutch_hash(dutch)
    return "reviewed" if translation.status == "reviewed" and by_another and fresh else "draft"


def other_languages() -> tuple[str, ...]:
    """Give the codes of the languages into which the Dutch is translated."""
    return tuple(one.code for one in LANGUAGES if one.code != DUTCH)
