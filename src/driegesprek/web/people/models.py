"""School, year, class, pupil, adult, bond and staff. Contact data never leave this room."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from driegesprek.web.common.fields import EncryptedField, blind_index
from driegesprek.web.common.models import Row
from driegesprek.web.people.enums import Relation, StaffRole


class School(Row):
    """A school; every other row belongs to one."""

    retention = "until the school leaves"

    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    brin = models.CharField(max_length=6, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SchoolRow(Row):
    """A row of one school."""

    school = models.ForeignKey("people.School", on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Location(SchoolRow):
    """Vestiging."""

    retention = "as long as the school"

    name = models.CharField(max_length=200)
    city = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_location_per_name")]

    def __str__(self) -> str:
        return self.name


class SchoolYear(SchoolRow):
    """A school year, 1 August to 31 July unless the school says otherwise."""

    retention = "as long as the school"

    name = models.CharField(max_length=9)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="one_year_per_name"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="year_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonName(models.Model):
    """Given name, prefix (tussenvoegsel) and family name, as Dutch administrations keep them."""

    given_name = models.CharField(max_length=200, blank=True)
    prefix = models.CharField(max_length=40, blank=True)
    family_name = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        """Samira el Amrani."""
        return " ".join(part for part in (self.given_name, self.prefix, self.family_name) if part)

    @property
    def sorted_name(self) -> str:
        """Amrani, Samira el."""
        first = " ".join(part for part in (self.given_name, self.prefix) if part)
        return ", ".join(part for part in (self.family_name, first) if part)


class Staff(PersonName, SchoolRow):
    """A member of staff of one school."""

    retention = "2 years after leaving"

    email = EncryptedField(blank=True)
    email_index = models.CharField(max_length=32, blank=True, db_index=True)
    phone = EncryptedField(blank=True)
    roles = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["family_name", "given_name"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the blind index with the address."""
        self.set_indexes()
        super().save(*args, **kwargs)

    def set_indexes(self) -> None:
        """To be called before bulk_create and bulk_update, which do not call save()."""
        self.email_index = blind_index(self.email)

    @property
    def sees_all(self) -> bool:
        """Counsellors and school leaders see the whole school."""
        return bool({StaffRole.COUNSELLOR, StaffRole.LEADER} & set(self.roles))


class SchoolClass(SchoolRow):
    """A class in one school year."""

    retention = "as long as the school"

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="classes")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="classes", null=True)
    name = models.CharField(max_length=100)
    year_group = models.PositiveSmallIntegerField(null=True)
    track = models.CharField(max_length=40, blank=True)
    mentor = models.ForeignKey(Staff, on_delete=models.SET_NULL, related_name="classes", null=True)

    class Meta:
        ordering = ["year_group", "name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "name"], name="one_class_per_name_and_year")
        ]

    def __str__(self) -> str:
        return self.name


class Pupil(PersonName, SchoolRow):
    """A pupil."""

    retention = "2 years after leaving"

    birth_date = models.DateField(null=True)
    left_on = models.DateField(null=True)

    class Meta:
        ordering = ["family_name", "given_name"]
        indexes = [models.Index(fields=["school", "family_name", "given_name"])]

    def __str__(self) -> str:
        return self.full_name


class Enrolment(SchoolRow):
    """A pupil in a class, from a day until (not including) another; open while `until` is empty."""

    retention = "as the pupil"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="enrolments")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["pupil"], condition=Q(until=None), name="one_open_enrolment"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="enrolment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.school_class_id}"


class Adult(PersonName, SchoolRow):
    """An adult around pupils of one school; an adult at two schools is two records."""

    retention = "as the last pupil bound to"

    language = models.CharField(max_length=8, default="nl")
    phone = EncryptedField(blank=True)
    phone_index = models.CharField(max_length=32, blank=True, db_index=True)
    other_phone = EncryptedField(blank=True)
    email = EncryptedField(blank=True)
    email_index = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        ordering = ["family_name", "given_name"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the blind indexes with the contact data."""
        self.set_indexes()
        super().save(*args, **kwargs)

    def set_indexes(self) -> None:
        """To be called before bulk_create and bulk_update, which do not call save()."""
        self.phone_index, self.email_index = blind_index(self.phone), blind_index(self.email)


class Bond(SchoolRow):
    """What an adult is to a pupil, in which household, and how that adult may be reached about this pupil."""

    retention = "as the pupil"

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="bonds")
    adult = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="bonds")
    relation = models.CharField(max_length=16, choices=Relation, default=Relation.PARENT)
    household = models.CharField(max_length=20, default="1")
    authority = models.BooleanField(default=True)
    contact_allowed = models.BooleanField(default=True)
    language = models.CharField(max_length=8, blank=True)
    channels = models.JSONField(default=list)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["household", "relation"]
        constraints = [models.UniqueConstraint(fields=["pupil", "adult"], name="one_bond_per_pair")]

    def __str__(self) -> str:
        return f"{self.adult_id} – {self.pupil_id}"

    @property
    def spoken_language(self) -> str:
        """The language to write in: the bond's own, else the adult's."""
        return self.language or self.adult.language or "nl"


class ExternalId(SchoolRow):
    """How another system calls one of our rows; unique per source and school."""

    retention = "as the row it names"

    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=255)
    object_id = models.UUIDField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "source", "kind", "value"], name="external_id_unique_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.kind}:{self.value}"


class HeadingMapping(SchoolRow):
    """How a school's own list is read: mapped once, remembered by its headings."""

    retention = "as long as the school"

    headings_hash = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "headings_hash"], name="one_mapping_per_headings")
        ]

    def __str__(self) -> str:
        return self.headings_hash[:12]


class RosterUpload(SchoolRow):
    """A list that was brought in and waits for a person to look at what it would change."""

    retention = "7 days, or until it is applied"

    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(Staff, on_delete=models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    content = EncryptedField()
    mapping = models.JSONField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name


class LikelyDouble(SchoolRow):
    """Two adults who may be one; a person decides, nothing is merged by itself."""

    retention = "as the adults"

    first = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Adult, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=60)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Staff, on_delete=models.SET_NULL, null=True, related_name="+")
    same = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_question_per_pair")]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"
