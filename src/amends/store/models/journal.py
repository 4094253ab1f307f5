"""The journal's table: append-only, one row a fact."""

from typing import ClassVar

from django.db import models

from amends.store.models.cases import Case


class JournalEntry(models.Model):
    """The fact at place `seq` of a case: who, when, what. `version` is the shape's; see `amends.method.facts`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="journal")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    side = models.CharField(max_length=8)
    actor = models.CharField(max_length=40, blank=True, default="")
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    fact = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="advice_overridden", condition=models.Q(kind="AdviceOverridden"))
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="one_fact_a_place")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.kind}"
