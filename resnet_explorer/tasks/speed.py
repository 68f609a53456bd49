"""What estimates are made of: how fast a worker is, how large a network, and what building one takes."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis import analyse

if TYPE_CHECKING:
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


def build(net: Size, speed: Calibration) -> float:
    """Seconds to build the module: a few operations a layer, and each weight written about twice."""
    return 10 * speed.layer_seconds * net.layers + net.weight_bytes / 100e6
