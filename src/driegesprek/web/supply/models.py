"""Scenarios, target variables and what schools record. This room knows no people: a school is its key alone."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from driegesprek.web.common.models import Row
from driegesprek.web.supply.enums import NoteKind

if TYPE_CHECKING:
    from driegesprek.region import Scenario as RegionScenario


class Owned(Row):
    """A row of one school, and who made it."""

    school_id = models.UUIDField(db_index=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Scenario(Owned):
    """A what-if that was kept; `document` is the file that the command line reads."""

    retention = "until the school deletes it"

    name = models.CharField(max_length=120)
    document = models.TextField()
    shared_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "made_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def scenario(self) -> "RegionScenario":
        """What it changes, against which year."""
        from driegesprek.region import scenario_from_json  # noqa: PLC0415 - heavy, for who opens one

        return scenario_from_json(self.document)


class Target(Owned):
    """A target variable: a line of an indicator in an area that is to be at least (for distances: at most) so much."""

    retention = "until the school deletes it"

    indicator = models.CharField(max_length=40)
    row_key = models.CharField(max_length=80)
    area = models.CharField(max_length=80)
    wanted = models.FloatField()

    class Meta:
        ordering = ["area", "indicator", "row_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_id", "indicator", "row_key", "area"], name="one_target_per_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.row_key} {self.area}"


class RecordedNote(Owned):
    """What a school says of its own location, shown to everybody where a profile is absent."""

    retention = "until the school deletes it"

    location = models.CharField(max_length=8, db_index=True)
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    profile = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["location", "kind", "made_at"]

    def __str__(self) -> str:
        return f"{self.location} {self.kind}"
