"""All tables. The journal is the truth; `Case`, `Promise`, `Approval` and `Tally` are projections of it."""

from amends.store.models.cases import Approval, Case, Offer, Promise, Tally
from amends.store.models.customers import Customer, CustomerAddress, Order, Subscription, WorthFit
from amends.store.models.effects import Blob, Effect, RawMail
from amends.store.models.incidents import Broadcast, BroadcastCopy, Incident
from amends.store.models.journal import JournalEntry
from amends.store.models.messages import Attachment, Message, Note
from amends.store.models.notices import Absence, Notice
from amends.store.models.people import Team, User
from amends.store.models.remedies import RemedyItem
from amends.store.models.rules import RuleSwitch
from amends.store.models.tokens import ApiToken

__all__ = [
    "Absence",
    "ApiToken",
    "Approval",
    "Attachment",
    "Blob",
    "Broadcast",
    "BroadcastCopy",
    "Case",
    "Customer",
    "CustomerAddress",
    "Effect",
    "Incident",
    "JournalEntry",
    "Message",
    "Note",
    "Notice",
    "Offer",
    "Order",
    "Promise",
    "RawMail",
    "RemedyItem",
    "RuleSwitch",
    "Subscription",
    "Tally",
    "Team",
    "User",
    "WorthFit",
]
