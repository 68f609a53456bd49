"""Whether different mini-batches ask for the same step: cosines between their gradients."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import torch

from resnet_explorer.model.device import explained
from resnet_explorer.tasks.agreement import Agreement
from resnet_explorer.tasks.setting import setting

if TYPE_CHECKING:
    from torch import Tensor

    from resnet_explorer.tasks.agreement import AgreementConfig
    from resnet_explorer.tasks.setting import Setting
    from resnet_explorer.tasks.task import Report, Stopped


def agree(config: AgreementConfig, report: Report, stopped: Stopped) -> Agreement:
    """Compare the whole weight gradients of mini-batches that follow each other, at the same weights.

    Raises:
        ExplorerError: the device is not there or has too little memory.
    """
    gradients: list[Tensor] = []
    losses: list[float] = []
    with explained(config.device):
        start = setting(config)
        while len(gradients) < config.batches and not (stopped() and len(gradients) > 1):
            loss, gradient = _gradient(start)
            gradients.append(gradient)
            losses.append(loss)
        pairs = itertools.combinations(gradients, 2)
        cosines = tuple(torch.dot(one, other).item() for one, other in pairs)
    found = Agreement(cosines=cosines, mean=sum(cosines) / len(cosines), loss=sum(losses) / len(losses))
    report(found)
    return found


def _gradient(start: Setting) -> tuple[float, Tensor]:
    """The loss of the next mini-batch, and its gradient as one vector of length 1."""
    start.module.zero_grad()
    loss = start.loss(next(start.batches))
    loss.backward()  # type: ignore[no-untyped-call]
    whole = torch.cat([w.grad.flatten().double() for w in start.watch.weights if w.grad is not None])
    return loss.item(), whole / whole.norm().clamp_min(1e-300)
