"""What is said when a file with one row per respondent cannot be read or written."""

from driegesprek.tables.problems import Message

WIDE_KIND = Message(
    "wide_kind",
    "Dit soort bestand ({kind}) kan niet als bestand met antwoorden worden gelezen.",
    "This kind of file ({kind}) cannot be read as a file with answers.",
    "Gebruik .sav, .zsav, .parquet, .csv of .xlsx.",
    "Use .sav, .zsav, .parquet, .csv or .xlsx.",
)
WIDE_DAMAGED = Message(
    "wide_damaged",
    "Het bestand is beschadigd of is geen echt {kind}-bestand ({text}).",
    "The file is damaged or is not really a {kind} file ({text}).",
    "Open het in het programma waar het vandaan komt en bewaar het opnieuw.",
    "Open it in the program it comes from and save it again.",
)
WIDE_CODEBOOK = Message(
    "wide_codebook",
    "Het codeboek past niet: {text}",
    "The codebook does not fit: {text}",
    "Geef het codeboek mee dat bij dit bestand is gemaakt, of haal het weg; dan wordt geraden wat de kolommen zijn.",
    "Bring the codebook that was made with this file, or take it away; then the columns are inferred.",
)
WIDE_EMPTY = Message(
    "wide_empty",
    "Het bestand heeft geen kolommen.",
    "The file has no columns.",
    "Zet in de eerste rij de namen van de kolommen.",
    "Put the names of the columns in the first row.",
)
SHEET_TOO_SMALL = Message(
    "sheet_too_small",
    "{rows} rijen en {columns} kolommen passen niet op een werkblad (hooguit 1.048.575 en 16.384).",
    "{rows} rows and {columns} columns do not fit on a sheet (at most 1,048,575 and 16,384).",
    "Kies .parquet, .csv of .sav.",
    "Choose .parquet, .csv or .sav.",
)
