"""Closed lists of the surveys room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Voice(models.TextChoices):
    """Who speaks in a round."""

    PUPIL = "pupil", _("pupil")
    ADULT = "adult", _("adult")
    STAFF = "staff", _("staff")
    PAPER = "paper", _("typed in from paper")


class Design(models.TextChoices):
    """How identity and answers are held apart."""

    NAMED = "named", _("named: the mentor sees the answers")
    PSEUDONYMOUS = "pseudonymous", _("under a pseudonym: nobody at school sees answers of a person")
    ANONYMOUS = "anonymous", _("anonymous: another organisation sends the codes")


class Part(models.TextChoices):
    """Which measurement of a study a round is."""

    ONCE = "once", _("one measurement")
    PRE = "pre", _("before")
    POST = "post", _("after")


class Purpose(models.TextChoices):
    """What consent is asked for, each apart."""

    STUDY = "study", _("to take part in this study")
    ORIGIN = "origin", _("to be asked where the family comes from")


class Strata(models.TextChoices):
    """By what a sample is drawn apart."""

    NONE = "", _("everybody together")
    CLASS = "class", _("class")
    YEAR_GROUP = "year_group", _("year group")
    TRACK = "track", _("track")


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
    DESK = "desk", _("on the desk, logged in")
