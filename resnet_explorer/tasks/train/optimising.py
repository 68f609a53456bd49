"""How a step is made: the optimiser, how far it moves each layer, and what of the gradient is clipped before."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from resnet_explorer.tasks.norms import Vectors, norms
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


def move(made: torch.optim.Optimizer, weights: Sequence[Tensor]) -> Callable[[], tuple[float, ...]]:
    """The optimiser's step, which tells the norm of what it takes from each of some weights.

    Which of them have a gradient never changes.
    """
    return _move_sgd(made, weights) if isinstance(made, torch.optim.SGD) else _move_long(made, weights)


def _move_sgd(made: torch.optim.Optimizer, weights: Sequence[Tensor]) -> Callable[[], tuple[float, ...]]:
    """With momentum it takes its buffer times the learning rate, weight decay included: nothing need be kept for it."""
    buffers: list[Vectors] = []

    def moved() -> tuple[float, ...]:
        made.step()
        if not buffers:  # there are none before the first step
            buffers.append(Vectors(_momentum(made, weight) for weight in weights))
        return tuple(made.param_groups[0]["lr"] * norm for norm in buffers[0].norms())

    return moved


def _momentum(made: torch.optim.Optimizer, weight: Tensor) -> Tensor:
    """The numbers of a weight's buffer, which stays where it is, in the order in which they lie there."""
    buffer: Tensor = weight.new_zeros(1) if weight.grad is None else made.state[weight]["momentum_buffer"]
    return buffer.as_strided((buffer.numel(),), (1,))


class _Long:
    """Weights of an optimiser that looks at each number alone, as one long weight: the same numbers to the bit.

    One tensor takes it less time than many, by more than it costs to look at how far each of them is moved.
    """

    def __init__(self, made: torch.optim.Optimizer, weights: Sequence[Tensor]) -> None:
        self._learns = [weight.grad is not None for weight in weights]
        self._made, self._weights = made, [weight for weight in weights if weight.grad is not None]
        self._sizes = [math.ceil(weight.numel() / LINE) * LINE for weight in self._weights]
        self._now = torch.nn.Parameter(weights[0].new_zeros(sum(self._sizes)))
        self._now.grad = torch.zeros_like(self._now)
        self._gradients = self._like_weights(self._now.grad)
        for weight, part in zip(self._weights, self._like_weights(self._now.data), strict=True):
            weight.data = part.copy_(weight.data)
        self._before = torch.empty_like(self._now.data)
        self._taken = Vectors(torch.split(self._before, self._sizes))
        group, joined = made.param_groups[0], {id(weight) for weight in self._weights}
        group["params"] = [self._now, *(each for each in group["params"] if id(each) not in joined)]

    def _like_weights(self, long: Tensor) -> list[Tensor]:
        """The parts of a long tensor, each in the order in which its weight's numbers lie."""
        parts = torch.split(long, self._sizes)
        return [
            part.as_strided(weight.shape, weight.stride(), part.storage_offset())
            for weight, part in zip(self._weights, parts, strict=True)
        ]

    def step(self) -> tuple[float, ...]:
        """The optimiser's step, and the norm of what it takes from each weight."""
        found = [weight.grad for weight in self._weights if weight.grad is not None]
        torch._foreach_copy_(self._gradients, found)
        for weight in self._weights:
            weight.grad = None  # not to be held twice
        self._before.copy_(self._now.data)
        self._made.step()
        self._before.sub_(self._now.data)
        norms = iter(self._taken.norms())
        return tuple(next(norms) if learns else 0.0 for learns in self._learns)


def _move_long(made: torch.optim.Optimizer, weights: Sequence[Tensor]) -> Callable[[], tuple[float, ...]]:
    long: list[_Long] = []

    def moved() -> tuple[float, ...]:
        if not long:  # which weights have gradients is known after the first backward pass
            long.append(_Long(made, weights))
        return long[0].step()

    return moved


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
