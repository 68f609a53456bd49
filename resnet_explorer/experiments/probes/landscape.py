"""The loss on a plane through a network that was just trained, after Li et al. 2018 (arXiv:1712.09913)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from resnet_explorer.experiments.probes import training
from resnet_explorer.experiments.probes.data import batches
from resnet_explorer.experiments.probes.setting import setting
from resnet_explorer.model.device import explained
from resnet_explorer.model.init import generator
from resnet_explorer.records import Landscape

if TYPE_CHECKING:
    from torch import Tensor

    from resnet_explorer.experiments.probes.data import Batch
    from resnet_explorer.experiments.probes.setting import Setting
    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import LandscapeConfig, Training


def landscape(config: LandscapeConfig, report: Report, stopped: Stopped) -> Landscape:
    """Train, then take the loss over a fixed mini-batch along two random directions.

    Each direction has, filter by filter, the norm of the filter itself; biases and BatchNorm stay as they are.
    BatchNorm takes the statistics of the mini-batch, as in training.

    Raises:
        ExplorerError: the device is not there or has too little memory, or the batch is larger than the data set.
    """
    with explained(config.device):
        start = setting(config)
        trained = training.fit(start, config, report, stopped)
        if trained.status != "done":
            return _surface(trained, (), (), status=trained.status, message=trained.message)
        batch = next(batches(config.net.image, config.images, config.seed, start.device))
        half = config.points // 2
        places = tuple(config.span * (index - half) / half for index in range(config.points))
        return _plane(start, trained, batch, places, (config.seed, stopped))


def _plane(
    start: Setting, trained: Training, batch: Batch, places: tuple[float, ...], end: tuple[int, Stopped]
) -> Landscape:
    seed, stopped = end
    weights = start.watch.weights
    centre = [weight.detach().clone() for weight in weights]
    one, other = (_direction(start, f"direction {name} of {seed}", seed) for name in ("one", "other"))
    rows = []
    with torch.no_grad():
        for a in places:
            row = []
            for b in places:
                for weight, middle, first, second in zip(weights, centre, one, other, strict=True):
                    weight.copy_(middle + a * first + b * second)
                row.append(start.loss(batch).item())
            rows.append(tuple(row))
            if stopped():
                return _surface(trained, places, tuple(rows), status="stopped")
    return _surface(trained, places, tuple(rows))


def _direction(start: Setting, name: str, seed: int) -> list[Tensor]:
    """A random direction, filter by filter as long as the filter."""
    made = []
    for path, weight in zip(start.watch.paths, start.watch.weights, strict=True):
        draw = torch.randn(weight.shape, generator=generator(seed, f"{name}:{path}")).to(weight.device)
        flat = draw.flatten(1)
        scale = weight.detach().flatten(1).norm(dim=1) / flat.norm(dim=1).clamp_min(1e-12)
        made.append((flat * scale[:, None]).view_as(weight))
    return made


def _surface(
    trained: Training,
    places: tuple[float, ...],
    rows: tuple[tuple[float, ...], ...],
    *,
    status: str = "done",
    message: str = "",
) -> Landscape:
    middle = len(places) // 2
    centre = rows[middle][middle] if len(rows) > middle else math.nan
    return Landscape(training=trained, places=places, rows=rows, centre=centre, status=status, message=message)
