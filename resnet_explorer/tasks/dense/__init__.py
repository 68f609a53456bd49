"""How a gradient grows through wide fully connected layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.options import Choice, Flag, Whole, option
from resnet_explorer.tasks.speed import BACKWARD, FASTER
from resnet_explorer.tasks.task import Config, Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseConfig(Config):
    """Measure how a gradient grows through fully connected layers, as the theory has them: wide, random, alike."""

    task: ClassVar[str] = "dense"
    layers: int = option(50, Whole(2, 200), query="layers", help="fully connected layers")
    width: int = option(1000, Whole(4, 4096), query="width", help="units in each layer")
    batch: int = option(256, Whole(2, 4096), query="batch", help="vectors in the mini-batch")
    norm: bool = option(True, Flag(), query="bn", help="with BatchNorm")
    init: str = option("he", Choice(("he", "pytorch")), query="init", help="initialisation")
    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of weights and vectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dense:
    """Norms of the gradient with respect to each layer's output, from the first to the last, and their fitted growth.

    `factor` is by how much a layer multiplies the gradient on its way towards the input, without the first layer.
    """

    norms: tuple[float, ...]
    factor: float


def estimate(config: DenseConfig, speed: Calibration) -> Estimate:
    """A step over all layers, and their weights drawn."""
    weights = config.layers * config.width**2
    seconds = speed.seconds(2 * config.layers, BACKWARD * weights * config.batch) / FASTER[config.device]
    values = 6 * config.layers * config.width * config.batch
    return Estimate(seconds=seconds + 4 * weights / 100e6, bytes=4 * (weights + values))


TASK = Task(
    name="dense",
    title="the gradient through fully connected layers",
    config=DenseConfig,
    run="resnet_explorer.tasks.dense.run:dense",
    estimate=estimate,
    eased_by=("batch", "layers", "width"),
    records=(Dense,),
)
