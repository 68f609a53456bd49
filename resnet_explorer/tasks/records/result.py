"""What jobs report while they run, and what they return. Plain numbers and tuples: no torch, no numpy."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

TAIL = 20
"""Steps whose mean loss counts as the final one."""


def final_loss(losses: Sequence[float]) -> float:
    """The mean of the last losses; no number (NaN) of none."""
    tail = losses[-TAIL:]
    return sum(tail) / len(tail) if tail else math.nan


def relative(norms: Sequence[float], wholes: Sequence[float]) -> tuple[float, ...]:
    """Each norm as a share of another; no number (NaN) where that is 0."""
    return tuple(norm / whole if whole else math.nan for norm, whole in zip(norms, wholes, strict=True))


def ratio(first: float, last: float) -> float:
    """First norm over last: infinite if the last alone is zero, no number (NaN) if both are."""
    if last == 0:
        return math.inf if first > 0 else math.nan
    return first / last


class Step(NamedTuple):
    """One step of training: the mini-batch loss (nats) and the norm of each weight gradient before the update.

    `norms` follow `Training.paths`, and so do `weights`, the norms of the weights themselves before the update, and
    `updates`, those of what the optimiser then took from them: none where no update was made. Values may be non-finite
    in the step at which a run diverges.
    """

    step: int
    loss: float
    norms: tuple[float, ...]
    ratio: float
    weights: tuple[float, ...] = ()
    updates: tuple[float, ...] = ()

    @property
    def moves(self) -> tuple[float, ...]:
        """How far each layer moves: its update over its weights; no numbers (NaN) where no update was made."""
        return relative(self.updates, self.weights) if self.updates else (math.nan,) * len(self.norms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A finished training: `status` is done, diverged or stopped; `final_loss` the mean of the last steps."""

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


class Times(NamedTuple):
    """Seconds of one thing in each of its repeats, as they were taken, in turns with those of others; one at least."""

    seconds: tuple[float, ...]

    @property
    def repeats(self) -> int:
        """How often it was timed."""
        return len(self.seconds)

    @property
    def median(self) -> float:
        """The time in the middle."""
        return statistics.median(self.seconds)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The times between which half of the repeats lie."""
        if self.repeats < 2:
            return self.seconds[0], self.seconds[0]
        low, _, high = statistics.quantiles(self.seconds, n=4, method="inclusive")
        return low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTime:
    """The times of one block, forward, and forward with backward.

    `saved_bytes` is what autograd keeps for the backward pass, `weights` counts those of its convolutions.
    """

    name: str
    forward: Times
    both: Times
    saved_bytes: int
    weights: int
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The times of a forward pass of two nets, and what their machine reaches.

    `flops` are the FLOP/s of a matrix product, `bandwidth` the bytes/s of a copy.
    """

    nets: tuple[Times, Times]
    flops: float
    bandwidth: float
    device: str
