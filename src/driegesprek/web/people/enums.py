"""Closed lists of the people room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Track(models.TextChoices):
    """Leerweg."""

    BB = "BB", _("basic vocational (BB)")
    KB = "KB", _("middle-management vocational (KB)")
    GL = "GL", _("combined (GL)")
    TL = "TL", _("theoretical (TL)")
    GTL = "GTL", _("combined and theoretical (GTL)")
    MIXED = "", _("mixed or unknown")


class StaffRole(models.TextChoices):
    """What a member of staff may do besides being a mentor."""

    COUNSELLOR = "counsellor", _("career counsellor")
    LEADER = "leader", _("school leader")


class Relation(models.TextChoices):
    """What an adult is to the pupil."""

    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    PARENT = "parent", _("parent")
    STEP_PARENT = "step_parent", _("step-parent")
    FOSTER_PARENT = "foster_parent", _("foster parent")
    GUARDIAN = "guardian", _("guardian")
    GRANDPARENT = "grandparent", _("grandparent")
    BROTHER = "brother", _("brother")
    SISTER = "sister", _("sister")
    AUNT = "aunt", _("aunt")
    UNCLE = "uncle", _("uncle")
    RELATIVE = "relative", _("other relative")
    CARER = "carer", _("carer")
    NETWORK = "network", _("someone from the network")
    OTHER = "other", _("other")


class Channel(models.TextChoices):
    """How an adult can be reached."""

    LETTER = "letter", _("letter")
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    VISIT = "visit", _("home visit")
