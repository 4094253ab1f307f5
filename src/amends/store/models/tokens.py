"""Tokens by which programs come in."""

from typing import ClassVar

from django.db import models

from amends.store.models.people import User


class ApiToken(models.Model):
    """A program's key to the API. It may do what its user may, and sees what they see.

    The key itself is shown once and never kept: `digest` is its SHA-256 in hex.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "name"], name="one_live_token_a_name", condition=models.Q(revoked_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name
