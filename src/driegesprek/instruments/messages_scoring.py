"""Remarks about scales: (what is wrong, what to do)."""

SCORING: dict[str, dict[str, tuple[str, str]]] = {
    "scoring_heading_unknown": {
        "en": ("This sheet has no such column.", "Remove it, or use one of: {known}."),
        "nl": ("Dit blad kent deze kolom niet.", "Haal hem weg, of gebruik een van: {known}."),
    },
    "scoring_heading_misspelt": {
        "en": ("This sheet has no such column.", "Did you mean '{near}'?"),
        "nl": ("Dit blad kent deze kolom niet.", "Bedoelt u '{near}'?"),
    },
    "scoring_without_sheet": {
        "en": (
            "The column scale has no effect, for there is no sheet scales.",
            "Add the sheet scales with the columns scale and method, if scores are wanted.",
        ),
        "nl": (
            "De kolom scale doet niets, want er is geen blad scales.",
            "Voeg het blad scales toe met de kolommen scale en method, als u scores wilt.",
        ),
    },
    "scoring_number": {
        "en": ("'{value}' is not a number.", "Write a number such as 2 or 2.5."),
        "nl": ("'{value}' is geen getal.", "Schrijf een getal, zoals 2 of 2.5."),
    },
    "scale_name": {
        "en": (
            "'{name}' cannot be the name of a scale.",
            "Begin with a letter; use letters without accents, digits and _ only.",
        ),
        "nl": (
            "'{name}' kan geen naam van een schaal zijn.",
            "Begin met een letter; gebruik alleen letters zonder accenten, cijfers en _.",
        ),
    },
    "scale_twice": {
        "en": ("The scale '{name}' is already declared in row {other}.", "Remove or rename one of the two."),
        "nl": ("De schaal '{name}' staat al in rij {other}.", "Haal een van beide weg of hernoem hem."),
    },
    "scale_unknown": {
        "en": ("There is no scale '{name}' on the sheet scales.", "Add a row for it to the sheet scales."),
        "nl": ("Er is geen schaal '{name}' op het blad scales.", "Zet er een rij voor op het blad scales."),
    },
    "scale_misspelt": {
        "en": ("There is no scale '{name}' on the sheet scales.", "Did you mean '{near}'?"),
        "nl": ("Er is geen schaal '{name}' op het blad scales.", "Bedoelt u '{near}'?"),
    },
    "scale_empty": {
        "en": (
            "No question belongs to the scale '{name}'.",
            "Write '{name}' in the column scale of its questions on the sheet survey.",
        ),
        "nl": (
            "Geen enkele vraag hoort bij de schaal '{name}'.",
            "Zet '{name}' in de kolom scale van zijn vragen op het blad survey.",
        ),
    },
    "scale_kind": {
        "en": (
            "'{name}' is of type {kind}, which gives no number to score.",
            "Take it out of the scale, or score a calculate, integer, decimal or select_one.",
        ),
        "nl": (
            "'{name}' is van type {kind}; dat geeft geen getal om te scoren.",
            "Haal hem uit de schaal, of scoor een calculate, integer, decimal of select_one.",
        ),
    },
    "scale_choice": {
        "en": (
            "The choice '{name}' of the list '{list}' has no number, and '{question}' is scored.",
            "Give it a number in a column score, or write dont_know or refused in a column missing.",
        ),
        "nl": (
            "De keuze '{name}' van de lijst '{list}' heeft geen getal, en '{question}' wordt gescoord.",
            "Geef hem een getal in een kolom score, of zet dont_know of refused in een kolom missing.",
        ),
    },
    "scale_repeat": {
        "en": (
            "'{name}' is asked more than once, in a repeat, so it has no one number to score.",
            "Score a calculate outside the repeat, such as sum(${{{name}}}).",
        ),
        "nl": (
            "'{name}' wordt vaker gevraagd, in een herhaling, en heeft dus niet één getal om te scoren.",
            "Scoor een calculate buiten de herhaling, zoals sum(${{{name}}}).",
        ),
    },
    "scale_method": {
        "en": ("'{value}' is not a method.", "Write mean or sum."),
        "nl": ("'{value}' is geen methode.", "Schrijf mean (gemiddelde) of sum (som)."),
    },
    "scale_minimum": {
        "en": (
            "The minimum '{value}' does not fit a scale of {items} questions.",
            "Write a whole number from 0 to {items}; leave it empty when all must be answered.",
        ),
        "nl": (
            "Het minimum '{value}' past niet bij een schaal van {items} vragen.",
            "Schrijf een geheel getal van 0 tot {items}; laat het leeg als alles beantwoord moet zijn.",
        ),
    },
    "scale_range": {
        "en": ("low ({low}) must be less than high ({high}).", "Change one of the two."),
        "nl": ("low ({low}) moet kleiner zijn dan high ({high}).", "Verander een van beide."),
    },
    "scale_outside": {
        "en": (
            "An answer to '{name}' counts {value}, outside the scale '{scale}' from {low} to {high}.",
            "Change low or high, or the number of the choice.",
        ),
        "nl": (
            "Een antwoord op '{name}' telt {value}, buiten de schaal '{scale}' van {low} tot {high}.",
            "Verander low of high, of het getal van de keuze.",
        ),
    },
    "scale_ends": {
        "en": (
            "'{name}' is reversed in '{scale}', but the ends of its answers are not known.",
            "Fill in low and high.",
        ),
        "nl": (
            "'{name}' telt omgekeerd in '{scale}', maar de uitersten van de antwoorden zijn niet bekend.",
            "Vul low en high in.",
        ),
    },
    "reverse_value": {
        "en": (
            "'{value}' does not say in which scale this question is reversed.",
            "Write yes, or names of scales that stand in its column scale.",
        ),
        "nl": (
            "'{value}' zegt niet in welke schaal deze vraag omgekeerd telt.",
            "Schrijf yes, of namen van schalen die in zijn kolom scale staan.",
        ),
    },
    "level_from": {
        "en": ("This level does not say from which score it begins.", "Fill in a number."),
        "nl": ("Dit niveau zegt niet vanaf welke score het begint.", "Vul een getal in."),
    },
    "level_name": {
        "en": ("This level has no name.", "Fill in a short name, such as low."),
        "nl": ("Dit niveau heeft geen naam.", "Vul een korte naam in, zoals laag."),
    },
    "level_twice": {
        "en": (
            "Two levels of this scale begin at {value}.",
            "Give them different scores, or remove one.",
        ),
        "nl": (
            "Twee niveaus van deze schaal beginnen bij {value}.",
            "Geef ze verschillende scores, of haal er een weg.",
        ),
    },
    "level_unreachable": {
        "en": (
            "No score reaches {value}: the highest {method} is {most}.",
            "Change this cut point, or the method of the scale.",
        ),
        "nl": (
            "Geen score haalt {value}: de hoogste {method} is {most}.",
            "Verander deze grens, of de methode van de schaal.",
        ),
    },
}
