"""Numbers with their working: where a count comes from, in figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from resnet_explorer.analysis.conventions import short
from resnet_explorer.spec.ops import BatchNorm2d, Conv2d, GroupNorm, Linear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from resnet_explorer.analysis.bottleneck import Cost
    from resnet_explorer.analysis.ledger import Line
    from resnet_explorer.analysis.report import Layer, Report
    from resnet_explorer.analysis.roofline import Point
    from resnet_explorer.spec.ops import Op


def weights(op: Op) -> str:
    """The parameters of an operation with their working: 9 · 64 · 64 = 36,864. Empty where there are none."""
    match op:
        case Conv2d():
            factors = ([op.kernel**2] if op.kernel > 1 else []) + [op.in_channels // op.groups, op.out_channels]
            bias = f" + {op.out_channels:,}" if op.bias else ""
            return f"{_product(factors)}{bias} = {op.params:,}"
        case Linear():
            return f"{_product([op.in_features, op.out_features])} + {op.out_features:,} = {op.params:,}"
        case BatchNorm2d() | GroupNorm():
            return f"{_product([2, op.channels])} = {op.params:,}"
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


def of_layers(layers: Iterable[Layer], metric: str) -> str:
    """A sum over layers, equal ones together: 2 × (9 · 64 · 64 = 36,864) + 2 × (2 · 64 = 128) = 73,984."""
    counted = [layer for layer in layers if layer.count(metric)]
    terms = Counter(_working(layer, metric) for layer in counted)
    listed = (f"{count} × ({term})" if count > 1 else f"({term})" for term, count in terms.items())
    return f"{' + '.join(listed)} = {sum(layer.count(metric) for layer in counted):,}" if counted else "nothing: 0"


def _working(layer: Layer, metric: str) -> str:
    if metric == "params":
        return weights(layer.node.op)
    return macs(layer) if metric == "macs" else f"{layer.count(metric):,}"


def of_stages(report: Report, metric: str) -> str:
    """The sum over the stages: stem 9,536 + conv2_x 221,952 + ... = 11,689,512."""
    return _sum((stage.name, stage.count(metric)) for stage in report.stages)


def of_depth(report: Report) -> str:
    """The weighted layers of the main path by kind."""
    kinds = Counter(layer.op for layer in report.weighted if layer.node.main)
    return f"{' + '.join(f'{count:,} {kind}' for kind, count in kinds.items())} = {report.depth:,}"


def of_blocks(report: Report) -> str:
    """The blocks, stage by stage: 3 + 4 + 6 + 3 = 16."""
    numbers = [len(stage.blocks) for stage in report.stages if stage.blocks]
    return f"{' + '.join(map(str, numbers))} = {sum(numbers)}" if numbers else "This net has no blocks: 0"


def of_field(report: Report) -> str:
    """What each stage adds to the receptive field: 1 + 10 (stem) + 48 (conv2_x) + ... = 435 px."""
    terms, before = ["1"], 1
    for stage in report.stages:
        now = stage.layers[-1].field_px
        if now > before:
            terms.append(f"{now - before:,} ({stage.name})")
        before = now
    return f"{' + '.join(terms)} = {report.field_px:,} px; a window of k at a spacing of j adds (k − 1) · j"


def of_memory(report: Report, batch: int) -> str:
    """The training memory: 4 bytes for each of weights, gradients and momentum, and what backward needs."""
    memory = report.training_memory(batch)
    return f"4 · 3 · {report.params:,} + {batch:,} · {memory.saved // batch:,} (saved of an image) = {memory.total:,} B"


FORMULAS: dict[str, Callable[[Report, int], str]] = {
    "params": lambda report, _: of_stages(report, "params"),
    "macs": lambda report, _: of_stages(report, "macs"),
    "activations": lambda report, _: of_stages(report, "activations"),
    "layers": lambda report, _: of_depth(report),
    "blocks": lambda report, _: of_blocks(report),
    "field_px": lambda report, _: of_field(report),
    "training_memory": of_memory,
}
"""The working of a whole net's numbers, by the name of the measure, from its report and the batch."""


def share(part: int, whole: int) -> str:
    """A share with its working: 221,952 ÷ 21,797,672 = 1.02 %."""
    return f"{part:,} ÷ {whole:,} = {100 * part / whole:.2f} %" if whole else "of nothing: 0"


def quotient(one: int, other: int) -> str:
    """One number over another: 1,179,648 ÷ 69,632 = 16.9412."""
    return f"{one:,} ÷ {other:,} = {one / other:.4f}"


def difference(a: int, b: int) -> str:
    """B less A: 25,557,032 − 21,797,672 = +3,759,360."""
    return f"{b:,} − {a:,} = {b - a:+,}".replace("-", "−") if b != a else f"{b:,} − {a:,} = 0"


def of_cost(cost: Cost, metric: str) -> str:
    """What a block costs as the sum over its layers: conv1 36,864 + conv2 36,864 = 73,728."""
    terms = ((term.path, getattr(term, metric)) for term in cost.terms)
    return _sum((path, number) for path, number in terms if number)


def of_ratio(one: Cost, other: Cost) -> str:
    """One block's parameters over another's, in three lines: the two sums, and their quotient."""
    sums = (f"{each.title}: {of_cost(each, 'params')}" for each in (one, other))
    return "\n".join([*sums, quotient(one.params, other.params)])


def terms_of(line: Line) -> str:
    """What a convention counts, as a sum: 4,089,184,256 convolutions ... + 22,226,944 (2 × 11,113,472 values of BN)."""
    first, *others = line.terms
    more = (f" {'+' if term.number > 0 else '−'} {abs(term.number):,} ({term.what})" for term in others)
    return f"{first.number:,} {first.what}{''.join(more)}"


def of_line(line: Line) -> str:
    """The same with its result, where there is anything to add."""
    return f"{terms_of(line)} = {line.total:,}" if line.terms[1:] else terms_of(line)


def of_point(point: Point) -> str:
    """A layer under a roofline, a line each: FLOPs, bytes, their quotient, the rate it can reach, its least time."""
    batch, width, peak, bandwidth = point.run
    rates = f"{short(peak)}FLOP/s", f"{short(bandwidth)}B/s"
    times = f"{short(point.flops)} ÷ {rates[0]}, {short(point.bytes)} ÷ {rates[1]}"
    return "\n".join(
        [
            f"FLOPs: 2 · {point.macs:,} MACs · {batch:,} = {point.flops:,}",
            f"bytes: {width} · ({batch:,} · {point.moved:,} values + {point.params:,} parameters) = {point.bytes:,}",
            f"intensity: {point.flops:,} ÷ {point.bytes:,} = {point.intensity:.4g} FLOPs per byte",
            f"rate: min({rates[0]}, {rates[1]} · {point.intensity:.4g}) = {short(point.flops / point.seconds)}FLOP/s",
            f"time: max({times}) = {1e6 * point.seconds:,.1f} µs",
        ]
    )


def _sum(terms: Iterable[tuple[str, int]]) -> str:
    """Named numbers and their sum."""
    terms = tuple(terms)
    return f"{' + '.join(f'{name} {n:,}' for name, n in terms)} = {sum(n for _, n in terms):,}"


def _product(factors: list[int]) -> str:
    return " · ".join(f"{factor:,}" for factor in factors)
