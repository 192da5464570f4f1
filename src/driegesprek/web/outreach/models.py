"""Letters, messages, recorded sound and the log of contact."""

from django.db import models
from django.utils import timezone

from driegesprek.web.outreach.enums import ContactKind, Outcome, PrintKind
from driegesprek.web.people.models import SchoolRow


class Contact(SchoolRow):
    """One moment of contact with an adult (or about a pupil for whom no adult is known)."""

    retention = "as the pupil"

    pupil = models.ForeignKey("people.Pupil", on_delete=models.CASCADE, related_name="contacts")
    bond = models.ForeignKey("people.Bond", on_delete=models.CASCADE, null=True, related_name="contacts")
    activity = models.ForeignKey("line.Activity", on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=ContactKind)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.SENT)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("people.Staff", on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)
    call_from = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["pupil", "-at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"


class PrintJob(SchoolRow):
    """Sheets, cards or a list of messages, made by the worker; for a class, for one adult or pupil, or for all classes.

    `steps` holds the ids of the steps that are on it, so that 'handed out' marks what was printed and nothing else.
    """

    retention = "the file 7 days, for it holds codes; that it was given as long as the activity"

    activity = models.ForeignKey("line.Activity", on_delete=models.CASCADE, related_name="+")
    school_class = models.ForeignKey(
        "people.SchoolClass", on_delete=models.CASCADE, null=True, related_name="+"
    )
    bond = models.ForeignKey("people.Bond", on_delete=models.CASCADE, null=True, related_name="+")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=PrintKind)
    asked_by = models.ForeignKey("people.Staff", on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    count = models.PositiveIntegerField(default=0)
    steps = models.JSONField(default=list)
    file = models.FileField(upload_to="print", blank=True)
    handed_out_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d}"


class Recording(SchoolRow):
    """A text read aloud and recorded by the school, in any language (also one that no browser speaks)."""

    retention = "as long as the school"

    key = models.CharField(max_length=160)
    language = models.CharField(max_length=8)
    file = models.FileField(upload_to="sound")
    kind = models.CharField(max_length=40)
    added_by = models.ForeignKey("people.Staff", on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["key", "language"]
        constraints = [
            models.UniqueConstraint(fields=["school", "key", "language"], name="one_recording_per_text")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class RecordingDraft(SchoolRow):
    """A sound that was brought in and waits until a person has listened to it."""

    retention = "1 day, or until it is kept"

    key = models.CharField(max_length=160)
    language = models.CharField(max_length=8)
    file = models.FileField(upload_to="sound-draft")
    kind = models.CharField(max_length=40)
    added_by = models.ForeignKey("people.Staff", on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"
