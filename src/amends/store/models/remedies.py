"""What the house can do for somebody: the catalogue of remedies."""

from typing import ClassVar

from django.db import models

from amends.method.words import Rank


class RemedyItem(models.Model):
    """A remedy of the catalogue. `kind` is a `Remedy`; `cost` is to us, `worth` to them, both in `currency`.

    Where `share` is given, both are this share of the price instead (1 is all of it). `rank` may give it without
    asking, `condition` says when it fits, `stock` how many are left (None: as many as it takes).
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=500, blank=True, default="")
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    worth = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3)
    rank = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Rank], default=Rank.HANDLER.value)
    condition = models.CharField(max_length=300, blank=True, default="")
    stock = models.PositiveIntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["kind", "title"]

    def __str__(self) -> str:
        return self.title
