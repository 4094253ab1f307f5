"""Words: messages, notes and attachments. The journal points here; here is what is erased with a person."""

from typing import ClassVar

from django.db import models

from amends.store.models.cases import Case
from amends.store.models.effects import RawMail
from amends.store.models.people import User


class Message(models.Model):
    """What was said to or by a customer. `text` is the writer's own words, and what spans point into.

    `direction` is `in` or `out`; `status` is received, held, queued, sent, failed or taken_back; `purpose` tells a
    reply from a thank-you, a survey and the like. `reading` is what the reader saw in `text`, as JSON.
    """

    IN, OUT = "in", "out"

    id = models.CharField(max_length=40, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3)
    channel = models.CharField(max_length=20)
    status = models.CharField(max_length=12)
    purpose = models.CharField(max_length=16, default="reply")
    automatic = models.BooleanField(default=False)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sender = models.CharField(max_length=320, blank=True, default="")
    recipient = models.CharField(max_length=320, blank=True, default="")
    subject = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField(blank=True, default="")
    full_text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    external_id = models.CharField(max_length=250, blank=True, default="")
    in_reply_to = models.CharField(max_length=250, blank=True, default="")
    references = models.TextField(blank=True, default="")
    reading = models.BinaryField(default=b"")
    problems = models.JSONField(default=list, blank=True)
    raw = models.ForeignKey(RawMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["external_id"], name="one_message_an_external_id", condition=~models.Q(external_id="")
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "at", "id"], name="messages_of_a_case"),
            models.Index(fields=["author", "-at"], name="replies_of_a_person", condition=models.Q(direction="out")),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.id}"


class Note(models.Model):
    """Any text that a person typed beside a message: a reason, a call's note, a remark for the others.

    `internal` notes stand in the conversation for the staff; no note is ever shown to a customer.
    """

    id = models.CharField(max_length=40, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=20)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Attachment(models.Model):
    """A file that came with a message; its bytes lie in the blob store under their hash."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=250, blank=True, default="")
    dropped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.filename
