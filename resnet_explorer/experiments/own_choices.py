"""What may be chosen about an own run."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from resnet_explorer.analysis.frozen import FREEZES, NOTHING, freezable
from resnet_explorer.analysis.frozen import TITLES as FREEZE_TITLES
from resnet_explorer.datasets import NAMED
from resnet_explorer.errors import ExplorerError
from resnet_explorer.experiments.choices import Repeated
from resnet_explorer.options import Choice, Flag, Real, Whole, option
from resnet_explorer.spec import NetSpec, from_query
from resnet_explorer.tasks.initialisation import INIT_TITLES, INITS
from resnet_explorer.tasks.task import DEVICES
from resnet_explorer.tasks.train import CLIPS, OPTIMISERS, SCHEDULE_TITLES, SCHEDULES

RECIPES = ("own", "cifar")
TRAINING = (
    "optimiser", "lr", "weight_decay", "schedule", "warmup", "clip", "clip_at", "init", "eps", "steps", "batch", "data",
    "augment", "freeze",
)  # fmt: skip
"""What a recipe settles."""
SETTLED = "nothing: the paper's recipe has its own; for a few steps of it, train --preset cifar_recipe --steps 5"


@functools.lru_cache(maxsize=256)
def network(text: str) -> NetSpec | None:
    """The net of a query, or None if it names none."""
    try:
        return from_query(text) if text else None
    except ExplorerError:
        return None


@dataclass(frozen=True, slots=True)
class OptionalNet:
    """A net as in a link, or nothing."""

    allowed: str = "a net as in a link, such as resnet18 or blocks=2,2&width=8&stem=cifar; or nothing"

    def holds(self, value: Any) -> bool:
        """Whether it is a net, or nothing."""
        return type(value) is str and len(value) <= 180 and (not value or network(value) is not None)

    def parse(self, text: str) -> str | None:
        """The text itself, if it is allowed."""
        return text if self.holds(text) else None

    def text(self, value: str) -> str:
        """The value itself."""
        return value


def _net(default: str, query: str) -> Any:
    return option(default, OptionalNet(), query=query, help="a net of the run")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own(Repeated):
    """Up to four nets, a data set, and how they are trained; with the recipe `cifar`, the paper's own training."""

    recipe: str = option(
        "own",
        Choice(RECIPES, ("as chosen here", "the paper's, on CIFAR-10")),
        query="recipe",
        help="the settings of the training: those chosen here, or the paper's on CIFAR-10",
    )
    first: str = _net("demo_plain34", "net_1")
    second: str = _net("demo_resnet34", "net_2")
    third: str = _net("", "net_3")
    fourth: str = _net("", "net_4")
    data: str = option(
        "digits",
        NAMED,
        query="data",
        help="the data set",
    )
    steps: int = option(240, Whole(2, 64_000), query="own_steps", help="steps of training")
    batch: int = option(64, Whole(2, 512), query="batch", help="images in a mini-batch")
    lr: float = option(0.02, Real(1e-6, 10.0), query="lr", help="learning rate, constant after the warm-up")
    optimiser: str = option("sgd", Choice(OPTIMISERS), query="optimiser", help="SGD with momentum, or Adam")
    weight_decay: float = option(1e-4, Real(0.0, 1.0), query="weight_decay", help="weight decay")
    schedule: str = option(
        "constant", Choice(SCHEDULES, SCHEDULE_TITLES), query="schedule", help="the learning rate over the steps"
    )
    warmup: int = option(
        0, Whole(0, 2000), query="warmup", help="steps over which the learning rate rises to its value"
    )
    clip: str = option("none", Choice(CLIPS), query="clip", help="what of the gradient is clipped before the step")
    clip_at: float = option(
        1.0, Real(1e-6, 1e6), query="clip_at", help="clip norms to this (global), or to this times the weights' (layer)"
    )
    init: str = option("he", Choice(INITS, INIT_TITLES), query="init", help="initialisation")
    eps: float = option(0.1, Real(0.0, 1.0), query="eps", help="with near_identity, how much of He is added")
    norm: bool = option(True, Flag(), query="lab_bn", help="with BatchNorm")
    augment: bool = option(
        False, Flag(), query="augment", help="pad by 4 pixels, crop at random, mirror one picture in two"
    )
    freeze: str = option(
        NOTHING,
        Choice(FREEZES, FREEZE_TITLES),
        query="freeze",
        help="layers that get no update, their BatchNorms in eval mode: every BatchNorm, or all up to a stage",
    )
    device: str = option("cpu", Choice(DEVICES), query="device", help="where the tensors live")

    @property
    def idle(self) -> dict[str, str]:
        """With the paper's recipe, the settings of the training; else what not all nets have to be frozen."""
        if self.recipe == "cifar":
            return dict.fromkeys(TRAINING, SETTLED)
        return (
            {}
            if self.freeze in self.freezable
            else {"freeze": f"what all of these nets have: {', '.join(self.freezable)}"}
        )

    @property
    def freezable(self) -> tuple[str, ...]:
        """What can be frozen in each of the nets as they are trained."""
        return freezable([(net if self.norm else net.turned(norm="none")).graph for net in self.nets])

    @property
    def nets(self) -> tuple[NetSpec, ...]:
        """The nets that were chosen, each once."""
        chosen = (network(text) for text in (self.first, self.second, self.third, self.fourth))
        return tuple(dict.fromkeys(net for net in chosen if net is not None))
