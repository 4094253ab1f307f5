"""One case from the first furious mail to the kept promise, each message in several wordings."""

from datetime import time

import pytest

from amends.reading import Act, ActKind, Context, Due, Reading, read, read_many
from amends.transcript import Message, Role

FIRST = (
    "I am absolutely FURIOUS. The espresso machine you sent me is broken AGAIN!!! This is the second time in a month "
    "and nobody at your company gives a damn. I have been a customer for eight years. I want my money back, all 189 "
    "dollars, or I will tell everyone I know and never order again. You people are useless."
)
GOOD_DRAFT = (
    "Dear Maya, I hear how angry you are, and after a second broken machine in a month I would be too. I want to put "
    "this right. Let me check that I have it right: the second espresso machine arrived broken, and nobody answered "
    "you. Is that right? What exactly does it do when you switch it on? And what would make this right for you?"
)
PROPOSAL = "We will refund the full 189 USD, and our courier will collect the machine at your door. Would that be right for you?"
CONFIRMATION = (
    "Thank you, Maya. The refund of 189 USD will be with you by Friday 17:00, and I will write to you when it has left "
    "our bank."
)


def customer(text: str, after: str = "") -> Reading:
    return read(
        Message(id="c", role=Role.CUSTOMER, text=text),
        Context(previous=after, previous_role=Role.AGENT if after else None),
    )


def agent(text: str) -> Reading:
    return read(Message(id="a", role=Role.AGENT, text=text))


def kinds(reading: Reading) -> set[str]:
    return {str(act.act) + (f":{act.kind}" if act.kind else "") for act in reading.acts}


def only(reading: Reading, kind: ActKind) -> Act:
    [act] = reading.of(kind)
    return act


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        FIRST.replace(" absolutely", "").replace("189 dollars", "$189"),
        FIRST.replace(". ", ".\n\n").replace("eight years", "8 years"),
        FIRST.replace("'", "’").replace("189 dollars", "189 USD"),
    ],
)
def test_the_furious_mail(text: str) -> None:
    reading = customer(text)
    assert reading.upset == 4
    assert {"problem", "repeat", "loyalty", "bid:refund", "threat:leave", "threat:public", "abuse"} == kinds(reading)
    assert not any(act.plain for act in reading.acts)
    assert only(reading, ActKind.LOYALTY).tenure_years == 8
    assert str(only(reading, ActKind.BID).amount) == "189 USD"


@pytest.mark.parametrize("text", ["We will refund you $189 today.", "Hi Maya, we'll refund you 189 USD today."])
def test_the_bad_draft(text: str) -> None:
    reading = agent(text)
    assert kinds(reading) == {"offer:refund", "promise:dated"}
    assert str(only(reading, ActKind.OFFER).amount) == "189 USD"
    assert only(reading, ActKind.PROMISE).due == Due(days_ahead=0)
    assert reading.upset is None


@pytest.mark.parametrize(
    "text",
    [
        GOOD_DRAFT,
        GOOD_DRAFT.replace("Let me check that I have it right: t", "If I understand you correctly, t"),
        GOOD_DRAFT.replace("what would make this right for you?", "what would you like us to do?"),
        GOOD_DRAFT.replace(". ", ".\n\n").replace("I'd", "I’d"),
    ],
)
def test_the_good_draft(text: str) -> None:
    reading = agent(text)
    assert {"acknowledge", "reassure", "readback", "diagnose", "invite_bid"} == kinds(reading)
    first = reading.acts[0]
    assert first.act is ActKind.ACKNOWLEDGE
    assert text[first.start : first.end].startswith("I hear how angry you are")


def test_the_read_back_holds_the_story() -> None:
    told = [GOOD_DRAFT[act.start : act.end] for act in agent(GOOD_DRAFT).of(ActKind.READBACK)]
    assert any("the second espresso machine arrived broken, and nobody answered you" in words for words in told)


@pytest.mark.parametrize("yes", ["Yes, that is right.", "That's right.", "Correct.", "Exactly!", "Yep, spot on."])
def test_she_confirms_and_asks(yes: str) -> None:
    text = f"{yes} It trips the fuse as soon as I switch it on. I want a full refund and someone to collect the thing."
    reading = customer(text, GOOD_DRAFT)
    assert reading.answer is not None
    assert reading.answer.yes
    assert {"problem", "bid:refund"} <= kinds(reading)
    assert reading.upset is not None
    assert reading.upset <= 2


@pytest.mark.parametrize(
    "text",
    [
        PROPOSAL,
        "We can refund the full 189 USD and our courier will collect the machine at your door. Does that sound right?",
        "If you agree, we will refund the full $189 and our courier will collect the machine.",
    ],
)
def test_a_proposal_offers_and_promises_nothing_yet(text: str) -> None:
    reading = agent(text)
    assert {"offer:refund", "offer:action"} <= kinds(reading)
    assert not reading.of(ActKind.PROMISE)
    amounts = [str(act.amount) for act in reading.of(ActKind.OFFER) if act.kind == "refund"]
    assert amounts == ["189 USD"]


@pytest.mark.parametrize(
    "text", ["Ok, do that.", "Yes please, that would be fair.", "Yes.", "Agreed.", "That works for me, thanks."]
)
def test_she_accepts(text: str) -> None:
    reading = customer(text, PROPOSAL)
    assert reading.of(ActKind.ACCEPT)
    assert not reading.of(ActKind.REJECT)
    assert reading.upset == 0


@pytest.mark.parametrize("text", ["No, that's not good enough.", "No.", "I do not accept that.", "It's still broken."])
def test_she_rejects(text: str) -> None:
    reading = customer(text, PROPOSAL)
    assert reading.of(ActKind.REJECT)
    assert not reading.of(ActKind.ACCEPT)


@pytest.mark.parametrize("text", ["you tell me what is fair", "That's up to you.", "I'll leave that to you."])
def test_she_leaves_it_to_us(text: str) -> None:
    assert customer(text, GOOD_DRAFT).left_to_us is not None


def test_she_thanks() -> None:
    reading = customer("Thank you so much, it arrived!", CONFIRMATION)
    assert kinds(reading) == {"thanks", "accept"}
    assert reading.upset == 0


@pytest.mark.parametrize("text", [CONFIRMATION, CONFIRMATION.replace("by Friday 17:00", "by 5 pm on Friday")])
def test_two_promises_in_one_sentence(text: str) -> None:
    reading = agent(text)
    dated, undated = reading.of(ActKind.PROMISE)
    assert (dated.kind, dated.due) == ("dated", Due(weekday=4, at=time(17)))
    assert text[dated.start : dated.end].startswith("The refund of 189 USD will be with you by ")
    assert (undated.kind, undated.due) == ("undated", None)
    assert text[undated.start : undated.end] == "I will write to you when it has left our bank"
    assert kinds(reading) == {"appreciate", "promise:dated", "promise:undated"}


def test_a_promise_of_a_remedy_and_one_of_a_word() -> None:
    text = "We will refund you 189 USD by Friday 17:00, and I will write to you when it has left our bank."
    reading = agent(text)
    assert {"promise:dated", "promise:undated"} <= kinds(reading)


@pytest.mark.parametrize(
    "text",
    [
        "If you were running this shop, what would you do in our place?",
        "Suppose you were the manager: what would you do?",
        "What would you do if you owned this business?",
    ],
)
def test_the_about_face(text: str) -> None:
    assert kinds(agent(text)) == {"about_face"}


def test_a_conversation_is_read_in_context() -> None:
    texts = [(Role.AGENT, PROPOSAL), (Role.CUSTOMER, "Yes."), (Role.CUSTOMER, "Yes.")]
    messages = [Message(id=str(i), role=role, text=text) for i, (role, text) in enumerate(texts)]
    offer, taken, repeated = read_many(messages)
    assert offer.of(ActKind.OFFER)
    assert taken.of(ActKind.ACCEPT)
    assert not repeated.acts  # a second message of one's own answers nothing
    assert repeated.answer is None


def test_an_automatic_message_is_nobodys_words() -> None:
    away = Message(id="1", role=Role.CUSTOMER, text="I will be back on Monday. I want my money back.", automatic=True)
    assert read(away) == Reading(upset=0)
    messages = [Message(id="0", role=Role.AGENT, text=PROPOSAL), away, Message(id="2", role=Role.CUSTOMER, text="Yes.")]
    assert list(read_many(messages))[2].of(ActKind.ACCEPT)
