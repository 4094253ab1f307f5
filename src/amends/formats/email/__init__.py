r"""E-mail in both directions: `parse` reads any bytes and never raises, `compose` writes what others can read.

>>> mail = parse(b"From: Jo <jo@shop.example>\nSubject: Late\n\nWhere is my parcel?")
>>> mail.sender.email, mail.subject, mail.own_text
('jo@shop.example', 'Late', 'Where is my parcel?')
"""

from amends.formats.email.addresses import normalise_address, parse_addresses
from amends.formats.email.charsets import one_line
from amends.formats.email.composing import Unsendable, compose
from amends.formats.email.ids import message_id, normalise_message_id, read_message_id, reply_subject, split_message_ids
from amends.formats.email.markup import clean_html, html_to_text, text_to_html
from amends.formats.email.model import (
    Address,
    Attachment,
    Automatic,
    Bounce,
    IncomingEmail,
    OutgoingEmail,
    SentBy,
)
from amends.formats.email.parsing import MAX_ATTACHMENT, parse
from amends.formats.email.quoting import own_words
from amends.formats.email.tokens import find_tokens

__all__ = [
    "MAX_ATTACHMENT",
    "Address",
    "Attachment",
    "Automatic",
    "Bounce",
    "IncomingEmail",
    "OutgoingEmail",
    "SentBy",
    "Unsendable",
    "clean_html",
    "compose",
    "find_tokens",
    "html_to_text",
    "message_id",
    "normalise_address",
    "normalise_message_id",
    "one_line",
    "own_words",
    "parse",
    "parse_addresses",
    "read_message_id",
    "reply_subject",
    "split_message_ids",
    "text_to_html",
]
