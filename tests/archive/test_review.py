"""Many processes find what one finds."""

from amends.archive.review import CHUNK, chunks, review_all
from tests.archive.past import SETTINGS, conversations


def test_processes_find_what_one_process_finds() -> None:
    past = conversations(3 * CHUNK + 1)
    one = list(review_all(past, SETTINGS, 1))
    assert [reviewed.conversation.id for reviewed in one] == [conversation.id for conversation in past]
    assert {len(reviewed.findings) for reviewed in one} == {3}
    assert list(review_all(past, SETTINGS, 2)) == one


def test_chunks_are_full_but_for_the_last() -> None:
    assert [len(chunk) for chunk in chunks(conversations(2 * CHUNK + 1))] == [CHUNK, CHUNK, 1]
    assert list(chunks([])) == []
