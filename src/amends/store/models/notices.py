"""What is told to the staff, and who stands in for whom."""

from typing import ClassVar

from django.db import models

from amends.store.models.cases import Case
from amends.store.models.people import User


class Notice(models.Model):
    """Something that one of the staff should know. `kind` names it, `subject` is a promise or the like.

    `key` is unique: what is noticed twice is told once.
    """

    key = models.CharField(max_length=160, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=80, blank=True, default="")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-at"], name="notices_of_a_person"),
            models.Index(fields=["user"], name="notices_unread", condition=models.Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.key


class Absence(models.Model):
    """From `starts` to `ends` (both included) somebody is away, and `cover` sees to what is due for them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    cover = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ends"], name="absences_by_end")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.starts} to {self.ends}"
