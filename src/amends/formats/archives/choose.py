"""Which codec reads a file: told by the ending of its name, and by what stands at its beginning."""

import re
from collections.abc import Collection
from functools import partial
from pathlib import PurePath

from amends.formats.archives.chatwoot import chatwoot
from amends.formats.archives.freshdesk import freshdesk
from amends.formats.archives.helpscout import helpscout
from amends.formats.archives.intercom import intercom
from amends.formats.archives.mails import eml, mbox
from amends.formats.archives.model import Codec
from amends.formats.archives.native import array, jsonl
from amends.formats.archives.parquet import MAGIC, parquet
from amends.formats.archives.tables import table
from amends.formats.archives.zammad import zammad
from amends.formats.archives.zendesk import zendesk

HEAD = 65_536  # bytes that tell the systems apart in practice; fewer do where the first record is short

_NATIVE = frozenset("messages turn role text automatic".split())
# The keys of each system's records. Keys that several of them use count for each; the most keys win.
_SYSTEMS: tuple[tuple[Codec, frozenset[str]], ...] = (
    (
        zendesk,
        frozenset(
            "external_id via generated_timestamp raw_subject comments requester_id submitter_id"
            " allow_channelback allow_attachments brand_id is_public"
            " metric_set plain_body html_body author_id audit_id collaborator_ids follower_ids has_incidents".split()
        ),
    ),
    (
        intercom,
        frozenset(
            "conversation_parts part_type delivered_as conversation_message waiting_since snoozed_until source"
            " admin_assignee_id team_assignee_id first_contact_reply notified_at statistics".split()
        ),
    ),
    (
        chatwoot,
        frozenset(
            "messages message_type inbox_id account_id content_attributes hmac_verified agent_last_seen_at can_reply"
            " availability_status thumbnail"
            " contact_last_seen_at contact_inbox last_non_activity_message payload private conversation_id".split()
        ),
    ),
    (
        zammad,
        frozenset(
            "articles customer_id owner_id article_count create_article_type_id create_article_sender_id state_id"
            " priority_id last_contact_at close_at TicketArticle ticket_article_ids ticket_id internal sender sender_id"
            " content_type".split()
        ),
    ),
    (
        freshdesk,
        frozenset(
            "conversations description_text body_text requester_id responder_id fr_escalated is_escalated fr_due_by"
            " cc_emails fwd_emails reply_cc_emails to_emails email_config_id helpdesk_ticket incoming private".split()
        ),
    ),
    (
        helpscout,
        frozenset(
            "_embedded threads createdAt createdBy closedAt primaryCustomer mailboxId folderId threadCount"
            " closedByUser customerWaitingSince userUpdatedAt firstName".split()
        ),
    ),
)
_LEAST = 2  # keys by which a system is known
_LINES = frozenset({".jsonl", ".ndjson"})
_TABLES = frozenset({".csv", ".tsv"})
_MAILBOXES = frozenset({".mbox", ".mbx"})
# A string of JSON as a whole, so that words that people wrote are never taken for keys; then whether it is one.
_STRING = re.compile(rb'"((?:[^"\\]|\\.)*+)(?:"[ \t\r\n]*(:)?|\\?\Z)', re.DOTALL)
_LONGEST_KEY = 40


def codec(name: str, head: bytes, *, own: Collection[str] = ()) -> Codec | None:
    """Return what reads the file `name` that begins with `head` (`HEAD` bytes of it), or None where nothing does.

    `own` are the company's addresses and domains, by which mails tell who is the customer.
    """
    ending = PurePath(name).suffix.lower()
    head = head[:HEAD].removeprefix(b"\xef\xbb\xbf")
    start = head.lstrip()[:1]
    if ending == ".eml":
        return partial(eml, own=own)
    if ending in _MAILBOXES or head.startswith(b"From "):
        return partial(mbox, own=own)
    if ending == ".parquet" or head.startswith(MAGIC):
        return parquet
    if ending in _TABLES:
        return table
    if start in {b"{", b"["}:
        return _of_json(head, in_lines=ending in _LINES)
    return None


def _of_json(head: bytes, *, in_lines: bool) -> Codec | None:
    """Return what reads JSON that begins so; JSON lines that no system writes are taken for Amends' own."""
    keys = {
        match[1].decode("ascii", "replace")
        for match in _STRING.finditer(head)
        if match[2] and len(match[1]) <= _LONGEST_KEY
    }
    first = head.lstrip().partition(b"\n")[0].strip()
    native: Codec = array if first.startswith(b"[") or first == b"{" else jsonl
    ranked = [(len(keys & _NATIVE), native), *((len(keys & known), one) for one, known in _SYSTEMS)]
    count, best = max(ranked, key=lambda pair: pair[0])
    if count >= _LEAST:
        return best
    return native if in_lines else None
