"""Who comes in: users with their staff record, doors of families, tries that failed."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from driegesprek.web.access.enums import DoorKind
from driegesprek.web.common.fields import EncryptedField, blind_index
from driegesprek.web.common.models import Row
from driegesprek.web.people.models import Pupil, SchoolRow


class UserManager(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who logs in with this address; no password makes one that cannot log in yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Addresses do not differ by case."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser, Row):
    """Someone who logs in: staff, and analysts of a municipality. Families come in by their door."""

    retention = "as the staff record or the analyst"

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    is_staff = False
    is_superuser = False

    objects = UserManager()

    def __str__(self) -> str:
        return self.email

    def has_perm(self, _perm: str, _obj: object = None) -> bool:
        """Rights come from the staff record, never from Django's permissions."""
        return False


class Membership(SchoolRow):
    """A user's staff record; someone who works at two schools has two."""

    retention = "as the staff record"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    staff = models.OneToOneField("people.Staff", on_delete=models.CASCADE, related_name="membership")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "school"], name="one_membership_per_school")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.school_id}"


class StaffInvitation(SchoolRow):
    """A member of staff sets the own password by this; its secret derives from its id and generation, as a door's."""

    retention = "30 days"

    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="invitations")
    generation = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Office(Row):
    """A municipality or region that has accounts here: it owns scenarios and targets, and sees no people of any school."""

    retention = "until whoever runs the installation deletes it"
    AREA_LENGTH = 80

    name = models.CharField(max_length=120)
    area = models.CharField(max_length=AREA_LENGTH)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="one_office_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Analyst(Row):
    """Somebody of an office. An open invitation is a generation and a last day; nothing secret is stored."""

    retention = "2 years after leaving"

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="analysts")
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="analyst", null=True)
    name = models.CharField(max_length=120)
    email = EncryptedField()
    email_index = models.CharField(max_length=32, unique=True)
    active = models.BooleanField(default=True)
    generation = models.PositiveIntegerField(default=0)
    invited_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the blind index with the address."""
        self.email_index = blind_index(self.email)
        super().save(*args, **kwargs)


class Door(SchoolRow):
    """The way in of one adult for one pupil, of one pupil, of one member of staff, or of nobody we know.

    Nothing secret is stored.

    The link's secret and the typed code derive by HMAC from id, generation and a key outside the database, so the same
    letter can be printed again; the indexes are keyed hashes of them. A new generation shuts the old ones.
    """

    retention = "end of the school year after next"

    kind = models.CharField(max_length=12, choices=DoorKind)
    bond = models.OneToOneField("people.Bond", on_delete=models.CASCADE, related_name="door", null=True)
    pupil = models.OneToOneField("people.Pupil", on_delete=models.CASCADE, related_name="door", null=True)
    staff = models.OneToOneField("people.Staff", on_delete=models.CASCADE, related_name="door", null=True)
    generation = models.PositiveIntegerField(default=1)
    link_index = models.CharField(max_length=64, unique=True)
    code_index = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    code_expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="adult", bond__isnull=False, pupil=None, staff=None)
                | models.Q(kind="pupil", bond=None, pupil__isnull=False, staff=None)
                | models.Q(kind="staff", bond=None, pupil=None, staff__isnull=False)
                | models.Q(kind="anonymous", bond=None, pupil=None, staff=None),
                name="a_door_is_of_one_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    def know_school_of(self, pupil: Pupil) -> None:
        """The pupil behind this door is at the school of the door: not to be read again where it was read already."""
        if Door.school.is_cached(self):
            pupil.school = self.school


class FailedTries(Row):
    """How many wrong codes came from one place in one window; places are keyed hashes, never addresses."""

    retention = "1 day"

    place = models.CharField(max_length=64)
    window = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "window"], name="one_count_per_place_and_window")
        ]

    def __str__(self) -> str:
        return f"{self.count}"
