"""What is known of a call when its operation is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from torch import Tensor

    from resnet_explorer.model.imports.tracer import Call
    from resnet_explorer.spec.ops import Shape, Weight


class Facts(NamedTuple):
    """A call with the shapes of its first input and its output, without the batch, and the weights that it owns."""

    call: Call
    x: Shape
    y: Shape
    owns: tuple[Weight, ...]

    def argument(self, place: int, name: str, default: Any = None) -> Any:
        """An argument, by its place or its name."""
        return self.call.args[place] if place < len(self.call.args) else self.call.kwargs.get(name, default)

    @property
    def own(self) -> dict[str, Any]:
        """What every imported operation is given."""
        return {"gives": self.y, "owns": self.owns, "work": self.call.flops // 2}

    @property
    def in_place(self) -> bool:
        """Whether it writes its output over its input."""
        return self.call.output is self.call.reads[0]

    @property
    def wholly(self) -> bool:
        """Whether it owns a weight and a bias, and nothing else."""
        return len(self.owns) == 2


def shape_of(tensor: Tensor) -> Shape:
    """The shape without the batch of one, where that is the first axis."""
    shape = tuple(tensor.shape)
    return (shape[1:] if shape[:1] == (1,) else shape) or (1,)


def several(value: Any, axes: int) -> tuple[int, ...]:
    """An argument of one number for each axis, or of one for all."""
    return tuple(value) * (axes // len(value)) if isinstance(value, tuple | list) else (int(value),) * axes
