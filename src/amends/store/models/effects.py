"""What waits to be done in the world, and what came in from it."""

from typing import ClassVar

from django.db import models


class Effect(models.Model):
    """Something to do outside, written in the same transaction as the facts that ask for it.

    Claimed by one statement, leased, tried again with growing pauses. `key` is unique: asking twice does it once.
    `fence` counts claims, so that a worker whose lease ran out cannot report for another. An `error` that begins with
    `NOBODY_THERE` says that the other side, such as the mail server, is away: then all of a kind wait together.
    """

    MAIL = "mail"
    NOBODY_THERE = "Nobody answers: "

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    lane = models.CharField(max_length=80, blank=True, default="")
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["not_before", "id"],
                name="effects_waiting",
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.key


class RawMail(models.Model):
    """A mail as it came, byte for byte, under the hash of its bytes in the blob store. Kept whatever becomes of it."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    source = models.CharField(max_length=120)
    envelope_from = models.CharField(max_length=320, blank=True, default="")
    envelope_to = models.TextField(blank=True, default="")
    received_at = models.DateTimeField()
    status = models.CharField(max_length=12, default="accepted")
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "received_at"], name="mails_by_status")]

    def __str__(self) -> str:
        return self.sha256


class Blob(models.Model):
    """The bytes of a small file, under their hash; see `amends.store.blobs` for the large ones."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256
