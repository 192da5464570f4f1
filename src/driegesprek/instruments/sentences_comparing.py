"""What changed between two versions of a questionnaire, in English and Dutch."""

from collections.abc import Mapping


def _column(column: str) -> dict[str, dict[str, str]]:
    return {
        f"{column}_added": {"en": f"{column} was added", "nl": f"{column} is toegevoegd"},
        f"{column}_changed": {"en": f"{column} is another expression", "nl": f"{column} is anders"},
        f"{column}_gone": {"en": f"{column} was taken away", "nl": f"{column} is weggehaald"},
    }


_COLUMNS = (
    "relevant",
    "calculation",
    "choice_filter",
    "trigger",
    "required",
    "constraint",
    "read_only",
    "count",
)

SAID: Mapping[str, Mapping[str, str]] = {
    "question_gone": {"en": "this question is gone", "nl": "deze vraag is weg"},
    "question_renamed": {"en": "this question is now called {new}", "nl": "deze vraag heet nu {new}"},
    "question_moved": {"en": "this question moved to {new}", "nl": "deze vraag staat nu op {new}"},
    "note_gone": {"en": "this note is gone", "nl": "deze mededeling is weg"},
    "group_gone": {"en": "this group is gone", "nl": "deze groep is weg"},
    "repeat_gone": {"en": "this repeat is gone", "nl": "deze herhaling is weg"},
    "required_question_added": {
        "en": "a question that must be answered was added",
        "nl": "er is een verplichte vraag bij gekomen",
    },
    "question_added": {
        "en": "a question was added; people who are done were not asked it",
        "nl": "er is een vraag bij gekomen; wie klaar is, kreeg hem niet",
    },
    "group_added": {"en": "a group was added", "nl": "er is een groep bij gekomen"},
    "repeat_added": {"en": "a repeat was added", "nl": "er is een herhaling bij gekomen"},
    "type_changed": {"en": "the type was {old} and is {new}", "nl": "het type was {old} en is {new}"},
    "parameters_changed": {"en": "the parameters changed", "nl": "de parameters zijn anders"},
    "choice_gone": {"en": "the choice '{name}' is gone", "nl": "de keuze '{name}' is weg"},
    "choice_added": {"en": "the choice '{name}' was added", "nl": "de keuze '{name}' is erbij gekomen"},
    "choice_changed": {
        "en": "the words of the choice '{name}' changed",
        "nl": "de woorden van de keuze '{name}' zijn anders",
    },
    "choice_swapped": {
        "en": "the choice '{name}' now has the words of another choice ('{other}')",
        "nl": "de keuze '{name}' heeft nu de woorden van een andere keuze ('{other}')",
    },
    "column_changed": {"en": "{column} changed", "nl": "{column} is anders"},
    "language_gone": {"en": "the language {language} is gone", "nl": "de taal {language} is weg"},
    "language_added": {
        "en": "the language {language} was added",
        "nl": "de taal {language} is erbij gekomen",
    },
    "title_changed": {
        "en": "the title was '{old}' and is '{new}'",
        "nl": "de titel was '{old}' en is '{new}'",
    },
    "order_changed": {
        "en": "the questions stand in another order",
        "nl": "de vragen staan in een andere volgorde",
    },
    **{code: said for column in _COLUMNS for code, said in _column(column).items()},
}
