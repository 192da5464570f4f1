"""Closed lists of the line room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """What kind of step of the line."""

    HOME_ASSIGNMENT = "home_assignment", _("home assignment")
    CAREER_TALK = "career_talk", _("career talk")


class Stage(models.TextChoices):
    """What the school delivers of an activity, per class."""

    ANNOUNCED = "announced", _("announced")
    PREPARED = "prepared", _("prepared")
    HELD = "held", _("held")
    REVIEWED = "reviewed", _("reviewed")


class DoneBy(models.TextChoices):
    """How a step was done."""

    PHONE = "phone", _("on a phone")
    PAPER = "paper", _("on paper")
    TALK = "talk", _("in the talk")


class DeliveryState(models.TextChoices):
    """A stage beside what was agreed."""

    DONE = "done", _("done")
    OPEN = "open", _("still to come")
    LATE = "late", _("not yet")


class StepState(models.TextChoices):
    """How far a person is with an activity."""

    TODO = "todo", _("to do")
    SENT = "sent", _("given")
    DONE = "done", _("done")
    TALKED = "talked", _("talked about")
