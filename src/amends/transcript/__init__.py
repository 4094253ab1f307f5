"""The words that all rooms share: messages, turns, spans of text and money. Standard library and ISO 4217 only."""

from amends.transcript.conversations import Conversation
from amends.transcript.messages import Message, Role
from amends.transcript.money import CURRENCIES, BadMoney, Money, currency_of, places_of
from amends.transcript.spans import Span

__all__ = ["CURRENCIES", "BadMoney", "Conversation", "Message", "Money", "Role", "Span", "currency_of", "places_of"]
