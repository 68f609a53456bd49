"""How a step is made: the optimiser, the warm-up, and what of the gradient is clipped before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from torch import Tensor, nn

    from resnet_explorer.records import TrainConfig

MOMENTUM = 0.9
WEIGHT_DECAY = 1e-4
"""Section 3.4 of arXiv:1512.03385."""

OPTIMISERS: dict[str, Callable[[Iterable[nn.Parameter], float], torch.optim.Optimizer]] = {
    "sgd": lambda them, lr: torch.optim.SGD(them, lr=lr, momentum=MOMENTUM, weight_decay=WEIGHT_DECAY),
    "adam": lambda them, lr: torch.optim.Adam(them, lr=lr, weight_decay=WEIGHT_DECAY),
}


def optimiser(module: nn.Module, config: TrainConfig) -> torch.optim.Optimizer:
    """The optimiser of a training."""
    return OPTIMISERS[config.optimiser](module.parameters(), config.lr)


def warm(made: torch.optim.Optimizer, config: TrainConfig, step: int) -> None:
    """Set the learning rate of a step: it rises evenly to its value over the warm-up."""
    if step <= config.warmup:
        for group in made.param_groups:
            group["lr"] = config.lr * min(1.0, (step + 1) / max(1, config.warmup))


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
