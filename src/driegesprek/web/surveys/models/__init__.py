"""What surveys keep: what is asked and answered (asking), and the draw (drawing), which stands apart."""

from driegesprek.web.surveys.models.asking import (
    Answer,
    CodeBatch,
    CodeSeat,
    Consent,
    FormMedium,
    InstrumentVersion,
    Invitation,
    Mailing,
    OverwrittenAnswer,
    Quota,
    Reminder,
    Response,
    Round,
    RoundVoice,
    Study,
)
from driegesprek.web.surveys.models.drawing import Draw, DrawAddress, DrawTurn

__all__ = [
    "Answer",
    "CodeBatch",
    "CodeSeat",
    "Consent",
    "Draw",
    "DrawAddress",
    "DrawTurn",
    "FormMedium",
    "InstrumentVersion",
    "Invitation",
    "Mailing",
    "OverwrittenAnswer",
    "Quota",
    "Reminder",
    "Response",
    "Round",
    "RoundVoice",
    "Study",
]
