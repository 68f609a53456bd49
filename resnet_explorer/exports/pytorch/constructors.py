"""How each operation is written as a module of PyTorch, its numbers called by their names."""

from __future__ import annotations

import ast
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import resnet_explorer
from resnet_explorer.spec import ops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from resnet_explorer.exports.pytorch.scope import Scope


class Texts(NamedTuple):
    """One operation in several instances of a class: its attributes as they are written there."""

    scope: Scope
    versions: Sequence[Any]
    places: Sequence[int]
    enters: bool

    def of(self, attribute: str) -> str:
        """The attribute; empty where the operation has none."""
        values = [getattr(op, attribute, None) for op in self.versions]
        return "" if None in values else self.scope.text(attribute, values, self.places, enters=self.enters)

    def but(self, **defaults: str) -> dict[str, str]:
        """Those that differ from PyTorch's defaults."""
        texts = {attribute: self.of(attribute) for attribute in defaults}
        return {attribute: text for attribute, text in texts.items() if text not in {"", defaults[attribute]}}


def called(name: str, *positional: str, **named: str) -> str:
    """A call as it is written."""
    return f"{name}({', '.join([*positional, *(f'{key}={text}' for key, text in named.items())])})"


def _conv(op: Texts) -> str:
    more = op.but(stride="1", padding="0", dilation="1", groups="1", bias="True")
    return called("nn.Conv2d", op.of("in_channels"), op.of("out_channels"), kernel_size=op.of("kernel"), **more)


def _mean(op: Texts) -> str:
    kernel = op.of("kernel")
    more = str(int(kernel) - 1) if kernel.isdigit() else f"{kernel} - 1"
    padded, pool = f"nn.ZeroPad2d((0, {more}, 0, {more}))", called("nn.AvgPool2d", kernel, stride="1")
    return called("nn.Sequential", padded, pool)


def _channels(op: Texts) -> str:
    kernel = op.of("kernel")
    half = str(int(kernel) // 2) if kernel.isdigit() else f"{kernel} // 2"
    return called("nn.Conv1d", "1", "1", kernel_size=kernel, padding=half, bias="False")


def _average(op: Texts) -> str:
    """An average pool, whose stride is its window by default."""
    window = op.of("stride" if all(each.kernel == each.stride for each in op.versions) else "kernel")
    stride = {} if window == op.of("stride") else {"stride": op.of("stride")}
    return called("nn.AvgPool2d", window, **stride, ceil_mode="True", count_include_pad="False")


CONSTRUCTORS: dict[type[ops.Op], Callable[[Texts], str]] = {
    ops.Conv2d: _conv,
    ops.BatchNorm2d: lambda op: called("nn.BatchNorm2d", op.of("channels")),
    ops.GroupNorm: lambda op: called("nn.GroupNorm", op.of("groups"), op.of("channels")),
    ops.ReLU: lambda _op: "nn.ReLU()",
    ops.LeakyReLU: lambda op: called("nn.LeakyReLU", op.of("slope")),
    ops.Scale: lambda op: called("Scale", op.of("begins")),
    ops.Sigmoid: lambda _op: "nn.Sigmoid()",
    ops.AvgPool2d: _average,
    ops.SameAvgPool2d: _mean,
    ops.Blur2d: lambda op: called("Blur2d", op.of("stride")),
    ops.ChannelConv: _channels,
    ops.MaxPool2d: lambda op: called(
        "nn.MaxPool2d", kernel_size=op.of("kernel"), stride=op.of("stride"), **op.but(padding="0")
    ),
    ops.AdaptiveAvgPool2d: lambda op: called("nn.AdaptiveAvgPool2d", op.of("size")),
    ops.Dropout: lambda op: called("nn.Dropout", op.of("probability")),
    ops.GlobalAvgPool2d: lambda _op: "nn.AdaptiveAvgPool2d(1)",
    ops.Flatten: lambda _op: "nn.Flatten()",
    ops.Linear: lambda op: called("nn.Linear", op.of("in_features"), op.of("out_features")),
    ops.PadChannels: lambda op: called("PadChannels", op.of("channels"), op.of("stride")),
}
"""The module of each operation, as it is written; what PyTorch has none of is a class of `model/layers.py`."""


@functools.cache
def layers() -> dict[str, str]:
    """The source of the modules that PyTorch lacks, by name, without importing them."""
    source = (Path(resnet_explorer.__file__).parent / "model" / "layers.py").read_text(encoding="utf-8")
    found = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return {node.name: ast.get_source_segment(source, node) or "" for node in found}
