"""What goes through Arrow comes out the same."""

from amends.archive.settings import Settings
from amends.archive.tables import CONVERSATIONS, FINDINGS, conversations_batch, findings_batch, review_batch
from amends.transcript import Conversation, Message, Role
from tests.archive.past import SETTINGS, conversations


def test_a_batch_of_conversations_becomes_a_batch_of_findings() -> None:
    past = conversations(2)
    batch = conversations_batch(past)
    assert batch.schema == CONVERSATIONS
    found = review_batch(SETTINGS, batch)
    assert found.schema == FINDINGS
    assert found == findings_batch(SETTINGS.review(past))
    assert [(row["id"], row["code"], row["turn"]) for row in found.to_pylist()][:3] == [
        ("0", "A301", "a2"),
        ("0", "A303", "a2"),
        ("0", "F201", "a2"),
    ]
    promise = found.to_pylist()[0]
    assert past[0].messages[1].text[promise["start"] : promise["end"]] == "we will get back to you shortly"


def test_what_concerns_the_whole_conversation_has_no_turn() -> None:
    loyal = Message(id="1", role=Role.CUSTOMER, text="I have been your customer for ten years and now this is broken.")
    answer = Message(id="2", role=Role.AGENT, text="Which model is it?")
    past = Conversation(id="7", messages=(loyal, answer))
    [row] = review_batch(Settings(codes=("F202",)), conversations_batch([past])).to_pylist()
    assert (row["turn"], row["start"], row["end"]) == (None, 0, 0)


def test_empty_batches() -> None:
    assert review_batch(SETTINGS, conversations_batch([])).num_rows == 0
