"""A draw among who answered; an address of it has no key, moment or order in common with answers."""

from django.db import models
from django.utils import timezone

from driegesprek.web.common.fields import TimelessField
from driegesprek.web.people.models import SchoolRow
from driegesprek.web.surveys.models.asking import Round


class Draw(SchoolRow):
    """A draw of prizes among who answered: the hash of its seed is published beforehand, the seed afterwards."""

    retention = "as the round, without addresses"

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="draw")
    prize = models.JSONField(default=dict)
    prizes = models.PositiveSmallIntegerField()
    commitment = models.CharField(max_length=64)
    seed = TimelessField()
    committed_at = models.DateTimeField(default=timezone.now)
    lots = models.JSONField(default=list)
    witness = models.CharField(max_length=200, blank=True)
    winners = models.JSONField(default=list)
    drawn_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    destroyed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.commitment[:12]


class DrawTurn(SchoolRow):
    """That a respondent took part in the draw: a keyed mark that only the key file could explain."""

    retention = "until the addresses are destroyed"

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="turns")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "mark"], name="one_turn_per_respondent")]

    def __str__(self) -> str:
        return self.mark[:8]


class DrawAddress(SchoolRow):
    """An address for a prize. It has a lot number and no key, moment or order in common with answers."""

    retention = "until the prizes are given, or 8 weeks after the draw"

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="addresses")
    lot = models.CharField(max_length=12)
    address = TimelessField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "lot"], name="a_lot_number_is_given_once")]

    def __str__(self) -> str:
        return self.lot
