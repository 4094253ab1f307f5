"""The words that all rooms share: messages, turns, spans of text and money. Standard library only."""

from amends.transcript.conversations import Conversation
from amends.transcript.messages import Message, Role
from amends.transcript.money import BadMoney, Money
from amends.transcript.spans import Span

__all__ = ["BadMoney", "Conversation", "Message", "Money", "Role", "Span"]
