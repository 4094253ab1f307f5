"""Customers, how to reach them, and what they bought."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models

_DAYS_A_YEAR = 365.25


class Customer(models.Model):
    """Somebody who bought something, or complained. `spent` and `orders` are sums over their orders in `currency`."""

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
