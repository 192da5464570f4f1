"""Closed lists of the room supply."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoteKind(models.TextChoices):
    """What a school says about what open data do not show."""

    ELECTIVE = "elective", _("Elective at this location")
    ORIENTATION = "orientation", _("Orientation at another school")
    LATE_ENTRY = "late_entry", _("Late entry into another profile")
