"""What a study compares, and what of its rounds left the school: so that the next release gives nothing away."""

from django.db import models
from django.utils import timezone

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
    ledger = models.TextField()
    """`evidence.disclosure.Ledger` of the counts, this release the last of it, as JSON."""
    sizes = models.JSONField(default=dict)
    """{statistic: of how many people it was}."""
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.voice} of {self.round_id}"
