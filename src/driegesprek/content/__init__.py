"""What we wrote, as data: texts for families, instruments, scores, rules, guides and the catalogue.

text("welcome.intro", "tr", pupil="Aylin")          what to show, with the Dutch beneath a draft
text("welcome.intro", "nl", voice="pupil")          the same, said to the pupil
compare_worlds(of_pupil, of_adult)                  where they agree, where they surprise each other, what fits
instrument("qualities_adult")                       one of our questionnaires, in six languages
"""

from driegesprek.content import catalogue
from driegesprek.content.advice import Advice, Situation, next_step
from driegesprek.content.comparing import Question, RoleInWorld, WorldComparison, WorldSeen, compare_worlds
from driegesprek.content.forms import instrument, instrument_keys, instrument_tables, instrument_texts
from driegesprek.content.guides import Guide, GuideItem, Phase, guide
from driegesprek.content.languages import DUTCH, LANGUAGES, Language, language
from driegesprek.content.notes import InstrumentNote, instrument_notes
from driegesprek.content.opportunities import Opportunity, opportunities
from driegesprek.content.positions import Position, role_positions
from driegesprek.content.practice import PracticeCase, Wording, practice_cases
from driegesprek.content.scores import QuickCheckScore, profiles_found, quick_check_score
from driegesprek.content.sms import SmsSize, sms_size
from driegesprek.content.texts import Override, Overrides, Text, dutch_hash, keys, text

__all__ = [
    "DUTCH",
    "LANGUAGES",
    "Advice",
    "Guide",
    "GuideItem",
    "InstrumentNote",
    "Language",
    "Opportunity",
    "Override",
    "Overrides",
    "Phase",
    "Position",
    "PracticeCase",
    "Question",
    "QuickCheckScore",
    "RoleInWorld",
    "Situation",
    "SmsSize",
    "Text",
    "Wording",
    "WorldComparison",
    "WorldSeen",
    "catalogue",
    "compare_worlds",
    "dutch_hash",
    "guide",
    "instrument",
    "instrument_keys",
    "instrument_notes",
    "instrument_tables",
    "instrument_texts",
    "keys",
    "language",
    "next_step",
    "opportunities",
    "practice_cases",
    "profiles_found",
    "quick_check_score",
    "role_positions",
    "sms_size",
    "text",
]
