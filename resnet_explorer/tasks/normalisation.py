"""By which statistics BatchNorm normalises once a network is looked at, not trained."""

from __future__ import annotations

from torch import nn


def normalise_by(module: nn.Module, statistics: str) -> None:
    """Evaluation, but that BatchNorm takes these statistics: the `running` ones, or those of each mini-batch.

    Either way it keeps the running ones as they are.
    """
    module.eval()
    for each in module.modules():
        if isinstance(each, nn.BatchNorm2d):
            each.track_running_stats = statistics == "running"
            each.train(statistics == "batch")
