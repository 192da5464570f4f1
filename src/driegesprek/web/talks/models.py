"""The career talk: times a mentor gives, the talk itself, what was agreed."""

from django.db import models
from django.utils import timezone

from driegesprek.web.people.models import SchoolRow
from driegesprek.web.talks.enums import BookedBy, Who


class Slot(SchoolRow):
    """A time that a mentor gives; UTC, 15 to 20 minutes."""

    retention = "as long as the school"

    activity = models.ForeignKey("line.Activity", on_delete=models.CASCADE, related_name="slots")
    mentor = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=20)
    place = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "starts_at"],
                condition=models.Q(withdrawn_at=None),
                name="a_mentor_is_at_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=15, minutes__lte=20), name="a_talk_takes_15_to_20_minutes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class Talk(SchoolRow):
    """A talk of one pupil with the adults of one household and the mentor."""

    retention = "as the pupil"

    activity = models.ForeignKey("line.Activity", on_delete=models.CASCADE, related_name="talks")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.CASCADE, related_name="talks")
    household = models.CharField(max_length=20, blank=True)
    slot = models.OneToOneField(Slot, on_delete=models.SET_NULL, null=True, related_name="talk")
    booked_by = models.CharField(max_length=8, choices=BookedBy, blank=True)
    booked_at = models.DateTimeField(null=True)
    interpreter = models.BooleanField(default=False)
    # RFC 5545: a calendar believes the copy with the highest sequence; `was_at` is what a cancellation names.
    sequence = models.PositiveIntegerField(default=0)
    was_at = models.DateTimeField(null=True)
    going_well = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "pupil", "household"], name="one_talk_per_household")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Agreement(SchoolRow):
    """Who does what by when; in everyone's list until it is done."""

    retention = "as the pupil"

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="agreements")
    who = models.CharField(max_length=8, choices=Who)
    what = models.TextField()
    by = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=8, choices=Who, blank=True)

    class Meta:
        ordering = [models.F("by").asc(nulls_last=True), "made_at"]

    def __str__(self) -> str:
        return self.what[:60]
