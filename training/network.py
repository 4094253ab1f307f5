"""The small network for learning; `amends.reading.learned.network` reads with the same weights."""

from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody gives it
from numpy.typing import NDArray
from torch import Tensor, nn

from amends.reading.learned.words import SHAPES
from training.arrays import Batch
from training.outputs import LEVELS, OUTPUTS

WIDTH = 64  # numbers that stand for a word within its neighbourhood
LAYERS = 4  # convolutions of three words, each twice as wide apart as the one before
SUMMARY = 64


class Small(nn.Module):
    """Convolutions over word vectors, a summary of the message and one of the message before."""

    def __init__(self, vectors: NDArray[np.float32], drop: float = 0.3) -> None:
        super().__init__()
        count, size = vectors.shape
        self.drop = drop
        self.vectors = nn.Embedding(count, size, padding_idx=0)
        self.vectors.weight.data.copy_(torch.from_numpy(vectors) * 0.5)
        self.vectors.weight.data[0] = 0
        self.shapes = nn.Parameter(torch.randn(SHAPES, size) * 0.1)
        self.roles = nn.Parameter(torch.randn(2, WIDTH) * 0.1)
        self.layers = nn.ModuleList(
            nn.Conv1d(WIDTH if number else size, WIDTH, 3, padding=2**number, dilation=2**number)
            for number in range(LAYERS)
        )
        self.summary = nn.Linear(2 * WIDTH, SUMMARY)
        self.before = nn.Linear(2 * WIDTH, SUMMARY)
        self.acts = nn.Linear(WIDTH, len(OUTPUTS))
        self.acts.bias.data.fill_(-4.0)
        self.acts_by_summary = nn.Linear(2 * SUMMARY, len(OUTPUTS), bias=False)
        self.upset = nn.Linear(SUMMARY + 2 * WIDTH, LEVELS)

    def hidden(self, ids: Tensor, real: Tensor, roles: Tensor) -> Tensor:
        """Return (messages, words, `WIDTH`)."""
        rows = self.vectors(ids // SHAPES) + self.shapes[ids % SHAPES]
        rows = self._without_channels(rows, 0.4 * self.drop)
        mask = real[:, None, :]
        found = (rows * real[:, :, None]).transpose(1, 2)
        for number, layer in enumerate(self.layers):
            if number == 0:
                found = F.relu(layer(found) + self.roles[roles][:, :, None]) * mask
            else:
                lost = self._without_channels(found.transpose(1, 2), 0.5 * self.drop).transpose(1, 2)
                found = found + F.relu(layer(lost)) * mask
        return found.transpose(1, 2)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of words (messages, words, outputs), of messages (messages, outputs), and of the steps."""
        hidden = self.hidden(batch.ids, batch.real, batch.roles)
        pooled = F.dropout(pool(hidden, batch.real), self.drop, self.training)
        summary = F.relu(self.summary(pooled))
        earlier = self.hidden(batch.before, batch.before_real, 1 - batch.roles)
        told = (batch.before_real.sum(1) > 0).float()[:, None]
        before = torch.tanh(self.before(pool(earlier, batch.before_real))) * told
        both = F.dropout(torch.cat([summary, before], 1), self.drop, self.training)
        lost = self._without_channels(hidden, 0.7 * self.drop)
        words = self.acts(lost) + self.acts_by_summary(both)[:, None]
        whole = (words + (batch.real[:, :, None] - 1) * 1e4).amax(1)
        return words, whole, self.upset(torch.cat([summary, pooled], 1))

    def _without_channels(self, rows: Tensor, share: float) -> Tensor:
        """Return the rows with some columns of each message left out, while learning."""
        if not self.training or share <= 0:
            return rows
        kept = (torch.rand(rows.shape[0], 1, rows.shape[2]) > share).float()
        return rows * kept / (1 - share)


def pool(hidden: Tensor, real: Tensor) -> Tensor:
    """Return the greatest and the mean row of each message, side by side."""
    mask = real[:, :, None]
    greatest = (hidden + (mask - 1) * 1e4).amax(1).clamp_min(0)
    return torch.cat([greatest, (hidden * mask).sum(1) / mask.sum(1).clamp_min(1)], 1)


def arrays(network: Small) -> dict[str, NDArray[Any]]:
    """Return the weights as `amends.reading.learned.network.weights_of` wants them: word vectors as bytes."""
    held = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    rows = held["vectors.weight"]
    scale = np.maximum(np.abs(rows).max(1, keepdims=True), 1e-6) / 127
    found: dict[str, NDArray[Any]] = {
        "vectors": np.round(rows / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "shapes": held["shapes"],
        "roles": held["roles"],
        "acts": held["acts.weight"].T,
        "acts_bias": held["acts.bias"],
        "acts_by_summary": held["acts_by_summary.weight"].T,
    }
    for number in range(LAYERS):
        found[f"layer{number}"] = held[f"layers.{number}.weight"].transpose(2, 1, 0)
        found[f"layer{number}_bias"] = held[f"layers.{number}.bias"]
    for name in ("summary", "before", "upset"):
        found[name] = held[f"{name}.weight"].T
        found[f"{name}_bias"] = held[f"{name}.bias"]
    return {name: np.ascontiguousarray(value) for name, value in found.items()}
