"""One way of learning for both lessons: word vectors slowly and only those that were met, all else faster."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from training.network import Small


class Optimiser:
    """Takes `steps` steps, gently at first and more and more slowly to the end."""

    def __init__(
        self,
        network: Small,
        beside: Sequence[nn.Module],
        *,
        rates: tuple[float, float],
        decay: float,
        steps: int,
        warm: int = 100,
    ) -> None:
        """`beside` learn with the network; `rates` are for word vectors and for everything else, at their greatest."""
        network.vectors.sparse = True
        self._others = [value for name, value in network.named_parameters() if not name.startswith("vectors")]
        self._others += [value for module in beside for value in module.parameters()]
        self._optimisers = (
            torch.optim.SparseAdam(list(network.vectors.parameters()), lr=rates[0]),
            torch.optim.AdamW(self._others, lr=rates[1], weight_decay=decay),
        )
        self._rates, self._steps, self._warm = rates, steps, warm
        self._step = 0

    def step(self, loss: Tensor) -> None:
        """Learn from a loss."""
        pace = min(1, self._step / self._warm) * 0.5 * (1 + math.cos(math.pi * self._step / self._steps))
        for optimiser, rate in zip(self._optimisers, self._rates, strict=True):
            optimiser.param_groups[0]["lr"] = rate * pace
            optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._others, 1.0)
        for optimiser in self._optimisers:
            optimiser.step()
        self._step += 1
