"""Every remark about a form, in English and Dutch: (what is wrong, what to do)."""

PLACE = {
    "en": {"sheet": "sheet", "row": "row", "column": "column"},
    "nl": {"sheet": "blad", "row": "rij", "column": "kolom"},
}

MESSAGES: dict[str, dict[str, tuple[str, str]]] = {}
