"""An operation as a bar in the drawing of a block: how it is shaded, and what stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.diagrams import wording
from resnet_explorer.diagrams.strip import kernel_class
from resnet_explorer.spec.ops import Activation, Conv2d, Convolution, Normalisation, Rectifier, Scale

if TYPE_CHECKING:
    from resnet_explorer.analysis import Layer

_SHORT = {"bn": "BN", "gn": "GN", "ln": "LN", "relu": "ReLU", "leaky": "leaky ReLU"}
_KINDS = {Normalisation: "norm", Rectifier: "act", Activation: "act"}


def shade(layer: Layer) -> tuple[str, str]:
    """The classes of the bar and of the text on it."""
    if isinstance(layer.node.op, Conv2d | Convolution):
        kernel = kernel_class(layer.node.op.kernel)
        return kernel, kernel
    if layer.op == "fc":
        return "fc", "fc"
    return next((css for kind, css in _KINDS.items() if isinstance(layer.node.op, kind)), "other"), "op"


def label(layer: Layer) -> str:
    """The operation in short."""
    if isinstance(layer.node.op, Conv2d | Convolution):
        return f"{wording.sides(layer.node.op)}, {layer.output_shape[0]:,}"
    if layer.op == "fc":
        return f"fc, {layer.output_shape[0]:,}"
    if isinstance(layer.node.op, Scale):
        return f"× α, from {layer.node.op.begins:.3g}"
    return _SHORT.get(layer.op, wording.operation(layer.node.op))
