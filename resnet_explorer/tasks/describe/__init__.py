"""Somebody's module, made by its constructor in a worker and described."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from resnet_explorer.errors import InvalidOption
from resnet_explorer.options import Text, option
from resnet_explorer.spec import Graph, Node, ops
from resnet_explorer.spec.imports import ImportedNet
from resnet_explorer.tasks.task import Config, Estimate, Task

if TYPE_CHECKING:
    from resnet_explorer.tasks.speed import Calibration

CONSTRUCTOR = Text(r"([A-Za-z_][A-Za-z0-9_.]{0,80}:[A-Za-z][A-Za-z0-9_]{0,80})?", "PACKAGE.MODULE:CONSTRUCTOR")
SHAPE = Text(r"[1-9][0-9]{0,4}(,[1-9][0-9]{0,4}){0,3}", "up to four whole numbers, joined by commas, as 3,224,224")
MOST_VALUES = 3 * 4096 * 4096
"""Of one input: it may have to be a real one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeConfig(Config):
    """Make a module by its constructor's name, which the operator allows, and describe it."""

    task: ClassVar[str] = "describe"
    constructor: str = option("", CONSTRUCTOR, query="constructor", help="what makes the module")
    shape: str = option("3,224,224", SHAPE, query="input", help="the shape of one input: channels, height, width")

    def __post_init__(self) -> None:
        super(DescribeConfig, self).__post_init__()
        if math.prod(self.input_shape) > MOST_VALUES:
            raise InvalidOption("input", self.shape, f"{MOST_VALUES:,} values or fewer")

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape as numbers."""
        return tuple(map(int, self.shape.split(",")))


def estimate(config: DescribeConfig, speed: Calibration) -> Estimate:  # noqa: ARG001 - nothing is known of the net
    """As much as a net of 250 million parameters takes: what it is made of is known when it is made."""
    return Estimate(seconds=10, bytes=1_000_000_000)


TASK = Task(
    name="describe",
    title="describe a module",
    config=DescribeConfig,
    run="resnet_explorer.tasks.describe.run:describe",
    estimate=estimate,
    records=(ImportedNet, Graph, Node, *(each for each in vars(ops).values() if isinstance(each, type))),
)
