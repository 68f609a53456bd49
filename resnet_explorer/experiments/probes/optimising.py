"""How a step is made: the optimiser, the warm-up, and what of the gradient is clipped before."""

from __future__ import annotations

import collections
from typing import TYPE_CHECKING

import torch

from resnet_explorer.records import OwnConfig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from torch import Tensor, nn

    from resnet_explorer.records import TrainConfig

MOMENTUM = 0.9
WEIGHT_DECAY = 1e-4
"""Section 3.4 of arXiv:1512.03385."""

BELOW = 0.8
"""The training error under which a first, smaller learning rate ends: Section 4.2, of ResNet-110."""
RECENT = 20
"""Mini-batches over which that error is taken."""

OPTIMISERS: dict[str, Callable[[Iterable[nn.Parameter], float, float], torch.optim.Optimizer]] = {
    "sgd": lambda them, lr, decay: torch.optim.SGD(them, lr=lr, momentum=MOMENTUM, weight_decay=decay),
    "adam": lambda them, lr, decay: torch.optim.Adam(them, lr=lr, weight_decay=decay),
}


def optimiser(module: nn.Module, config: TrainConfig) -> torch.optim.Optimizer:
    """The optimiser of a training."""
    decay = config.weight_decay if isinstance(config, OwnConfig) else WEIGHT_DECAY
    return OPTIMISERS[config.optimiser](module.parameters(), config.lr, decay)


class Pace:
    """The learning rate of each step of a training."""

    def __init__(self, config: TrainConfig) -> None:
        self._config = config
        self._own = config if isinstance(config, OwnConfig) else None
        self._errors: collections.deque[Tensor] = collections.deque(maxlen=RECENT)
        self._slow = self._own is not None and self._own.start_lr > 0

    def __call__(self, made: torch.optim.Optimizer, step: int, outputs: Tensor, labels: Tensor) -> None:
        """Set the learning rate of a step, of which the network's answers are known."""
        rate = self._config.lr
        if self._slow:
            self._errors.append((outputs.detach().argmax(1) != labels).float().mean())
            self._slow = len(self._errors) < RECENT or float(torch.stack(list(self._errors)).mean()) >= BELOW
        if self._slow and self._own is not None:
            rate = self._own.start_lr
        elif self._config.warmup:
            rate *= min(1.0, (step + 1) / self._config.warmup)
        if self._own is not None and self._own.schedule == "drops":
            rate /= 10 ** sum(step >= at for at in (self._own.steps // 2, self._own.steps * 3 // 4))
        for group in made.param_groups:
            group["lr"] = rate


def clip_global(weights: Sequence[Tensor], most: float) -> None:
    """Scale all gradients alike, so that their common norm is at most this."""
    torch.nn.utils.clip_grad_norm_(weights, most)


def clip_layer(weights: Sequence[Tensor], most: float) -> None:
    """Scale each layer's gradient, so that its norm is at most this times that of its weights."""
    for weight in weights:
        if weight.grad is not None:
            bound = most * weight.detach().norm()
            weight.grad.mul_((bound / weight.grad.norm().clamp_min(1e-30)).clamp_max(1.0))


CLIPS: dict[str, Callable[[Sequence[Tensor], float], None]] = {
    "none": lambda _weights, _most: None,
    "global": clip_global,
    "layer": clip_layer,
}
