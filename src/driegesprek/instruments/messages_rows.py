"""Remarks about rows of the survey and choices sheets: (what is wrong, what to do)."""

ROWS: dict[str, dict[str, tuple[str, str]]] = {
    "row_disabled": {
        "en": ("This row is switched off in the column disabled and left out.", ""),
        "nl": ("Deze rij is uitgezet in de kolom disabled en doet niet mee.", ""),
    },
    "row_comment": {
        "en": ("This row has no type, name or label; it counts as a comment.", ""),
        "nl": ("Deze rij heeft geen type, naam of label; hij telt als opmerking.", ""),
    },
    "name_missing": {
        "en": ("This row has no name.", "Give it a name that no other question has, such as q1."),
        "nl": ("Deze rij heeft geen naam.", "Geef een naam die geen andere vraag heeft, zoals q1."),
    },
    "name_bad": {
        "en": (
            "'{name}' cannot be a name.",
            "Begin with a letter; use letters, digits, - _ and . only, no spaces.",
        ),
        "nl": (
            "'{name}' kan geen naam zijn.",
            "Begin met een letter; gebruik alleen letters, cijfers, - _ en ., geen spaties.",
        ),
    },
    "name_twice": {
        "en": ("The name '{name}' is already used in row {other}.", "Give one of them another name."),
        "nl": ("De naam '{name}' staat al in rij {other}.", "Geef een van beide een andere naam."),
    },
    "label_missing": {
        "en": (
            "'{name}' has no label, hint or image, so people would see an empty screen.",
            "Fill in the column label.",
        ),
        "nl": (
            "'{name}' heeft geen label, hint of plaatje; mensen zouden een leeg scherm zien.",
            "Vul de kolom label in.",
        ),
    },
    "calculation_missing": {
        "en": ("'{name}' is computed, but there is nothing to compute.", "Fill in the column calculation."),
        "nl": ("'{name}' wordt uitgerekend, maar er staat niet hoe.", "Vul de kolom calculation in."),
    },
    "default_bad": {
        "en": (
            "The default '{default}' does not fit a question of type {kind}.",
            "Change the default or remove it.",
        ),
        "nl": (
            "De standaardwaarde '{default}' past niet bij een vraag van type {kind}.",
            "Verander de standaardwaarde of haal hem weg.",
        ),
    },
    "group_too_deep": {
        "en": ("More than {limit} groups stand inside each other.", "Take some of the groups away."),
        "nl": ("Er staan meer dan {limit} groepen in elkaar.", "Haal een aantal groepen weg."),
    },
    "group_not_begun": {
        "en": ("A group ends here that did not begin.", "Remove this row, or add begin_group above."),
        "nl": (
            "Hier eindigt een groep die niet begonnen is.",
            "Haal deze rij weg, of zet er begin_group boven.",
        ),
    },
    "group_not_ended": {
        "en": (
            "The group '{name}' begins here and never ends.",
            "Add a row end_group after its last question.",
        ),
        "nl": (
            "De groep '{name}' begint hier en eindigt nergens.",
            "Zet een rij end_group na de laatste vraag ervan.",
        ),
    },
    "repeat_not_ended": {
        "en": (
            "A group ends here, but what is open is the repeat '{name}' of row {row}.",
            "Write end_repeat, or add the row that is missing.",
        ),
        "nl": (
            "Hier eindigt een groep, maar open staat de herhaling '{name}' van rij {row}.",
            "Schrijf end_repeat, of voeg de rij toe die ontbreekt.",
        ),
    },
    "group_ended_as_repeat": {
        "en": (
            "A repeat ends here, but what is open is the group '{name}' of row {row}.",
            "Write end_group, or add the row that is missing.",
        ),
        "nl": (
            "Hier eindigt een herhaling, maar open staat de groep '{name}' van rij {row}.",
            "Schrijf end_group, of voeg de rij toe die ontbreekt.",
        ),
    },
    "count_without_repeat": {
        "en": ("Only begin_repeat can have a repeat_count.", "Remove it, or make this a repeat."),
        "nl": (
            "Alleen begin_repeat kan een repeat_count hebben.",
            "Haal het weg, of maak er een herhaling van.",
        ),
    },
    "group_column": {
        "en": ("This column does nothing at a group.", "Put it at the questions inside the group."),
        "nl": ("Deze kolom doet niets bij een groep.", "Zet het bij de vragen in de groep."),
    },
    "styling_left_out": {
        "en": (
            "Styling (**bold**, <span>, links) is left out: people see plain words.",
            "Nothing has to be done; see whether the words are clear without it.",
        ),
        "nl": (
            "Opmaak (**vet**, <span>, links) laten we weg: mensen zien gewone woorden.",
            "U hoeft niets te doen; kijk of de woorden zonder opmaak duidelijk zijn.",
        ),
    },
    "group_media": {
        "en": ("Pictures, sound and film of a group are not shown.", "Put them at a note inside the group."),
        "nl": (
            "Plaatjes, geluid en film van een groep worden niet getoond.",
            "Zet ze bij een note in de groep.",
        ),
    },
    "other_with_filter": {
        "en": ("or_other and choice_filter cannot stand together.", "Remove one of the two."),
        "nl": ("or_other en choice_filter kunnen niet samen.", "Haal een van beide weg."),
    },
    "range_bad": {
        "en": (
            "The scale of this range cannot be used.",
            "Write numbers, such as start=1 end=10 step=1; the step is larger than 0 and fits between start and end.",
        ),
        "nl": (
            "De schaal van deze range kan niet worden gebruikt.",
            "Schrijf getallen, zoals start=1 end=10 step=1; de stap is groter dan 0 en past tussen start en end.",
        ),
    },
    "randomize_bad": {
        "en": ("randomize is '{value}'.", "Write randomize=true or randomize=false."),
        "nl": ("randomize is '{value}'.", "Schrijf randomize=true of randomize=false."),
    },
    "seed_bad": {
        "en": ("The seed '{value}' is neither a number nor a question.", "Write seed=42 or seed=${{name}}."),
        "nl": ("De seed '{value}' is geen getal en geen vraag.", "Schrijf seed=42 of seed=${{naam}}."),
    },
    "list_unknown": {
        "en": ("There is no list of choices '{name}'.", "Add its choices to the sheet choices."),
        "nl": ("Er is geen keuzelijst '{name}'.", "Zet de keuzes ervan op het blad choices."),
    },
    "list_misspelt": {
        "en": ("There is no list of choices '{name}'.", "Did you mean '{near}'?"),
        "nl": ("Er is geen keuzelijst '{name}'.", "Bedoelt u '{near}'?"),
    },
    "list_from_repeat": {
        "en": (
            "Choices from earlier answers are written as select_one ${{question}}, not as {name}.",
            "Name one question, whose answers in the repeat become the choices.",
        ),
        "nl": (
            "Keuzes uit eerdere antwoorden schrijf je als select_one ${{vraag}}, niet als {name}.",
            "Noem één vraag, waarvan de antwoorden in de herhaling de keuzes worden.",
        ),
    },
    "filter_without_choices": {
        "en": (
            "Only a select question or a rank can have a choice_filter.",
            "Remove it, or make this a select_one.",
        ),
        "nl": (
            "Alleen een keuzevraag kan een choice_filter hebben.",
            "Haal het weg, of maak er select_one van.",
        ),
    },
    "choice_name_missing": {
        "en": ("A choice of the list '{list}' has no name.", "Fill in the column name."),
        "nl": ("Een keuze van de lijst '{list}' heeft geen naam.", "Vul de kolom name in."),
    },
    "choice_twice": {
        "en": (
            "The list '{list}' already has the choice '{name}' in row {other}.",
            "Change one of the two, or set allow_choice_duplicates to yes on the sheet settings.",
        ),
        "nl": (
            "De lijst '{list}' heeft de keuze '{name}' al in rij {other}.",
            "Verander een van beide, of zet allow_choice_duplicates op yes op het blad settings.",
        ),
    },
    "choice_spaced": {
        "en": (
            "The choice '{name}' of the list '{list}' has a space in its name; select_multiple would take it for two.",
            "Replace the space by _.",
        ),
        "nl": (
            "De keuze '{name}' van de lijst '{list}' heeft een spatie in de naam; bij select_multiple telt dat als twee.",
            "Vervang de spatie door _.",
        ),
    },
}
