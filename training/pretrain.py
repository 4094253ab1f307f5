"""First lessons without labels: guess what MiniLM makes of each word in its sentence, and the feeling of a comment.

So the small network knows how words change one another before it sees a label.
"""

import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody gives it
from numpy.typing import NDArray
from torch import Tensor, nn

from amends.reading.learned.words import SHAPES, UNKNOWN, Vocabulary
from training import minilm
from training.arrays import coded, filled, shuffled
from training.network import WIDTH, Small, pool
from training.optimise import Optimiser
from training.progress import told

SIZE = 128  # directions of MiniLM's space that are to be guessed
MOST_CHARACTERS, MOST_PARTS, MOST_WORDS = 700, 160, 160
ROUNDS = 10
_BATCH = 48
_RATE, _RATE_OF_VECTORS = 2e-3, 1e-3
_FORGOTTEN = 0.05  # of the words are hidden, so that their neighbours have to tell


@dataclass(slots=True)
class Lesson:
    """A text: `wanted` has a row for each word, `known` says for which words there is one, `feelings` are places."""

    ids: list[int]
    wanted: NDArray[np.float16]
    known: NDArray[np.float32]
    feelings: list[int]


def feelings(corpora: Path) -> dict[str, list[str]]:
    """Return the feelings that GoEmotions gives for each comment."""
    with (corpora / "goemotions.jsonl").open(encoding="utf-8") as file:
        return {row["text"]: row["emotions"] for row in map(json.loads, file)}


def lessons(vocabulary: Vocabulary, texts: Sequence[str], felt: dict[str, list[str]]) -> list[Lesson]:
    """Return a lesson for each text with words in it."""
    names = sorted({name for held in felt.values() for name in held})
    short = [text[:MOST_CHARACTERS] for text in texts]
    parts = minilm.tokenizer()(
        short, add_special_tokens=False, return_offsets_mapping=True, truncation=True, max_length=MOST_PARTS
    )
    seen: list[NDArray[np.float16]] = [np.zeros((0, minilm.WIDTH), np.float16)] * len(short)
    model = minilm.model()
    with torch.inference_mode():
        for places in told("what MiniLM sees", minilm.by_length([len(row) for row in parts["input_ids"]], 64)):
            ids, mask = minilm.padded([[minilm.FIRST, *parts["input_ids"][place], minilm.BETWEEN] for place in places])
            hidden = model(ids, attention_mask=mask).last_hidden_state
            for place, rows in zip(places, hidden, strict=True):
                seen[place] = rows[1 : 1 + len(parts["input_ids"][place])].numpy().astype(np.float16)
    mean, directions = _directions(seen)
    found = []
    for text, rows, spots in zip(short, seen, parts["offset_mapping"], strict=True):
        ids, places = coded(vocabulary, text, MOST_WORDS)
        if ids and len(rows):
            wanted, known = _by_word((rows.astype(np.float32) - mean) @ directions, spots, places)
            found.append(Lesson(ids, wanted, known, [names.index(name) for name in felt.get(text, ())]))
    return found


def _directions(seen: Sequence[NDArray[np.float16]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    some = np.concatenate(seen[::7]).astype(np.float32)
    mean = some.mean(axis=0)
    chosen = some[np.random.default_rng(0).permutation(len(some))[:40_000]] - mean
    _, _, directions = np.linalg.svd(chosen, full_matrices=False)
    return mean, directions[:SIZE].T


def _by_word(
    rows: NDArray[np.float32], spots: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.float16], NDArray[np.float32]]:
    """Return for each word the mean of the rows of its parts, and whether it has any."""
    begins, ends = np.array([spot[0] for spot in spots]), np.array([spot[1] for spot in spots])
    wanted = np.zeros((len(places), SIZE), np.float16)
    known = np.zeros(len(places), np.float32)
    for place, (start, end) in enumerate(places):
        own = (begins < end) & (ends > start)
        if own.any():
            wanted[place], known[place] = rows[own].mean(axis=0), 1
    return wanted, known


def pretrain(vectors: NDArray[np.float32], held: Sequence[Lesson], rounds: int = ROUNDS) -> Small:
    """Return a network that has had the lessons."""
    torch.manual_seed(1)
    dice = random.Random(1)
    network = Small(vectors)
    guess, feel = nn.Linear(WIDTH, SIZE), nn.Linear(2 * WIDTH, 1 + max(max(one.feelings, default=0) for one in held))
    steps = rounds * math.ceil(len(held) / _BATCH)
    optimiser = Optimiser(network, (guess, feel), rates=(_RATE_OF_VECTORS, _RATE), decay=0.001, steps=steps, warm=200)
    network.train()
    for number in range(rounds):
        places = list(shuffled([len(one.ids) for one in held], _BATCH, dice))
        for batch in told(f"lessons, round {number + 1} of {rounds}", places):
            optimiser.step(_loss(network, guess, feel, [held[place] for place in batch]))
    return network


def _loss(network: Small, guess: nn.Linear, feel: nn.Linear, rows: Sequence[Lesson]) -> Tensor:
    held, real = map(torch.from_numpy, filled([one.ids for one in rows]))
    hidden_words = (torch.rand(held.shape) < _FORGOTTEN) & (real > 0)
    held = held.masked_fill(hidden_words, UNKNOWN * SHAPES)
    wanted = np.zeros((*held.shape, SIZE), np.float32)
    known = np.zeros(held.shape, np.float32)
    for place, one in enumerate(rows):
        wanted[place, : len(one.ids)], known[place, : len(one.ids)] = one.wanted, one.known
    hidden = network.hidden(held, real, torch.randint(0, 2, (len(rows),)))
    there = torch.from_numpy(known)
    wrong = ((guess(hidden) - torch.from_numpy(wanted)) ** 2).mean(2) * there
    loss = 5 * wrong.sum() / there.sum()
    with_feelings = [place for place, one in enumerate(rows) if one.feelings]
    if with_feelings:
        felt = torch.zeros(len(with_feelings), feel.out_features)
        for line, place in enumerate(with_feelings):
            felt[line, rows[place].feelings] = 1
        said = feel(pool(hidden, real)[with_feelings])
        loss = loss + 2 * F.binary_cross_entropy_with_logits(said, felt, pos_weight=torch.tensor(2.0))
    return loss
