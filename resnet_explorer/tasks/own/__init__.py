"""A training on any data set, and a test of what was learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.datasets import find
from resnet_explorer.options import Choice, Flag, Real, Text, Whole, option
from resnet_explorer.tasks.speed import FASTER, size
from resnet_explorer.tasks.task import Estimate, Task
from resnet_explorer.tasks.train import SCHEDULE_TITLES, SCHEDULES, WEIGHT_DECAY, TrainConfig, Training
from resnet_explorer.tasks.train import estimate as training

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration

HELD = 3
"""Copies of a data set, a byte a value, that a worker holds while it reads it."""
READ_BYTES_PER_SECOND = 50e6


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnConfig(TrainConfig):
    """Train a network on any data set: an own run, or the recipe of Section 4.2 of arXiv:1512.03385."""

    task: ClassVar[str] = "own"
    steps: int = option(240, Whole(2, 64_000), query="steps", help="steps of training")
    data: str = option(
        "digits",
        Text(r"[a-z0-9_]{1,20}|npz\.[a-z0-9_-]{1,40}", "the name of a data set"),
        query="data",
        help="the data set",
    )
    weight_decay: float = option(WEIGHT_DECAY, Real(0.0, 1.0), query="weight_decay", help="weight decay")
    schedule: str = option(
        "constant",
        Choice(SCHEDULES, SCHEDULE_TITLES),
        query="schedule",
        help="constant, or divided by 10 at half and at three quarters of the steps",
    )
    start_lr: float = option(
        0.0,
        Real(0.0, 10.0),
        query="start_lr",
        help="a first learning rate until the training error is below 80 %; 0: none",
    )
    augment: bool = option(
        False, Flag(), query="augment", help="pad by 4 pixels, crop at random, mirror one picture in two"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTraining(Training):
    """A training on any data set: `accuracy` is the share of the `tested` held-out pictures that it names rightly.

    There is none where the run did not end, or where the set has no test part. `stamp` tells the files of the set.
    """

    accuracy: float | None
    tested: int
    stamp: str


def estimate(config: OwnConfig, speed: Calibration) -> Estimate:
    """A training, then a forward pass over the test pictures; the data set is held, and read a piece at a time.

    Raises:
        ExplorerError: the data set is not there, or its files are broken.
    """
    net, facts, trained = size(config.net), find(config.data).facts(), training(config, speed)
    passes = -(-facts.test // config.batch)
    test = speed.seconds(net.layers * passes, net.macs * facts.test) / FASTER[config.device]
    reading = facts.bytes / READ_BYTES_PER_SECOND
    return Estimate(seconds=trained.seconds + test + reading, bytes=trained.bytes + HELD * facts.bytes)


TASK = Task(
    name="own",
    title="train on any data set",
    config=OwnConfig,
    run="resnet_explorer.tasks.own.run:own",
    estimate=estimate,
    eased_by=("steps", "batch", "image"),
    records=(OwnTraining,),
)
