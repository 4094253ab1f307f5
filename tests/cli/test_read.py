"""Messages go in, on lines or as one text; what they do comes out, for programs and for people."""

import json
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from amends.cli import main
from amends.cli.progress import Progress
from amends.cli.reads.given import LONGEST, Given, Source
from amends.reading import Context
from amends.transcript import Role

PROMISE = "I'll call you tomorrow at 3pm."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mails.jsonl"


def run(*words: str | Path, given: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["read", *map(str, words)], input=given, env={"COLUMNS": "60"})


def lines(*objects: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def taken(data: bytes, **settings: Any) -> tuple[list[Given], list[str]]:
    said: list[str] = []
    return list(Source(BytesIO(data), "mails", said.append, **settings)), said


def test_a_line_comes_out_for_each_that_goes_in(file: Path) -> None:
    file.write_text(
        lines(
            {"id": "m1", "text": "I want my money back.", "colour": "red"},
            {"id": 7, "role": "agent", "text": "We are so sorry."},
            {"text": "Meine Lampe ist kaputt und ich möchte sofort mein Geld zurück, bitte!"},
        )
    )
    result = run(file)
    assert (result.exit_code, result.stderr) == (0, "")
    wish, regret, german = answers(result)
    assert [wish["id"], regret["id"], german["id"]] == ["m1", 7, 3]
    [refund] = [act for act in wish["acts"] if act.get("kind") == "refund"]
    assert wish["upset"] in range(5)
    assert refund["quote"] == "I want my money back."[refund["start"] : refund["end"]]
    assert regret["upset"] is None
    assert [act["act"] for act in regret["acts"]] == ["apologise"]
    assert "kind" not in regret["acts"][0]
    assert (german["language"], german["acts"], german["upset"]) == ("de", [], None)


def test_a_promise_is_due_at_a_moment_where_the_time_of_its_message_is_given() -> None:
    said = {"role": "agent", "text": PROMISE}
    result = run("-", given=lines(said, said | {"at": "2026-03-02T10:00:00+01:00"}))
    [without], [dated] = (answer["acts"] for answer in answers(result))
    assert (dated["act"], dated["kind"], dated["due"]) == ("promise", "dated", {"days_ahead": 1, "at": "15:00:00"})
    assert dated["due_at"] == "2026-03-03T15:00:00Z"
    assert "due_at" not in without


def test_a_moment_past_the_end_of_the_calendar_is_none() -> None:
    [answer] = answers(run("-", given=lines({"role": "agent", "text": PROMISE, "at": "9999-12-31T23:00Z"})))
    assert "due" in answer["acts"][0]
    assert "due_at" not in answer["acts"][0]


def test_amounts_years_and_answers() -> None:
    offer = {"role": "agent", "text": "Would you like a refund of $40?"}
    result = run(
        "-", "--currency", "cad", given=lines({"text": "Please refund my $40."}, {"text": "Yes.", "context": offer})
    )
    wish, yes = answers(result)
    assert {"value": "40", "currency": "CAD"} in [act.get("amount") for act in wish["acts"]]
    assert yes["answer"] == "yes"
    assert "answer" not in wish


@pytest.mark.parametrize(
    ("context", "previous", "writer"),
    [
        ("We are sorry.", "We are sorry.", Role.AGENT),
        ({"role": "customer", "text": "And?"}, "And?", Role.CUSTOMER),
        ({"text": "A refund?"}, "A refund?", Role.AGENT),
        ([{"role": "customer", "text": "Hi"}, {"role": "agent", "text": "Hello"}], "Hello", Role.AGENT),
        ([], "", None),
        (None, "", None),
    ],
)
def test_contexts_in_all_forms(context: object, previous: str, writer: Role | None) -> None:
    [given], said = taken(lines({"text": "Yes.", "context": context}).encode(), currency="EUR")
    assert given.context == Context(previous=previous, previous_role=writer, currency="EUR")
    assert said == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": "I', "no JSON object; write one on each line"),
        ("[" * 100_000, "no JSON object"),
        ('["Hi"]', "no JSON object"),
        ('{"id": "m1"}', 'no text; write what the message says as its "text".'),
        ('{"text": 5}', "its text is 5; put the words between quotes."),
        ('{"text": "Hi", "role": "bot"}', "the role 'bot' is unknown; write customer or agent."),
        ('{"text": "Hi", "role": ["agent"]}', "the role ['agent'] is unknown"),
        ('{"text": "Hi", "id": {}}', "the id {} is neither a text nor a whole number"),
        ('{"text": "Hi", "at": "soon"}', "at 'soon' is no time; write it like 2026-03-31T14:05Z."),
        ('{"text": "Hi", "context": 5}', "its context is 5; write a text"),
        ('{"text": "Hi", "context": [{"role": "agent"}]}', "no text"),
        ('{"text": "' + "x" * LONGEST + '"}', "longer than 4 MiB"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: str, why: str) -> None:
    given, [said] = taken(f'{{"text": "One"}}\n\n{line}\n{{"text": "Four"}}\n'.encode())
    assert [(one.id, one.message.text) for one in given] == [(1, "One"), (4, "Four")]
    assert said.startswith(f"mails:3: {why}")


def test_bad_lines_are_counted_and_a_flood_of_them_is_cut_short(file: Path) -> None:
    file.write_text('{"text": "We are fine."}\n' + "nonsense\n" * 80)
    result = run(file)
    assert result.exit_code == 1
    assert len(answers(result)) == 1
    assert result.stderr.count("no JSON object") == 50
    assert result.stderr.endswith("80 of 81 lines were left out.\n")


def test_a_big_line_is_read_to_where_the_reader_reads(file: Path) -> None:
    file.write_text(lines({"text": "I want my money back. " + "So it goes. " * 90_000}))
    result = run(file)
    assert result.exit_code == 0
    assert "refund" in [act.get("kind") for act in answers(result)[0]["acts"]]


def test_a_plain_text_is_one_message(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"\xef\xbb\xbf\n\nWe are so sorry.\r\nYours, Maya\n")
    [answer] = answers(run(letter, "--role", "agent"))
    assert (answer["id"], answer["upset"]) == ("letter.txt", None)
    assert (answer["acts"][0]["act"], answer["acts"][0]["start"]) == ("apologise", 2)


def test_the_message_before_a_plain_text() -> None:
    [given], _ = taken(b"Yes.", after="A refund?")
    assert given.context == Context(previous="A refund?", previous_role=Role.AGENT)
    assert given.message.role is Role.CUSTOMER
    result = run("-", "--after", "A refund?", given=lines({"text": "Yes."}))
    assert result.exit_code == 2
    assert 'write the one before it as its "context"' in result.stderr


@pytest.mark.parametrize("data", [b"{Name}, where is it?", b"[sigh] again", b"5 stars"])
def test_a_letter_may_begin_like_json(data: bytes) -> None:
    [given], said = taken(data)
    assert (given.message.text, said) == (data.decode(), [])


def test_json_over_many_lines_is_no_letter() -> None:
    given, said = taken(b'{\n "text": "Hi"\n}\n')
    assert given == []
    assert len(said) == 3


def test_the_role_of_lines_that_do_not_say() -> None:
    given, _ = taken(lines({"text": "A"}, {"text": "B", "role": "customer"}).encode(), role=Role.AGENT)
    assert [one.message.role for one in given] == [Role.AGENT, Role.CUSTOMER]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    result = run(file)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{file}: nothing in it to read.\n"


def test_too_long_a_text_is_not_read(file: Path) -> None:
    file.write_bytes(b"So it goes. " * (LONGEST // 12 + 1))
    result = run(file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "longer than 4 MiB" in result.stderr


def test_bytes_that_are_not_utf8_are_replaced_and_told_once() -> None:
    given, [said] = taken(b'{"text": "caf\xe9"}\n{"text": "na\xefve"}\n')
    assert [one.message.text for one in given] == ["caf\ufffd", "na\ufffdve"]
    assert said.startswith("mails: some bytes are not UTF-8")


def test_half_an_emoji_can_be_written() -> None:
    result = run("-", given='{"id": "\\ud83d", "text": "We are so sorry \\ud83d", "role": "agent"}\n')
    assert (result.exit_code, len(answers(result))) == (0, 1)


@pytest.mark.parametrize("words", [["nowhere.txt"], ["-", "--role", "bot"], ["-", "--currency", "dollars"], []])
def test_wrong_usage(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_for_people(file: Path) -> None:
    file.write_text(
        lines(
            {"id": "m1", "role": "agent", "text": PROMISE, "at": "2026-03-02"},
            {"text": "Guten Tag, wo ist die Lampe und das Kabel?"},
        )
    )
    first, second = run(file, "--output", "text").stdout.split("\n\n", 1)
    headline, text, marks, act = first.split("\n")
    assert (headline, text) == ("m1 · agent", f"  {PROMISE}")
    assert marks.startswith("  ~~~~~~~~")
    assert len(marks) <= len(text)
    assert "promise (dated): “I'll" in act
    assert act.endswith("due tomorrow at 15:00 (2026-03-03 15:00 UTC)")
    assert second == "2 · customer · not read: its language is “de”\n  Guten Tag, wo ist die Lampe und das Kabel?\n\n"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "seconds", "seen"), [(Terminal(), 3, True), (Terminal(), 1, False), (StringIO(), 3, False)]
)
def test_a_bar_for_who_waits_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, stream: StringIO, seconds: float, *, seen: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    times = iter([0.0, seconds, seconds])
    with Progress(100, "mails.jsonl", lambda: next(times)) as bar:
        bar.at(50)
    assert ("50%" in stream.getvalue()) is seen


def test_a_closed_pipe_ends_quietly(file: Path) -> None:
    file.write_text(lines(*[{"text": "We are so sorry.", "role": "agent"}] * 600))
    words = [sys.executable, "-m", "amends.cli", "read", str(file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        assert reader.stderr is not None
        reader.stdout.readline()
        reader.stdout.close()
        assert reader.stderr.read() == b""


def test_django_is_not_needed() -> None:
    code = (
        "import sys\nfrom amends.cli import main\n"
        "main(['read', '-'], standalone_mode=False)\nassert 'django' not in sys.modules\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input="We are so sorry.", capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout)["id"] == "-"
