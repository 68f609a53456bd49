"""What all operations have in common.

`Shape` is (channels, height, width), or (features,) behind the flattening; the batch is never included.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

Shape: TypeAlias = tuple[int, ...]
Weight: TypeAlias = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Op:
    """An operation. Its defaults are those of one without weights, work or window.

    `branch` says which input is a block's branch, where the operation adds a shortcut to it (None: it adds none).
    `saves` says what autograd keeps of it for the backward pass: of "input" (the first), "inputs" (all of them),
    "padded" (the first with its padding, where that is a map of its own), "output", "indices" (of maxima), "mask" (of
    what was dropped).
    `enlarges` says how many values it makes of one, across.
    `whole` says by what each value that it gives depends on all of its input's map, whatever its window, if it does.
    """

    kind: ClassVar[str]
    branch: ClassVar[int | None] = None
    saves: ClassVar[tuple[str, ...]] = ()
    whole: ClassVar[str] = ""
    enlarges: ClassVar[int] = 1

    @property
    def weights(self) -> tuple[Weight, ...]:
        """Learned tensors, as (name, shape)."""
        return ()

    @property
    def params(self) -> int:
        """Learned numbers."""
        return sum(math.prod(shape) for _, shape in self.weights)

    @property
    def statistics(self) -> int:
        """Numbers of each image, not a tensor of the graph, that autograd keeps besides."""
        return 0

    @property
    def window(self) -> tuple[int, int]:
        """Reach of its kernel and stride in pixels, for the receptive field."""
        return 1, 1

    def padded(self, x: Shape) -> Shape:
        """The shape of the first input with the padding that is made before it, as a map of its own."""
        return x

    @property
    def plain(self) -> Op | None:
        """What stands in its place in the plain net; None: nothing, its branch goes on."""
        return self

    def start(self, name: str) -> float | None:  # noqa: ARG002
        """What that tensor of its weights starts at, whatever the initialisation; None: it is left to that."""
        return None

    def together(self, y: Shape) -> int:  # noqa: ARG002
        """How many values of an image it normalises together, from the output's shape; 0: it normalises nothing."""
        return 0

    def shape(self, x: Shape) -> Shape:
        """The output's shape, from that of the first input."""
        return x

    def macs(self, y: Shape) -> int:  # noqa: ARG002
        """Multiply-adds for one image, from the output's shape: convolutions and fully connected layers only."""
        return 0
