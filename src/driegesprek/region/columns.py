"""A table's columns by what they mean, whatever the file calls them, with problems told by row and column."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from driegesprek.region import messages
from driegesprek.region.bounds import Bounds, NotANumberError, count, measure
from driegesprek.region.names import plain
from driegesprek.tables import Cell, FileRefused, Findings, Message, Problem, Table

T = TypeVar("T")
_PRINTED_FOR_FEW = 4

ALTERNATIVES: Mapping[str, tuple[str, ...]] = {
    "brin": ("brin nummer", "brinnummer", "brin", "instellingscode", "brin nummer instelling", "brin nr"),
    "location": (
        "vestigingsnummer", "vestigingscode", "brin vestigingsnummer", "brinvestigingsnummer", "vestiging", "locatiecode",
    ),
    "name": ("vestigingsnaam", "instellingsnaam vestiging", "instellingsnaam", "naam", "naam vestiging"),
    "street": ("straatnaam",),
    "house_number": ("huisnummer toevoeging", "huisnummer"),
    "postcode": ("postcode", "pc4", "pc6", "postcode4", "postcode vestiging"),
    "place": ("plaatsnaam", "plaatsnaam vestiging", "woonplaats", "plaats"),
    "municipality": ("gemeentenaam", "gemeentenaam vestiging", "gemeente", "gemeentenaam instelling"),
    "municipality_code": ("gemeentenummer", "gemeentecode", "gemeentenummer vestiging"),
    "own_region": ("eigen regio", "eigen gebied", "naam regio", "regionaam", "gebied", "regio", "region"),
    "own_member": ("gemeente", "gemeentenaam", "gemeenten", "municipality"),
    "province": ("provincie", "provincie vestiging", "provincienaam"),
    "structure": ("onderwijsstructuur", "soort onderwijs"),
    "corop": ("coropgebied naam",),
    "rmc": ("rmc regio naam",),
    "labour_market": ("rpa gebied naam", "arbeidsmarktregio", "arbeidsmarktregio naam"),
    "education_area": ("onderwijsgebied naam",),
    "type": (
        "onderwijstype vo en leer of verblijfsjaar", "onderwijstype vo", "onderwijstype", "soort onderwijs vo",
        "onderwijstype vo en leerjaar",
    ),
    "track": ("leerweg vmbo", "leerweg", "vmbo leerweg"),
    "sector": ("vmbo sector", "sector", "sector vmbo"),
    "profile": ("afdeling", "profiel", "afdeling profiel", "vmbo profiel"),
    "programme": ("opleidingsnaam", "opleiding", "naam opleiding", "kwalificatie naam", "kwalificatienaam"),
    "element": ("elementcode", "opleidingscode", "crebo", "crebonummer", "kwalificatie code"),
    "candidates": ("examenkandidaten", "aantal examenkandidaten", "examenkandidaten totaal"),
    "passed": ("geslaagden", "aantal geslaagden", "geslaagden totaal"),
    "failed": ("gezakten", "aantal gezakten"),
    "pupils": ("aantal leerlingen", "leerlingen", "aantal vo leerlingen"),
    "students": ("aantal studenten", "studenten", "aantal deelnemers", "aantal mbo studenten", "totaal mbo", "aantal"),
    "direction": (
        "sectorkamer", "sectorkamer naam", "naam sectorkamer", "mbo sector", "richting", "domein", "hoofdgroep naam",
        "sector mbo",
    ),
    "route": ("leerweg mbo", "mbo leerweg", "leerroute", "bol bbl", "type mbo", "leerweg"),
    "level": ("niveau", "mbo niveau", "kwalificatieniveau", "niveau opleiding"),
    "grade": ("leerjaar", "leer of verblijfsjaar", "verblijfsjaar"),
    "sex": ("geslacht",),
    "protected": ("indicatieavg", "indicatie avg"),
    "home_municipality": (
        "woongemeente", "gemeente wonen", "woongemeente naam", "gemeentenaam deelnemer",
        "woongemeente student", "woongemeente deelnemer", "woongemeentedeelnemer",
    ),
    "distance_mean": (
        "gemiddelde fietsafstand", "gemiddelde reisafstand fiets", "fietsafstand gemiddelde", "gemiddelde afstand fiets",
    ),
    "distance_median": ("mediaan fietsafstand", "mediaan reisafstand fiets", "fietsafstand mediaan"),
    "transit_mean": ("gemiddelde reistijd ov", "reistijd ov gemiddelde", "gemiddelde reistijd openbaar vervoer"),
    "transit_median": ("mediaan reistijd ov", "reistijd ov mediaan", "mediaan reistijd openbaar vervoer"),
    "year": ("peiljaar", "jaar", "schooljaar", "studiejaar", "teljaar", "peildatum", "year", "school year"),
    "region": ("regio s", "regios", "regio", "gemeente", "gemeentenaam", "municipality"),
    "age": ("leeftijd", "leeftijdsgroep", "age"),
    "origin": ("herkomst", "herkomstland", "herkomst geboorteland", "migratieachtergrond", "origin"),
    "persons": (
        "bevolking op 1 januari", "bevolking op 1 januari aantal", "aantal inwoners", "inwoners", "personen", "persons",
        "bevolkingop1januari 1", "aantal",
    ),
    "marital": ("burgerlijke staat", "burgerlijkestaat", "marital status"),
    "period": ("perioden", "peiljaar", "jaar", "year"),
    "switch_from": ("richting van", "van richting", "van profiel", "profiel van", "van", "from"),
    "switch_to": ("richting naar", "naar richting", "naar profiel", "profiel naar", "naar", "to"),
    "switchers": ("aantal", "aantal leerlingen", "aantal studenten", "aantal wisselaars", "number"),
    "latitude": ("latitude", "lat", "breedtegraad", "y wgs84"),
    "longitude": ("longitude", "lon", "lng", "lengtegraad", "x wgs84"),
    "rd_x": ("x", "rd x", "x rd", "x coordinaat", "xcoord", "x coord", "xcoordinaat"),
    "rd_y": ("y", "rd y", "y rd", "y coordinaat", "ycoord", "y coord", "ycoordinaat"),
    "leavers": ("aantal doorstromers", "doorstromers", "leavers", "aantal uitstromers"),
    "from_id": ("from id", "from_id", "origin", "herkomst", "van"),
    "to_id": ("to id", "to_id", "destination", "bestemming", "naar"),
    "minutes": ("travel time", "travel_time", "minutes", "minuten", "reistijd", "travel time p50"),
}  # fmt: skip
"""What a column may be called, in `names.plain` form, most specific first."""


@dataclass
class Columns:
    """The columns of one table; problems are collected and raised together."""

    table: Table
    findings: Findings = field(default_factory=Findings)

    def __post_init__(self) -> None:
        words = [
            re.sub(r"\bkm\b|\bmin(?:uten)?\b$", "", plain(one)).strip() or plain(one)
            for one in self.table.headings
        ]
        self._by_plain: dict[str, int] = {}
        for index, (word, heading) in enumerate(zip(words, self.table.headings, strict=True)):
            self._by_plain.setdefault(plain(heading), index)
            self._by_plain.setdefault(word, index)

    def index(self, meaning: str) -> int | None:
        """Where the column with this meaning stands; None where there is none."""
        return next((self._by_plain[one] for one in ALTERNATIVES[meaning] if one in self._by_plain), None)

    def has(self, *meanings: str) -> bool:
        """Whether all of these are there."""
        return all(self.index(one) is not None for one in meanings)

    def texts(self, meaning: str) -> list[str]:
        """The column as texts, blanks taken off; empty texts where there is no such column."""
        index = self.index(meaning)
        if index is None:
            return [""] * len(self.table.rows)
        return [_text(row.cells[index]) for row in self.table.rows]

    def counts(self, meaning: str) -> list[Bounds]:
        """The column as counts; nothing known where there is no such column."""
        index = self.index(meaning)
        return [Bounds(0, None)] * len(self.table.rows) if index is None else self.counts_at(index)

    def counts_at(self, index: int) -> list[Bounds]:
        """The column at a place as counts.

        Where DUO's INDICATIEAVG says J, fewer than five are printed as 4: they are 0 to 4.
        """
        found = self._each(index, count, messages.NOT_A_COUNT, Bounds(0, None))
        if not self.has("protected"):
            return found
        marks = [plain(one) in {"j", "ja"} for one in self.texts("protected")]
        return [
            Bounds(0, one.high) if mark and one.high == _PRINTED_FOR_FEW else one
            for one, mark in zip(found, marks, strict=True)
        ]

    def measures(self, meaning: str) -> list[float | None]:
        """The column as measured numbers."""
        return self._each(self.index(meaning), measure, messages.NOT_A_NUMBER, None)

    def measures_at(self, index: int) -> list[float | None]:
        """The column at a place as measured numbers."""
        return self._each(index, measure, messages.NOT_A_NUMBER, None)

    def _each(self, index: int | None, read: Callable[[Cell], T], kind: Message, absent: T) -> list[T]:
        if index is None:
            return [absent] * len(self.table.rows)
        found: list[T] = []
        for row in self.table.rows:
            try:
                found.append(read(row.cells[index]))
            except NotANumberError as error:
                self.problem(kind, row.number, self.table.headings[index], value=str(error))
                found.append(absent)
        return found

    def problem(
        self, kind: Message, row: int | None = None, column: str | None = None, **params: Any
    ) -> None:
        """Remark on something that makes the file unusable."""
        self.findings.add(
            Problem(self.table.name, kind, params, sheet=self.table.sheet, row=row, column=column)
        )

    def need(self, meaning: str, values: Iterable[str], what: str) -> None:
        """Every row must have this."""
        index = self.index(meaning)
        for row, value in zip(self.table.rows, values, strict=True):
            if not value:
                column = None if index is None else self.table.headings[index]
                self.problem(messages.EMPTY_KEY, row.number, column, what=what)

    def done(self) -> None:
        """Raise what was found.

        Raises:
            FileRefused: something was.
        """
        if self.findings.problems:
            raise FileRefused(self.findings.problems)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
