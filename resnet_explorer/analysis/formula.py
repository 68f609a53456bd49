"""Counts with their working: where they come from, in figures. What is made of counts is in `arithmetic`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resnet_explorer.analysis import receptive_field
from resnet_explorer.analysis.arithmetic import added_up, signed
from resnet_explorer.analysis.memory import FLOAT, INDEX, saved
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.spec.graph import IMAGE
from resnet_explorer.spec.ops import (
    AdaptiveAvgPool2d,
    Conv2d,
    Flatten,
    GlobalAvgPool2d,
    Linear,
    Normalisation,
    Scale,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from resnet_explorer.analysis.report import Layer, Report, Stage
    from resnet_explorer.analysis.structure import Change
    from resnet_explorer.spec.ops import Op

NOTHING = "0; nothing is counted here"
WHOLE = (GlobalAvgPool2d, Flatten, Linear)
"""Operations that take the whole map, or what did."""


def weights(op: Op) -> str:
    """The parameters of an operation with their working: 9 · 64 · 64 = 36,864. Empty where there are none."""
    match op:
        case Conv2d():
            factors = ([op.kernel**2] if op.kernel > 1 else []) + [op.in_channels // op.groups, op.out_channels]
            bias = f" + {op.out_channels:,}" if op.bias else ""
            return f"{_product(factors)}{bias} = {op.params:,}"
        case Linear():
            return f"{_product([op.in_features, op.out_features])} + {op.out_features:,} = {op.params:,}"
        case Normalisation():
            return f"{_product([2, op.channels])} = {op.params:,}"
        case Scale():
            return f"one number = {op.params:,}"
    return f"{op.params:,}" if op.params else ""


def macs(layer: Layer) -> str:
    """The multiply-adds of a layer with their working: 36,864 · 56 · 56 = 115,605,504. Empty where there are none."""
    op = layer.node.op
    if not layer.macs:
        return ""
    if isinstance(op, Conv2d):
        weight = op.kernel**2 * (op.in_channels // op.groups) * op.out_channels
        return f"{_product([weight, *layer.output_shape[1:]])} = {layer.macs:,}"
    if isinstance(op, Linear):
        return f"{_product([op.in_features, op.out_features])} = {layer.macs:,}"
    return f"{layer.macs:,}"


def activations(layer: Layer) -> str:
    """The values a layer writes with their working: 64 · 56 · 56 = 200,704. Empty where none are counted."""
    return f"{_product(list(layer.output_shape))} = {layer.activations:,}" if layer.activations else ""


def of_layer(report: Report, layer: Layer, measure: str) -> str:
    """A number of one layer, by the name of its metric, or its receptive field, `field_px`."""
    if measure == "field_px":
        return _of_field(report, layer)
    return working(layer, measure) or f"0; nothing is counted of {layer.op}"


def working(layer: Layer, metric: str) -> str:
    """What is counted of a layer, with its working if the metric has one here; empty where nothing is."""
    made = _WORKINGS.get(metric)
    count = layer.count(metric)
    return made(layer) if made else f"{count:,}" if count else ""


def _of_field(report: Report, layer: Layer) -> str:
    """What a layer adds to the receptive field of its input: 11 + (3 − 1) · 4 = 19 px."""
    known = receptive_field.receptive_fields(report.spec.graph, max)
    before = [known.get(path, known[IMAGE]) for path in layer.node.inputs]
    if len(before) > 1:
        return f"the largest of its inputs, {', '.join(f'{seen:,}' for seen, _ in before)}: {layer.field_px:,} px"
    seen, spacing = before[0]
    if isinstance(layer.node.op, AdaptiveAvgPool2d):
        size = layer.node.op.size
        return f"stays that of the last map, {seen:,} px: what fits the map to {size} × {size} is not counted"
    if isinstance(layer.node.op, WHOLE):
        return f"stays that of the last map, {seen:,} px: what takes it whole is not counted, nor what comes behind"
    return f"{seen:,} + ({layer.node.op.window[0]} − 1) · {spacing:,} = {layer.field_px:,} px"


def of_layers(layers: Iterable[Layer], metric: str) -> str:
    """A sum over layers, equal ones together: 2 × (9 · 64 · 64 = 36,864) + 2 × (2 · 64 = 128) = 73,984."""
    counted = [layer for layer in layers if layer.count(metric)]
    if not counted:
        return NOTHING
    return _alike(working(layer, metric) for layer in counted) + f" = {sum(layer.count(metric) for layer in counted):,}"


def of_changes(changes: Sequence[Change], metric: str) -> str:
    """What changes of operations do to a metric, equal ones together: 3 × (64 · 256 = 16,384) = +49,152."""
    ends = [tuple(layer.count(metric) if layer else 0 for layer in (each.after, each.before)) for each in changes]
    if not any(map(any, ends)):
        return NOTHING
    total = sum(after - before for after, before in ends)
    return f"{_alike(_change(each, metric) for each in changes)} = {signed(total)}"


def _change(change: Change, metric: str) -> str:
    after, before = (working(layer, metric) if layer else "" for layer in (change.after, change.before))
    return f"({after}) − ({before})" if after and before else after or f"0 − ({before})"


def _alike(workings: Iterable[str]) -> str:
    """Terms of a sum, equal ones together."""
    terms = Counter(workings)
    return " + ".join(f"{count} × ({term})" if count > 1 else f"({term})" for term, count in terms.items())


def of_stages(report: Report, metric: str) -> str:
    """The sum over the stages: stem 9,536 + conv2_x 221,952 + ... = 11,689,512."""
    return added_up((stage.name, stage.count(metric)) for stage in report.stages)


def of_block(dear: Stage, cheap: Stage, metric: str) -> str:
    """How a block of one stage relates to one of another, on average."""
    (one, first), (other, second) = ((_per_block(stage, metric), stage) for stage in (dear, cheap))
    mean = [f"({each.count(metric):,} ÷ {len(each.blocks)} blocks of {each.name})" for each in (first, second)]
    return f"{mean[0]} ÷ {mean[1]} = {one / other:.4f}"


def _per_block(stage: Stage, metric: str) -> float:
    return stage.count(metric) / len(stage.blocks)


def of_depth(report: Report) -> str:
    """The weighted layers of the main path by kind, and why the net's name says another number, if it does."""
    kinds = Counter(layer.op for layer in report.weighted if layer.node.main)
    made = f"{' + '.join(f'{count:,} {kind}' for kind, count in kinds.items())} = {report.depth:,}"
    return f"{made}; {report.spec.named_depth}" if report.spec.named_depth else made


def of_blocks(report: Report) -> str:
    """The blocks, stage by stage: 3 + 4 + 6 + 3 = 16."""
    numbers = [len(stage.blocks) for stage in report.stages if stage.blocks]
    return f"{' + '.join(map(str, numbers))} = {sum(numbers)}" if numbers else "This net has no blocks: 0"


def of_field(report: Report, choose: Callable[[int, int], int] = max) -> str:
    """What each stage adds to the receptive field: 1 + 10 (stem) + 48 (conv2_x) + ... = 435 px.

    `choose` says which of two paths counts where they meet: the longer one (`max`), or the shorter one (`min`).
    """
    known = receptive_field.receptive_fields(report.spec.graph, choose)
    terms, before = ["1"], 1
    for stage in report.stages:
        now, _ = known[stage.layers[-1].path]
        if now > before:
            terms.append(f"{now - before:,} ({stage.name})")
        before = now
    past = receptive_field.past(report.spec.graph)
    besides = f"; past this window every value depends on the whole image, by {past}" if past else ""
    return f"{' + '.join(terms)} = {before:,} px; a window of k at a spacing of j adds (k − 1) · j{besides}"


def of_memory(report: Report, batch: int) -> str:
    """The training memory: 4 bytes for each of weights, gradients and momentum, and what backward needs."""
    memory = report.training_memory(batch)
    return f"4 · 3 · {report.params:,} + {batch:,} · {memory.saved // batch:,} (saved of an image) = {memory.total:,} B"


def of_saved(report: Report) -> str:
    """What the backward pass needs of one image."""
    known = {layer.path: layer.output_shape for layer in report.layers} | {IMAGE: report.spec.input_shape}
    kept = saved(report.spec.graph, known)
    places = f" + {INDEX} · {kept.indices:,} places of maxima" if kept.indices else ""
    return f"{FLOAT} · {kept.values:,} values{places} = {FLOAT * kept.values + INDEX * kept.indices:,} B"


_WORKINGS: dict[str, Callable[[Layer], str]] = {
    "params": lambda layer: weights(layer.node.op),
    "macs": macs,
    "activations": activations,
}
"""The working of what is counted of a layer, by the name of the metric."""


def _of_metric(name: str) -> Callable[[Report, int], str]:
    return lambda report, _: of_stages(report, name)


FORMULAS: dict[str, Callable[[Report, int], str]] = {
    **{metric.name: _of_metric(metric.name) for metric in METRICS},
    "layers": lambda report, _: of_depth(report),
    "blocks": lambda report, _: of_blocks(report),
    "field_px": lambda report, _: of_field(report),
    "training_memory": of_memory,
}
"""The working of a whole net's numbers, by the name of the measure, from its report and the batch."""


def _product(factors: list[int]) -> str:
    return " · ".join(f"{factor:,}" for factor in factors)
