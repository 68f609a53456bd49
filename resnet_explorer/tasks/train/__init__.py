"""A training on any data set, its gradients step by step, and a test of what was learned."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from resnet_explorer.analysis.frozen import FREEZES, NOTHING, frozen
from resnet_explorer.analysis.frozen import TITLES as FREEZE_TITLES
from resnet_explorer.datasets import DIGITS, NAMED, find
from resnet_explorer.options import Choice, Flag, Real, Whole, option
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
HELD = 3
"""Copies of a data set, a byte a value, that a worker holds while it reads it."""
READ_BYTES_PER_SECOND = 50e6
TAIL = 20
"""Steps whose mean loss counts as the final one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig(Config):
    """Train a network and watch its gradients, by default on the digits by SGD with momentum 0.9."""

    task: ClassVar[str] = "train"
    net: NetSpec
    init: str = option("he", Choice(INITS, INIT_TITLES), query="init", help="initialisation")
    eps: float = option(0.1, Real(0.0, 1.0), query="eps", help="with near_identity, how much of He is added")
    steps: int = option(80, Whole(1, 64_000), query="steps", help="steps of training")
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
    data: str = option(
        DIGITS.name,
        NAMED,
        query="data",
        help="the data set",
        added=True,
    )
    weight_decay: float = option(WEIGHT_DECAY, Real(0.0, 1.0), query="weight_decay", help="weight decay", added=True)
    schedule: str = option(
        "constant",
        Choice(SCHEDULES, SCHEDULE_TITLES),
        query="schedule",
        help="constant, or divided by 10 at half and at three quarters of the steps",
        added=True,
    )
    start_lr: float = option(
        0.0,
        Real(0.0, 10.0),
        query="start_lr",
        help="a first learning rate until the training error is below 80 %; 0: none",
        added=True,
    )
    augment: bool = option(
        False, Flag(), query="augment", help="pad by 4 pixels, crop at random, mirror one picture in two", added=True
    )
    test: bool = option(
        False, Flag(), query="test", help="at the end, test on the pictures that were held out", added=True
    )
    freeze: str = option(
        NOTHING,
        Choice(FREEZES, FREEZE_TITLES),
        query="freeze",
        help="layers that get no update, their BatchNorms in eval mode: every BatchNorm, or all up to a stage",
        added=True,
    )

    def __post_init__(self) -> None:
        Config.__post_init__(self)
        frozen(self.net.graph, self.freeze)


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
    """A finished training: `status` is done, diverged or stopped; `final_loss` the mean of the last steps.

    `accuracy` is the share of the `tested` held-out pictures that the network names rightly: there is none where that
    was not asked for, where the run did not end, or where the data set has no test part. `stamp` tells the set's files.
    """

    paths: tuple[str, ...]
    status: str
    final_loss: float
    seconds: float
    device: str
    threads: int
    torch: str
    message: str = ""
    accuracy: float | None = None
    tested: int = 0
    stamp: str = ""


def estimate(config: TrainConfig, speed: Calibration) -> Estimate:
    """A step for each mini-batch, and a forward pass over the test pictures if they are asked for.

    Weights, gradients and momentum are held, with Adam what it keeps besides and what was before; and the data set,
    which is read a piece at a time. While a step is made nothing of the images is held, but as much again as the
    weights take, with Adam twice, which before it holds its own copy of the gradients.

    Raises:
        ExplorerError: the data set is not there, or its files are broken.
    """
    net, facts = size(config.net), find(config.data).facts()
    step = speed.seconds(net.layers, BACKWARD * net.macs * config.batch)
    adam = config.optimiser == "adam"
    images = max(net.image_bytes * config.batch + adam * net.weight_bytes, (1 + adam) * net.weight_bytes)
    held = (3 + 2 * adam) * net.weight_bytes + images
    passes = -(-facts.test // config.batch) if config.test else 0
    test = speed.seconds(net.layers * passes, net.macs * facts.test * config.test)
    return Estimate(
        seconds=build(net, speed)
        + (config.steps * step + test) / FASTER[config.device]
        + facts.bytes / READ_BYTES_PER_SECOND,
        bytes=held + HELD * facts.bytes,
    )


TASK = Task(
    name="train",
    title="train",
    config=TrainConfig,
    run="resnet_explorer.tasks.train.run:train",
    estimate=estimate,
    eased_by=("steps", "batch", "image"),
    records=(Step, Training),
)
