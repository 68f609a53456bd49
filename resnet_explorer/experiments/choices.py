"""What may be chosen about an experiment: small configs, so that a link and the command line hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from resnet_explorer.options import Choice, Flag, Real, Whole, check, option
from resnet_explorer.spec import PRESETS
from resnet_explorer.tasks.initialisation import INIT_TITLES, INITS


class NormInit(NamedTuple):
    """Normalisation and initialisation, by their names, and what both are called."""

    title: str
    norm: str
    init: str


SETTINGS = {
    "bn_he": NormInit("BatchNorm, He", "batch", "he"),
    "bn_pytorch": NormInit("BatchNorm, PyTorch default", "batch", "pytorch"),
    "none_pytorch": NormInit("no BatchNorm, PyTorch default", "none", "pytorch"),
    "none_he": NormInit("no BatchNorm, He", "none", "he"),
}
RACES = {"four": "20 and 56 layers", "figure6": "8 to 56 layers", "demo34": "18 and 34 layers"}
NETS = {each.name: each.title for each in PRESETS}


def _any(titles: dict[str, str]) -> Choice:
    return Choice(tuple(titles), tuple(titles.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What every experiment lets one choose; wrong choices cannot be made."""

    seed: int = option(0, Whole(0, 2**31 - 1), query="seed", help="seed of the weights and of the data's order")

    def __post_init__(self) -> None:
        check(self)

    @property
    def idle(self) -> dict[str, str]:
        """The fields that count for nothing beside what else was chosen, and why."""
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(Choices):
    """Measured with several seeds that follow each other."""

    repeat: int = option(1, Whole(1, 5), query="repeat", help="how many seeds, from this one on")

    @property
    def seeds(self) -> range:
        """The seeds."""
        return range(self.seed, self.seed + self.repeat)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStart(Choices):
    """Any net beside its counterpart, as it begins."""

    net: str = option("resnet34", _any(NETS), query="lab_net", help="the net, beside its counterpart")
    third: str = option("", _any({"": "none"} | NETS), query="lab_third", help="a further net")
    fourth: str = option("", _any({"": "none"} | NETS), query="lab_fourth", help="one more net")
    norm: bool = option(True, Flag(), query="lab_bn", help="with BatchNorm")
    init: str = option("he", Choice(INITS, INIT_TITLES), query="init", help="initialisation")
    eps: float = option(0.1, Real(0.0, 1.0), query="eps", help="with near_identity, how much of He is added")
    zero_gamma: bool = option(False, Flag(), query="lab_zero_gamma", help="start each residual branch at zero")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep(Repeated):
    """Depth by depth in one setting."""

    setting: str = option(
        "bn_he",
        _any({name: each.title for name, each in SETTINGS.items()}),
        query="setting",
        help="BatchNorm (bn) or none, and the initialisation",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Once(Choices):
    """Nets that are trained once."""

    steps: int = option(240, Whole(2, 1000), query="lab_steps", help="steps of training")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained(Repeated):
    """Nets that are trained with each seed."""

    steps: int = option(240, Whole(2, 1000), query="lab_steps", help="steps of training")


@dataclass(frozen=True, slots=True, kw_only=True)
class Race(Trained):
    """Nets that are trained beside each other."""

    race: str = option("four", _any(RACES), query="race", help="which nets: 20 and 56, depths 8 to 56, or 18 and 34")
    lr: float = option(0.02, Real(1e-6, 10.0), query="lr", help="learning rate, constant after the warm-up")
