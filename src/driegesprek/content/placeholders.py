"""The words in braces that are filled in when a text is used."""

import re

# Every placeholder that a text may hold, with what is filled in.
KNOWN = {
    "pupil": "first name of the pupil",
    "adult": "name of the adult, as the school knows it",
    "mentor": "name of the mentor",
    "school": "name of the school",
    "organisation": "name of another organisation",
    "class_name": "name of the class, such as 2A",
    "date": "date, written out in the language",
    "time": "time of day, such as 19:30",
    "place": "room or address",
    "phone": "telephone number",
    "link": "web address",
    "count": "a number",
    "minutes": "about how many minutes, in fives",
    "n": "a number, up to count",
    "choice": "words of one choice in a list, in the language",
    "answer": "words of one or more answers, or a number",
    "condition": "what must have been answered, in words",
}
PATTERN = re.compile(r"(?<!\$)\{(\w+)\}")
# What an instrument fills in itself, from answers and context: ${pupil_name}.
REFERENCE = re.compile(r"\$\{(\w+)\}")
# Unicode's first-strong isolate: a Latin name inside an Arabic sentence keeps its own direction (UAX #9).
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


def placeholders(template: str) -> frozenset[str]:
    """Give the placeholders of a text."""
    return frozenset(PATTERN.findall(template))


def references(template: str) -> frozenset[str]:
    """Give the questions and context values that a text of an instrument refers to."""
    return frozenset(REFERENCE.findall(template))


def isolate_references(template: str) -> str:
    """Put what an instrument will fill in between Unicode isolates."""
    return REFERENCE.sub(lambda found: f"{ISOLATE}{found[0]}{END_ISOLATE}", template)


def fill(template: str, values: dict[str, object], *, isolate: bool = False) -> str:
    """Fill in a text; braces inside the values are left alone.

    Args:
        template: A text with placeholders.
        values: What to fill in; more than is needed is allowed.
        isolate: Put each value between Unicode isolates, for texts that run right to left.

    Raises:
        ValueError: if a placeholder has no value.
    """
    missing = placeholders(template) - values.keys()
    if missing:
        raise ValueError(f"no value for {', '.join(sorted(missing))} in {template!r}")
    before, after = (ISOLATE, END_ISOLATE) if isolate else ("", "")
    return PATTERN.sub(lambda found: f"{before}{values[found[1]]}{after}", template)
