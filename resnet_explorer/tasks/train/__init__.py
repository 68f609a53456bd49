"""A training, and its gradients step by step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from resnet_explorer.options import Choice, Real, Whole, option
from resnet_explorer.tasks.initialisation import INIT_TITLES, INITS
from resnet_explorer.tasks.speed import BACKWARD, FASTER, build, size
from resnet_explorer.tasks.task import Config, Estimate, Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resnet_explorer.spec import NetSpec
    from resnet_explorer.tasks.speed import Calibration

OPTIMISERS = ("sgd", "adam")
CLIPS = ("none", "global", "layer")
MOMENTUM, WEIGHT_DECAY = 0.9, 1e-4
"""Of SGD: Section 3.4 of arXiv:1512.03385."""
SCHEDULES = ("constant", "drops")
SCHEDULE_TITLES = ("constant", "÷ 10 at 1/2 and 3/4")
TAIL = 20
"""Steps whose mean loss counts as the final one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig(Config):
    """Train a network on the digits and watch its gradients: SGD with momentum 0.9 and weight decay 1e-4, or Adam."""

    task: ClassVar[str] = "train"
    net: NetSpec
    init: str = option("he", Choice(INITS, INIT_TITLES), query="init", help="initialisation")
    eps: float = option(0.1, Real(0.0, 1.0), query="eps", help="with near_identity, how much of He is added")
    steps: int = option(80, Whole(1, 2000), query="steps", help="steps of training")
    batch: int = option(64, Whole(2, 512), query="batch", help="images in a mini-batch")
    lr: float = option(0.02, Real(1e-6, 10.0), query="lr", help="learning rate, constant after the warm-up")
    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of the weights and of the data's order")
    optimiser: str = option("sgd", Choice(OPTIMISERS), query="optimiser", help="SGD with momentum, or Adam")
    clip: str = option("none", Choice(CLIPS), query="clip", help="what of the gradient is clipped before the step")
    clip_at: float = option(
        1.0, Real(1e-6, 1e6), query="clip_at", help="clip norms to this (global), or to this times the weights' (layer)"
    )
    warmup: int = option(
        0, Whole(0, 2000), query="warmup", help="steps over which the learning rate rises to its value"
    )


def final_loss(losses: Sequence[float]) -> float:
    """The mean of the last losses; no number (NaN) of none."""
    tail = losses[-TAIL:]
    return sum(tail) / len(tail) if tail else math.nan


def relative(norms: Sequence[float], wholes: Sequence[float]) -> tuple[float, ...]:
    """Each norm as a share of another; no number (NaN) where that is 0."""
    return tuple(norm / whole if whole else math.nan for norm, whole in zip(norms, wholes, strict=True))


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


def estimate(config: TrainConfig, speed: Calibration) -> Estimate:
    """A step for each mini-batch; weights, gradients and momentum are held, with Adam two more and what was before."""
    net = size(config.net)
    step = speed.seconds(net.layers, BACKWARD * net.macs * config.batch)
    held = (5 if config.optimiser == "adam" else 3) * net.weight_bytes + net.image_bytes * config.batch
    return Estimate(seconds=build(net, speed) + config.steps * step / FASTER[config.device], bytes=held)


TASK = Task(
    name="train",
    title="train on the digits",
    config=TrainConfig,
    run="resnet_explorer.tasks.train.run:train",
    estimate=estimate,
    eased_by=("steps", "batch", "image"),
    records=(Step, Training),
)
