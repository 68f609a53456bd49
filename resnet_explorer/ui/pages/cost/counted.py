"""The parts of the Cost page that are counted: memory and roofline."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pyarrow as pa
import streamlit as st

from resnet_explorer.analysis import arithmetic, footprint, roofline
from resnet_explorer.analysis.conventions import plural, short, size
from resnet_explorer.analysis.devices import ROOFLINE_DEVICES
from resnet_explorer.analysis.footprint import OPTIMISER_STATES, PRECISIONS
from resnet_explorer.figures import footprint as bars
from resnet_explorer.figures import roofline as chart
from resnet_explorer.figures.numbers import number
from resnet_explorer.spec import reference, title
from resnet_explorer.ui import canvas
from resnet_explorer.ui.parts import cells, controls, picker
from resnet_explorer.ui.parts import text as parts
from resnet_explorer.ui.parts.derived import Derived
from resnet_explorer.ui.view import cached
from resnet_explorer.ui.view.views import CostView, ExploreView

if TYPE_CHECKING:
    from resnet_explorer.analysis.footprint import Allocation
    from resnet_explorer.analysis.roofline import RooflinePoint
    from resnet_explorer.spec.imports import Net
    from resnet_explorer.ui.canvas import Described

TRAINING, USE = "training", "in use"
COLUMNS = {"intensity": "FLOPs per byte", "computing": "computing, µs", "moving": "moving, µs"}
"""Columns of the roofline's table that are named otherwise than their working."""


@functools.lru_cache(maxsize=256)
def _parts(spec: Net, batch: int, precision: str, optimiser: str) -> dict[str, tuple[Allocation, ...]]:
    report, kind = cached.report(spec), PRECISIONS[precision]
    return {
        TRAINING: footprint.training(report, batch, kind, OPTIMISER_STATES[optimiser]),
        USE: footprint.inference(report, batch, kind),
    }


def memory_choices() -> None:
    """Batch, precision and optimiser; the batch is that of Explore's training memory."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        controls.widgets(ExploreView, "memory_batch")
        picker.show(
            controls.pick(CostView, "precision", {each.name: each.title for each in PRECISIONS}),
            controls.pick(CostView, "optimiser", {each.name: each.title for each in OPTIMISER_STATES}),
            key="memory",
        )


def memory(spec: Net, view: CostView, batch: int) -> None:
    """The parts drawn, what they mean, and each with its working."""
    found = _parts(spec, batch, view.precision, view.optimiser)
    words = "; ".join(f"{name}: {', '.join(f'{p.title} {size(p.bytes)}' for p in of)}" for name, of in found.items())
    parts.drawn(
        _bars(spec, batch, view.precision, view.optimiser),
        key="footprint",
        title=f"The memory of {title(spec)}",
        words=f"Memory of {title(spec)} at batch {batch:,}. {words}",
        main=True,
    )
    means, table = _told(spec, batch, view.precision, view.optimiser)
    with parts.together():
        parts.meaning(means)
        parts.table(table)
        parts.source(
            f"{PRECISIONS[view.precision].title}: {PRECISIONS[view.precision].convention}. Places of maxima take 8 "
            "bytes. Counted from the description; the library's workspace comes on top, BatchNorm's running statistics "
            "are left out."
        )


@functools.lru_cache(maxsize=64)
def _told(spec: Net, batch: int, precision: str, optimiser: str) -> tuple[str, str]:
    """What training holds and what the net in use does, and every part in a table; kept, as all that is counted."""
    found = _parts(spec, batch, precision, optimiser)
    learn, use = found[TRAINING], found[USE]
    total, used = footprint.total(learn), footprint.total(use)
    refused = cached.report(spec).untrainable(batch)
    part = parts.inline(arithmetic.share(learn[-1].bytes, total).percent("**{}**"))
    means = (
        f"Training holds {parts.inline(f'**{size(total)}**', _sum(learn))}, "
        f"{parts.inline(arithmetic.ratio(total, used, ' B').said('{:.1f}'))} times what the net in use does "
        f"({parts.inline(size(used), _sum(use))}). Of what training holds, {part} are maps "
        f"kept for the backward pass; they grow with the batch, the other parts do not.{refused and f' {refused}.'}"
    )
    return means, parts.written([row for name, of in found.items() for row in _table(name, of)])


def _table(name: str, of: tuple[Allocation, ...]) -> list[dict[str, str]]:
    """The parts with their working, and their sum."""
    rows: list[dict[str, str]] = [
        {
            "when": name,
            "part": part.title,
            "bytes": Derived(f"{part.bytes:,}", part.working),
            "how it comes about": part.working,
        }
        for part in of
    ]
    whole = Derived(f"**{footprint.total(of):,}**", _sum(of))
    last = {"when": f"**{name}**", "part": "**together**", "bytes": whole, "how it comes about": footprint.in_words(of)}
    return [*rows, last]


def _sum(of: tuple[Allocation, ...]) -> str:
    return arithmetic.added_up(((part.title, part.bytes) for part in of), " B")


@functools.lru_cache(maxsize=64)
def _bars(spec: Net, batch: int, precision: str, optimiser: str) -> Described:
    return canvas.described(bars.bars(tuple(_parts(spec, batch, precision, optimiser).items())))


@functools.lru_cache(maxsize=64)
def points(spec: Net, batch: int, precision: str, device: str) -> tuple[RooflinePoint, ...]:
    """The operations of a net under the roofline of a device."""
    rates = ROOFLINE_DEVICES[device]
    width = PRECISIONS[precision].value
    return roofline.points(cached.report(spec), batch, width, rates.peak(precision), rates.bandwidth)


@functools.lru_cache(maxsize=64)
def _roofline(spec: Net, batch: int, precision: str, device: str) -> Described:
    rates = ROOFLINE_DEVICES[device]
    found = points(spec, batch, precision, device)
    return canvas.described(chart.roofline(found, rates.peak(precision), rates.bandwidth))


def roof(spec: Net, view: CostView, batch: int) -> None:
    """The roofline, the least time of a pass, and what bounds it."""
    picker.show(controls.pick(CostView, "roofline", {each.name: each.title for each in ROOFLINE_DEVICES}), key="roof")
    device = ROOFLINE_DEVICES[view.roofline]
    peak = device.peak(view.precision)
    found = points(spec, batch, view.precision, view.roofline)
    layers = [point for point in found if point.flops]
    bound = [point for point in layers if point.memory_bound]
    parts.drawn(
        _roofline(spec, batch, view.precision, view.roofline),
        key="roofline",
        title=f"{title(spec)} under the roofline of {device.title}",
        words=f"{plural(len(layers), 'layer')} with weights of {title(spec)} under the roofline of {device.title}: "
        f"{len(bound):,} {'is' if len(bound) == 1 else 'are'} memory-bound; the ridge is at "
        f"{peak / device.bandwidth:.0f} FLOPs per byte.",
    )
    parts.meaning(_moving(spec, batch, view.precision, view.roofline))
    cells.behind(
        "Every layer under the roofline",
        lambda: pa.Table.from_pylist(_rows(found)),
        functools.partial(_row, found),
        key="roofline_table",
        of=f"{reference(spec)} {batch} {view.precision} {view.roofline}",
    )
    parts.source(
        f"{device.title}: {short(peak)}FLOP/s, {short(device.bandwidth)}B/s, from the "
        f"[{device.source}]({device.link}); float32 without TF32, half precision on matrix units without sparsity. "
        "Time of a layer: max(FLOPs ÷ FLOP/s, bytes ÷ B/s), FLOPs = 2 × MACs; bytes: inputs and output once an image, "
        "weights once. Each operation is a kernel of its own, and nothing stays in a cache. After Williams, Waterman & "
        "Patterson 2009, [doi:10.1145/1498765.1498785](https://doi.org/10.1145/1498765.1498785)."
    )


@functools.lru_cache(maxsize=64)
def _moving(spec: Net, batch: int, precision: str, name: str) -> str:
    """Which layers wait for memory on that device, and what bounds a pass."""
    found, device = points(spec, batch, precision, name), ROOFLINE_DEVICES[name]
    peak, layers = device.peak(precision), [point for point in found if point.flops]
    ridge, bound = roofline.of_ridge(peak, device.bandwidth), [point for point in layers if point.memory_bound]
    waiting = parts.inline(arithmetic.kinds(point.op for point in bound).said("**{:,}**" if bound else "**none**"))
    of = parts.inline(arithmetic.kinds(point.op for point in layers).said("**{:,}**"))
    return (
        f"Left of the bend, at {parts.inline(f'{peak / device.bandwidth:.0f}', ridge)} FLOPs per byte, moving takes "
        f"longer than computing (hollow). That holds for {waiting} of the {of} convolutions (projections among them) "
        "and fully connected layers. Normalisations, activations and additions, which are not drawn, count as nothing "
        f"but moving. {_passing(found, batch, peak)}"
    )


def _passing(found: tuple[RooflinePoint, ...], batch: int, peak: float) -> str:
    """The least time of a pass, and what bounds it."""
    least, flops = roofline.seconds(found), sum(point.flops for point in found)
    moving = sum(point.seconds for point in found if point.memory_bound)
    alone = roofline.of_computing(flops, peak)
    spent = parts.inline(arithmetic.share(1e3 * moving, 1e3 * least).of("both in ms").percent())
    rate = arithmetic.ratio(flops, sum(point.bytes for point in found))
    return (
        f"With each operation a kernel of its own, a forward pass of {plural(batch, 'image')} takes at least "
        f"{parts.inline(f'**{number(1e3 * least)} ms**', roofline.of_pass(found))}; MACs alone would say "
        f"{parts.inline(f'{number(1e3 * flops / peak)} ms', alone)}. Of that time, {spent} is spent on moving, "
        f"of which fused kernels and caches save some. The whole pass has {parts.inline(rate.said('{:.1f}'))} FLOPs "
        "per byte."
    )


def _rows(found: tuple[RooflinePoint, ...]) -> list[dict[str, object]]:
    return [
        {
            "path": point.path,
            "op": point.op,
            "FLOPs": point.flops,
            "bytes": point.bytes,
            "FLOPs per byte": round(point.intensity, 2),
            "computing, µs": round(1e6 * point.compute, 2),
            "moving, µs": round(1e6 * point.memory, 2),
            "bound by": "memory" if point.memory_bound else "compute",
        }
        for point in found
    ]


def _row(found: tuple[RooflinePoint, ...], at: int) -> cells.RowWorkings:
    made = ((COLUMNS.get(name, name), working) for name, working in roofline.of_point(found[at]).items())
    return cells.RowWorkings(
        found[at].path, {column: (column.removesuffix(", µs"), working) for column, working in made}
    )
