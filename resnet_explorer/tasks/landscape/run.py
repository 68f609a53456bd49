"""The loss on planes through a network that was just trained, after Li et al. 2018 (arXiv:1712.09913)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from resnet_explorer.model.device import explained
from resnet_explorer.model.init import generator
from resnet_explorer.tasks.data import batches
from resnet_explorer.tasks.landscape import STATISTICS, Landscape, Plane
from resnet_explorer.tasks.normalisation import normalise_by
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.train import run as training

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

    from resnet_explorer.tasks.data import Batch
    from resnet_explorer.tasks.landscape import LandscapeConfig
    from resnet_explorer.tasks.setting import Setting
    from resnet_explorer.tasks.task import Report, Stopped


def landscape(config: LandscapeConfig, report: Report, stopped: Stopped) -> Landscape:
    """Train, then take the loss over a fixed mini-batch along some pairs of random directions.

    Each direction has, filter by filter, the norm of the filter itself; biases and BatchNorm's scales stay as they are.
    Each plane is gone over twice: by the running statistics of the training, as Li et al. do, and by those of the
    mini-batch, measured anew at each place, as in training.

    Raises:
        ExplorerError: the device is not there or has too little memory, or the batch is larger than the data set.
    """
    half = config.points // 2
    places = tuple(config.span * (index - half) / half for index in range(config.points))
    with explained(config.device):
        start = setting(config)
        trained = training.fit(start, config, report, stopped)
        planes = tuple(_planes(start, config, places, stopped)) if trained.status == "done" else ()
    status = "stopped" if trained.status == "done" and len(planes) < config.draws * len(STATISTICS) else trained.status
    return Landscape(training=trained, places=places, planes=planes, status=status, message=trained.message)


def _planes(start: Setting, config: LandscapeConfig, places: tuple[float, ...], stopped: Stopped) -> Iterator[Plane]:
    """Each plane that was gone over to its end, before it is to stop."""
    batch = next(batches(config.net.input_shape, config.images, config.seed, start.device, config.data))
    start.module.zero_grad()  # what the training needed is not held any more
    middle = [weight.detach().clone() for weight in start.watch.weights]
    for draw in range(config.draws):
        one, other = (direction(start, f"direction {each} of draw {draw}", config.seed, middle) for each in (1, 2))
        for statistics in STATISTICS:
            normalise_by(start.module, statistics)
            rows = []
            for a in places:
                rows.append(tuple(_loss(start, batch, middle, ((a, one), (b, other))) for b in places))
                if stopped():
                    return
            yield Plane(draw, statistics, tuple(rows))
        del one, other  # before the next are made


def _loss(start: Setting, batch: Batch, middle: list[Tensor], steps: tuple[tuple[float, list[Tensor]], ...]) -> float:
    """The loss some steps from the middle, each so far along a direction."""
    with torch.no_grad():
        for place, weight in enumerate(start.watch.weights):
            weight.copy_(middle[place] + sum(far * along[place] for far, along in steps))
        return start.loss(batch).item()


def direction(start: Setting, name: str, seed: int, middle: list[Tensor]) -> list[Tensor]:
    """A random direction, filter by filter as long as the filter."""
    made = []
    for path, weight in zip(start.watch.paths, middle, strict=True):
        draw = torch.randn(weight.shape, generator=generator(seed, f"{name}:{path}")).to(weight.device)
        flat = draw.flatten(1)
        scale = weight.flatten(1).norm(dim=1) / flat.norm(dim=1).clamp_min(1e-12)
        made.append((flat * scale[:, None]).view_as(weight))
    return made
