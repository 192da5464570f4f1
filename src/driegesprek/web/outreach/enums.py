"""Closed lists of the outreach room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactKind(models.TextChoices):
    """How contact was sought."""

    SHEET = "sheet", _("sheet given to the pupil")
    LETTER = "letter", _("letter")
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    VISIT = "visit", _("home visit")
    IN_PERSON = "in_person", _("in person at school")


class Outcome(models.TextChoices):
    """What came of it."""

    SENT = "sent", _("sent, no answer known")
    REACHED = "reached", _("spoken or answered")
    NOT_REACHED = "not_reached", _("not reached")
    CALL_BACK = "call_back", _("asks to be called")


class PrintKind(models.TextChoices):
    """What a job makes."""

    SHEETS = "sheets", _("sheets for adults")
    CARDS = "cards", _("cards for pupils")
    MESSAGES = "messages", _("list for text messages")
