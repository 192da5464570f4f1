"""Our own instruments: text tables in Dutch, with their translations put beside the Dutch.

``instruments/<name>/form.md`` is an XLSForm as a text table. Three things are ours and are worked out here:

- ``instruments/index.csv`` says of which forms an instrument is made, and in which variant (``content.variants``);
  the quick check is used twice;
- the list ``qualities`` comes from the catalogue, pictures included;
- a row with ``each`` is repeated for every member of a list of ours, ``qualities`` or ``activities``: ``@`` becomes
  its name, ``{choice}`` its words;
- a choice with ``name_in_dutch`` is called so in every language: the official name of a profile.

Scales and their levels stand in the sheets ``scales`` and ``levels``, as ``driegesprek.instruments`` reads them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from driegesprek.content.catalogue import qualities
from driegesprek.content.files import HERE, rows
from driegesprek.content.languages import DUTCH, LANGUAGES, Language
from driegesprek.content.languages import language as language_of
from driegesprek.content.placeholders import isolate_references
from driegesprek.content.texts import Overrides, Source, Text, find, render, translations
from driegesprek.content.variants import of_variant
from driegesprek.content.worlds import activities

if TYPE_CHECKING:
    from driegesprek.instruments import Questionnaire

Row = dict[str, str]
TEXT_COLUMNS = ("label", "hint", "constraint_message", "required_message")
QUALITIES = "qualities"
# Sheets that say which answers count together, with the columns that name one of their rows.
SCORING = {"scales": ("scale",), "levels": ("scale", "level")}
SCORING_TEXTS = ("label", "advice")


class Listed(Protocol):
    """Something for which a row is repeated: it has a name, a picture and words."""

    @property
    def key(self) -> str:
        """Its name, which takes the place of ``@``."""

    @property
    def icon(self) -> str:
        """File name of its picture."""

    @property
    def text_key(self) -> str:
        """Key of its words."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a sheet: its texts apart, because they come in six languages.

    Attributes:
        key: Where the row's texts are found in ``instrument_texts``: ``survey.informed``.
        plain: The columns that are the same in every language.
        texts: Dutch per text column.
        choice: Key of the text that fills ``{choice}``, or empty.
    """

    key: str
    plain: Row
    texts: dict[str, Source]
    choice: str = ""

    def text(self, column: str, language: Language, overrides: Overrides) -> Text:
        """Give one of its texts; ``${name}`` is left for the instrument to fill in."""
        words = {one: self._word(one, overrides) for one in (DUTCH, language.code)} if self.choice else ""
        return _render(self.texts[column], language, overrides, {"choice": words})

    def _word(self, language_code: str, overrides: Overrides) -> str:
        return _render(find(self.choice), language_of(language_code), overrides, {}).text

    def in_all_languages(self, overrides: Overrides) -> Row:
        """Give the row as XLSForm has it, a column for each text and language that there is."""
        row = dict(self.plain)
        for column in self.texts:
            for language in LANGUAGES:
                found = self.text(column, language, overrides)
                if found.status != "missing":
                    row[f"{column}::{language.name} ({language.code})"] = _for_instrument(found)
        return row


def _render(source: Source, language: Language, overrides: Overrides, values: dict[str, object]) -> Text:
    return render(source, language.code, translations(language.code), overrides, values)


def _for_instrument(found: Text) -> str:
    return isolate_references(found.text) if found.direction == "rtl" else found.text


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    return {row["key"]: tuple(row["parts"].split()) for row in rows(HERE / "instruments" / "index.csv")}


@cache
def _variant(key: str) -> str:
    return {row["key"]: row["variant"] for row in rows(HERE / "instruments" / "index.csv")}[key]


def instrument_keys() -> tuple[str, ...]:
    """Give the keys of our instruments."""
    return tuple(_parts())


def instrument_parts(key: str) -> tuple[str, ...]:
    """Give the names of the forms of which an instrument is made.

    Raises:
        KeyError: if there is no such instrument.
    """
    return _parts()[key]


@cache
def _sheets(part: str, variant: str = "") -> dict[str, list[Row]]:
    """Give the sheets of a form, with the rows and cells that stand in a variant."""
    from driegesprek.instruments.text_tables import markdown_sheets  # noqa: PLC0415 -- only instruments need it

    table = (HERE / "instruments" / part / "form.md").read_text(encoding="utf-8")
    words = frozenset(variant.split())
    return {
        sheet: list(of_variant((row for _, row in found), words))
        for sheet, found in markdown_sheets(table).items()
    }


@cache
def _form_rows(key: str) -> dict[str, tuple[FormRow, ...]]:
    """Give the survey and the choices of an instrument, parts put together and repeated rows written out.

    Raises:
        KeyError: if there is no such instrument.
    """
    if key not in _parts():
        raise KeyError(f"no instrument {key!r}; there are {', '.join(_parts())}")
    parts, variant = _parts()[key], _variant(key)
    survey = [row for part in parts for row in _survey(part, variant)]
    choices = [row for part in parts for row in _choices(part, variant)]
    return {
        "survey": _unique(survey),
        "choices": _unique([*_qualities(survey), *choices]),
        **{
            sheet: _unique(row for part in parts for row in _scoring(part, sheet, variant))
            for sheet in SCORING
        },
    }


def _unique(found: Iterable[FormRow]) -> tuple[FormRow, ...]:
    return tuple({row.key: row for row in found}.values())


def _listed(each: str) -> tuple[Listed | None, ...]:
    """Give what a row is repeated for; a row without ``each`` stands once."""
    lists: dict[str, tuple[Listed | None, ...]] = {QUALITIES: qualities(), "activities": activities()}
    return lists[each] if each else (None,)


def _survey(part: str, variant: str = "") -> Iterator[FormRow]:
    """Give the rows of a form; neighbours that are repeated for the same list are repeated together."""
    for each, block in groupby(_sheets(part, variant)["survey"], key=lambda row: row.get("each", "")):
        repeated = list(block)
        for one in _listed(each):
            yield from (_survey_row(part, row, one) for row in repeated)


def _survey_row(part: str, row: Row, one: Listed | None) -> FormRow:
    template = f"{part}.survey.{row.get('name', '')}"
    plain = {column: cell for column, cell in row.items() if column not in (*TEXT_COLUMNS, "each")}
    if one:
        plain = {column: cell.replace("@", one.key) for column, cell in plain.items()}
        plain["media::image"] = one.icon
    texts = {
        name: Source(f"{template}.{name}", "sentence", row[name]) for name in TEXT_COLUMNS if row.get(name)
    }
    end = (
        "/end" if row.get("type") == "end_group" else ""
    )  # has the name of its beginning, as XLSForm likes it
    return FormRow(f"survey.{plain.get('name', '')}{end}", plain, texts, one.text_key if one else "")


def _choices(part: str, variant: str = "") -> Iterator[FormRow]:
    for row in _sheets(part, variant).get("choices", []):
        where = f"choices.{row['list_name']}.{row['name']}"
        plain = {column: cell for column, cell in row.items() if column not in {"label", "name_in_dutch"}}
        name = row.get("name_in_dutch", "")
        label = Source("", "name", name) if name else Source(f"{part}.{where}.label", "label", row["label"])
        yield FormRow(where, plain, {"label": label})


def _scoring(part: str, sheet: str, variant: str = "") -> Iterator[FormRow]:
    """Give the scales of a form, or their levels."""
    for row in _sheets(part, variant).get(sheet, []):
        where = ".".join((sheet, *(row[column] for column in SCORING[sheet])))
        plain = {column: cell for column, cell in row.items() if column not in SCORING_TEXTS}
        texts = {
            one: Source(f"{part}.{where}.{one}", "label" if one == "label" else "sentence", row[one])
            for one in SCORING_TEXTS
            if row.get(one)
        }
        yield FormRow(where, plain, texts)


def _qualities(survey: list[FormRow]) -> Iterator[FormRow]:
    """Give the list of the catalogue, for a form that asks from it."""
    if not any(row.plain.get("type", "").endswith(f" {QUALITIES}") for row in survey):
        return
    for one in qualities():
        plain = {"list_name": QUALITIES, "name": one.key, "media::image": one.icon}
        yield FormRow(f"choices.{QUALITIES}.{one.key}", plain, {"label": find(f"quality.{one.key}")})


def instrument_sources() -> dict[str, Source]:
    """Give the Dutch of every text in the forms, by the key under which it is translated."""
    found: dict[str, Source] = {}
    for key in instrument_keys():
        for row in (row for sheet in _form_rows(key).values() for row in sheet):
            found |= {source.key: source for source in row.texts.values() if source.kind != "name"}
    return {name: source for name, source in found.items() if not name.startswith("quality.")}


def scale_items(key: str) -> Iterator[tuple[str, str, bool]]:
    """Give the items of the scales of an instrument: name, scale, and whether it is reversed.

    Raises:
        KeyError: if there is no such instrument.
    """
    for row in _form_rows(key)["survey"]:
        for scale in row.plain.get("scale", "").split():
            yield row.plain["name"], scale, row.plain.get("reverse", "") == "yes"


def instrument_tables(key: str, overrides: Overrides | None = None) -> dict[str, list[Row]]:
    """Give an instrument as the sheets of an XLSForm in all languages, to read or to hand to a user.

    Raises:
        KeyError: if there is no such instrument.
    """
    sheets = {
        name: [row.in_all_languages(overrides or {}) for row in of_sheet]
        for name, of_sheet in _form_rows(key).items()
        if of_sheet or name not in SCORING
    }
    settings = dict(_sheets(_parts()[key][-1], _variant(key))["settings"][0])
    if _variant(key):
        settings["form_id"] = key
    return sheets | {
        "settings": [settings | {"default_language": f"{LANGUAGES[0].name} ({LANGUAGES[0].code})"}]
    }


def instrument(key: str, overrides: Overrides | None = None) -> "Questionnaire":
    """Give one of our instruments, in all languages.

    Args:
        key: One of ``instrument_keys()``, such as ``quick_check``.
        overrides: Texts of the school's own, by (key, language).

    Raises:
        KeyError: if there is no such instrument.
    """
    return _read(key, overrides) if overrides else _cached(key)


@cache
def _cached(key: str) -> "Questionnaire":
    return _read(key, None)


def _read(key: str, overrides: Overrides | None) -> "Questionnaire":
    from driegesprek.instruments import read_tables  # noqa: PLC0415 -- heavy, and only instruments need it

    return read_tables(instrument_tables(key, overrides), name=key)


def instrument_texts(key: str, language_code: str, overrides: Overrides | None = None) -> dict[str, Text]:
    """Say of every text of an instrument whether it is a draft, and what Dutch belongs beneath it.

    Args:
        key: Key of the instrument.
        language_code: Code of one of ``LANGUAGES``.
        overrides: Texts of the school's own, by (key, language).

    Returns:
        Texts by ``survey.<name>.<column>``, ``choices.<list>.<name>.label``, ``scales.<scale>.label`` and
        ``levels.<scale>.<level>.<column>``; ``${name}`` is not filled in.

    Raises:
        KeyError: if there is no such instrument or language.
    """
    wanted = language_of(language_code)
    found = (row for sheet in _form_rows(key).values() for row in sheet)
    return {
        f"{row.key}.{column}": row.text(column, wanted, overrides or {})
        for row in found
        for column in row.texts
    }
