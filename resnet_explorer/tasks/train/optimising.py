"""How a step is made: the optimiser, how far it moves each layer, and what of the gradient is clipped before."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from resnet_explorer.tasks.norms import lengths, norms
from resnet_explorer.tasks.train import MOMENTUM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from torch import Tensor, nn

    from resnet_explorer.tasks.train import TrainConfig

OPTIMISERS: dict[str, Callable[[Iterable[nn.Parameter], float, float], torch.optim.Optimizer]] = {
    # All tensors in one call: the same numbers to the bit (fused, they would be others), and less of Python's time.
    "sgd": lambda them, lr, decay: torch.optim.SGD(them, lr=lr, momentum=MOMENTUM, weight_decay=decay, foreach=True),
    "adam": lambda them, lr, decay: torch.optim.Adam(them, lr=lr, weight_decay=decay, foreach=True),
}


def optimiser(module: nn.Module, config: TrainConfig) -> torch.optim.Optimizer:
    """The optimiser of a training."""
    return OPTIMISERS[config.optimiser](module.parameters(), config.lr, config.weight_decay)


LINE = 16
"""Numbers of a processor's cache line: weights that begin with one are worked on as those that lie apart."""


class Move:
    """The optimiser's step, and how far it moves each of some weights."""

    def __init__(self, made: torch.optim.Optimizer, weights: Sequence[Tensor]) -> None:
        self._made, self._weights = made, [*weights]
        if not isinstance(made, torch.optim.SGD):
            # One long tensor is kept and subtracted in half the time of many: it is paid at each step.
            self._now, sizes = _joined(weights)
            self._before = torch.empty_like(self._now)
            self._taken = torch.split(self._before, sizes)
            self._arrays = [each.numpy() for each in self._taken if each.device.type == "cpu"]

    def __call__(self) -> tuple[float, ...]:
        """Make the step, and tell the norm of what it took from each weight.

        SGD with momentum takes its buffer times the learning rate, weight decay included: nothing need be kept for it.
        """
        if isinstance(self._made, torch.optim.SGD):
            self._made.step()
            rate, state = self._made.param_groups[0]["lr"], self._made.state
            buffers = [w.new_zeros(()) if w.grad is None else state[w]["momentum_buffer"] for w in self._weights]
            return tuple(rate * norm for norm in norms(buffers))
        self._before.copy_(self._now)
        self._made.step()
        self._before.sub_(self._now)
        return lengths(self._taken, self._arrays)


def _joined(weights: Sequence[Tensor]) -> tuple[Tensor, list[int]]:
    """One tensor in which the weights come to lie, each in its own order, and how much of it each takes."""
    sizes = [math.ceil(weight.numel() / LINE) * LINE for weight in weights]
    whole = weights[0].new_zeros(sum(sizes))
    for weight, part in zip(weights, torch.split(whole, sizes), strict=True):
        weight.data = part.as_strided(weight.shape, weight.stride(), part.storage_offset()).copy_(weight.data)
    return whole, sizes


def clip_global(weights: Sequence[Tensor], most: float) -> None:
    """Scale all gradients alike, so that their common norm is at most this."""
    gradients = [weight.grad for weight in weights if weight.grad is not None]
    total = torch.tensor(math.hypot(*norms(gradients)), dtype=torch.float64)
    torch.nn.utils.clip_grads_with_norm_(weights, most, total)


def clip_layer(weights: Sequence[Tensor], most: float) -> None:
    """Scale each layer's gradient down, so that its norm is at most this times that of its weights."""
    gradients = [weight.new_zeros(()) if weight.grad is None else weight.grad for weight in weights]
    found = norms([*weights, *gradients])
    for gradient, weight, norm in zip(gradients, found, found[len(weights) :], strict=False):
        if norm > most * weight:
            gradient.mul_(most * weight / norm)


CLIPS: dict[str, Callable[[Sequence[Tensor], float], None]] = {
    "none": lambda _weights, _most: None,
    "global": clip_global,
    "layer": clip_layer,
}
