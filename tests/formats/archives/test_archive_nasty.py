"""Whatever comes in, every record comes out or is named as broken, and nothing is raised."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.formats.archives import Codec, codec
from amends.formats.archives.chatwoot import chatwoot
from amends.formats.archives.freshdesk import freshdesk
from amends.formats.archives.helpscout import helpscout
from amends.formats.archives.intercom import intercom
from amends.formats.archives.mails import eml, mbox
from amends.formats.archives.native import array, jsonl
from amends.formats.archives.tables import table
from amends.formats.archives.zammad import zammad
from amends.formats.archives.zendesk import zendesk
from tests.formats.archives.files import NAMES, broken, check, conversations, found, raw

SYSTEMS: list[Codec] = [array, chatwoot, freshdesk, helpscout, intercom, jsonl, zammad, zendesk]
ALL: list[Codec] = [*SYSTEMS, eml, mbox, table]
JSON = [name for name in NAMES if "json" in name]
ODD: list[Any] = [
    None, True, False, 0, -1, 1e308, 10**30, 10**400, "", " ", "\x00", "\ud800", "0000-01-01", "9999-12-31T23:59:59-24:00",
    "2024-05-01T10:00:00+23:59", "99999999999999999999", [], {}, [[]], [None], {"id": None}, "x" * 5000, "<p>" * 3000, "²³", "-", "1e5",
]  # fmt: skip


def by(name: str) -> Codec:
    """Return the codec of a stored archive."""
    chosen = codec(name, raw(name))
    assert chosen is not None
    return chosen


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.__name__)
@given(data=st.binary(max_size=300))
@settings(max_examples=25)
def test_any_bytes(one: Codec, data: bytes) -> None:
    check(found(one, data))


def paths(value: Any) -> list[tuple[Any, ...]]:
    """Return the way to every value within a value."""
    inner = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else [])
    return [(), *((key, *rest) for key, child in inner for rest in paths(child))]


def changed(value: Any, path: tuple[Any, ...], instead: Any) -> Any:
    """Return a value in which one thing was put instead of what stands at `path`."""
    if not path:
        return instead
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(copy[path[0]], path[1:], instead)
    return copy


@settings(max_examples=150, deadline=None)
@given(data=st.data(), name=st.sampled_from(JSON))
def test_anything_in_place_of_any_value(data: st.DataObject, name: str) -> None:
    text = raw(name).decode()
    value = json.loads(text) if name.endswith(".json") else json.loads(text.splitlines()[0])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(paths(value)))
        value = changed(value, path, data.draw(st.sampled_from(ODD)))
    check(found(by(name), json.dumps(value)))


@settings(max_examples=60, deadline=None)
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_damage_in_stored_archives(data: st.DataObject, name: str) -> None:
    whole = raw(name)
    for _ in range(data.draw(st.integers(1, 5))):
        start, length = data.draw(st.integers(0, len(whole))), data.draw(st.sampled_from([0, 1, 40, 400]))
        instead = data.draw(
            st.sampled_from([b"", b"\x00", b"\xff", b"\n", b"\r", b'"', b"{", b"]", b",", b";", b"From "])
        )
        whole = whole[:start] + instead + whole[start + length :]
    check(found(by(name), whole))
    codec("", whole[:100])


@pytest.mark.parametrize("one", SYSTEMS, ids=lambda one: one.__name__)
def test_the_rest_goes_on_behind_what_is_broken(one: Codec) -> None:
    own, export = "own.jsonl", f"{one.__name__}.json"
    stored = own if one in {array, jsonl} else export if export in NAMES else f"{export}l"
    text = raw(stored).decode()
    good = text.splitlines()[0] if stored.endswith("l") else json.dumps(json.loads(text))
    deep = '{"a": ' * 100_000
    lines = [good, "{", deep, '{"id": ' + "1" * 5000 + "}", "[" * 100_000, "7", '{"id": "\\ud800"}', "", good]
    results = found(one, "\n".join(lines))
    check(results)
    assert len(conversations(results)) in {1, 2}  # twice the same articles make one ticket
    assert len(broken(results)) >= 6


@pytest.mark.parametrize("one", SYSTEMS, ids=lambda one: one.__name__)
def test_a_file_that_is_no_json_is_broken_once(one: Codec) -> None:
    if one is not jsonl:
        assert [place for place, _ in broken(found(one, "[\n{\n" + '"a": 1,\n' * 1000))] == ["the file"]
    assert found(one, "") == []


def test_half_a_character_and_another_character_set() -> None:
    text = '{"id": 1, "messages": [{"role": "agent", "text": "Sch\\u00f6n \\ud83d \\u0000 da", "at": NaN}]}\n'
    [one] = conversations(found(jsonl, text))
    assert one.messages[0].text == "Schön   da"
    html = '{"id": 1, "description": "<p>Sch\\u00f6n \\ud83d da</p>"}'
    assert conversations(found(freshdesk, html))[0].messages[0].text == "Schön da"
    assert conversations(found(jsonl, '{"id": 1, "messages": [{"role": "agent", "text": "Schön"}]}'.encode("cp1252")))


def test_very_many_messages_in_one_conversation() -> None:
    message = '{"turn": 1, "role": "agent", "text": "Hi"}'
    line = '{"id": 1, "messages": [' + ",".join([message] * 20_000) + "]}"
    results = list(jsonl(io.BytesIO(line.encode()), "many.jsonl"))
    check(results)
    assert len(conversations(results)[0].messages) == 20_000


def test_strings_that_never_end_are_no_trouble_when_choosing() -> None:
    assert codec("a.json", b'{"' + b'\\"' * 32_000) is None
    assert codec("a.json", b'{"":' * 16_000) is None


def test_a_mailbox_of_one_subject() -> None:
    mail = "From x 10:00\nFrom: a@a.example\nTo: help@b.example\nSubject: Re: Order\n\nHi\n\n"
    [one] = conversations(found(mbox, mail * 500))
    assert len(one.messages) == 500


def test_a_table_whose_quotes_never_close() -> None:
    results = found(table, 'ticket,role,text\n1,agent,Hi\n2,agent,"' + "x\n" * 1000)
    check(results)
    assert [one.id for one in conversations(results)] == ["1", "2"]
