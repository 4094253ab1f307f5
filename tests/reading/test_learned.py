"""The learned half: words and their places, stretches, batches, size, and that time grows with length alone."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from amends.reading import Context, read_each
from amends.reading.learned import learned
from amends.reading.learned.evidence import BELOW, Stretch, stretches
from amends.reading.learned.reader import WEIGHTS
from amends.reading.learned.trimming import trimmed
from amends.reading.learned.words import Vocabulary, ends_sentence, normal, places
from amends.reading.text import LIMIT
from amends.transcript import Message, Role
from training.sources import written

KNOWN = ["[padding]", "[unknown]", "the", "lamp", "hum", "##s", "did", "n't", "!", ".", "[line]", "[digits4]", "[link]"]

FORMS = [
    ("Lamp", ["lamp"], 1),
    ("LAMP", ["lamp"], 2),
    ("DIDN'T", ["did", "n't"], 2),
    ("can't", ["ca", "n't"], 0),
    ("it\u2019s", ["it", "'s"], 0),
    ("soooooo", ["soo"], 0),
    ("!!!", ["!"], 3),
    ("?!", ["?", "!"], 3),
    ("4711", ["[digits4]"], 0),
    ("24", ["24"], 0),
    ("9:30", ["[clock]"], 0),
    ("12.50", ["[fraction]"], 0),
    ("@shop", ["[handle]"], 0),
    ("a@b.example", ["[mail]"], 0),
    ("https://a.example/b", ["[link]"], 0),
    ("<URL>", ["[link]"], 0),
    ("\u2014", ["-"], 0),
]


@pytest.mark.parametrize(("word", "forms", "shape"), FORMS, ids=[word for word, _, _ in FORMS])
def test_a_word_has_a_form_and_a_shape(word: str, forms: list[str], shape: int) -> None:
    assert normal(word) == (forms, shape)


def test_words_point_at_the_pieces_that_they_stand_in() -> None:
    text = "The LAMP hums!!\nIt didn't, 4711."
    words = Vocabulary(KNOWN).read(text)
    pieces = [text[start:end] for start, end in places(text)]
    assert pieces == ["The", "LAMP", "hums!!", "\n", "It", "didn't,", "4711."]
    assert [(KNOWN[one // 4], one % 4, pieces[piece]) for one, piece in zip(words.ids, words.pieces, strict=True)] == [
        ("the", 1, "The"),
        ("lamp", 2, "LAMP"),
        ("hum", 0, "hums!!"),
        ("##s", 0, "hums!!"),
        ("!", 3, "hums!!"),
        ("[line]", 0, "\n"),
        ("[unknown]", 1, "It"),
        ("did", 0, "didn't,"),
        ("n't", 0, "didn't,"),
        ("[unknown]", 0, "didn't,"),
        ("[digits4]", 0, "4711."),
        (".", 0, "4711."),
    ]


@pytest.mark.parametrize("text", ["", " \n\t", "a\u2028b\x85c\x1cd", "x" * 500, "\ue000 a", "👍🏽" * 90, "a\r\nb"])
def test_every_word_has_a_place(text: str) -> None:
    words = learned().vocabulary.read(text)
    assert len(words.ids) == len(words.pieces)
    assert words.pieces == sorted(words.pieces)
    assert set(words.pieces) == set(range(len(places(text))))


@pytest.mark.parametrize(
    ("piece", "ends"),
    [
        ("late.", True),
        ('late."', True),
        ("late?!", True),
        ("\n", True),
        ("late,", False),
        ("(late)", False),
        ("3.5", False),
    ],
)
def test_where_a_sentence_ends(piece: str, ends: bool) -> None:
    assert ends_sentence(piece) is ends


def found(over: list[float], sentences: list[int], messages: list[int] | None = None) -> list[tuple[int, int]]:
    """The stretches of one output, as first and last words; logits and thresholds are one number here."""
    rows = np.array([[value] for value in over], dtype=np.float32)
    own = np.array(messages or [0] * len(over))
    return [(one.first, one.last) for one in stretches(rows, np.array(sentences), own)]


LOW = -BELOW - 1


def test_a_stretch_needs_one_sure_word_and_takes_those_near_it() -> None:
    assert found([LOW, -0.5, 1.0, -0.4, LOW, LOW, LOW, -1.0, LOW], [0] * 9) == [(1, 3)]


def test_a_stretch_stays_in_its_sentence_and_its_message() -> None:
    assert found([1.0, 1.0, 1.0, 1.0], [0, 0, 1, 1]) == [(0, 1), (2, 3)]
    assert found([1.0, 1.0, 1.0, 1.0], [0, 0, 0, 0], [0, 0, 1, 1]) == [(0, 1), (2, 3)]


def test_a_small_gap_does_not_break_a_stretch() -> None:
    assert found([2.0, LOW, LOW, -0.5, LOW, LOW, LOW, 2.0], [0] * 8) == [(0, 3), (7, 7)]


def test_a_second_stretch_has_to_be_nearly_as_sure() -> None:
    apart = [LOW] * 4
    assert found([3.0, *apart, 1.5], [0] * 6) == [(0, 0)]
    assert found([3.0, *apart, 2.5], [0] * 6) == [(0, 0), (5, 5)]
    assert found([0.5, *apart, 0.4], [0] * 6) == [(0, 0)]
    assert found([3.0, *apart, 1.5], [0] * 6, [0] * 5 + [1]) == [(0, 0), (5, 5)]


def test_each_output_has_its_own_stretches() -> None:
    rows = np.array([[1.0, LOW], [LOW, 2.0]], dtype=np.float32)
    nothing = np.zeros(2, dtype=np.intp)
    assert list(stretches(rows, nothing, nothing)) == [Stretch(0, 0, 0, 1.0), Stretch(1, 1, 1, 2.0)]


@pytest.mark.parametrize(
    ("text", "kept"), [(' "It broke." ', "It broke"), ("(see <URL>)", "see <URL>"), ("...", "..."), (" ! ", "!")]
)
def test_evidence_loses_what_hangs_on_at_its_ends(text: str, kept: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == kept


def _some() -> list[tuple[Message, Context]]:
    held = [one for place, one in enumerate(written()) if place % 40 == 0]
    other = {"customer": Role.AGENT, "agent": Role.CUSTOMER}
    return [
        (
            Message(id=one.id, role=Role(one.role), text=one.text),
            Context(previous=one.before, previous_role=other[one.role] if one.before else None),
        )
        for one in held
    ]


def test_many_at_once_are_read_as_one_by_one() -> None:
    some = _some()
    together = list(read_each(some))
    assert len(together) == len(some) > 150
    for one, (message, context) in zip(together, some, strict=True):
        [alone] = read_each([(message, context)])
        assert [(a.act, a.kind, a.start, a.end) for a in one.acts] == [
            (a.act, a.kind, a.start, a.end) for a in alone.acts
        ]
        assert one.upset == alone.upset


GROWING = {
    "words": "I want my money back because it broke again. ",
    "one_sentence": "and it broke and nobody came and i paid ",
    "lines": "> quoted\nmine\n\n",
    "marks": "!?",
    "no_spaces": "brokenrefund",
    "promises": "We will refund you 40 EUR by Friday, and call you within 2 hours. ",
    "dates": "by Friday 3 March at 5 pm or in 3-5 business days ",
    "tags": "<br><a href=",
    "emoji": "😡",
    "zalgo": "r̷̛̻e̸͇͏f̴͓͝ü̸͎n̵͔̾d̴̪̊ ",
    "quotes": "\"'",
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", GROWING)
def test_twice_as_long_takes_twice_the_time_at_most(name: str, role: Role) -> None:
    unit = GROWING[name]
    short, long = (unit * (length // len(unit)) for length in (LIMIT // 4, LIMIT))
    _seconds(long, role)
    assert _seconds(long, role) < 4 * 4 * _seconds(short, role) + 0.02  # four times linear, for a noisy machine


def _seconds(text: str, role: Role) -> float:
    taken = []
    for _ in range(3):
        began = time.process_time()
        list(read_each([(Message(id="1", role=role, text=text), Context())]))
        taken.append(time.process_time() - began)
    return min(taken)


def test_what_ships_is_small_and_needs_no_torch() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 25_000_000
    asked = (
        "import sys; from amends.reading import Context, read_each; from amends.transcript import Message, Role;"
        "list(read_each([(Message(id='1', role=Role.CUSTOMER, text='I want my money back.'), Context())]));"
        "print(sorted({'torch', 'transformers', 'sklearn', 'scipy', 'django'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert said.stdout.strip() == "[]"


def test_words_that_another_thread_has_met_meanwhile_are_taken_as_they_are() -> None:
    first = learned()._network._first
    words = learned().vocabulary.read("A kettle, met by two threads at the same moment.")
    ids = np.array(words.ids, dtype=np.intp)
    kept = first._meet(ids)
    before = kept.count
    assert first._meet(ids) is kept
    assert kept.count == before
