"""Gradient norms at initialisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.options import Choice, Real, Whole, option
from resnet_explorer.tasks.initialisation import INIT_TITLES, INITS
from resnet_explorer.tasks.speed import BACKWARD, FASTER, build, size
from resnet_explorer.tasks.task import Config, Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.speed import Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class GradientsConfig(Config):
    """Measure the gradient norms of a network at initialisation."""

    task: ClassVar[str] = "gradients"
    net: NetSpec
    init: str = option("he", Choice(INITS, INIT_TITLES), query="init", help="initialisation")
    eps: float = option(0.1, Real(0.0, 1.0), query="eps", help="with near_identity, how much of He is added")
    batch: int = option(32, Whole(2, 1024), query="batch", help="images in the mini-batch")
    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of the weights and of the data's order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradients:
    """Gradient norms at initialisation; `paths` are the convolutions and fc in order, projections included."""

    paths: tuple[str, ...]
    norms: tuple[float, ...]
    loss: float
    ratio: float


def estimate(config: GradientsConfig, speed: Calibration) -> Estimate:
    """One step of training, without an update."""
    net = size(config.net)
    step = speed.seconds(net.layers, BACKWARD * net.macs * config.batch)
    held = 2 * net.weight_bytes + net.image_bytes * config.batch
    return Estimate(seconds=build(net, speed) + step / FASTER[config.device], bytes=held)


TASK = Task(
    name="gradients",
    title="gradients at initialisation",
    config=GradientsConfig,
    run="resnet_explorer.tasks.gradients.run:gradients",
    estimate=estimate,
    eased_by=("batch", "image"),
    records=(Gradients,),
)
