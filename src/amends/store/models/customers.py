"""Customers, how to reach them, and what they bought."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models

_DAYS_A_YEAR = 365.25


class Customer(models.Model):
    """Somebody who bought something, or complained. `spent` and `orders` are sums over their orders in `currency`.

    `worth` is what their custom is expected to bring from `worth_on` on, in the house's currency; `alive` how likely
    it is that they are still a customer. Both are None until they were reckoned.
    """

    external_id = models.CharField(max_length=120, unique=True, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=12, blank=True, default="")
    currency = models.CharField(max_length=3, blank=True, default="")
    spent = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    orders_count = models.PositiveIntegerField(default=0)
    first_order_at = models.DateTimeField(null=True, blank=True)
    last_order_at = models.DateTimeField(null=True, blank=True)
    no_surveys = models.BooleanField(default=False)
    worth = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    alive = models.FloatField(null=True, blank=True)
    worth_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name or "Somebody"

    @property
    def customer_since(self) -> date | None:
        """The day from which they count as a customer: as imported, or of the first order."""
        return self.since or (self.first_order_at.date() if self.first_order_at else None)

    def tenure_years(self, now: datetime) -> float | None:
        """Return for how many years they have been a customer; None where nothing says so."""
        since = self.customer_since
        return None if since is None else max(0.0, (now.date() - since).days / _DAYS_A_YEAR)


class CustomerAddress(models.Model):
    """Where a customer can be reached, and recognised by: an e-mail address or a telephone number, normalised."""

    EMAIL, PHONE = "email", "phone"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=254)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "value"], name="one_customer_an_address")]

    def __str__(self) -> str:
        return self.value


class Order(models.Model):
    """Something that a customer bought."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")
    external_id = models.CharField(max_length=120, unique=True)
    placed_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    what = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["customer", "-placed_at"], name="orders_of_a_customer"),
            models.Index(fields=["placed_at", "customer", "what"], name="orders_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.external_id}: {self.what}"


class Subscription(models.Model):
    """Something that a customer pays for again and again: `amount` for each `months` months, until `ended_on`."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="subscriptions")
    external_id = models.CharField(max_length=120, unique=True)
    plan = models.CharField(max_length=120, blank=True, default="")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    months = models.PositiveSmallIntegerField(default=1)
    started_on = models.DateField()
    renews_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["customer", "-started_on"], name="contracts_of_a_customer")]

    def __str__(self) -> str:
        return f"{self.external_id}: {self.plan}"


class WorthFit(models.Model):
    """What was learned from all purchases on `at`: what the figures rest on, in words and in parameters."""

    at = models.DateTimeField()
    customers = models.PositiveIntegerField()
    rests_on = models.TextField()
    parameters = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.customers}"
