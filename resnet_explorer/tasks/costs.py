"""What each task costs, in closed form: seconds and bytes from the description alone, before anything is allocated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.registry import Registry
from resnet_explorer.tasks.cost import BACKWARD, FASTER, Calibration, Cost, build, size
from resnet_explorer.tasks.costs_lab import LABORATORY, training
from resnet_explorer.tasks.records import Estimate
from resnet_explorer.tasks.time_block.cost import time_block
from resnet_explorer.tasks.time_nets.cost import time_nets

if TYPE_CHECKING:
    from resnet_explorer.tasks.records import Config, ConfirmConfig, GradientsConfig


def _gradients(config: GradientsConfig, speed: Calibration) -> Estimate:
    net = size(config.net)
    step = speed.seconds(net.layers, BACKWARD * net.macs * config.batch)
    held = 2 * net.weight_bytes + net.image_bytes * config.batch
    return Estimate(seconds=build(net, speed) + step / FASTER[config.device], bytes=held)


def _confirm(config: ConfirmConfig, speed: Calibration) -> Estimate:
    """Three passes: one to see the output, one for each independent counter."""
    net = size(config.net)
    passes = 3 * speed.seconds(net.layers, net.macs)
    return Estimate(seconds=build(net, speed) + passes, bytes=net.weight_bytes + net.image_bytes)


def _devices(config: Config, speed: Calibration) -> Estimate:  # noqa: ARG001
    return Estimate(seconds=0.1, bytes=0)


COSTS = Registry(
    "task",
    (
        Cost(name="devices", of=_devices),
        Cost(name="confirm", of=_confirm, eased_by=("image",)),
        Cost(name="gradients", of=_gradients, eased_by=("batch", "image")),
        Cost(name="train", of=training, eased_by=("steps", "batch", "image")),
        Cost(name="time_block", of=time_block, eased_by=("batch", "pixels", "channels")),
        Cost(name="time_nets", of=time_nets, eased_by=("batch",)),
        *LABORATORY,
    ),
)
