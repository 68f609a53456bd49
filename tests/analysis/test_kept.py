"""Numbers and their workings as they were looked at: each net stands for what only it has."""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING

import pytest

import resnet_explorer as rx
from resnet_explorer.analysis import (
    arithmetic,
    bottleneck,
    budget,
    catalogue,
    compare,
    conventions,
    footprint,
    formula,
    frozen,
    growth,
    origins,
    progression,
    receptive_field,
    roofline,
    shapes,
    start,
    step,
    structure,
    table,
)
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.layer_rows import layer_rows
from resnet_explorer.analysis.ledger import CONVENTIONS, ledger, of_line, under
from resnet_explorer.analysis.measures import MEASURES, signed
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.parameters import PARAMETERS
from resnet_explorer.analysis.published import PROTOCOLS
from tests.kept import flat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Kept = Callable[[str, str], None]

NETS = {
    "resnet18": "resnet18",
    "resnet50": "resnet50",
    "seresnet50": "seresnet50",
    "resnet50d": "resnet50d",
    "resnext50_32x4d": "resnext50_32x4d",
    "cifar_resnet20": "cifar_resnet20",
    "cifar_highway20": "cifar_highway20",
    "vgg16": "vgg16",
    "preact": "block=preact_bottleneck&blocks=2,1&image=65&classes=10",
    "dilated": "blocks=1,1,1,1&output_stride=8&norm=group&activation=leaky&slope=0.2&in_channels=1&image=97",
    "scaled": "blocks=1,2&branch_scale=depth&downsample=blur&attention=eca&norm=none&width=24&image=50",
    "wide": "wide_resnet50_2",
}


def net(name: str) -> rx.Report:
    return rx.analyse(rx.preset(name) if name in rx.presets() else rx.from_query(name))


def whole(report: rx.Report) -> Iterator[str]:
    """What is said of a net as a whole."""
    for measure in MEASURES:
        number = measure.of(report, 32)
        yield f"{measure.name}: {number}, {measure.text(number)}, {measure.unit}, {measure.made(report, 32).working}"
    for line in (*ledger(report), *under(report, PARAMETERS), *under(report, CONVENTIONS)):
        yield f"{line.convention.name}: {of_line(line)}; {line.note}"
        yield from flat(line.terms, line.convention.name)
    yield from flat([list(step.steps(report)), frozen.freezable([report.graph])], "step")
    yield from flat([receptive_field.past(report.graph), receptive_field.range_px(report.graph)], "field")
    yield f"{formula.of_field(report, min).working}; {formula.of_saved(report).working}; {list(table.strides(report))}"
    yield from flat([origins.origin(report.spec), origins.papers(report.spec), origins.of_block(report.spec)], "papers")


def costly(report: rx.Report) -> Iterator[str]:
    """What it takes of memory and time."""
    yield f"peak: {footprint.peak(report)}"
    for precision in footprint.PRECISIONS:
        for optimiser in footprint.OPTIMISER_STATES:
            parts = footprint.training(report, 8, precision, optimiser)
            yield f"{precision.name}, {optimiser.name}: {footprint.total(parts)} = {footprint.in_words(parts)}"
            yield from flat(parts, optimiser.name)
        yield from flat(footprint.inference(report, 8, precision), precision.name)
    for device in ROOFLINE_DEVICES:
        rates = device.peak("fp32"), device.bandwidth
        found = roofline.points(report, 4, 4, *rates)
        yield f"{device.name}: {device.peak('fp16')}, {roofline.seconds(found):.6g} s, {roofline.intensity(found):.6g}"
        yield f"{roofline.of_ridge(*rates)}; {roofline.of_computing(report.macs, rates[0])}; {roofline.of_pass(found)}"
        yield from flat([(each.path, each.seconds, each.memory_bound, each.intensity) for each in found[:40:5]], "at")
    yield from flat([roofline.of_point(each) for each in found[:2]], "point")


def layered(report: rx.Report) -> Iterator[str]:
    """What is said of stages and layers."""
    for stage, row in zip(report.stages, table.stage_rows(report), strict=True):
        yield f"{', '.join(map(str, row))}; {shapes.of_stage(stage)}"
        yield from (f"{name}: {formula.of_layers(stage.layers, name).working}" for name in METRICS.names)
    different = {(layer.node.op, layer.input_shape): layer for layer in report.layers}
    for layer in different.values():
        workings = (formula.working(layer, name) for name in METRICS.names)
        yield f"{layer.path}: {shapes.of_shape(layer)}; {'; '.join(workings)}"
        yield from (f"{name}: {formula.of_layer(report, layer, name)}" for name in ("field_px", "params"))
    for row in islice(layer_rows(report), 30):
        yield ", ".join(f"{value:.6g}" if isinstance(value, float) else str(value) for value in row.values())


@pytest.mark.parametrize("name", NETS)
def test_a_net_in_numbers(name: str, kept: Kept) -> None:
    report = net(NETS[name])
    lines = [*whole(report), *layered(report)]
    if name in ("resnet50", "vgg16", "scaled"):
        lines += costly(report)
    kept(f"analysis/{name}.txt", "\n".join(lines) + "\n")


PAIRS = [
    ("resnet50", "resnet50_v1"),
    ("plain34", "resnet34"),
    ("resnet18", "resnet50"),
    ("vgg16", "resnet18"),
    ("resnet50", "wide_resnet50_2"),
    ("resnet50", "seresnet50"),
    ("cifar_resnet20", "resnet18"),
    ("resnet18", "resnet18"),
    ("resnet34", "block=basic&blocks=3,4,5,3&width=80"),
    ("resnet18", "resnet18_gn"),
]


def differing(one: str, other: str) -> Iterator[str]:
    a, b = net(one), net(other)
    found = compare.compare(a.spec, b.spec)
    yield f"## {found!r}"
    yield from (f"{cause.name}: {cause.title}, {cause.change}, {[*cause]}"[:400] for cause in found.causes)
    changes = structure.changes(a, b)
    for fold in structure.folded(changes):
        yield f"{fold.kind}, {fold.stage}, {fold.name}, {fold.words}: {len(fold.changes)}, {fold.params}, {fold.macs}"
    yield from (f"{name}: {formula.of_changes(changes, name).working}" for name in ("params", "macs"))
    yield from flat(budget.price(a, b), "price")
    for most in (b.params, a.params, 1):
        limits = budget.Budget(params=most, macs=a.macs + 1)
        yield f"{limits.side(a, b)} {[(*use, use.over, use.words) for use in limits.uses(b)]}"
    added, otherwise = start.apart(a.spec, b.spec)
    yield f"{len(added)} {start.listed(added[:1])} {start.listed(added[:2])} {start.listed(otherwise)}" if added else ""


def test_two_nets(kept: Kept) -> None:
    names = [(one, other) for one, other in PAIRS if other in rx.presets() or "=" in other]
    kept("analysis/pairs.txt", "\n".join(line for pair in names for line in differing(*pair)) + "\n")


def test_bottlenecks(kept: Kept) -> None:
    lines: list[str] = []
    for channels, reduction, pixels, norm, projection in (
        (256, 4, 14, False, False), (64, 3, 7, True, False), (128, 2, 1, True, True), (4, 8, 3, False, True),
    ):  # fmt: skip
        found = bottleneck.compare(channels, reduction, pixels, norm=norm, projection=projection)
        lines += [bottleneck.of_inner(channels, reduction), f"{found.ratio:.6g} {found.fair_ratio:.6g}", *flat(found)]
        lines += [bottleneck.of_cost(each, name) for each in found for name in ("params", "macs")]
        lines += [
            bottleneck.of_ratio(found.wide, found.bottleneck),
            bottleneck.of_ratio(found.narrow, found.bottleneck),
        ]
    kept("analysis/bottleneck.txt", "\n".join(lines) + "\n")


def written() -> Iterable[str]:
    for one, other in ((0, 1), (1, 3), (2, 1), (7, 7), (1_179_648, 69_632), (1, 10_000_000), (-5, 4), (3_000_000, 2)):
        yield from flat([arithmetic.share(one, other), arithmetic.ratio(one, other), arithmetic.off(one, other)])
        yield from flat(
            [arithmetic.difference(one, other), arithmetic.points(one / 8, other / 8), arithmetic.ratio(one / 8, other)]
        )
        yield from flat(
            [arithmetic.growth(other, one), arithmetic.spread(one, other, 8), arithmetic.signed(one - other)]
        )
    for count in (0, 1, 2, 11, 12, 13, 14):
        yield arithmetic.named(f"n{n}" for n in range(count)).working
        yield arithmetic.kinds("ab"[n % 2] for n in range(count)).working
    yield f"{arithmetic.per_second(32, 0.0123456, '2592 a/s')} {arithmetic.product([9, 64, 1024])}"
    for times in ([0.2], [0.3, 0.1, 0.2], [0.001, 0.002, 0.004, 0.01], [0.5, 0.25]):
        yield from flat([arithmetic.quantile(times), arithmetic.quantile(times, 0.9), arithmetic.quantile(times, 0.0)])
    for number in (
        0,
        1,
        5.5,
        9.995,
        9.994,
        99.95,
        99.94,
        999,
        999.4,
        999.5,
        1000,
        9994,
        999_500,
        25_557_032,
        4.09e9,
        2e12,
        -1234,
    ):
        yield f"{conventions.short(number)} {conventions.size(int(number))}"
        yield f"{arithmetic.rate_of(number, 'B')} {arithmetic.ms(number)}"
    yield from flat(
        [conventions.shares(parts) for parts in ([], [0, 0], [1, 1, 1], [2, 3, 2], [1, 6], [5, 5, 1, 1, 1, 1])]
    )
    for shape in ((3, 4, 4), (1, 4, 8), (2000, 3, 5), (4, 1, 1)):
        yield f"{conventions.sizes(shape)} {conventions.side(shape)}"
        yield f"{conventions.pixels(shape)} {conventions.pixels(shape, 'x')}"
    yield f"{conventions.capital('')} {conventions.capital('a Net')} {conventions.exact(12345)}"
    yield from (f"{signed(number, conventions.short)}" for number in (0, 1, -1500))
    for norms in ([], [1.0], [8.0, 4.0, 2.0], [1.0, 0.0, 9.0, math.inf, 81.0], [1.0, 2.0, 3.0]):
        yield f"{growth.growth(norms):.6g}"
    yield f"{growth.BATCH_NORM:.6g} {growth.PYTORCH:.6g}"


def test_how_numbers_are_written(kept: Kept) -> None:
    kept("analysis/written.txt", "\n".join(written()) + "\n")


def test_all_nets_with_what_was_published(kept: Kept) -> None:
    entries = catalogue.catalogue(rx.analyse)
    lines = [f"{each.preset.name}: {[*each.numbers.values()]}, {each.origin.cited}" for each in entries]
    for protocol in PROTOCOLS:
        for metric in ("params", "macs"):
            found = catalogue.points(entries, protocol, metric)
            lines += [f"{protocol.name}, {metric}: {[*each[:5], each.best]}" for each in found]
            lines += [f"{len({each.path for each in found})} paths"]
    lines += [
        f"{words}: {[e.preset.name for e in catalogue.matching(entries, words)]}" for words in ("se 2017", "VGG", "x y")
    ]
    for station in progression.STATIONS:
        old = progression.before(station)
        lines += [f"{station.name} from {old and old.name}: {progression.results(station)}"]
    kept("analysis/catalogue.txt", "\n".join(lines) + "\n")
