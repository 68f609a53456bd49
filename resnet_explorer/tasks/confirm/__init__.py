"""The real module, counted by independent tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from resnet_explorer.tasks.speed import build, size
from resnet_explorer.tasks.task import Config, Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.speed import Calibration


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmConfig(Config):
    """Build the real module, run it once, and count it with independent tools."""

    task: ClassVar[str] = "confirm"
    net: NetSpec


class Count(NamedTuple):
    """One independent count of the real module.

    `expected` is the description's number, `note` says why they may differ, `agrees` whether they are equal where they
    should be.
    """

    tool: str
    what: str
    counted: int
    expected: int
    agrees: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The real module seen: its counts by independent tools, its output, and how long building and running took.

    `memory_bytes` are its parameters and buffers.
    """

    counts: tuple[Count, ...]
    output_shape: tuple[int, ...]
    device: str
    torch: str
    build_seconds: float
    forward_seconds: float
    memory_bytes: int


def estimate(config: ConfirmConfig, speed: Calibration) -> Estimate:
    """Three passes: one to see the output, one for each independent counter."""
    net = size(config.net)
    passes = 3 * speed.seconds(net.layers, net.macs)
    return Estimate(seconds=build(net, speed) + passes, bytes=net.weight_bytes + net.image_bytes)


TASK = Task(
    name="confirm",
    title="confirm the counts",
    config=ConfirmConfig,
    run="resnet_explorer.tasks.confirm.run:confirm",
    estimate=estimate,
    eased_by=("image",),
    records=(Count, Confirmation),
)
