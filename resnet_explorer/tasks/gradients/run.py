"""Gradient norms at initialisation: one forward and one backward pass in train mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.model.device import explained
from resnet_explorer.tasks.gradients import Gradients
from resnet_explorer.tasks.norms import ratio, read
from resnet_explorer.tasks.setting import setting

if TYPE_CHECKING:
    from resnet_explorer.tasks.gradients import GradientsConfig
    from resnet_explorer.tasks.task import Report, Stopped


def gradients(config: GradientsConfig, report: Report, stopped: Stopped) -> Gradients:  # noqa: ARG001 - one step
    """Measure the norms on the first mini-batch of the digits, and report them as the only record.

    Raises:
        ExplorerError: the device is not there or has too little memory.
    """
    with explained(config.device):
        start = setting(config)
        loss = start.loss(next(start.batches))
        loss.backward()  # type: ignore[no-untyped-call]
        value, norms, _ = read(loss, start.watch)
    result = Gradients(paths=start.watch.paths, norms=norms, loss=value, ratio=ratio(norms, start.watch))
    report(result)
    return result
