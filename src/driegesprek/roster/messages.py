"""What the roster workshop says about a file of people."""

from driegesprek.tables import Message

MISSING_COLUMN = Message(
    "missing_column",
    "De kolom '{label}' is niet gevonden.",
    "The column '{label}' was not found.",
    "Kies op de pagina met kolommen welke kolom dit is, of voeg haar toe aan de lijst.",
    "Say on the page with columns which one it is, or add it to the list.",
)
MISSING_CELL = Message(
    "missing_cell",
    "'{label}' is niet ingevuld.",
    "'{label}' is empty.",
    "Vul de cel in.",
    "Fill in the cell.",
)
DUPLICATE_ID = Message(
    "duplicate_id",
    "'{id}' staat er twee keer, ook in rij {first}.",
    "'{id}' occurs twice, also in row {first}.",
    "Haal een van beide rijen weg of verbeter het nummer.",
    "Remove one of the rows or correct the number.",
)
BAD_DATE = Message(
    "bad_date",
    "'{value}' is geen bestaande datum.",
    "'{value}' is not an existing date.",
    "Schrijf de datum als dag-maand-jaar, zoals 31-01-2013.",
    "Write the date as day-month-year, such as 31-01-2013.",
)
BAD_ISO_DATE = Message(
    "bad_date",
    "'{value}' is geen bestaande datum.",
    "'{value}' is not an existing date.",
    "Schrijf de datum als jaar-maand-dag, zoals 2013-01-31.",
    "Write the date as year-month-day, such as 2013-01-31.",
)
IMPLAUSIBLE_BIRTH = Message(
    "implausible_birth",
    "Met geboortedatum {value} is deze leerling {age} jaar.",
    "With birth date {value} this pupil is {age} years old.",
    "Kijk of de datum klopt.",
    "See whether the date is right.",
)
FUTURE_BIRTH = Message(
    "future_birth",
    "De geboortedatum {value} ligt in de toekomst.",
    "The birth date {value} lies in the future.",
    "Kijk of de datum klopt.",
    "See whether the date is right.",
)
BECAME_DATE = Message(
    "became_date",
    "Hier staat een datum ({value}). Excel maakt van een naam als 2-1 vanzelf een datum.",
    "This is a date ({value}). Excel turns a name such as 2-1 into a date by itself.",
    "Maak de kolom op als tekst en vul de naam opnieuw in.",
    "Format the column as text and fill in the name again.",
)
TOO_LONG = Message(
    "too_long",
    "'{value}' is te lang; hier passen {most} tekens.",
    "'{value}' is too long; {most} characters fit here.",
    "Kort de tekst in, of kijk of hier de goede kolom is gekozen.",
    "Shorten the text, or see whether this is the right column.",
)
BAD_PHONE = Message(
    "bad_phone",
    "'{value}' is geen geldig telefoonnummer.",
    "'{value}' is not a valid telephone number.",
    "Verbeter het nummer of maak de cel leeg; zet bij een buitenlands nummer +landnummer ervoor.",
    "Correct the number or empty the cell; put +country code before a foreign number.",
)
BAD_EMAIL = Message(
    "bad_email",
    "'{value}' is geen geldig e-mailadres.",
    "'{value}' is not a valid e-mail address.",
    "Verbeter het adres of maak de cel leeg.",
    "Correct the address or empty the cell.",
)
BAD_YEAR_GROUP = Message(
    "bad_year_group",
    "'{value}' is geen leerjaar.",
    "'{value}' is not a year group.",
    "Schrijf het leerjaar als een getal, zoals 2.",
    "Write the year group as a number, such as 2.",
)
BAD_YES_NO = Message(
    "bad_yes_no",
    "'{value}' is geen ja of nee.",
    "'{value}' is neither yes nor no.",
    "Vul ja of nee in, of maak de cel leeg.",
    "Fill in ja or nee, or empty the cell.",
)
UNKNOWN_REFERENCE = Message(
    "unknown_reference",
    "'{id}' staat niet in {file}.",
    "'{id}' is not in {file}.",
    "Maak de export opnieuw, met alle bestanden op hetzelfde moment.",
    "Export again, all files at the same moment.",
)
MISSING_FILE = Message(
    "missing_file",
    "Het bestand {file} ontbreekt.",
    "The file {file} is missing.",
    "Zet {file} bij de andere bestanden, in dezelfde map of zip.",
    "Put {file} with the other files, in the same folder or zip.",
)
DELTA = Message(
    "delta",
    "Dit is een export van alleen de wijzigingen (delta); wij lezen volledige exports (bulk).",
    "This is an export of changes only (delta); full exports (bulk) are read.",
    "Vraag in het administratiesysteem een volledige export (bulk) op.",
    "Ask the administration system for a full (bulk) export.",
)
UNKNOWN_VERSION = Message(
    "unknown_version",
    "OneRoster versie {version} kennen wij niet; 1.1 en 1.2 wel.",
    "OneRoster version {version} is not known here; 1.1 and 1.2 are.",
    "Kies bij het exporteren versie 1.1 of 1.2.",
    "Choose version 1.1 or 1.2 when exporting.",
)
UNKNOWN_SCHOOL = Message(
    "unknown_school",
    "De school '{school}' staat niet in dit bestand; wel: {known}.",
    "The school '{school}' is not in this file; it has: {known}.",
    "Kies een van deze scholen.",
    "Choose one of these schools.",
)
NOT_A_ROSTER = Message(
    "not_a_roster",
    "Dit is geen klassenlijst en geen OneRoster-export.",
    "This is neither a class list nor a OneRoster export.",
    "Kies een .csv of .xlsx met één rij per leerling, of een OneRoster-map of -zip.",
    "Choose a .csv or .xlsx with one row per pupil, or a OneRoster folder or zip.",
)
TOO_MANY_PUPILS = Message(
    "too_many_pupils",
    "Er staan meer dan {most} leerlingen in dit bestand.",
    "There are more than {most} pupils in this file.",
    "Maak een lijst per school of per vestiging.",
    "Make a list per school or per location.",
)
UNREAD_SHEET = Message(
    "unread_sheet",
    "Dit blad is niet gelezen: het heeft andere koppen dan de klassenlijst.",
    "This sheet was not read: its headings differ from those of the class list.",
    "Zet alle leerlingen op bladen met dezelfde koppen, of kies dit blad.",
    "Put all pupils on sheets with the same headings, or choose this sheet.",
)
NO_PUPILS = Message(
    "no_pupils",
    "Er staan geen leerlingen in dit bestand.",
    "There are no pupils in this file.",
    "Maak de export opnieuw en kijk of de klassen zijn aangevinkt.",
    "Export again and see whether the classes were selected.",
)

# Notes: nothing is wrong, but a person should know.
GUESSED_YEAR = Message(
    "guessed_year",
    "Er is geen leerjaar opgegeven; naar de naam van klas {class_name} is het leerjaar {year}.",
    "No year group is given; by the name of class {class_name} it is year {year}.",
    "Klopt dit niet? Pas het aan bij de klas.",
    "Is this wrong? Change it at the class.",
)
GUESSED_TRACK = Message(
    "guessed_track",
    "Er is geen leerweg opgegeven; naar de naam van klas {class_name} is het {track}.",
    "No track is given; by the name of class {class_name} it is {track}.",
    "Klopt dit niet? Pas het aan bij de klas.",
    "Is this wrong? Change it at the class.",
)
GUESSED_MENTOR = Message(
    "guessed_mentor",
    "De enige docent van klas {class_name} is als mentor genomen.",
    "The only teacher of class {class_name} was taken as the mentor.",
    "Klopt dit niet? Pas het aan bij de klas.",
    "Is this wrong? Change it at the class.",
)
GUESSED_NAME = Message(
    "guessed_name",
    "Van '{value}' is '{family_name}' als achternaam genomen.",
    "Of '{value}', '{family_name}' was taken as the family name.",
    "Schrijf de naam als 'Achternaam, Roepnaam tussenvoegsel' om zeker te zijn.",
    "Write the name as 'Family name, Given name prefix' to be sure.",
)
UNKNOWN_LANGUAGE = Message(
    "unknown_language",
    "De taal '{value}' is niet herkend en niet overgenomen.",
    "The language '{value}' was not recognised and not taken over.",
    "Schrijf de taal als woord (Turks) of code (tr), of vul haar later in.",
    "Write the language as a word (Turks) or a code (tr), or fill it in later.",
)
UNKNOWN_TRACK = Message(
    "unknown_track",
    "De leerweg '{value}' is niet herkend en niet overgenomen.",
    "The track '{value}' was not recognised and not taken over.",
    "Schrijf bijvoorbeeld BB, KB, GL, TL of GTL.",
    "Write for example BB, KB, GL, TL or GTL.",
)
IGNORED_COLUMN = Message(
    "ignored_column",
    "Deze kolom wordt niet gebruikt.",
    "This column is not used.",
)
SEVERAL_YEARS = Message(
    "several_years",
    "In klas {class_name} zitten leerlingen uit leerjaar {years}; de klas krijgt leerjaar {year}.",
    "Class {class_name} has pupils of year groups {years}; the class gets year {year}.",
)
SEVERAL_CLASSES = Message(
    "several_classes",
    "{count} leerlingen zitten in meer dan één groep; als klas is de eerste genomen, op naam.",
    "{count} pupils are in more than one group; the first by name was taken as the class.",
    "Laat in de export de stamklassen het type 'homeroom' geven.",
    "Let the export give classes the type 'homeroom'.",
)
ABSENT_AGENTS = Message(
    "absent_agents",
    "Bij {count} leerlingen staat een ouder of verzorger genoemd die niet in het bestand zit.",
    "{count} pupils name a parent or carer who is not in the file.",
    "Laat de export ook ouders en verzorgers bevatten.",
    "Let the export hold parents and carers too.",
)
ABSENT_ROLES = Message(
    "absent_roles",
    "{count} personen hebben geen rol en zijn niet overgenomen.",
    "{count} persons have no role and were not taken over.",
)
SEVERAL_SETS = Message(
    "several_sets",
    "Er zitten meer exports in dit bestand ({folders}).",
    "This file holds more than one export ({folders}).",
    "Kies de map of zip met één export.",
    "Choose the folder or zip with one export.",
)
LEFT_OUT_GROUPS = Message(
    "left_out_groups",
    "{count} lesgroepen zijn niet overgenomen; de stamklassen wel.",
    "{count} teaching groups were not taken over; home classes were.",
)
SEVERAL_SCHOOLS = Message(
    "several_schools",
    "Dit bestand heeft {count} scholen of vestigingen: {names}.",
    "This file has {count} schools or locations: {names}.",
    "Kies er een als niet alle bij deze school horen.",
    "Choose one if not all belong to this school.",
)
LEFT_OUT_ROWS = Message(
    "left_out_rows",
    "Deze rij is niet als leerling gelezen: '{value}'.",
    "This row was not read as a pupil: '{value}'.",
    "Staat hier toch een leerling, vul dan alle kolommen in.",
    "If this is a pupil after all, fill in all columns.",
)
