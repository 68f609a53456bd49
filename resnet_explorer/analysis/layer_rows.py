"""The layers as rows of a table, whatever it is written as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resnet_explorer.analysis.memory import saved_by
from resnet_explorer.analysis.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterator


def layer_rows(report: Any) -> Iterator[dict[str, object]]:
    """A row for each operation of a `Report`, by column; one at a time, as some nets have 20,000.

    Shapes are tuples of channels, height, width; `saved_bytes` is what autograd keeps of one image for its backward
    pass, in float32, each tensor where it is needed first; a `..._percent` is its part of the whole net's number.
    What an operation has not is None.
    """
    known = {layer.path: layer.output_shape for layer in report.layers} | {"image": report.spec.input_shape}
    saved = saved_by(report.graph, known)
    for layer in report.layers:
        op = layer.node.op
        counts = dict(zip(METRICS.names, layer.counts, strict=True))
        shares = {f"{name}_percent": 100 * counts[name] / (report.count(name) or 1) for name in ("params", "macs")}
        yield {
            "path": layer.path,
            "op": layer.op,
            "kernel": getattr(op, "kernel", None),
            "stride": getattr(op, "stride", None),
            "groups": getattr(op, "groups", None),
            "bias": any(name == "bias" for name, _ in op.weights) if op.weights else None,
            "in_channels": layer.input_shape[0],
            "out_channels": layer.output_shape[0],
            "input_shape": layer.input_shape,
            "output_shape": layer.output_shape,
            **counts,
            **shares,
            "saved_bytes": saved[layer.path],
            "field_px": layer.field_px,
            "stage": layer.node.stage,
            "block": layer.node.block or "",
            "shortcut": layer.node.shortcut,
            "gate": layer.node.gate,
        }
