"""What the tasks of the laboratory cost."""

from __future__ import annotations

import dataclasses
import functools
import math
from typing import TYPE_CHECKING

from resnet_explorer.analysis import analyse
from resnet_explorer.datasets import find
from resnet_explorer.tasks.cost import BACKWARD, FASTER, Calibration, Cost, build, size
from resnet_explorer.tasks.records import STATISTICS, Estimate

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.records import (
        AgreementConfig,
        DenseConfig,
        GradientsConfig,
        JacobianConfig,
        LandscapeConfig,
        LesionConfig,
        OwnConfig,
        ShatteredConfig,
        TrainConfig,
    )

SVD = 30
"""Multiply-adds of the singular values of a matrix of n by n, in n³."""
TEST_IMAGES = 297
DOUBLE = 2
"""Double precision takes twice the bytes of single, and about twice the time."""
HELD = 3
"""Copies of a data set, a byte a value, that a worker holds while it reads it."""
READ_BYTES_PER_SECOND = 50e6


def _profile(config: GradientsConfig, speed: Calibration) -> Estimate:
    """A step whose every output has its gradient kept."""
    net = size(config.net)
    step = speed.seconds(net.layers, BACKWARD * net.macs * config.batch)
    held = 2 * net.weight_bytes + 2 * net.image_bytes * config.batch
    return Estimate(seconds=build(net, speed) + step / FASTER[config.device], bytes=held)


def _agreement(config: AgreementConfig, speed: Calibration) -> Estimate:
    """A step for each mini-batch; all gradients are held, in double precision."""
    one = _profile(config, speed)
    held = one.bytes + 3 * config.batches * size(config.net).weight_bytes
    return Estimate(seconds=config.batches * one.seconds, bytes=held)


def _jacobian(config: JacobianConfig, speed: Calibration) -> Estimate:
    """As many copies of a digit as the map behind the stem has values, 1,024 at most: the task refuses more."""
    one = _profile(dataclasses.replace(config, batch=1024), speed)
    return Estimate(seconds=one.seconds + SVD * 1024**3 / speed.macs_per_second, bytes=one.bytes)


def _dense(config: DenseConfig, speed: Calibration) -> Estimate:
    weights = config.layers * config.width**2
    seconds = speed.seconds(2 * config.layers, BACKWARD * weights * config.batch) / FASTER[config.device]
    values = 6 * config.layers * config.width * config.batch
    return Estimate(seconds=seconds + 4 * weights / 100e6, bytes=4 * (weights + values))


def _shattered(config: ShatteredConfig, speed: Calibration) -> Estimate:
    weights = config.layers * config.width**2
    net = speed.seconds(4 * config.layers, BACKWARD * weights * config.points) + 4 * weights / 100e6
    held = 4 * (weights + 8 * config.layers * config.width * config.points)
    return Estimate(seconds=config.draws * net / FASTER[config.device], bytes=held)


def training(config: TrainConfig, speed: Calibration) -> Estimate:
    """A step for each mini-batch; weights, gradients and momentum are held, with Adam two more and what was before."""
    net = size(config.net)
    step = speed.seconds(net.layers, BACKWARD * net.macs * config.batch)
    held = (5 if config.optimiser == "adam" else 3) * net.weight_bytes + net.image_bytes * config.batch
    return Estimate(seconds=build(net, speed) + config.steps * step / FASTER[config.device], bytes=held)


def _lesion(config: LesionConfig, speed: Calibration) -> Estimate:
    """After the training, forward passes over the test images: one a block, and some fifty with several gone.

    Before and after it, the gradient by lengths of paths.
    """
    net, trained, (seconds, held) = size(config.net), training(config, speed), _lengths(config, speed)
    blocks = len({node.block for node in config.net.graph if node.block})
    lesions = (blocks + 50) * speed.seconds(net.layers, net.macs * TEST_IMAGES)
    tested = net.weight_bytes + net.image_bytes * TEST_IMAGES
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


def _landscape(config: LandscapeConfig, speed: Calibration) -> Estimate:
    """After the training, forward passes: for each draw and either kind of statistics, one for each place."""
    net, trained = size(config.net), training(config, speed)
    passes = config.draws * len(STATISTICS) * config.points**2
    planes = passes * speed.seconds(net.layers, net.macs * config.images)
    held = 4 * net.weight_bytes + net.image_bytes * config.images
    return Estimate(seconds=trained.seconds + planes / FASTER[config.device], bytes=max(trained.bytes, held))


def _own(config: OwnConfig, speed: Calibration) -> Estimate:
    """A training, then a forward pass over the test pictures; the data set is held, and read a piece at a time.

    Raises:
        ExplorerError: the data set is not there, or its files are broken.
    """
    net, facts, trained = size(config.net), find(config.data).facts(), training(config, speed)
    passes = -(-facts.test // config.batch)
    test = speed.seconds(net.layers * passes, net.macs * facts.test) / FASTER[config.device]
    reading = facts.bytes / READ_BYTES_PER_SECOND
    return Estimate(seconds=trained.seconds + test + reading, bytes=trained.bytes + HELD * facts.bytes)


LABORATORY = (
    Cost(name="profile", of=_profile, eased_by=("batch", "image")),
    Cost(name="agreement", of=_agreement, eased_by=("batch", "image")),
    Cost(name="jacobian", of=_jacobian, eased_by=("image",)),
    Cost(name="dense", of=_dense, eased_by=("batch", "layers", "width")),
    Cost(name="shattered", of=_shattered, eased_by=("draws", "layers", "width")),
    Cost(name="lesion", of=_lesion, eased_by=("steps", "batch", "image")),
    Cost(name="own", of=_own, eased_by=("steps", "batch", "image")),
    Cost(name="landscape", of=_landscape, eased_by=("steps", "points", "draws", "batch")),
)
