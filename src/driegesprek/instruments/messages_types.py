"""Why a type of question cannot be asked here: (what is wrong, what to do)."""

_REMOVE = "Remove the question, or ask it as text."
_HAAL_WEG = "Haal de vraag weg, of stel hem als text."

TYPES: dict[str, dict[str, tuple[str, str]]] = {
    "type_missing": {
        "en": ("The row '{name}' has no type.", "Fill in the column type, such as text or select_one list."),
        "nl": ("De rij '{name}' heeft geen type.", "Vul de kolom type in, zoals text of select_one lijst."),
    },
    "type_unknown": {
        "en": (
            "XLSForm has no type '{type}'.",
            "Use text, integer, decimal, date, select_one, select_multiple, note or calculate.",
        ),
        "nl": (
            "XLSForm kent het type '{type}' niet.",
            "Gebruik text, integer, decimal, date, select_one, select_multiple, note of calculate.",
        ),
    },
    "type_misspelt": {
        "en": ("XLSForm has no type '{type}'.", "Did you mean '{near}'?"),
        "nl": ("XLSForm kent het type '{type}' niet.", "Bedoelt u '{near}'?"),
    },
    "type_no_list": {
        "en": (
            "'{type}' does not say from which list people choose.",
            "Write the list's name behind it: select_one list.",
        ),
        "nl": (
            "'{type}' zegt niet uit welke lijst mensen kiezen.",
            "Zet de naam van de lijst erachter: select_one lijst.",
        ),
    },
    "type_or_other": {
        "en": (
            "'or_other' is not supported yet.",
            "Add the choice other to the list, and a text question with relevant selected(…, 'other').",
        ),
        "nl": (
            "'or_other' kan nog niet.",
            "Zet de keuze anders in de lijst, met een tekstvraag met relevant selected(…, 'anders').",
        ),
    },
    "type_place": {
        "en": ("'{type}' needs the position of a device, which a questionnaire here never asks.", _REMOVE),
        "nl": (
            "'{type}' heeft de plaats van een apparaat nodig; dat vraagt een vragenlijst hier nooit.",
            _HAAL_WEG,
        ),
    },
    "type_capture": {
        "en": ("'{type}' needs a camera, microphone or file of a device, which is not supported.", _REMOVE),
        "nl": (
            "'{type}' heeft een camera, microfoon of bestand van een apparaat nodig; dat kan niet.",
            _HAAL_WEG,
        ),
    },
    "type_device": {
        "en": (
            "'{type}' identifies a device or its owner, which a questionnaire here never does.",
            "Remove this row.",
        ),
        "nl": (
            "'{type}' herkent een apparaat of de eigenaar ervan; dat doet een vragenlijst hier nooit.",
            "Haal deze rij weg.",
        ),
    },
    "type_time": {
        "en": (
            "Questions of type '{type}' are not supported yet.",
            "Ask a date, or ask the time as text with a constraint.",
        ),
        "nl": (
            "Vragen van type '{type}' kunnen nog niet.",
            "Vraag een datum, of vraag de tijd als text met een constraint.",
        ),
    },
    "type_range": {
        "en": (
            "Questions of type 'range' are not supported yet.",
            "Use integer with a constraint, or select_one.",
        ),
        "nl": (
            "Vragen van type 'range' kunnen nog niet.",
            "Gebruik integer met een constraint, of select_one.",
        ),
    },
    "type_rank": {
        "en": (
            "Questions of type 'rank' are not supported yet.",
            "Ask first, second and third choice as three select_one.",
        ),
        "nl": (
            "Vragen van type 'rank' kunnen nog niet.",
            "Vraag eerste, tweede en derde keus als drie select_one.",
        ),
    },
    "type_file_list": {
        "en": (
            "'{type}' reads its choices from another file, which is not supported.",
            "Put the choices on the sheet choices and use select_one or select_multiple.",
        ),
        "nl": (
            "'{type}' leest de keuzes uit een ander bestand; dat kan niet.",
            "Zet de keuzes op het blad choices en gebruik select_one of select_multiple.",
        ),
    },
    "type_osm": {
        "en": ("OpenStreetMap questions are not supported.", "Remove the question."),
        "nl": ("Vragen met OpenStreetMap kunnen niet.", "Haal de vraag weg."),
    },
    "type_include": {
        "en": (
            "'{type}' takes questions from elsewhere, which is not supported.",
            "Write the questions themselves on this sheet.",
        ),
        "nl": ("'{type}' haalt vragen van elders; dat kan niet.", "Zet de vragen zelf op dit blad."),
    },
    "type_repeat": {
        "en": (
            "Repeats are not supported yet.",
            "Ask the questions a fixed number of times, each in a group with its own names.",
        ),
        "nl": (
            "Herhalingen kunnen nog niet.",
            "Stel de vragen een vast aantal keren, elk in een groep met eigen namen.",
        ),
    },
    "type_loop": {
        "en": ("Loops over a list are not supported.", "Write the questions out for each choice, in groups."),
        "nl": ("Lussen over een lijst kunnen niet.", "Schrijf de vragen uit voor elke keuze, in groepen."),
    },
}
