"""What each task costs, in closed form: seconds and bytes from the description alone, before anything is allocated."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis import analyse
from resnet_explorer.records import Estimate
from resnet_explorer.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.records import BlockConfig, Config, ConfirmConfig, GradientsConfig, TrainConfig
    from resnet_explorer.spec import NetSpec

FASTER = {"cpu": 1.0, "cuda": 20.0, "mps": 5.0}
"""How much faster than one core a device is taken to be: far less than it is, so that nothing hangs there for long."""

BACKWARD = 3
"""A step of training takes the forward pass's multiply-adds about three times: outputs, inputs, weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How fast one worker is: what a layer costs in each step however small, and its rate of multiply-adds."""

    layer_seconds: float = 0.4e-3
    macs_per_second: float = 10e9

    def seconds(self, layers: int, macs: float) -> float:
        """Seconds of one pass over that many layers with that many multiply-adds in all."""
        return self.layer_seconds * layers + macs / self.macs_per_second


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The cost of the task of that name; `eased_by` are the settings that lower it, the first to try first."""

    name: str
    of: Callable[[Any, Calibration], Estimate]
    eased_by: tuple[str, ...] = ()


class Size(NamedTuple):
    """What the closed form needs of a network: for one image, and bytes with their part for each further one."""

    layers: int
    macs: int
    weight_bytes: int
    image_bytes: int


@functools.lru_cache(maxsize=256)
def size(spec: NetSpec) -> Size:
    """The size of a network."""
    report = analyse(spec)
    memory = report.training_memory(1)
    return Size(len(report.weighted), report.macs, memory.weights, memory.saved)


def _train(config: TrainConfig, speed: Calibration) -> Estimate:
    net = size(config.net)
    step = speed.seconds(net.layers, BACKWARD * net.macs * config.batch)
    held = 3 * net.weight_bytes + net.image_bytes * config.batch
    return Estimate(seconds=_build(net, speed) + config.steps * step / FASTER[config.device], bytes=held)


def _gradients(config: GradientsConfig, speed: Calibration) -> Estimate:
    net = size(config.net)
    step = speed.seconds(net.layers, BACKWARD * net.macs * config.batch)
    held = 2 * net.weight_bytes + net.image_bytes * config.batch
    return Estimate(seconds=_build(net, speed) + step / FASTER[config.device], bytes=held)


def _confirm(config: ConfirmConfig, speed: Calibration) -> Estimate:
    """Three passes: one to see the output, one for each independent counter."""
    net = size(config.net)
    passes = 3 * speed.seconds(net.layers, net.macs)
    return Estimate(seconds=_build(net, speed) + passes, bytes=net.weight_bytes + net.image_bytes)


def _build(net: Size, speed: Calibration) -> float:
    """Seconds to build the module: a few operations a layer, and each weight written about twice."""
    return 10 * speed.layer_seconds * net.layers + net.weight_bytes / 100e6


def _time_block(config: BlockConfig, speed: Calibration) -> Estimate:
    """Both blocks, forward (1) and forward with backward (3), with a warm-up and at least two repeats."""
    inner = max(1, config.channels // config.reduction)
    weights = 18 * config.channels**2 + 2 * config.channels * inner + 9 * inner**2
    values = config.channels * config.pixels**2 * config.batch
    macs = weights * config.pixels**2 * config.batch
    seconds = 3 * speed.seconds(20, (1 + BACKWARD) * macs) / FASTER[config.device]
    return Estimate(seconds=seconds, bytes=4 * (3 * weights + 12 * values))


def _devices(config: Config, speed: Calibration) -> Estimate:  # noqa: ARG001
    return Estimate(seconds=0.1, bytes=0)


COSTS = Registry(
    "task",
    (
        Cost(name="devices", of=_devices),
        Cost(name="confirm", of=_confirm, eased_by=("image",)),
        Cost(name="gradients", of=_gradients, eased_by=("batch", "image")),
        Cost(name="train", of=_train, eased_by=("steps", "batch", "image")),
        Cost(name="time_block", of=_time_block, eased_by=("batch", "pixels", "channels")),
    ),
)
