"""Which of the coach's rules speak in this house."""

from django.db import models

from amends.store.models.people import User


class RuleSwitch(models.Model):
    """A rule that a lead has switched `off`, or on again. A rule without a row speaks if it is stable."""

    code = models.CharField(max_length=8, primary_key=True)
    off = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} {'off' if self.off else 'on'}"
