"""The learning-rate schedule."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor

    from resnet_explorer.tasks.train import TrainConfig

BELOW = 0.8
"""The training error under which a first, smaller learning rate ends: Section 4.2, of ResNet-110."""
RECENT = 20
"""Mini-batches over which that error is taken."""


class Schedule:
    """The learning-rate schedule of a training: warm-up, drops, and a first rate that lasts until the error is low."""

    def __init__(self, config: TrainConfig) -> None:
        self._config = config
        self._errors: collections.deque[Tensor] = collections.deque(maxlen=RECENT)
        self._slow = config.start_lr > 0

    def __call__(self, made: torch.optim.Optimizer, step: int, outputs: Tensor, labels: Tensor) -> None:
        """Set the learning rate of a step, of which the network's answers are known."""
        rate = self._config.lr
        if self._slow:
            self._errors.append((outputs.detach().argmax(1) != labels).float().mean())
            self._slow = len(self._errors) < RECENT or float(torch.stack(list(self._errors)).mean()) >= BELOW
        if self._slow:
            rate = self._config.start_lr
        elif self._config.warmup:
            rate *= min(1.0, (step + 1) / self._config.warmup)
        if self._config.schedule == "drops":
            rate /= 10 ** sum(step >= at for at in (self._config.steps // 2, self._config.steps * 3 // 4))
        for group in made.param_groups:
            group["lr"] = rate
