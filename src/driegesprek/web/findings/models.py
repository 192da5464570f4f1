"""What a study compares, and what of its rounds left the school: so that the next release gives nothing away."""

from django.db import models
from django.utils import timezone

from driegesprek.web.findings.enums import Left
from driegesprek.web.people.models import SchoolRow


class Comparison(SchoolRow):
    """Classes that on purpose did nothing of what a study is about, to compare with."""

    retention = "as the study"

    study = models.OneToOneField("surveys.Study", on_delete=models.CASCADE, related_name="comparison")
    classes = models.JSONField(default=list)
    """Ids of classes."""
    by_lot = models.BooleanField(default=False)
    """Whether chance decided which classes: then groups differ by chance only."""
    named_on = models.DateField()

    def __str__(self) -> str:
        return f"{len(self.classes)} classes"


class Release(SchoolRow):
    """Tables of one voice that left the school. It holds sums, which are personal data: it stays here."""

    retention = "as the round"

    round = models.ForeignKey("surveys.Round", on_delete=models.CASCADE, related_name="releases")
    voice = models.CharField(max_length=12)
    left = models.CharField(max_length=8, choices=Left, default=Left.REPORT)
    """In which kind of file: the two never hold the same question, so that each has a ledger of its own."""
    ledger = models.TextField()
    """`evidence.disclosure.Ledger` of the counts, this release the last of it, as JSON."""
    sizes = models.JSONField(default=dict)
    """{statistic: of how many people it was}."""
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.voice} of {self.round_id}"


class GivenSums(SchoolRow):
    """Sums of a plan that left the school, to be evaluated together with other schools: the same plan, the same file."""

    retention = "as the round"

    round = models.ForeignKey("surveys.Round", on_delete=models.CASCADE, related_name="given_sums")
    voice = models.CharField(max_length=12)
    plan = models.CharField(max_length=64)
    """SHA-256 of the plan."""
    title = models.CharField(max_length=200, blank=True)
    """Of the plan."""
    document = models.TextField()
    """The file as it was given out."""
    sizes = models.JSONField(default=dict)
    """{statistic: of how many people each of its sums is}."""
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "voice", "plan"], name="one_file_of_a_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.voice} of {self.round_id}"
