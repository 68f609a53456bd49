"""Races by name, for the command line: which nets are trained, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resnet_explorer.experiments import nets, recipe
from resnet_explorer.registry import Registry
from resnet_explorer.spec import PRESETS

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec

RECIPE_NETS = ("cifar_resnet20", "cifar_resnet56", "cifar_resnet110", "cifar_plain20", "cifar_plain56")
KINDS = (("plain", False), ("resnet", True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A race: its nets by name, and the settings that differ from a training's own; `special` are those of one net."""

    name: str
    nets: tuple[tuple[str, NetSpec], ...]
    settings: dict[str, Any]
    special: dict[str, dict[str, Any]] = field(default_factory=dict)
    note: str = ""


def _digits(*depths: int) -> tuple[tuple[str, NetSpec], ...]:
    return tuple(
        (f"{kind}{depth}", nets.cifar(depth, residual=residual)) for kind, residual in KINDS for depth in depths
    )


CASES = Registry(
    "preset",
    (
        Case(name="degradation", nets=_digits(20, 56), settings={"steps": 240}),
        Case(name="figure6", nets=_digits(8, 20, 32, 44, 56), settings={"steps": 240}),
        Case(
            name="demo34",
            nets=tuple(
                (f"{kind}{depth}", PRESETS[f"demo_{kind}{depth}"].spec) for kind, _ in KINDS for depth in (18, 34)
            ),
            settings={"steps": 160},
        ),
        Case(
            name="cifar_recipe",
            nets=tuple((name, PRESETS[name].spec) for name in RECIPE_NETS),
            settings={**recipe.RECIPE, "test": True},
            special={name: {"start_lr": recipe.START_LR} for name in RECIPE_NETS if name.endswith(str(recipe.DEEP))},
            note=recipe.NOT_RUN.replace("**", ""),
        ),
    ),
)
