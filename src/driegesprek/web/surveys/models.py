"""Instruments, rounds and answers. Answers hang on a keyed pseudonym; nothing here points to a person."""

from django.db import models
from django.utils import timezone

from driegesprek.web.people.models import SchoolRow
from driegesprek.web.surveys.enums import AnswerStatus, Design, ResponseChannel, Voice


class InstrumentVersion(SchoolRow):
    """One immutable version of a questionnaire, known by the hash of its content."""

    retention = "as long as answers to it"

    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64)
    definition = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["key", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["school", "key", "content_hash"], name="a_version_is_stored_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.content_hash[:8]}"


class Round(SchoolRow):
    """Instruments asked of people between two dates; a home assignment is a round with two voices."""

    retention = "10 years, without names"

    activity = models.OneToOneField(
        "line.Activity", on_delete=models.CASCADE, related_name="round", null=True
    )
    title = models.JSONField(default=dict)
    design = models.CharField(max_length=16, choices=Design, default=Design.NAMED)
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        ordering = ["-opens_on"]

    def __str__(self) -> str:
        return f"round from {self.opens_on}"


class RoundVoice(SchoolRow):
    """Which version of which instrument a voice answers in a round."""

    retention = "as the round"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="voices")
    voice = models.CharField(max_length=12, choices=Voice)
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "voice"], name="a_voice_answers_one_instrument")
        ]

    def __str__(self) -> str:
        return self.voice


class Response(SchoolRow):
    """One person's answers in a round, under a pseudonym of this round."""

    retention = "as the round"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="responses")
    voice = models.CharField(max_length=12, choices=Voice)
    pseudonym = models.CharField(max_length=64)
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=12, choices=ResponseChannel)
    group = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    shared = models.JSONField(default=dict)
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    document = models.TextField(blank=True)
    document_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "voice", "pseudonym"], name="one_response_per_voice_and_pseudonym"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Answer(SchoolRow):
    """The answer to one question, in one repeat instance (`path` holds its stable instance ids)."""

    retention = "as the response"

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=200)
    path = models.CharField(max_length=200, blank=True)
    value = models.JSONField(null=True)
    status = models.CharField(max_length=12, choices=AnswerStatus, default=AnswerStatus.GIVEN)
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "path"], name="one_answer_per_question_and_path"
            )
        ]

    def __str__(self) -> str:
        return self.question


class OverwrittenAnswer(SchoolRow):
    """What stood there before: nothing a person typed is lost."""

    retention = "as the response"

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="overwritten")
    question = models.CharField(max_length=200)
    path = models.CharField(max_length=200, blank=True)
    value = models.JSONField(null=True)
    status = models.CharField(max_length=12, choices=AnswerStatus)
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.question
