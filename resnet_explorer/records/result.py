"""What jobs report while they run, and what they return. Plain numbers and tuples: no torch, no numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Step(NamedTuple):
    """One step of training: the mini-batch loss (nats) and the norm of each weight gradient before the update.

    `norms` follow `Training.paths`, and so do `weights`, the norms of the weights themselves. Values may be non-finite
    in the step at which a run diverges.
    """

    step: int
    loss: float
    norms: tuple[float, ...]
    ratio: float
    weights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A finished training: `status` is done, diverged or stopped; `final_loss` the mean of the last 20 steps."""

    paths: tuple[str, ...]
    status: str
    final_loss: float
    seconds: float
    device: str
    threads: int
    torch: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradients:
    """Gradient norms at initialisation; `paths` are the convolutions and fc in order, projections included."""

    paths: tuple[str, ...]
    norms: tuple[float, ...]
    loss: float
    ratio: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTime:
    """Median seconds of one block, forward, and forward with backward, over `repeats` interleaved repeats.

    `saved_bytes` is what autograd keeps for the backward pass, `weights` counts those of its convolutions.
    """

    name: str
    forward: float
    both: float
    saved_bytes: int
    weights: int
    repeats: int
    device: str


class NetTime(NamedTuple):
    """Seconds of one forward pass over `repeats` interleaved repeats: the median and both quartiles."""

    median: float
    low: float
    high: float
    repeats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The times of two nets, and what their machine reaches: FLOP/s of a matrix product, bytes/s of a copy."""

    nets: tuple[NetTime, NetTime]
    flops: float
    bandwidth: float
    device: str
