"""Every remark about a form, in English and Dutch: (what is wrong, what to do)."""

from driegesprek.instruments.messages_expressions import EXPRESSIONS
from driegesprek.instruments.messages_files import FILES
from driegesprek.instruments.messages_media import MEDIA
from driegesprek.instruments.messages_rows import ROWS
from driegesprek.instruments.messages_scoring import SCORING
from driegesprek.instruments.messages_types import TYPES

Said = dict[str, tuple[str, str]]

PLACE = {
    "en": {"sheet": "sheet", "row": "row", "column": "column"},
    "nl": {"sheet": "blad", "row": "rij", "column": "kolom"},
}

_FILES: dict[str, Said] = {
    "file_refused": {"en": ("{message_en}", "{remedy_en}"), "nl": ("{message_nl}", "{remedy_nl}")},
    "file_unreadable": {
        "en": ("The file cannot be opened ({text}).", "Check that it exists and may be read."),
        "nl": ("Het bestand kan niet worden geopend ({text}).", "Kijk of het bestaat en gelezen mag worden."),
    },
    "file_damaged": {
        "en": (
            "The {kind} file cannot be read ({text}).",
            "Open it in a spreadsheet program and save it again as .xlsx.",
        ),
        "nl": (
            "Het {kind}-bestand kan niet worden gelezen ({text}).",
            "Open het in een rekenblad en bewaar het opnieuw als .xlsx.",
        ),
    },
    "not_a_form": {
        "en": ("This is not an XLSForm.", "Bring an .xlsx, .xls, .csv or text table with a sheet 'survey'."),
        "nl": ("Dit is geen XLSForm.", "Neem een .xlsx, .xls, .csv of teksttabel met een blad 'survey'."),
    },
    "csv_broken": {
        "en": (
            "The csv cannot be read from this line on ({text}).",
            "Check the quotation marks, or save it again as csv.",
        ),
        "nl": (
            "De csv kan vanaf deze regel niet worden gelezen ({text}).",
            "Kijk de aanhalingstekens na, of bewaar hem opnieuw als csv.",
        ),
    },
    "cell_without_heading": {
        "en": (
            "The cell “{cell}” stands under no heading.",
            "Give its column a heading, or remove the cell.",
        ),
        "nl": ("De cel “{cell}” staat onder geen kop.", "Geef de kolom een kop, of haal de cel weg."),
    },
    "too_many_rows": {
        "en": ("There are more than {limit} rows.", "Split the form, or remove rows that are not needed."),
        "nl": (
            "Er zijn meer dan {limit} rijen.",
            "Splits het formulier, of haal rijen weg die niet nodig zijn.",
        ),
    },
    "form_too_large": {
        "en": (
            "The form holds more than {letters} letters, or more than {references} times ${{name}}.",
            "Split it into several forms.",
        ),
        "nl": (
            "Het formulier bevat meer dan {letters} letters, of meer dan {references} keer ${{naam}}.",
            "Splits het in meer formulieren.",
        ),
    },
    "cell_too_long": {
        "en": ("This cell is longer than {limit} characters.", "Make it shorter."),
        "nl": ("Deze cel is langer dan {limit} tekens.", "Maak hem korter."),
    },
    "cell_control": {
        "en": (
            "The cell holds an invisible control character (U+{code}).",
            "Type the text again, or paste it as plain text.",
        ),
        "nl": (
            "De cel bevat een onzichtbaar stuurteken (U+{code}).",
            "Typ de tekst opnieuw, of plak hem als platte tekst.",
        ),
    },
    "no_survey_sheet": {
        "en": ("There is no sheet 'survey' (found: {found}).", "Put the questions on a sheet called survey."),
        "nl": ("Er is geen blad 'survey' (gevonden: {found}).", "Zet de vragen op een blad dat survey heet."),
    },
    "sheet_misspelt": {
        "en": ("There is no sheet 'survey' (found: {found}).", "Rename '{near}' to survey."),
        "nl": ("Er is geen blad 'survey' (gevonden: {found}).", "Noem '{near}' voortaan survey."),
    },
    "sheet_entities": {
        "en": (
            "Entities (records shared between forms) are not supported.",
            "Remove this sheet and the column save_to.",
        ),
        "nl": (
            "Entities (gegevens die formulieren delen) kunnen niet.",
            "Haal dit blad en de kolom save_to weg.",
        ),
    },
    "sheet_osm": {
        "en": (
            "OpenStreetMap questions are not supported.",
            "Remove this sheet and the questions of type osm.",
        ),
        "nl": ("Vragen met OpenStreetMap kunnen niet.", "Haal dit blad en de vragen van type osm weg."),
    },
    "sheet_cascades": {
        "en": ("The old sheet 'cascades' is not supported.", "Use select_one with choice_filter."),
        "nl": ("Het oude blad 'cascades' kan niet.", "Gebruik select_one met choice_filter."),
    },
    "sheet_include": {
        "en": (
            "Parts from other files are not supported.",
            "Put the questions themselves on the sheet survey.",
        ),
        "nl": ("Delen uit andere bestanden kunnen niet.", "Zet de vragen zelf op het blad survey."),
    },
    "sheet_extra": {
        "en": ("This sheet is not part of an XLSForm and is not used.", ""),
        "nl": ("Dit blad hoort niet bij een XLSForm en wordt niet gebruikt.", ""),
    },
    "sheet_extra_misspelt": {
        "en": ("This sheet is not used.", "If you meant '{near}', rename it."),
        "nl": ("Dit blad wordt niet gebruikt.", "Bedoelt u '{near}', geef het dan die naam."),
    },
    "no_type_column": {
        "en": (
            "There is no column 'type', or nothing in it.",
            "The first row of the sheet survey must hold type, name and label.",
        ),
        "nl": (
            "Er is geen kolom 'type', of er staat niets in.",
            "In de eerste rij van het blad survey horen type, name en label.",
        ),
    },
    "no_questions": {
        "en": ("The form has no questions.", "Add rows to the sheet survey."),
        "nl": ("Het formulier heeft geen vragen.", "Voeg rijen toe aan het blad survey."),
    },
    "pyxform": {
        "en": ("{text}", "Mend this in the form; see https://xlsform.org."),
        "nl": ("pyxform meldt: {text}", "Verbeter dit in het formulier; zie https://xlsform.org."),
    },
    "pyxform_failed": {
        "en": (
            "pyxform, the reference reader of XLSForm, cannot read this form ({text}).",
            "Try the form at https://getodk.org/xlsform/ and mend what it says there.",
        ),
        "nl": (
            "pyxform, de standaardlezer van XLSForm, kan dit formulier niet lezen ({text}).",
            "Probeer het formulier op https://getodk.org/xlsform/ en verbeter wat daar staat.",
        ),
    },
}

_COLUMNS: dict[str, Said] = {
    "heading_twice": {
        "en": ("Two columns mean the same (the other is “{other}”).", "Remove or rename one of them."),
        "nl": (
            "Twee kolommen betekenen hetzelfde (de andere is “{other}”).",
            "Haal er een weg of geef hem een andere naam.",
        ),
    },
    "column_extra": {
        "en": ("XLSForm does not know this column; it is kept with the question, and changes nothing.", ""),
        "nl": ("XLSForm kent deze kolom niet; hij blijft bij de vraag bewaard en verandert niets.", ""),
    },
    "column_misspelt": {
        "en": (
            "XLSForm does not know this column, so it changes nothing.",
            "If you meant '{near}', rename it.",
        ),
        "nl": (
            "XLSForm kent deze kolom niet, dus hij verandert niets.",
            "Bedoelt u '{near}', geef hem dan die naam.",
        ),
    },
    "column_without_effect": {
        "en": (
            "This column means something on a device or for sending, not on a web page; it is not used.",
            "",
        ),
        "nl": (
            "Deze kolom heeft betekenis op een apparaat of bij verzending, niet op een webpagina; hij wordt niet gebruikt.",
            "",
        ),
    },
    "column_save_to": {
        "en": ("Saving to an entity list (save_to) is not supported.", "Remove this column."),
        "nl": ("Bewaren in een entity-lijst (save_to) kan niet.", "Haal deze kolom weg."),
    },
    "column_query": {
        "en": (
            "The column query is for lists outside the form, which are not supported.",
            "Use choice_filter with the sheet choices.",
        ),
        "nl": (
            "De kolom query is voor lijsten buiten het formulier; die kunnen niet.",
            "Gebruik choice_filter met het blad choices.",
        ),
    },
    "column_bind": {
        "en": (
            "This bind attribute is not supported.",
            "Use the columns relevant, required, constraint, calculation or read_only.",
        ),
        "nl": (
            "Dit bind-kenmerk kan niet.",
            "Gebruik de kolommen relevant, required, constraint, calculation of read_only.",
        ),
    },
    "setting_public_key": {
        "en": (
            "The form asks that answers are encrypted with its own key, which is not done here.",
            "Remove public_key.",
        ),
        "nl": (
            "Het formulier vraagt om versleuteling met een eigen sleutel; dat gebeurt hier niet.",
            "Haal public_key weg.",
        ),
    },
    "appearance_outside": {
        "en": (
            "The appearance '{appearance}' takes something from a file or program on the device, which is not supported.",
            "Put the choices on the sheet choices, or remove the appearance.",
        ),
        "nl": (
            "De weergave '{appearance}' haalt iets uit een bestand of programma op het apparaat; dat kan niet.",
            "Zet de keuzes op het blad choices, of haal de weergave weg.",
        ),
    },
    "parameter_unknown": {
        "en": (
            "The parameter '{name}' is not supported here.",
            "Remove it; what can stand here: {accepted}.",
        ),
        "nl": ("De parameter '{name}' kan hier niet.", "Haal hem weg; hier kan staan: {accepted}."),
    },
}

MESSAGES: dict[str, Said] = {
    **_FILES,
    **FILES,
    **MEDIA,
    **_COLUMNS,
    **ROWS,
    **TYPES,
    **EXPRESSIONS,
    **SCORING,
}
