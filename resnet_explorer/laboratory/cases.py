"""Races by name, for the command line: which nets are trained, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from resnet_explorer.laboratory import nets
from resnet_explorer.registry import Registry
from resnet_explorer.spec import PRESETS

if TYPE_CHECKING:
    from resnet_explorer.spec import NetSpec

KINDS = (("plain", False), ("resnet", True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A race: its nets by name, and the settings that differ from a training's own."""

    name: str
    nets: tuple[tuple[str, NetSpec], ...]
    settings: dict[str, Any]


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
    ),
)
