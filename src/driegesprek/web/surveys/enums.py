"""Closed lists of the surveys room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Voice(models.TextChoices):
    """Who speaks in a round."""

    PUPIL = "pupil", _("pupil")
    ADULT = "adult", _("adult")
    PAPER = "paper", _("typed in from paper")


class Design(models.TextChoices):
    """How identity and answers are held apart."""

    NAMED = "named", _("named: the mentor sees what is shared")


class AnswerStatus(models.TextChoices):
    """What an answer is."""

    GIVEN = "given", _("given")
    SKIPPED = "skipped", _("skipped")
    IRRELEVANT = "irrelevant", _("no longer applies")


class ResponseChannel(models.TextChoices):
    """How answers came in."""

    LINK = "link", _("by link")
    CODE = "code", _("by typed code")
    TOGETHER = "together", _("on the pupil's phone")
    PAPER = "paper", _("from paper")
