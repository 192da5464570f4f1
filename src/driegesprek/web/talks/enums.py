"""Closed lists of the talks room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Who(models.TextChoices):
    """Who does what was agreed."""

    PUPIL = "pupil", _("pupil")
    ADULT = "adult", _("adult")
    SCHOOL = "school", _("school")


class BookedBy(models.TextChoices):
    """Who picked the time."""

    ADULT = "adult", _("the family")
    PUPIL = "pupil", _("the pupil")
    STAFF = "staff", _("the mentor, after a call")


class TalkState(models.TextChoices):
    """How far a talk is."""

    NONE = "none", _("no time yet")
    BOOKED = "booked", _("has a time")
    HELD = "held", _("held")
