"""The year line: activities, what the school delivered per class, what each pupil and adult did."""

from django.db import models
from django.utils import timezone

from driegesprek.web.line.enums import ActivityKind, DoneBy, Stage
from driegesprek.web.people.models import SchoolRow


class Choice(SchoolRow):
    """What the pupils of one year group choose this year: the front of the sheet."""

    retention = "as long as the school"

    year = models.ForeignKey("people.SchoolYear", on_delete=models.CASCADE, related_name="choices")
    location = models.ForeignKey("people.Location", on_delete=models.CASCADE, null=True, related_name="+")
    year_group = models.PositiveSmallIntegerField()
    choose_by = models.DateField()
    profiles = models.JSONField(default=list)
    absent_profiles = models.JSONField(default=list)
    contact_name = models.CharField(max_length=160, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["year_group"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "year_group", "location"], name="one_choice_per_location"
            ),
            models.UniqueConstraint(
                fields=["year", "year_group"],
                condition=models.Q(location=None),
                name="one_choice_without_location",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_group}: {self.choose_by}"


class Line(SchoolRow):
    """The package of activities for one year group in one school year."""

    retention = "as long as the school"

    year = models.ForeignKey("people.SchoolYear", on_delete=models.CASCADE, related_name="lines")
    year_group = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)

    class Meta:
        ordering = ["year_group"]
        constraints = [models.UniqueConstraint(fields=["year", "year_group"], name="one_line_per_year_group")]

    def __str__(self) -> str:
        return f"line of year group {self.year_group}"


class Activity(SchoolRow):
    """One step of the line, with the dates that were agreed for every class alike."""

    retention = "as long as the school"

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=20, choices=ActivityKind)
    title = models.JSONField(default=dict)
    announce_by = models.DateField(null=True)
    prepare_by = models.DateField(null=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    review_by = models.DateField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["opens_on", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="activity_closes_after_opening"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.opens_on}"


class ActivityClass(SchoolRow):
    """A class that takes part in an activity."""

    retention = "as long as the school"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="activity_classes")
    school_class = models.ForeignKey("people.SchoolClass", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "school_class"], name="a_class_takes_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.school_class_id} in {self.activity_id}"


class Delivery(SchoolRow):
    """What the school delivered of an activity to a class, on which day, told by whom."""

    retention = "as long as the school"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="deliveries")
    school_class = models.ForeignKey("people.SchoolClass", on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage)
    on = models.DateField()
    told_by = models.ForeignKey("people.Staff", on_delete=models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "school_class", "stage"], name="a_stage_is_delivered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.on}"


class Step(SchoolRow):
    """One activity for one pupil (bond empty) or for one adult of that pupil: to do, sent, done, talked about."""

    retention = "as the pupil"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="steps")
    pupil = models.ForeignKey("people.Pupil", on_delete=models.CASCADE, related_name="steps")
    bond = models.ForeignKey("people.Bond", on_delete=models.CASCADE, null=True, related_name="steps")
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=8, choices=DoneBy, blank=True)
    talked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "pupil", "bond"], name="one_step_per_adult"),
            models.UniqueConstraint(
                fields=["activity", "pupil"], condition=models.Q(bond=None), name="one_step_of_the_pupil"
            ),
        ]
        indexes = [models.Index(fields=["activity", "done_at"])]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.pupil_id}"
