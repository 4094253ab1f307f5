"""How wrong a reading is, word by word, message by message, and in its level."""

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody gives it
from numpy.typing import NDArray
from torch import Tensor

WORDS = 0.5  # how much the words count beside the message
_WORD_FOUND = 2.0  # a word of an act counts more than one of the many without
_LEVEL = 3.0
_FREQUENT, _RAREST = 2_000, 4.0  # messages from which an act is not rare; how much the rarest counts


def rarity(wanted: Sequence[NDArray[np.float32]]) -> Tensor:
    """Return how much each output counts where it is there: more if it seldom is."""
    counts = np.maximum(np.stack(wanted).sum(axis=0), 1)
    return torch.from_numpy(np.clip(np.sqrt(_FREQUENT / counts), 1, _RAREST).astype(np.float32))


def loss_of(
    found: tuple[Tensor, Tensor, Tensor],
    words: Tensor,
    whole: Tensor,
    levels: Tensor,
    real: Tensor,
    mine: Tensor,
    rare: Tensor,
    weight_of_words: float = WORDS,
) -> Tensor:
    """Return the loss of each message.

    `levels` are shares of steps, -1 for unknown; `mine` marks the outputs of the message's role.
    """
    of_words, of_whole, of_steps = found
    by_word = F.binary_cross_entropy_with_logits(
        of_words, words, reduction="none", pos_weight=torch.tensor(_WORD_FOUND)
    )
    by_word = (by_word * mine[:, None, :] * real[:, :, None]).sum(2).sum(1) / real.sum(1)
    by_whole = (F.binary_cross_entropy_with_logits(of_whole, whole, reduction="none", pos_weight=rare) * mine).sum(1)
    known = (levels >= 0).float()
    by_level = (F.binary_cross_entropy_with_logits(of_steps, levels.clamp_min(0), reduction="none") * known).mean(1)
    return weight_of_words * by_word + by_whole + _LEVEL * by_level
