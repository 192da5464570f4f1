"""Why an expression cannot be used: (what is wrong, what to do)."""

_FUNCTIONS = "See docs/instruments.md for the functions."
_FUNCTIES = "Zie docs/instruments.md voor de functies."

EXPRESSIONS: dict[str, dict[str, tuple[str, str]]] = {
    "expression_too_long": {
        "en": (
            "The expression has {length} characters; at most {limit} are read.",
            "Split it over calculate rows.",
        ),
        "nl": (
            "De expressie heeft {length} tekens; er worden er hoogstens {limit} gelezen.",
            "Verdeel haar over rijen calculate.",
        ),
    },
    "expression_too_deep": {
        "en": (
            "More than {limit} brackets or functions stand inside each other.",
            "Split the expression over calculate rows.",
        ),
        "nl": (
            "Er staan meer dan {limit} haakjes of functies in elkaar.",
            "Verdeel de expressie over rijen calculate.",
        ),
    },
    "expression_quote": {
        "en": (
            "A quotation mark has no partner, near: {near}",
            "Put a straight ' or \" at both ends of each text.",
        ),
        "nl": (
            "Een aanhalingsteken staat alleen, bij: {near}",
            "Zet aan beide kanten van elke tekst een recht ' of \".",
        ),
    },
    "expression_brace": {
        "en": ("A ${{ has no closing brace, near: {near}", "Write ${{name}}."),
        "nl": ("Een ${{ heeft geen sluitaccolade, bij: {near}", "Schrijf ${{naam}}."),
    },
    "expression_character": {
        "en": (
            "'{character}' means nothing here, near: {near}",
            "Remove it, or put texts between quotation marks; write != for unequal, and and or as words.",
        ),
        "nl": (
            "'{character}' betekent hier niets, bij: {near}",
            "Haal het weg, of zet tekst tussen aanhalingstekens; schrijf != voor ongelijk, en and en or als woorden.",
        ),
    },
    "expression_end": {
        "en": (
            "The expression stops too early; {expected} is missing.",
            "Complete it: count the brackets and look behind the last operator.",
        ),
        "nl": (
            "De expressie houdt te vroeg op; {expected} ontbreekt.",
            "Maak haar af: tel de haakjes en kijk achter het laatste teken.",
        ),
    },
    "expression_expected": {
        "en": ("'{near}' stands where {expected} was expected.", "Check commas and brackets."),
        "nl": ("Er staat '{near}' waar {expected} werd verwacht.", "Kijk de komma's en haakjes na."),
    },
    "expression_unexpected": {
        "en": (
            "'{near}' cannot stand here.",
            "Look for a missing operator (and, or, =, +) or quotation mark before it.",
        ),
        "nl": (
            "'{near}' kan hier niet staan.",
            "Kijk of ervoor een teken (and, or, =, +) of aanhalingsteken ontbreekt.",
        ),
    },
    "expression_arguments": {
        "en": ("{function}() takes {wanted} values, not {found}.", "Check the commas between its brackets."),
        "nl": (
            "{function}() krijgt {wanted} waarden, niet {found}.",
            "Kijk de komma's tussen de haakjes na.",
        ),
    },
    "expression_axis": {
        "en": ("'{near}' is a path of a kind that is not supported.", "Write ${{name}}."),
        "nl": ("'{near}' is een soort pad dat niet kan.", "Schrijf ${{naam}}."),
    },
    "expression_above": {
        "en": ("A path with .. goes above the form.", "Write ${{name}}."),
        "nl": ("Een pad met .. komt boven het formulier uit.", "Schrijf ${{naam}}."),
    },
    "expression_start": {
        "en": ("A path cannot begin with this function.", "Begin with ${{name}}, . or current()."),
        "nl": ("Een pad kan niet met deze functie beginnen.", "Begin met ${{naam}}, . of current()."),
    },
    "expression_not_nodes": {
        "en": (
            "{function}() wants questions, such as ${{name}} or ${{group}}/*.",
            "Put a question between its brackets; to add two values use +.",
        ),
        "nl": (
            "{function}() wil vragen, zoals ${{naam}} of ${{groep}}/*.",
            "Zet een vraag tussen de haakjes; twee waarden optellen gaat met +.",
        ),
    },
    "instance_form": {
        "en": (
            "This use of instance() is not supported.",
            "Write instance('list')/root/item[name=${{question}}]/column.",
        ),
        "nl": (
            "Zo kan instance() niet worden gebruikt.",
            "Schrijf instance('lijst')/root/item[name=${{vraag}}]/kolom.",
        ),
    },
    "reference_unknown": {
        "en": ("There is no question '{name}'.", "Check the name, or add the question."),
        "nl": ("Er is geen vraag '{name}'.", "Kijk de naam na, of voeg de vraag toe."),
    },
    "reference_misspelt": {
        "en": ("There is no question '{name}'.", "Did you mean '{near}'?"),
        "nl": ("Er is geen vraag '{name}'.", "Bedoelt u '{near}'?"),
    },
    "reference_ambiguous": {
        "en": ("There is more than one question '{name}' ({paths}).", "Give each its own name."),
        "nl": ("Er is meer dan een vraag '{name}' ({paths}).", "Geef elke een eigen naam."),
    },
    "reference_group": {
        "en": ("'{name}' is a group and has no value of its own.", "Name a question inside it."),
        "nl": ("'{name}' is een groep en heeft zelf geen waarde.", "Noem een vraag erbinnen."),
    },
    "reference_last_saved": {
        "en": (
            "'{name}' takes a value from the form that was filled in before on the same device, which is not supported.",
            "Use a hidden question, whose value the program gives.",
        ),
        "nl": (
            "'{name}' neemt een waarde uit het vorige formulier op hetzelfde apparaat; dat kan niet.",
            "Gebruik een vraag van type hidden, waarvan het programma de waarde geeft.",
        ),
    },
    "column_unknown": {
        "en": (
            "The sheet choices has no column '{name}' for this list.",
            "Add the column, or write ${{name}} for a question.",
        ),
        "nl": (
            "Het blad choices heeft voor deze lijst geen kolom '{name}'.",
            "Voeg de kolom toe, of schrijf ${{naam}} voor een vraag.",
        ),
    },
    "column_misspelt_choice": {
        "en": ("The sheet choices has no column '{name}' for this list.", "Did you mean '{near}'?"),
        "nl": ("Het blad choices heeft voor deze lijst geen kolom '{name}'.", "Bedoelt u '{near}'?"),
    },
    "function_unknown": {
        "en": ("There is no function {function}().", _FUNCTIONS),
        "nl": ("Er is geen functie {function}().", _FUNCTIES),
    },
    "function_misspelt": {
        "en": ("There is no function {function}().", "Did you mean {near}()?"),
        "nl": ("Er is geen functie {function}().", "Bedoelt u {near}()?"),
    },
    "expression_not_path": {
        "en": ("A question was expected here.", "Write ${{name}}."),
        "nl": ("Hier werd een vraag verwacht.", "Schrijf ${{naam}}."),
    },
    "indexed_repeat_form": {
        "en": (
            "indexed-repeat() cannot be read so.",
            "Write indexed-repeat(${{question}}, ${{repeat}}, number), with repeats around that question.",
        ),
        "nl": (
            "Zo kan indexed-repeat() niet worden gelezen.",
            "Schrijf indexed-repeat(${{vraag}}, ${{herhaling}}, nummer), met herhalingen om die vraag heen.",
        ),
    },
    "pulldata_form": {
        "en": (
            "pulldata() cannot be read so.",
            "Write pulldata('file', 'column', 'key column', ${{question}}), the first three between quotation marks.",
        ),
        "nl": (
            "Zo kan pulldata() niet worden gelezen.",
            "Schrijf pulldata('bestand', 'kolom', 'sleutelkolom', ${{vraag}}), de eerste drie tussen aanhalingstekens.",
        ),
    },
    "trigger_form": {
        "en": ("The trigger '{text}' names no question.", "Write ${{name}}."),
        "nl": ("De trigger '{text}' noemt geen vraag.", "Schrijf ${{naam}}."),
    },
    "function_device": {
        "en": (
            "{function}() asks something of a device, which is not done here.",
            "Remove it, or use a hidden question.",
        ),
        "nl": (
            "{function}() vraagt iets van een apparaat; dat gebeurt hier niet.",
            "Haal haar weg, of gebruik een vraag van type hidden.",
        ),
    },
    "function_itext": {
        "en": (
            "{function}() reads the XForm that other programs make of a form.",
            "Use jr:choice-name(), or write ${{name}}.",
        ),
        "nl": (
            "{function}() leest het XForm dat andere programma's van een formulier maken.",
            "Gebruik jr:choice-name(), of schrijf ${{naam}}.",
        ),
    },
    "regex_not_written": {
        "en": (
            "The second value of regex() must be a pattern between quotation marks.",
            "Write the pattern itself: regex(., '[0-9]+').",
        ),
        "nl": (
            "De tweede waarde van regex() moet een patroon tussen aanhalingstekens zijn.",
            "Schrijf het patroon zelf: regex(., '[0-9]+').",
        ),
    },
    "regex_syntax": {
        "en": ("The pattern {pattern} cannot be read, near: {part}", "Check brackets and backslashes."),
        "nl": (
            "Het patroon {pattern} kan niet worden gelezen, bij: {part}",
            "Kijk haakjes en backslashes na.",
        ),
    },
    "regex_unsupported": {
        "en": (
            "The pattern {pattern} uses {part}, which is not supported: it could keep the server busy without end.",
            "Write it without looking ahead or back, or use several conditions with and.",
        ),
        "nl": (
            "Het patroon {pattern} gebruikt {part}; dat kan niet, want het kan de server eindeloos bezighouden.",
            "Schrijf het zonder vooruit of terug te kijken, of gebruik meer voorwaarden met and.",
        ),
    },
    "regex_too_large": {
        "en": (
            "The pattern {pattern} is too large ({part}).",
            "Use smaller numbers between {{ and }}, or string-length().",
        ),
        "nl": (
            "Het patroon {pattern} is te groot ({part}).",
            "Gebruik kleinere getallen tussen {{ en }}, of string-length().",
        ),
    },
    "choice_name_no_choices": {
        "en": (
            "'{name}' has no choices, so jr:choice-name() has no label to give.",
            "Name a select question.",
        ),
        "nl": (
            "'{name}' heeft geen keuzes, dus jr:choice-name() heeft geen label te geven.",
            "Noem een keuzevraag.",
        ),
    },
    "choice_name_not_written": {
        "en": (
            "The second value of jr:choice-name() must be a question between quotation marks.",
            "Write jr:choice-name(${{question}}, '${{question}}').",
        ),
        "nl": (
            "De tweede waarde van jr:choice-name() moet een vraag tussen aanhalingstekens zijn.",
            "Schrijf jr:choice-name(${{vraag}}, '${{vraag}}').",
        ),
    },
    "cycle": {
        "en": (
            "These questions wait for each other: {names}",
            "Break the circle: one of them must not depend on the next.",
        ),
        "nl": (
            "Deze vragen wachten op elkaar: {names}",
            "Doorbreek de kring: een ervan mag niet van de volgende afhangen.",
        ),
    },
    "cycle_self": {
        "en": (
            "This expression uses the value of its own question: {names}",
            "Use another question, or once() to keep an earlier value.",
        ),
        "nl": (
            "Deze expressie gebruikt de waarde van haar eigen vraag: {names}",
            "Gebruik een andere vraag, of once() om een eerdere waarde te houden.",
        ),
    },
}
