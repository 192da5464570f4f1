"""Remarks about files beside a form, and about files that are something else: (what is wrong, what to do)."""

Said = dict[str, tuple[str, str]]


def _near(what: str, wat: str, how: str, hoe: str) -> Said:
    return {
        "en": (f"This is {what}, not an XLSForm; {how}", ""),
        "nl": (f"Dit is {wat}, geen XLSForm; {hoe}", ""),
    }


_REBUILD = "ask its questions again on a sheet 'survey' with the columns type, name and label."
_OVERZETTEN = "zet de vragen over op een blad 'survey' met de kolommen type, name en label."

FILES: dict[str, Said] = {
    "attachment_name": {
        "en": (
            "'{file}' is not the name of a file.",
            "Write a bare name with its ending, such as schools.csv.",
        ),
        "nl": (
            "'{file}' is geen naam van een bestand.",
            "Schrijf alleen een naam met achtervoegsel, zoals scholen.csv.",
        ),
    },
    "attachment_ending": {
        "en": ("Choices cannot be read from '{file}'.", "Use a file that ends in .csv, .xml or .geojson."),
        "nl": (
            "Uit '{file}' kunnen geen keuzes worden gelezen.",
            "Gebruik een bestand op .csv, .xml of .geojson.",
        ),
    },
    "attachment_missing": {
        "en": (
            "The file '{file}', from which this row takes its values, is not there.",
            "Add it beside the form.",
        ),
        "nl": (
            "Het bestand '{file}', waar deze rij waarden uit haalt, is er niet bij.",
            "Voeg het toe naast het formulier.",
        ),
    },
    "attachment_too_large": {
        "en": ("The file '{file}' is larger than 10 MB or 20,000 rows.", "Make it smaller."),
        "nl": ("Het bestand '{file}' is groter dan 10 MB of 20.000 rijen.", "Maak het kleiner."),
    },
    "attachment_damaged": {
        "en": (
            "The file '{file}' cannot be read.",
            "Open it and save it again as csv (UTF-8), xml or geojson.",
        ),
        "nl": (
            "Het bestand '{file}' kan niet worden gelezen.",
            "Open het en bewaar het opnieuw als csv (UTF-8), xml of geojson.",
        ),
    },
    "attachment_no_column": {
        "en": (
            "The file '{file}' has no column '{wanted}' with the names of the choices.",
            "Add it, or tell which column it is with the parameter value=….",
        ),
        "nl": (
            "Het bestand '{file}' heeft geen kolom '{wanted}' met de namen van de keuzes.",
            "Voeg die toe, of zeg met de parameter value=… welke kolom het is.",
        ),
    },
    "attachments_too_many": {
        "en": (
            "The form takes values from more than {limit} files ('{file}').",
            "Put lists on the sheet choices.",
        ),
        "nl": (
            "Het formulier haalt waarden uit meer dan {limit} bestanden ('{file}').",
            "Zet lijsten op het blad choices.",
        ),
    },
    "near_formr": _near("a formr table", "een formr-tabel", _REBUILD, _OVERZETTEN),
    "near_limesurvey": _near("a LimeSurvey survey", "een LimeSurvey-enquête", _REBUILD, _OVERZETTEN),
    "near_redcap": _near("a REDCap data dictionary", "een REDCap-woordenboek", _REBUILD, _OVERZETTEN),
    "near_qualtrics": _near("a Qualtrics survey", "een Qualtrics-enquête", _REBUILD, _OVERZETTEN),
    "near_surveyjs": _near("a SurveyJS form", "een SurveyJS-formulier", _REBUILD, _OVERZETTEN),
    "near_odm": _near("a CDISC ODM file", "een CDISC ODM-bestand", _REBUILD, _OVERZETTEN),
    "near_qti": _near("a QTI test", "een QTI-toets", _REBUILD, _OVERZETTEN),
    "near_ddi": _near("a DDI codebook", "een DDI-codeboek", _REBUILD, _OVERZETTEN),
    "near_codebook": _near("a codebook of data", "een codeboek van gegevens", _REBUILD, _OVERZETTEN),
    "near_sav": _near("an SPSS data file", "een SPSS-bestand met gegevens", _REBUILD, _OVERZETTEN),
    "near_xform": _near(
        "an XForm (what ODK makes of an XLSForm)",
        "een XForm (wat ODK van een XLSForm maakt)",
        "bring the spreadsheet it was made from.",
        "neem het rekenblad waar het van gemaakt is.",
    ),
    "near_pdf": _near("a PDF", "een pdf", _REBUILD, _OVERZETTEN),
    "near_rtf": _near("a text document", "een tekstdocument", _REBUILD, _OVERZETTEN),
    "near_word": _near("a Word document", "een Word-document", _REBUILD, _OVERZETTEN),
    "near_slides": _near("a presentation", "een presentatie", _REBUILD, _OVERZETTEN),
    "near_ods": _near(
        "an OpenDocument file",
        "een OpenDocument-bestand",
        "save it as .xlsx and bring that.",
        "bewaar het als .xlsx en neem dat.",
    ),
    "near_html": _near("a web page", "een webpagina", _REBUILD, _OVERZETTEN),
    "near_xml": _near("an XML file", "een XML-bestand", _REBUILD, _OVERZETTEN),
    "near_json": _near("a JSON file", "een JSON-bestand", _REBUILD, _OVERZETTEN),
}
