"""The projections that lists and searches use. All of them can be thrown away and rebuilt from the journal."""

from typing import ClassVar

from django.db import models

from amends.store.models.customers import Customer
from amends.store.models.incidents import Incident
from amends.store.models.people import Team, User


class Case(models.Model):
    """A complaint on its path. `state` is the folded state as JSON, `seq` the length of its journal.

    `heat` orders the inbox: see `amends.store.heat`. `status` is open, resolved, closed, or quiet (we wrote first, and
    they have not answered). `next_due_at` is when the worker has to look again. `token` finds the case again from a
    reply's address; `link_version` is raised to revoke the customer's link. `subject` and `preview` are the customer's
    words, so they are erased with them.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    token = models.CharField(max_length=32, unique=True)
    link_version = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=20)
    subject = models.CharField(max_length=300, blank=True, default="")
    preview = models.CharField(max_length=200, blank=True, default="")

    seq = models.PositiveIntegerField(default=0)
    state = models.BinaryField(default=b"")
    status = models.CharField(max_length=10, default="open")
    station = models.CharField(max_length=12, default="hear")
    upset = models.PositiveSmallIntegerField(null=True, blank=True)
    peak = models.PositiveSmallIntegerField(default=0)
    heat = models.FloatField(default=0)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    next_due_kind = models.CharField(max_length=16, blank=True, default="")
    calls = models.CharField(max_length=200, blank=True, default="")
    call_at = models.DateTimeField(null=True, blank=True)
    incident = models.ForeignKey(Incident, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "status", "-heat", "-id"], name="inbox_by_heat"),
            models.Index(fields=["status", "-heat", "-id"], name="all_inboxes_by_heat"),
            models.Index(fields=["next_due_at"], name="cases_due", condition=models.Q(next_due_at__isnull=False)),
            models.Index(fields=["customer", "-opened_at"], name="cases_of_a_customer"),
            models.Index(fields=["team", "-heat", "-id"], name="cases_that_call", condition=~models.Q(calls="")),
            models.Index(
                fields=["owner", "status", "-heat", "-id"],
                name="inbox_of_a_person",
                condition=models.Q(owner__isnull=False),
            ),
            models.Index(fields=["-closed_at"], name="cases_by_end", condition=models.Q(closed_at__isnull=False)),
            models.Index(fields=["owner", "call_at"], name="booked_calls", condition=models.Q(call_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"


class Promise(models.Model):
    """A promise as lists need it; what was promised stands in the words that `source`, `start` and `end` point at.

    `moved` is how often the customer was told of another time before it was due; `team` is that of the case, so that
    the ledger need not look at cases.
    """

    id = models.CharField(max_length=80, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="promises")
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="promises")
    status = models.CharField(max_length=10)
    source = models.CharField(max_length=40)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    warned = models.BooleanField(default=False)
    moved = models.PositiveSmallIntegerField(default=0)
    escalated = models.BooleanField(default=False)
    asked = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="asked_to_keep")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "status", "due"], name="promises_of_a_person"),
            models.Index(fields=["-due"], name="promises_by_due", condition=models.Q(due__isnull=False)),
            models.Index(fields=["status", "due", "id"], name="promises_in_a_state"),
            models.Index(fields=["due", "status", "moved", "team", "owner", "asked"], name="promises_by_fate"),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"


class Approval(models.Model):
    """A wish to give more than one's own limit, as the lead's Today needs it."""

    id = models.CharField(max_length=80, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="approvals")
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    granted = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Offer(models.Model):
    """An offer as lists and sums need it. `cost` is in the house's currency on the day of the offer (None: no rate)."""

    id = models.CharField(max_length=80, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    giver = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="offers")
    remedy = models.CharField(max_length=16)
    item = models.CharField(max_length=40, blank=True, default="")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    status = models.CharField(max_length=10)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["giver", "-at"], name="offers_of_a_person")]

    def __str__(self) -> str:
        return f"{self.remedy} ({self.status})"


class Tally(models.Model):
    """How many cases of a team are in a heap (`open`, `upset`, `station:ask` …), counted as they move."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="tallies")
    heap = models.CharField(max_length=40)
    count = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "heap"], name="one_tally_a_heap")]

    def __str__(self) -> str:
        return f"{self.heap}: {self.count}"
