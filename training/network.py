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

WIDTH = 80  # numbers that stand for a word within its neighbourhood
BELOW = (2,)  # how far each layer looks to both sides, before the message is summed up
ABOVE = (4, 8)  # and after
SUMMARY = 96


class Small(nn.Module):
    """Layers over word vectors that each look to both sides; half way up each word is told of the whole message.

    The first layer sees all of a word and its two neighbours. In the others a quarter of the numbers comes from the
    word some places before, and a quarter from the one as far behind: as good as seeing all of them, at a third of the
    price.
    """

    def __init__(self, vectors: NDArray[np.float32], drop: float = 0.15) -> None:
        super().__init__()
        count, size = vectors.shape
        self.drop = drop
        self.vectors = nn.Embedding(count, size, padding_idx=0)
        self.vectors.weight.data.copy_(torch.from_numpy(vectors) * 0.5)
        self.vectors.weight.data[0] = 0
        self.shapes = nn.Parameter(torch.randn(SHAPES, size) * 0.1)
        self.roles = nn.Parameter(torch.randn(2, WIDTH) * 0.1)
        self.first = nn.Linear(3 * size, WIDTH)
        self.below = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in BELOW)
        self.told = nn.Linear(4 * WIDTH, WIDTH)
        self.above = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in ABOVE)
        self.summary = nn.Linear(2 * WIDTH, SUMMARY)
        self.acts = nn.Linear(WIDTH, len(OUTPUTS))
        self.acts.bias.data.fill_(-4.0)
        self.acts_by_summary = nn.Linear(SUMMARY, len(OUTPUTS), bias=False)
        self.upset = nn.Linear(SUMMARY + 2 * WIDTH, LEVELS)

    def lower(self, ids: Tensor, real: Tensor, roles: Tensor) -> Tensor:
        """Return (messages, words, `WIDTH`), before any word knows of the whole message."""
        mask = real[:, :, None]
        rows = self.vectors(ids // SHAPES) + self.shapes[ids % SHAPES]
        rows = self._without_channels(rows, 0.4 * self.drop) * mask
        found = F.relu(self.first(beside(rows, 1)) + self.roles[roles][:, None]) * mask
        for layer, apart in zip(self.below, BELOW, strict=True):
            lost = self._without_channels(found, 0.5 * self.drop)
            found = found + F.relu(layer(shifted(lost, apart))) * mask
        return found

    def hidden(self, ids: Tensor, real: Tensor, roles: Tensor, before: Tensor | None = None) -> Tensor:
        """Return (messages, words, `WIDTH`); `before` are the pooled rows of the messages before, if there are any."""
        mask = real[:, :, None]
        found = self.lower(ids, real, roles)
        own = pool(found, real)
        both = torch.cat([own, torch.zeros_like(own) if before is None else before], 1)
        found = found + F.relu(self.told(F.dropout(both, 0.5 * self.drop, self.training)))[:, None] * mask
        for layer, apart in zip(self.above, ABOVE, strict=True):
            lost = self._without_channels(found, 0.5 * self.drop)
            found = found + F.relu(layer(shifted(lost, apart))) * mask
        return found

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Return the logits of words (messages, words, outputs), of messages (messages, outputs), and of the steps."""
        said = (batch.before_real.sum(1) > 0).float()[:, None]
        before = pool(self.lower(batch.before, batch.before_real, 1 - batch.roles), batch.before_real) * said
        hidden = self.hidden(batch.ids, batch.real, batch.roles, before)
        pooled = F.dropout(pool(hidden, batch.real), self.drop, self.training)
        summary = F.relu(self.summary(pooled))
        lost = self._without_channels(hidden, 0.7 * self.drop)
        by_message = self.acts_by_summary(F.dropout(summary, self.drop, self.training))
        words = self.acts(lost) + by_message[:, None]
        whole = (words + (batch.real[:, :, None] - 1) * 1e4).amax(1)
        return words, whole, self.upset(torch.cat([summary, pooled], 1))

    def _without_channels(self, rows: Tensor, share: float) -> Tensor:
        """Return the rows with some columns of each message left out, while learning."""
        if not self.training or share <= 0:
            return rows
        kept = (torch.rand(rows.shape[0], 1, rows.shape[2]) > share).float()
        return rows * kept / (1 - share)


def beside(rows: Tensor, apart: int) -> Tensor:
    """Return each row with the one `apart` places before it and the one as far behind: before, itself, behind."""
    padded = F.pad(rows, (0, 0, apart, apart))
    return torch.cat([padded[:, : rows.shape[1]], rows, padded[:, 2 * apart :]], 2)


def shifted(rows: Tensor, apart: int) -> Tensor:
    """Return each row with its first quarter taken from the row `apart` places before, its last from as far behind."""
    words, quarter = rows.shape[1], rows.shape[2] // 4
    padded = F.pad(rows, (0, 0, apart, apart))
    return torch.cat([padded[:, :words, :quarter], rows[:, :, quarter:-quarter], padded[:, 2 * apart :, -quarter:]], 2)


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
        "acts_by_summary": held["acts_by_summary.weight"].T,
        "below": np.array(BELOW),
        "above": np.array(ABOVE),
    }
    layers = [f"below.{number}" for number in range(len(BELOW))] + [f"above.{number}" for number in range(len(ABOVE))]
    for name in ("first", *layers, "told", "summary", "acts", "upset"):
        found[name] = held[f"{name}.weight"].T
        found[f"{name}_bias"] = held[f"{name}.bias"]
    return {name: np.ascontiguousarray(value) for name, value in found.items()}
