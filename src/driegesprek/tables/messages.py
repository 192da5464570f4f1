"""What the tables workshop says when it refuses a file."""

from driegesprek.tables.problems import Message

_XLSX_NL = "Open het bestand in Excel of LibreOffice en sla het op als .xlsx of als CSV UTF-8."
_XLSX_EN = "Open the file in Excel or LibreOffice and save it as .xlsx or as CSV UTF-8."

TOO_LARGE = Message(
    "too_large",
    "Het bestand is {size} MB; het mag hooguit {most} MB zijn.",
    "The file is {size} MB; at most {most} MB is accepted.",
    "Haal de plaatjes en de bladen die niet nodig zijn eruit, of splits het bestand.",
    "Remove pictures and sheets that are not needed, or split the file.",
)
UNPACKS_TOO_LARGE = Message(
    "unpacks_too_large",
    "Het bestand is veel groter dan het lijkt: uitgepakt is het meer dan wij veilig kunnen lezen.",
    "The file is much larger than it looks: unpacked it is more than can be read safely.",
    "Kopieer de rijen die nodig zijn naar een nieuw, leeg werkblad en sla dat op.",
    "Copy the rows that are needed into a new, empty workbook and save that.",
)
TOO_MANY_CELLS = Message(
    "too_many_cells",
    "Het blad heeft meer dan {most} rijen of cellen.",
    "The sheet has more than {most} rows or cells.",
    "Kopieer alleen de gevulde rijen en kolommen naar een nieuw blad en sla dat op.",
    "Copy only the filled rows and columns into a new sheet and save that.",
)
NOT_FOUND = Message(
    "not_found",
    "Dit bestand is er niet.",
    "There is no such file.",
    "Kijk of de naam en de map kloppen.",
    "See whether the name and the folder are right.",
)
EMPTY = Message(
    "empty",
    "Het bestand is leeg.",
    "The file is empty.",
    "Maak de export opnieuw en kies dat bestand.",
    "Export the list again and choose that file.",
)
UNREADABLE = Message(
    "unreadable",
    "Het bestand is beschadigd of is geen echt {kind}-bestand.",
    "The file is damaged or is not really a {kind} file.",
    _XLSX_NL,
    _XLSX_EN,
)
UNKNOWN_KIND = Message(
    "unknown_kind",
    "Dit soort bestand ({kind}) kunnen wij niet lezen.",
    "This kind of file ({kind}) cannot be read.",
    _XLSX_NL,
    _XLSX_EN,
)
ENCRYPTED = Message(
    "encrypted",
    "Het bestand is met een wachtwoord beveiligd.",
    "The file is protected by a password.",
    "Open het in Excel, haal bij Bestand › Info het wachtwoord weg en sla het op.",
    "Open it in Excel, remove the password under File › Info and save it.",
)
DANGEROUS_XML = Message(
    "dangerous_xml",
    "In het bestand zit een onderdeel dat niet in een gewoon werkblad hoort ({part}).",
    "The file holds a part that does not belong in an ordinary workbook ({part}).",
    "Kopieer de rijen naar een nieuw, leeg werkblad en sla dat op.",
    "Copy the rows into a new, empty workbook and save that.",
)
NOT_TEXT = Message(
    "not_text",
    "In het bestand staan tekens die geen tekst zijn.",
    "The file holds characters that are not text.",
    _XLSX_NL,
    _XLSX_EN,
)
UNKNOWN_ENCODING = Message(
    "unknown_encoding",
    "De letters in dit bestand zijn niet goed te lezen.",
    "The letters in this file cannot be read reliably.",
    "Sla het in Excel op als 'CSV UTF-8 (door komma's gescheiden)' of als .xlsx.",
    "Save it in Excel as 'CSV UTF-8 (Comma delimited)' or as .xlsx.",
)
BAD_QUOTES = Message(
    "bad_quotes",
    "De aanhalingstekens in of vóór deze rij kloppen niet.",
    "The quotation marks in or before this row do not match.",
    "Haal losse aanhalingstekens weg, of sla de lijst op als .xlsx.",
    "Remove stray quotation marks, or save the list as .xlsx.",
)
NO_HEADINGS = Message(
    "no_headings",
    "Er is geen rij met kolomkoppen gevonden.",
    "No row with column headings was found.",
    "Zet boven de eerste leerling een rij met koppen, zoals Stamnummer, Roepnaam, Achternaam en Klas.",
    "Put a row with headings above the first row of data, such as Stamnummer, Roepnaam, Achternaam, Klas.",
)
DUPLICATE_HEADING = Message(
    "duplicate_heading",
    "De kolomkop '{heading}' staat er twee keer, in kolom {first} en {second}.",
    "The heading '{heading}' occurs twice, in columns {first} and {second}.",
    "Geef elke kolom een eigen kop of haal er een weg.",
    "Give each column a heading of its own or remove one of them.",
)
MISSING_HEADING = Message(
    "missing_heading",
    "Deze kolom heeft gegevens (zoals '{example}') maar geen kop.",
    "This column has values (such as '{example}') but no heading.",
    "Zet een kop boven de kolom of maak de kolom leeg.",
    "Put a heading above the column or empty the column.",
)
ROW_TOO_SHORT = Message(
    "row_too_short",
    "De rij heeft {found} cellen; de koppen zijn er {expected}.",
    "The row has {found} cells; there are {expected} headings.",
    "Kijk of er een scheidingsteken ontbreekt of een regel is afgebroken, of sla de lijst op als .xlsx.",
    "See whether a separator is missing or a line was broken off, or save the list as .xlsx.",
)
ROW_TOO_LONG = Message(
    "row_too_long",
    "De rij heeft {found} cellen; de koppen zijn er {expected}.",
    "The row has {found} cells; there are {expected} headings.",
    "Kijk of er een scheidingsteken te veel staat, of zet de tekst met dat teken tussen aanhalingstekens.",
    "See whether there is a separator too many, or put the text that contains it between quotation marks.",
)
FORMULA = Message(
    "formula",
    "In deze cel staat een formule ({formula}).",
    "This cell holds a formula ({formula}).",
    "Kopieer de kolom en plak haar als waarden (Plakken speciaal › Waarden).",
    "Copy the column and paste it as values (Paste Special › Values).",
)
CELL_ERROR = Message(
    "cell_error",
    "In deze cel staat een fout van het rekenblad ({error}).",
    "This cell holds a spreadsheet error ({error}).",
    "Vul de juiste waarde in of maak de cel leeg.",
    "Fill in the right value or empty the cell.",
)
