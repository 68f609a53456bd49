"""The jobs of the laboratory: what is measured on networks at their start, in training, and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from resnet_explorer.options import Choice, Flag, Real, Text, Whole, option
from resnet_explorer.tasks.records.job import WEIGHT_DECAY, Config, GradientsConfig, TrainConfig

SCHEDULES = ("constant", "drops")
SCHEDULE_TITLES = ("constant", "÷ 10 at 1/2 and 3/4")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileConfig(GradientsConfig):
    """Measure every probe on a network at initialisation."""

    task: ClassVar[str] = "profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementConfig(GradientsConfig):
    """Compare the gradients of different mini-batches at initialisation."""

    task: ClassVar[str] = "agreement"
    batches: int = option(6, Whole(2, 16), query="batches", help="mini-batches that are compared")


@dataclass(frozen=True, slots=True, kw_only=True)
class JacobianConfig(GradientsConfig):
    """Take the singular values of the map from the stem's output to the end of the first stage."""

    task: ClassVar[str] = "jacobian"


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseConfig(Config):
    """Measure how a gradient grows through fully connected layers, as the theory has them: wide, random, alike."""

    task: ClassVar[str] = "dense"
    layers: int = option(50, Whole(2, 200), query="layers", help="fully connected layers")
    width: int = option(1000, Whole(4, 4096), query="width", help="units in each layer")
    batch: int = option(256, Whole(2, 4096), query="batch", help="vectors in the mini-batch")
    norm: bool = option(True, Flag(), query="bn", help="with BatchNorm")
    init: str = option("he", Choice(("he", "pytorch")), query="init", help="initialisation")
    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of weights and vectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShatteredConfig(Config):
    """Follow the slope of a network of one number along a line."""

    task: ClassVar[str] = "shattered"
    layers: int = option(50, Whole(1, 200), query="layers", help="hidden layers")
    residual: bool = option(False, Flag(), query="residual", help="with shortcuts around each layer")
    width: int = option(200, Whole(4, 1000), query="width", help="units in each layer")
    points: int = option(256, Whole(16, 1024), query="points", help="places on the line, and size of the mini-batch")
    draws: int = option(10, Whole(1, 50), query="draws", help="nets over which the correlation is averaged")
    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of the weights")


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionConfig(TrainConfig):
    """Train a network, then delete its blocks one by one; before and after, tell its gradient by lengths of paths."""

    task: ClassVar[str] = "lesion"


@dataclass(frozen=True, slots=True, kw_only=True)
class LandscapeConfig(TrainConfig):
    """Train a network, then look at its loss on planes through where it ended."""

    task: ClassVar[str] = "landscape"
    points: int = option(15, Whole(3, 51, 2), query="points", help="places along each side of the plane")
    span: float = option(1.0, Real(0.01, 10.0), query="span", help="how far the plane reaches, in filter norms")
    images: int = option(256, Whole(16, 1500), query="images", help="training images over which the loss is taken")
    draws: int = option(3, Whole(1, 9), query="draws", help="pairs of directions, each of which spans a plane")


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
