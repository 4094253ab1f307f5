"""A larger reader to learn from: MiniLM with its upper half tuned to the labels, then asked about every text."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training import minilm
from training.arrays import NO_LEVEL, shuffled
from training.loss import loss_of, rarity
from training.outputs import LEVELS, MINE, OUTPUTS, role_number, targets
from training.progress import told
from training.sources import Example

FIXED = 3  # lower layers that stay as they are, and are asked once
ROUNDS = 3
_BATCH = 16
_RATE, _RATE_OF_HEADS = 2e-4, 2e-3
MOST_PARTS, CONTEXT_PARTS = 160, 32
_AT_ONCE = 2_000  # messages of which the lower layers are kept in memory


@dataclass(slots=True)
class Sheet:
    """A message as MiniLM gets it. `lower` is what the fixed layers make of it; its words stand behind `head`."""

    ids: list[int]
    head: int
    spots: list[tuple[int, int]]
    role: int
    words: NDArray[np.float32]
    whole: NDArray[np.float32]
    level: int
    lower: NDArray[np.float16] | None = None


@dataclass(slots=True)
class Opinion:
    """What the teacher thinks: logits of the parts of words at `spots`, of the whole message, and of the steps."""

    spots: list[tuple[int, int]]
    words: NDArray[np.float16]
    whole: NDArray[np.float32]
    steps: NDArray[np.float32]


def sheets(examples: Sequence[Example]) -> list[Sheet]:
    """Return the messages as MiniLM gets them: who speaks, the message before, the message."""
    ask = minilm.tokenizer()
    texts = ask(
        [one.text for one in examples],
        add_special_tokens=False,
        return_offsets_mapping=True,
        truncation=True,
        max_length=MOST_PARTS,
    )
    leads = [ask(f"{one.role}: ", add_special_tokens=False)["input_ids"] for one in examples]
    earlier = ask(
        [one.before for one in examples], add_special_tokens=False, truncation=True, max_length=CONTEXT_PARTS
    )["input_ids"]
    found = []
    for place, one in enumerate(examples):
        before = [*earlier[place], minilm.BETWEEN] if earlier[place] else []
        head = [minilm.FIRST, *leads[place], *before]
        spots = [tuple(spot) for spot in texts["offset_mapping"][place]] or [(0, 0)]
        ids = [*head, *(texts["input_ids"][place] or [minilm.BETWEEN]), minilm.BETWEEN]
        words, whole = targets(one, spots)
        level = NO_LEVEL if one.upset is None else one.upset
        found.append(Sheet(ids, len(head), spots, role_number(one.role), words, whole, level))
    return found


class Teacher(nn.Module):
    """MiniLM's upper layers, with a head for words and one for the level."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.layers = model.encoder.layer[FIXED:]
        self.acts = nn.Linear(minilm.WIDTH, len(OUTPUTS))
        self.acts.weight.data.mul_(0.5)
        self.acts.bias.data.fill_(-3.0)
        self.acts_by_mean = nn.Linear(minilm.WIDTH, len(OUTPUTS), bias=False)
        self.upset = nn.Linear(2 * minilm.WIDTH, LEVELS)
        self.drop = nn.Dropout(0.1)

    def forward(self, lower: Tensor, there: Tensor, own: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of parts, of messages and of steps; `own` marks the message's own words."""
        hidden = through(self.layers, lower, there)
        mask = own[:, :, None]
        mean = (hidden * mask).sum(1) / mask.sum(1)
        words = self.acts(self.drop(hidden)) + self.acts_by_mean(self.drop(mean))[:, None]
        whole = (words + (mask - 1) * 1e4).amax(1)
        return words, whole, self.upset(self.drop(torch.cat([hidden[:, 0], mean], 1)))


def through(layers: Any, hidden: Tensor, there: Tensor) -> Tensor:
    """Return what a row of MiniLM's layers makes of `hidden`; zeros in `there` are not looked at."""
    mask = (1 - there[:, None, None, :]) * -1e4
    for layer in layers:
        out = layer(hidden, attention_mask=mask)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


def prepare(model: Any, held: Sequence[Sheet]) -> None:
    """Ask the fixed layers about each message, and keep what they say."""
    with torch.inference_mode():
        for places in told("the teacher's first look", minilm.by_length([len(one.ids) for one in held], 64)):
            ids, mask = minilm.padded([held[place].ids for place in places])
            hidden = through(model.encoder.layer[:FIXED], model.embeddings(ids), mask.float())
            for place, rows in zip(places, hidden, strict=True):
                held[place].lower = rows[: len(held[place].ids)].numpy().astype(np.float16)


def _tensors(rows: Sequence[Sheet]) -> tuple[Tensor, Tensor, Tensor]:
    longest = max(len(one.ids) for one in rows)
    lower = np.zeros((len(rows), longest, minilm.WIDTH), np.float32)
    there, own = np.zeros((2, len(rows), longest), np.float32)
    for place, one in enumerate(rows):
        lower[place, : len(one.ids)] = one.lower
        there[place, : len(one.ids)] = 1
        own[place, one.head : one.head + len(one.spots)] = 1
    return torch.from_numpy(lower), torch.from_numpy(there), torch.from_numpy(own)


def teach(model: Any, held: Sequence[Sheet], rounds: int = ROUNDS) -> Teacher:
    """Return a teacher that has learned the labels of prepared messages."""
    torch.manual_seed(0)
    dice = random.Random(0)
    teacher = Teacher(model)
    rare = rarity([one.whole for one in held])
    heads = [value for name, value in teacher.named_parameters() if not name.startswith("layers.")]
    groups = [{"params": heads, "lr": _RATE_OF_HEADS}, {"params": list(teacher.layers.parameters()), "lr": _RATE}]
    rates = (_RATE_OF_HEADS, _RATE)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = rounds * math.ceil(len(held) / _BATCH)
    step = 0
    teacher.train()
    for number in range(rounds):
        batches = list(shuffled([len(one.ids) for one in held], _BATCH, dice))
        for places in told(f"the teacher, round {number + 1} of {rounds}", batches):
            rows = [held[place] for place in places]
            lower, there, own = _tensors(rows)
            wanted = np.zeros((*own.shape, len(OUTPUTS)), np.float32)
            for place, one in enumerate(rows):
                wanted[place, one.head : one.head + len(one.spots)] = one.words
            levels = np.array([one.level for one in rows])
            passed = np.where(levels[:, None] == NO_LEVEL, -1, levels[:, None] > np.arange(LEVELS)).astype(np.float32)
            loss = loss_of(
                teacher(lower, there, own),
                torch.from_numpy(wanted),
                torch.from_numpy(np.stack([one.whole for one in rows])),
                torch.from_numpy(passed),
                own,
                torch.from_numpy(MINE[[one.role for one in rows]]),
                rare,
            ).mean()
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * min(1, step / 100) * max(0.02, 1 - step / steps)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimiser.step()
            step += 1
    return teacher.eval()


def opinions(teacher: Teacher, held: Sequence[Sheet]) -> list[Opinion]:
    """Return what the teacher thinks of prepared messages."""
    found: dict[int, Opinion] = {}
    with torch.inference_mode():
        for places in told("what the teacher thinks", minilm.by_length([len(one.ids) for one in held], 64)):
            words, whole, steps = teacher(*_tensors([held[place] for place in places]))
            for line, place in enumerate(places):
                one = held[place]
                own = words[line, one.head : one.head + len(one.spots)].numpy().astype(np.float16)
                found[place] = Opinion(one.spots, own, whole[line].numpy(), steps[line].numpy())
    return [found[place] for place in range(len(held))]


def taught(learning: Sequence[Example]) -> Teacher:
    """Return a teacher that has learned the labels of these messages."""
    model = minilm.model()
    lessons = sheets(learning)
    prepare(model, lessons)
    return teach(model, lessons)


def asked(teacher: Teacher, messages: Sequence[Example]) -> dict[str, Opinion]:
    """Return what the teacher thinks of each message, by id."""
    model = minilm.model()
    found: dict[str, Opinion] = {}
    for begin in range(0, len(messages), _AT_ONCE):
        some = messages[begin : begin + _AT_ONCE]
        held = sheets(some)
        prepare(model, held)
        found |= {one.id: thought for one, thought in zip(some, opinions(teacher, held), strict=True)}
    return found
