"""Instruments, rounds and answers. Answers hang on a keyed pseudonym; nothing of an answer points to a person.

Who is asked in a survey (Invitation), who consented (Consent) and who wants a prize (DrawAddress) are tables apart:
none of them has a key in common with answers but by the key file, and an address of the draw not even so.
"""

from django.db import models
from django.utils import timezone

from driegesprek.web.people.models import SchoolRow
from driegesprek.web.surveys.enums import AnswerStatus, Design, Part, Purpose, ResponseChannel, Voice


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


class FormMedium(SchoolRow):
    """A picture, sound or film of one version of a form; it stays what it is from the day that a round begins with it.

    `name` is what the form calls it; `source_hash` is that of the file as it was brought in.
    """

    retention = "as the version of the form"

    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="media")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    file = models.FileField(upload_to="form-media")
    source_hash = models.CharField(max_length=64)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="one_medium_per_name")]

    def __str__(self) -> str:
        return self.name


class Study(SchoolRow):
    """Rounds whose answers belong together: before and after; of pupil, parent and teacher."""

    retention = "10 years, without names"

    title = models.JSONField(default=dict)
    design = models.CharField(max_length=16, choices=Design)
    organisation = models.CharField(max_length=200, blank=True)
    consent = models.BooleanField(default=False)
    options = models.JSONField(default=list)
    invented = models.BooleanField(default=False)
    """Whether the answers were made up: every page and every file of its rounds says so."""
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.design} study"


class Round(SchoolRow):
    """Instruments asked of people between two dates; a home assignment is a round with two voices."""

    retention = "10 years, without names"

    activity = models.OneToOneField(
        "line.Activity", on_delete=models.CASCADE, related_name="round", null=True
    )
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="rounds", null=True)
    part = models.CharField(max_length=8, choices=Part, default=Part.ONCE)
    before = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="after", null=True)
    sampling = models.JSONField(default=dict)
    opened_at = models.DateTimeField(null=True)
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

    # Found by the constraint below: another index would be written in vain.
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="responses", db_index=False)
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

    # Answers are looked up by their response, for which the constraint below has its index: one more is written in vain.
    # The response says of which school it is; if every answer did so to the database too, PostgreSQL would lock the
    # row of the school at each.
    school = models.ForeignKey(
        "people.School", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers", db_index=False)
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


class Invitation(SchoolRow):
    """One person who is asked in a round, and whether it is done: never what was answered.

    Of an anonymous round there are none.
    """

    retention = "as the person, and at most as the round"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    voice = models.CharField(max_length=12, choices=Voice)
    pupil = models.ForeignKey("people.Pupil", on_delete=models.CASCADE, null=True, related_name="+")
    bond = models.ForeignKey("people.Bond", on_delete=models.CASCADE, null=True, related_name="+")
    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, null=True, related_name="+")
    school_class = models.ForeignKey(
        "people.SchoolClass", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    stratum = models.CharField(max_length=80, blank=True)
    weight = models.FloatField(default=1.0)
    sent_on = models.DateField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "pupil"],
                condition=models.Q(voice="pupil"),
                name="a_pupil_is_asked_once_in_a_round",
            ),
            models.UniqueConstraint(fields=["round", "bond"], name="an_adult_is_asked_once_about_a_pupil"),
            models.UniqueConstraint(fields=["round", "staff"], name="staff_is_asked_once_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.voice} in {self.round_id}"


class CodeBatch(SchoolRow):
    """Codes for an anonymous round, sent by another organisation: how many, for which group, of how many people."""

    retention = "as the round"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="batches")
    voice = models.CharField(max_length=12, choices=Voice)
    stratum = models.CharField(max_length=80, blank=True)
    population = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    weight = models.FloatField(default=1.0)
    made_on = models.DateField()

    class Meta:
        ordering = ["voice", "stratum"]
        constraints = [
            models.UniqueConstraint(fields=["round", "voice", "stratum"], name="one_batch_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.count} codes {self.stratum}"


class CodeSeat(SchoolRow):
    """That a code belongs to a batch. It has no moment, no number and nobody."""

    retention = "as the round"

    batch = models.ForeignKey(CodeBatch, on_delete=models.CASCADE, related_name="seats")
    door = models.OneToOneField("access.Door", on_delete=models.CASCADE, related_name="code_seat")

    def __str__(self) -> str:
        return str(self.id)


class Quota(SchoolRow):
    """How many are wanted at most of a voice in one group; who comes later is thanked and need not answer."""

    retention = "as the round"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="quotas")
    voice = models.CharField(max_length=12, choices=Voice)
    stratum = models.CharField(max_length=80, blank=True)
    wanted = models.PositiveIntegerField()

    class Meta:
        ordering = ["voice", "stratum"]
        constraints = [
            models.UniqueConstraint(fields=["round", "voice", "stratum"], name="one_quota_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.wanted} {self.voice} {self.stratum}"


class Reminder(SchoolRow):
    """A day on which who has not answered yet is reminded."""

    retention = "as the round"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminders")
    on = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["round", "on"], name="one_reminder_per_day")]

    def __str__(self) -> str:
        return f"reminder on {self.on}"


class Mailing(SchoolRow):
    """What went out, or waits to be sent, of a round by one channel; `invitations` are the ids of who it is for."""

    retention = "as the round"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="mailings")
    wave = models.PositiveSmallIntegerField(default=0)
    channel = models.CharField(max_length=12)
    invitations = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    sent_count = models.PositiveIntegerField(default=0)
    sent_by = models.ForeignKey("people.Staff", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "wave", "channel"], name="one_mailing_per_wave_and_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.wave}"


class Consent(SchoolRow):
    """A yes or a no for one purpose of a study, under the pseudonyms of whom it is about and of who gave it."""

    retention = "as the round, and 7 years"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    subject = models.CharField(max_length=64)
    giver = models.CharField(max_length=64)
    given = models.BooleanField()
    on = models.DateField()
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "purpose", "subject", "giver"], name="one_word_per_giver_and_purpose"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.given}"
