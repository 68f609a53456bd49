"""Blocks deleted from a network that was just trained, and its gradient by lengths of paths."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from resnet_explorer.analysis import analyse
from resnet_explorer.datasets import find
from resnet_explorer.tasks.speed import FASTER, size
from resnet_explorer.tasks.task import Estimate, Task
from resnet_explorer.tasks.train import TrainConfig, Training
from resnet_explorer.tasks.train import estimate as training

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.speed import Calibration

DOUBLE = 2
"""Double precision takes twice the bytes of single, and about twice the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionConfig(TrainConfig):
    """Train a network, then delete its blocks one by one; before and after, tell its gradient by lengths of paths."""

    task: ClassVar[str] = "lesion"


class Several(NamedTuple):
    """Accuracy with that many blocks deleted at random: mean and deviation over draws."""

    deleted: int
    mean: float
    deviation: float


class Through(NamedTuple):
    """The gradient at the stem's output that came through exactly so many branches, summed over all such paths.

    `norm` is its size, `share` its part of the whole gradient: the projection on that one, in its units. Shares may be
    negative, where such paths pull against the rest, and are 1 in all.
    """

    branches: int
    paths: int
    norm: float
    share: float


class Lengths(NamedTuple):
    """A gradient, told by the number of branches through which it came, from none to all; `whole` is its size."""

    whole: float
    through: tuple[Through, ...]

    @property
    def blocks(self) -> int:
        """How many branches there are."""
        return len(self.through) - 1

    @property
    def mean(self) -> float:
        """Branches on a path, mean over the shares of the gradient."""
        return sum(each.branches * each.share for each in self.through)

    @property
    def sizes(self) -> float:
        """What the sizes of all parts add up to: the whole's, were they all of one direction; the rest cancels."""
        return sum(each.norm for each in self.through)

    @property
    def mean_by_size(self) -> float:
        """Branches on a path, mean over the sizes of the parts, whatever their direction."""
        return sum(each.branches * each.norm for each in self.through) / self.sizes if self.sizes else math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesion:
    """A trained network with its blocks deleted: test accuracy intact, and without each block that can be deleted.

    `at_start` and `at_end` are the gradient of its first mini-batch before and after the training; None where there are
    no shortcuts.
    """

    training: Training
    intact: float
    blocks: tuple[str, ...]
    without: tuple[float, ...]
    several: tuple[Several, ...]
    at_start: Lengths | None
    at_end: Lengths | None
    status: str = "done"
    message: str = ""


def estimate(config: LesionConfig, speed: Calibration) -> Estimate:
    """After the training, forward passes over the test images: one a block, and some fifty with several gone.

    Before and after it, the gradient by lengths of paths.

    Raises:
        ExplorerError: the data set is not there, or its files are broken.
    """
    images = find(config.data).facts().test
    net, trained, (seconds, held) = size(config.net), training(config, speed), _lengths(config, speed)
    blocks = len({node.block for node in config.net.graph if node.block})
    lesions = (blocks + 50) * speed.seconds(net.layers, net.macs * images)
    tested = net.weight_bytes + net.image_bytes * images
    return Estimate(
        seconds=trained.seconds + lesions / FASTER[config.device] + 2 * seconds,
        bytes=trained.bytes + max(tested, held),
    )


def _lengths(config: LesionConfig, speed: Calibration) -> tuple[float, int]:
    """Seconds and bytes of a gradient by lengths of paths, in double precision on the processor.

    Back through the last block goes one gradient, through the first as many as there are blocks and one more. Each is
    held for both inputs of an addition, as it comes, as it is sent on, as it arrives, and twice on its way there.
    """
    net, (joins, largest) = size(config.net), _joins(config.net)
    if not joins:
        return 0.0, 0
    passes = 1 + (joins + 3) / 2
    seconds = speed.seconds(2 * net.layers, DOUBLE * passes * net.macs * config.batch)
    carried = 2 * 5 * (joins + 1) * largest
    return seconds, DOUBLE * (net.weight_bytes + (net.image_bytes + 4 * carried) * config.batch)


@functools.lru_cache(maxsize=256)
def _joins(net: NetSpec) -> tuple[int, int]:
    """How many additions a network has, and the values of the largest map that one of them gives, for one image."""
    maps = [math.prod(layer.output_shape) for layer in analyse(net).layers if layer.node.op.branch is not None]
    return len(maps), max(maps, default=0)


TASK = Task(
    name="lesion",
    title="train, then delete blocks",
    config=LesionConfig,
    run="resnet_explorer.tasks.lesion.run:lesion",
    estimate=estimate,
    eased_by=("steps", "batch", "image"),
    records=(Several, Through, Lengths, Lesion),
)
