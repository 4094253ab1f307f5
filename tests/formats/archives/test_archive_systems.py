"""The exports of other help desks: who spoke, when, what was among colleagues, and when it was closed."""

import pytest

from amends.formats.archives.chatwoot import chatwoot
from amends.formats.archives.freshdesk import freshdesk
from amends.formats.archives.helpscout import helpscout
from amends.formats.archives.intercom import intercom
from amends.formats.archives.zammad import zammad
from amends.formats.archives.zendesk import zendesk
from tests.formats.archives.files import broken, conversations, found, only, read, said


def test_zendesk_export() -> None:
    results = read("zendesk.jsonl")
    [ticket] = conversations(results)
    assert said(ticket) == [
        ("10:00", "customer", "Where is it?"),
        ("10:01", "agent*", "We received your request."),
        ("10:30", "agent", "It is on its way."),
    ]
    assert (ticket.id, ticket.channel, str(ticket.closed_at)) == ("4711", "email", "2024-05-02 08:00:00+00:00")
    assert [(one.id, one.author) for one in ticket.messages] == [("1", "Jo Lee"), ("2", ""), ("4", "Kim Ray")]
    assert broken(results) == [
        ("line 2, ticket 4712", "It has no list of `comments`; export tickets together with their comments.")
    ]


def test_zendesk_answers_of_the_api_with_people_beside_the_tickets() -> None:
    ticket = only(read("zendesk_api.json"))
    assert [(one.role, one.author) for one in ticket.messages] == [
        ("customer", "Jo Lee"),
        ("customer", "Ann Lee"),
        ("agent", "Kim Ray"),
    ]
    assert str(ticket.closed_at) == "2024-05-02 08:00:00+00:00"


def test_zendesk_ticket_that_was_opened_again_is_not_closed() -> None:
    ticket = {
        "id": 1,
        "requester_id": 9,
        "status": "open",
        "comments": [{"author_id": 9, "body": "No."}],
        "metric_set": {"solved_at": "2024-05-02T08:00:00Z"},
    }
    assert conversations(found(zendesk, {"ticket": ticket}))[0].closed_at is None
    [solved] = conversations(found(zendesk, ({**ticket, "status": "solved"},)))
    assert solved.closed_at


def test_zendesk_comments_beside_their_ticket() -> None:
    beside = {"ticket": {"id": 1, "requester_id": 9}, "comments": [{"author_id": 9, "body": "No."}]}
    assert said(conversations(found(zendesk, beside))[0]) == [("", "customer", "No.")]


def test_intercom() -> None:
    one = only(read("intercom.json"))
    assert said(one) == [
        ("10:00", "customer", "Where is my\nparcel?"),
        ("10:01", "agent*", "Type your order number."),
        ("10:10", "agent", "It is on its way."),
        ("10:15", "customer", "Thank you"),
    ]
    assert (one.id, one.channel, str(one.closed_at)) == ("147", "conversation", "2024-05-01 11:00:00+00:00")
    assert one.messages[0].author == "Jo Lee"


def test_intercom_campaign_is_automatic_and_an_unknown_author_is_told() -> None:
    one = {
        "id": "1",
        "created_at": 1714557600,
        "state": "open",
        "source": {"body": "<p>Try it!</p>", "delivered_as": "automated", "author": {"type": "admin"}},
        "conversation_parts": {
            "conversation_parts": [{"part_type": "comment", "body": "Hm", "author": {"type": "ghost"}}]
        },
        "statistics": {"last_close_at": 1714557600},
    }
    results = found(intercom, (one,))
    [conversation] = conversations(results)
    assert said(conversation) == [("10:00", "agent*", "Try it!")]
    assert conversation.closed_at is None
    [(place, why)] = broken(results)
    assert place == "line 1, conversation 1"
    assert why.startswith("1 of its messages could not be used. Message 2: its author is of the type “ghost”")


def test_chatwoot() -> None:
    one = only(read("chatwoot.json"))
    assert said(one) == [
        ("10:00", "customer", "Where is my parcel?"),
        ("10:00", "agent*", "Give us a minute."),
        ("10:10", "agent", "It is on its way."),
        ("10:11", "agent*", "Did that help?"),
    ]
    assert (one.id, one.channel, one.closed_at) == ("12", "WebWidget", None)


def test_chatwoot_messages_that_stand_alone() -> None:
    lines = (
        {"id": 2, "conversation_id": 7, "message_type": "outgoing", "content": "Yes?", "created_at": "2024-05-01T10:01:00Z"},
        {"id": 1, "conversation_id": 7, "message_type": "incoming", "content": "Hello", "created_at": "2024-05-01T10:00:00Z"},
        {"id": 3, "conversation_id": 8, "message_type": 0, "content": "Hi", "private": None},
        {"id": 4, "conversation_id": 8, "message_type": 9, "content": "Hi"},
    )  # fmt: skip
    results = found(chatwoot, lines)
    first, second = conversations(results)
    assert said(first) == [("10:00", "customer", "Hello"), ("10:01", "agent", "Yes?")]
    assert said(second) == [("", "customer", "Hi")]
    assert [place for place, _ in broken(results)] == ["conversation 8"]
    assert conversations(found(chatwoot, {"meta": {}, "payload": list(lines)})) == [first, second]


def test_zammad() -> None:
    one = only(read("zammad.json"))
    assert said(one) == [
        ("10:00", "customer", "Where is it?\nReally?"),
        ("10:00", "agent*", "We got your mail."),
        ("10:30", "agent", "On its way."),
    ]
    assert (one.id, one.channel, str(one.closed_at)) == ("3", "email", "2024-05-02 08:00:00+00:00")
    assert one.messages[0].author == "Jo Lee"


def test_zammad_articles_and_tickets_apart() -> None:
    ticket = {"id": 3, "customer_id": 6, "state_id": 4, "close_at": "2024-05-02T08:00:00Z"}
    article = {"id": 31, "ticket_id": 3, "sender_id": 2, "content_type": "text/plain", "type": "web", "body": "Well?"}
    [one] = conversations(found(zammad, {"assets": {"Ticket": {"3": ticket}, "TicketArticle": {"31": article}}}))
    assert (said(one), one.channel, str(one.closed_at)) == (
        [("", "customer", "Well?")],
        "web",
        "2024-05-02 08:00:00+00:00",
    )
    assert [said(one) for one in conversations(found(zammad, [article]))] == [[("", "customer", "Well?")]]
    [(place, why)] = broken(found(zammad, (ticket,)))
    assert (place, "articles" in why) == ("ticket 3", True)


def test_freshdesk() -> None:
    one = only(read("freshdesk.json"))
    assert said(one) == [
        ("10:00", "customer", "Where is\nit?"),
        ("10:30", "agent", "On its way."),
        ("10:40", "customer", "Thanks."),
    ]
    assert (one.id, one.channel, str(one.closed_at)) == ("20", "email", "2024-05-04 08:00:00+00:00")
    assert one.messages[2].author == "Jo Lee"


def test_freshdesk_outbound_mail_and_the_notes_of_its_first_api() -> None:
    ticket = {
        "id": 1, "display_id": 5, "source": 10, "status": 2, "description": "We have news.", "created_at": "2024-05-01T10:00:00Z",
        "stats": {"closed_at": "2024-05-04T08:00:00Z"},
        "notes": [{"note": {"id": 2, "incoming": True, "private": False, "body": "Which?", "created_at": "2024-05-01T10:01:00Z"}}],
    }  # fmt: skip
    [one] = conversations(found(freshdesk, [{"helpdesk_ticket": ticket}]))
    assert said(one) == [("10:00", "agent", "We have news."), ("10:01", "customer", "Which?")]
    assert (one.id, one.closed_at) == ("5", None)


def test_helpscout() -> None:
    one = only(read("helpscout.json"))
    assert said(one) == [("10:00", "customer", "Where is it?"), ("10:30", "agent", "It is on its way.")]
    assert (one.id, one.channel, str(one.closed_at)) == ("10", "email", "2024-05-02 08:00:00+00:00")
    assert [message.author for message in one.messages] == ["Jo Lee", "Kim Ray"]


def test_helpscout_first_api_and_machines() -> None:
    threads = [
        {"id": 1, "type": "message", "body": "Hello.", "createdBy": {"type": "system_user", "firstName": "Robbie"}},
        {
            "id": 2,
            "type": "chat",
            "body": "Hi.",
            "createdBy": {"type": "customer", "firstName": "Jo", "lastName": "Lee"},
        },
    ]
    [one] = conversations(found(helpscout, {"item": {"id": 3, "status": "active", "threads": threads}}))
    assert said(one) == [("", "agent*", "Hello."), ("", "customer", "Hi.")]
    assert [message.author for message in one.messages] == ["Robbie", "Jo Lee"]


@pytest.mark.parametrize("mark", [True, 1, "true", "yes", "maybe", {"by": 3}, 0.5])
def test_words_that_may_be_private_stay_private(mark: object) -> None:
    message = {"id": 1, "conversation_id": 7, "message_type": 0, "content": "Angry one.", "private": mark}
    note = {"id": 31, "ticket_id": 3, "sender": "Agent", "body": "Angry one.", "internal": mark}
    entry = {
        "id": 1,
        "description": "Hm.",
        "conversations": [{"incoming": False, "body": "Angry one.", "private": mark}],
    }
    results = found(chatwoot, (message,)) + found(zammad, (note,)) + found(freshdesk, (entry,))
    assert "Angry" not in str(conversations(results))


@pytest.mark.parametrize("mark", [False, 0, "false", "no", "maybe", None, [1]])
def test_zendesk_comments_that_may_not_be_public_stay_private(mark: object) -> None:
    comments = [{"author_id": 9, "body": "Hm."}, {"author_id": 1, "body": "Angry one.", "public": mark}]
    [one] = conversations(found(zendesk, ({"id": 1, "requester_id": 9, "comments": comments},)))
    assert [message.text for message in one.messages] == ["Hm."]
