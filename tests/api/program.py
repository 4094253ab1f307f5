"""A program that calls the API, as somebody of the staff."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from amends.actions import clock
from amends.actions.actors import Staff
from amends.actions.tokens import do_make_token
from amends.store.models import User

V1 = "/api/v1"


@dataclass(frozen=True)
class Program:
    """Holds a key."""

    key: str

    @classmethod
    def of(cls, who: Staff) -> "Program":
        """Return a program with a new key of this person."""
        return cls(do_make_token(User.objects.get(pk=who.id), "A program", at=clock.now()))

    def get(self, path: str, **asked: Any) -> Any:
        """Ask for something."""
        return Client().get(V1 + path, asked, headers=self._headers)

    def post(self, path: str, **given: Any) -> Any:
        """Send something."""
        there = Client(enforce_csrf_checks=True)
        return there.post(V1 + path, json.dumps(given), content_type="application/json", headers=self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def said(answer: Any) -> Any:
    """Return the JSON of an answer."""
    return json.loads(answer.content)
