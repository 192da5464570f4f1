"""What the label of a user-missing value says about why there is no value, in Dutch and English."""

import re
from typing import Final

from driegesprek.tables.codebook import Missing

_SAID: Final = (
    (
        Missing.NOT_ASKED,
        r"not asked|niet gevraagd|not applicable|niet van toepassing|n\.?v\.?t\.?|n/a|inapplicable",
    ),
    (Missing.DONT_KNOW, r"do(es)? ?n[o']?t know|weet( ik)?( het)? niet|no opinion|geen mening|dk"),
    (Missing.REFUSED, r"refus|weiger|(wil|zeg)( ik)?( het)?( liever)? niet|rather not|prefer(s|red)? not"),
    (
        Missing.STOPPED,
        r"stopped|gestopt|afgebroken|break ?-?off|broke off|drop ?-?out|not reached|niet bereikt",
    ),
    (Missing.INVALID, r"invalid|ongeldig|onbruikbaar|unusable"),
    (
        Missing.SKIPPED,
        r"skip|overgeslagen|no answer|geen antwoord|not answered|niet (ingevuld|beantwoord)|leeg",
    ),
)
_PATTERNS: Final = [(missing, re.compile(rf"\b({words})", re.IGNORECASE)) for missing, words in _SAID]


def missing_of(label: str) -> Missing:
    """The reason that a label names; NOT_RECORDED where it names none of ours."""
    plain = label.replace("’", "'").replace("_", " ")
    return next((missing for missing, words in _PATTERNS if words.search(plain)), Missing.NOT_RECORDED)
