"""Closed lists of the access room."""

from django.db import models


class DoorKind(models.TextChoices):
    """Whose door it is."""

    ADULT = "adult"
    PUPIL = "pupil"
    STAFF = "staff"
    ANONYMOUS = "anonymous"


class Grant(models.TextChoices):
    """What opened a door: the link (all of this person's own), or a typed code (only what is still unanswered)."""

    LINK = "link"
    CODE = "code"
