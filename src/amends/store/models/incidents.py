"""Incidents: one cause, many cases; and what is written to all of them at once."""

from typing import ClassVar

from django.db import models

from amends.store.models.customers import Customer
from amends.store.models.people import Team, User


class Incident(models.Model):
    """Something that went wrong for many at once. `what` is said to customers; `product` and the period find others.

    Which cases belong to it stands in their journals (`Case.incident` is the projection of that).
    """

    id = models.CharField(max_length=40, primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="incidents")
    title = models.CharField(max_length=120)
    what = models.TextField(blank=True, default="")
    product = models.CharField(max_length=120, blank=True, default="")
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["team", "-opened_at"], name="incidents_of_a_team")]

    def __str__(self) -> str:
        return self.title


class Broadcast(models.Model):
    """Something written once for everybody whom an incident met. `kind` is word, fixed or outreach."""

    id = models.CharField(max_length=40, primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="broadcasts")
    kind = models.CharField(max_length=10)
    text = models.TextField()
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class BroadcastCopy(models.Model):
    """What became of it for one customer: waiting, sent, refused (`why` says what a person has to do) or skipped."""

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="copies")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("store.Case", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, default="waiting")
    why = models.CharField(max_length=500, blank=True, default="")
    message = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["broadcast", "case"], name="one_copy_a_case", condition=models.Q(case__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["broadcast", "customer"],
                name="one_first_word_a_customer",
                condition=models.Q(case__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.broadcast_id}: {self.status}"
