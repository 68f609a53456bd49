"""Jobs: a frozen config says all that is to be done; its key names it; a snapshot says how far it is.

A config's `task` is the name of the entry in `experiments.TASKS` that carries it out in a worker.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Any, ClassVar

from resnet_explorer import __version__
from resnet_explorer.options import Choice, Flag, Real, Whole, check, option
from resnet_explorer.spec import NetSpec, to_query

INITS = (
    "he",
    "pytorch",
    "xavier",
    "n0.01",
    "near_identity",
    "pytorch_unbiased",
    "he_fan_in",
    "delta_orthogonal",
    "fixup_like",
)
INIT_TITLES = (
    "He (fan-out)",
    "PyTorch default",
    "Xavier",
    "N(0, 0.01²)",
    "near the identity",
    "PyTorch default, biases 0",
    "He (fan-in, for the net's slope)",
    "delta-orthogonal",
    "Fixup-like",
)
OPTIMISERS = ("sgd", "adam")
CLIPS = ("none", "global", "layer")
MOMENTUM, WEIGHT_DECAY = 0.9, 1e-4
"""Of SGD: Section 3.4 of arXiv:1512.03385."""
DEVICES = ("cpu", "cuda", "mps")
FINAL = ("done", "diverged", "stopped", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What every job has. `device` is where its tensors live."""

    task: ClassVar[str]
    device: str = option("cpu", Choice(DEVICES), query="device", help="where the tensors live")

    def __post_init__(self) -> None:
        check(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesConfig(Config):
    """Ask a worker which devices it has."""

    task: ClassVar[str] = "devices"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmConfig(Config):
    """Build the real module, run it once, and count it with independent tools."""

    task: ClassVar[str] = "confirm"
    net: NetSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class GradientsConfig(Config):
    """Measure the gradient norms of a network at initialisation."""

    task: ClassVar[str] = "gradients"
    net: NetSpec
    init: str = option("he", Choice(INITS, INIT_TITLES), query="init", help="initialisation")
    eps: float = option(0.1, Real(0.0, 1.0), query="eps", help="with near_identity, how much of He is added")
    batch: int = option(32, Whole(2, 1024), query="batch", help="images in the mini-batch")
    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of the weights and of the data's order")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockConfig(Config):
    """Time a bottleneck block against two 3x3 convolutions at the same width."""

    task: ClassVar[str] = "time_block"
    channels: int = option(256, Whole(4, 4096, 4), query="channels", help="channels that enter and leave the block")
    reduction: int = option(4, Whole(1, 64), query="reduction", help="by how much the first 1×1 reduces them")
    pixels: int = option(56, Whole(1, 512), query="pixels", help="height and width of the map")
    batch: int = option(1, Whole(1, 256), query="batch", help="images in the mini-batch")
    norm: bool = option(False, Flag(), query="bn", help="with BatchNorm behind each convolution")


@dataclass(frozen=True, slots=True, kw_only=True)
class NetsConfig(Config):
    """Time a forward pass of two nets against each other."""

    task: ClassVar[str] = "time_nets"
    net: NetSpec
    other: NetSpec
    batch: int = option(1, Whole(1, 256), query="batch", help="images in the mini-batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a job will take, from a closed form: seconds on one core, and bytes at its peak."""

    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """How far a job is. `state`: waiting, running, then one of `FINAL`.

    `records` are what it reported so far, in order; `result` what it returned; `message` one sentence for people
    where something is to be said; `position` its place among the waiting (0: next).
    """

    key: str
    config: Config
    state: str
    records: tuple[Any, ...] = ()
    result: Any = None
    message: str = ""
    position: int = 0

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self.state in FINAL


def key(config: Config) -> str:
    """A job's permanent name: equal configs under equal code have equal keys. 16 hexadecimal digits."""
    parts = [__version__, config.task]
    for field in dataclasses.fields(config):
        value = getattr(config, field.name)
        parts.append(f"{field.name}={to_query(value) if isinstance(value, NetSpec) else value!r}")
    return hashlib.blake2b("&".join(parts).encode(), digest_size=8).hexdigest()
