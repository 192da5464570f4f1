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
            "Use text, integer, decimal, range, date, time, select_one, select_multiple, rank, note or calculate.",
        ),
        "nl": (
            "XLSForm kent het type '{type}' niet.",
            "Gebruik text, integer, decimal, range, date, time, select_one, select_multiple, rank, note of calculate.",
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
    "type_rank_other": {
        "en": (
            "'or_other' cannot stand behind rank.",
            "Add the choice other to the list, or ask a select_one.",
        ),
        "nl": (
            "'or_other' kan niet achter rank staan.",
            "Zet de keuze anders in de lijst, of vraag een select_one.",
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
    "type_loop": {
        "en": ("Loops over a list are not supported.", "Write the questions out for each choice, in groups."),
        "nl": ("Lussen over een lijst kunnen niet.", "Schrijf de vragen uit voor elke keuze, in groepen."),
    },
}
