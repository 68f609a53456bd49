"""Counts of layers, stages and nets, each with its working; that of one operation is its metric's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resnet_explorer.analysis import receptive_field
from resnet_explorer.analysis.arithmetic import added_up, signed
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.memory import FLOAT, INDEX, saved
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.worked import Worked
from resnet_explorer.spec.graph import IMAGE
from resnet_explorer.spec.ops import AdaptiveAvgPool2d, Conv2d, Flatten, GlobalAvgPool2d, Linear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from resnet_explorer.analysis.report import Layer, Report, Stage
    from resnet_explorer.analysis.structure import Change
    from resnet_explorer.spec.ops import Op

NOTHING = "0; nothing is counted here"
WHOLE = (GlobalAvgPool2d, Flatten, Linear)
"""Operations that take the whole map, or what did."""


def of_layer(report: Report, layer: Layer, measure: str) -> str:
    """A number of one layer, by the name of its metric, or its receptive field, `field_px`."""
    if measure == "field_px":
        return _of_field(report, layer)
    return working(layer, measure) or f"0; nothing is counted of {layer.op}"


def working(layer: Layer, metric: str) -> str:
    """What is counted of a layer, with its working if the metric has one; empty where nothing is."""
    made, count = METRICS[metric].working, layer.count(metric)
    if not count:
        return ""
    return made(layer.node.op, layer.input_shape, layer.output_shape) if made else f"{count:,}"


def _of_field(report: Report, layer: Layer) -> str:
    """What a layer adds to the receptive field of its input: 11 + (3 − 1) · 4 = 19 px."""
    known = receptive_field.receptive_fields(report.graph, max)
    before = [known.get(path, known[IMAGE]) for path in layer.node.inputs]
    if len(before) > 1:
        return f"the largest of its inputs, {', '.join(f'{seen:,}' for seen, _ in before)}: {layer.field_px:,} px"
    seen, spacing = before[0]
    if isinstance(layer.node.op, AdaptiveAvgPool2d):
        size = layer.node.op.size
        return f"stays that of the last map, {seen:,} px: what fits the map to {size} × {size} is not counted"
    if isinstance(layer.node.op, WHOLE):
        return f"stays that of the last map, {seen:,} px: what takes it whole is not counted, nor what comes behind"
    return f"{seen:,} + {_reach(layer.node.op)} · {spacing:,} = {layer.field_px:,} px"


def _reach(op: Op) -> str:
    """What lies under a kernel beside its first pixel."""
    if isinstance(op, Conv2d) and op.dilation > 1:
        return f"({op.kernel} − 1) · {op.dilation}"
    return f"({op.window[0]} − 1)"


def of_layers(layers: Iterable[Layer], metric: str) -> Worked:
    """A sum over layers, equal ones together: 2 × (9 · 64 · 64 = 36,864) + 2 × (2 · 64 = 128) = 73,984."""
    counted = [layer for layer in layers if layer.count(metric)]
    total = sum(layer.count(metric) for layer in counted)
    made = f"{_alike(working(layer, metric) for layer in counted)} = {total:,}" if counted else NOTHING
    return _count(total, made)


def _count(number: int, working: str) -> Worked:
    return Worked(number, f"{number:,}", working)


def of_changes(changes: Sequence[Change], metric: str) -> Worked:
    """What changes of operations do to a metric, equal ones together: 3 × (64 · 256 = 16,384) = +49,152."""
    ends = [tuple(layer.count(metric) if layer else 0 for layer in (each.after, each.before)) for each in changes]
    total = sum(after - before for after, before in ends)
    made = f"{_alike(_change(each, metric) for each in changes)} = {signed(total)}" if any(map(any, ends)) else NOTHING
    return Worked(total, signed(total), made)


def _change(change: Change, metric: str) -> str:
    after, before = (working(layer, metric) if layer else "" for layer in (change.after, change.before))
    return f"({after}) − ({before})" if after and before else after or f"0 − ({before})"


def _alike(workings: Iterable[str]) -> str:
    """Terms of a sum, equal ones together."""
    terms = Counter(workings)
    return " + ".join(f"{count} × ({term})" if count > 1 else f"({term})" for term, count in terms.items())


def of_stages(report: Report, metric: str) -> Worked:
    """The sum over the stages: stem 9,536 + conv2_x 221,952 + ... = 11,689,512."""
    return _count(report.count(metric), added_up((stage.name, stage.count(metric)) for stage in report.stages))


def of_block(dear: Stage, cheap: Stage, metric: str) -> Worked:
    """How a block of one stage relates to one of another, on average."""
    (one, first), (other, second) = ((_per_block(stage, metric), stage) for stage in (dear, cheap))
    numbers = ((each, len(each.blocks)) for each in (first, second))
    mean = [f"({each.count(metric):,} ÷ {plural(count, 'block')} of {each.name})" for each, count in numbers]
    return Worked(one / other, f"{one / other:.4f}", f"{mean[0]} ÷ {mean[1]} = {one / other:.4f}")


def _per_block(stage: Stage, metric: str) -> float:
    return stage.count(metric) / len(stage.blocks)


def of_depth(report: Report) -> Worked:
    """The weighted layers of the main path by kind, and why the net's name says another number, if it does."""
    kinds = Counter(layer.op for layer in report.weighted if layer.node.main)
    made = f"{' + '.join(f'{count:,} {kind}' for kind, count in kinds.items())} = {report.depth:,}"
    return _count(report.depth, f"{made}; {report.spec.named_depth}" if report.spec.named_depth else made)


def of_blocks(report: Report) -> Worked:
    """The blocks, stage by stage: 3 + 4 + 6 + 3 = 16."""
    numbers = [len(stage.blocks) for stage in report.stages if stage.blocks]
    made = f"{' + '.join(map(str, numbers))} = {sum(numbers)}" if numbers else "This net has no blocks: 0"
    return _count(sum(numbers), made)


def of_field(report: Report, choose: Callable[[int, int], int] = max) -> Worked:
    """What each stage adds to the receptive field: 1 + 10 (stem) + 48 (conv2_x) + ... = 435 px.

    `choose` says which of two paths counts where they meet: the longer one (`max`), or the shorter one (`min`).
    """
    known = receptive_field.receptive_fields(report.graph, choose)
    terms, before = ["1"], 1
    for stage in report.stages:
        now, _ = known[stage.layers[-1].path]
        if now > before:
            terms.append(f"{now - before:,} ({stage.name})")
        before = now
    past = receptive_field.past(report.graph)
    besides = f"; past this window every value depends on the whole image, by {past}" if past else ""
    made = f"{' + '.join(terms)} = {before:,} px; a window of k at a spacing of j adds (k − 1) · j{besides}"
    return _count(before, made)


def of_memory(report: Report, batch: int) -> Worked:
    """The training memory: 4 bytes for each of weights, gradients and momentum, and what backward needs."""
    memory = report.training_memory(batch)
    made = f"4 · 3 · {report.params:,} + {batch:,} · {memory.saved // batch:,} (saved of an image) = {memory.total:,} B"
    return _count(memory.total, made)


def of_saved(report: Report) -> Worked:
    """What the backward pass needs of one image."""
    known = {layer.path: layer.output_shape for layer in report.layers} | {IMAGE: report.spec.input_shape}
    kept = saved(report.graph, known)
    places = f" + {INDEX} · {kept.indices:,} places of maxima" if kept.indices else ""
    total = FLOAT * kept.values + INDEX * kept.indices
    return _count(total, f"{FLOAT} · {kept.values:,} values{places} = {total:,} B")
