"""What a net holds in memory: in use and in training, at a batch, a precision and with an optimiser, part by part.

In float32 with SGD and momentum the training footprint is that of `analysis.memory`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from resnet_explorer.analysis.conventions import size
from resnet_explorer.analysis.memory import INDEX, saved
from resnet_explorer.registry import Registry
from resnet_explorer.spec.graph import IMAGE
from resnet_explorer.spec.ops import RESHAPED

if TYPE_CHECKING:
    from resnet_explorer.analysis.report import Report
    from resnet_explorer.spec.graph import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """Bytes of each number: of a weight (with its copies), a gradient, a number of the optimiser, a value of a map."""

    name: str
    title: str
    weight: int
    gradient: int
    state: int
    value: int
    convention: str


PRECISIONS = Registry(
    "precision",
    (
        Precision(
            name="fp32", title="float32", weight=4, gradient=4, state=4, value=4, convention="4 bytes for every number"
        ),
        Precision(
            name="half",
            title="bfloat16 or float16",
            weight=2,
            gradient=2,
            state=2,
            value=2,
            convention="2 bytes for every number, the optimiser's too",
        ),
        Precision(
            name="mixed",
            title="mixed (autocast)",
            weight=6,
            gradient=4,
            state=4,
            value=2,
            convention="weights in float32 with a half copy of each (4 + 2 bytes), gradients and optimiser in float32, "
            "maps in 2 bytes; after arXiv:1710.03740, as PyTorch's autocast does it",
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimiser:
    """An optimiser, by the numbers it keeps of each parameter."""

    name: str
    title: str
    keeps: int


OPTIMISER_STATES = Registry(
    "optimiser",
    (
        Optimiser(name="sgd", title="SGD", keeps=0),
        Optimiser(name="momentum", title="SGD with momentum", keeps=1),
        Optimiser(name="adam", title="Adam", keeps=2),
    ),
)


class Allocation(NamedTuple):
    """A part of the footprint in bytes, with its working in figures."""

    title: str
    bytes: int
    working: str


def training(report: Report, batch: int, precision: Precision, optimiser: Optimiser) -> tuple[Allocation, ...]:
    """Weights, gradients, the optimiser's state and what backward needs; the library's workspace comes on top."""
    kept = saved(report.graph, _shapes(report))
    image = precision.value * kept.values + INDEX * kept.indices
    places = f" + {kept.indices:,} places · {INDEX}" if kept.indices else ""
    state = optimiser.keeps * precision.state
    return (
        _of_params("weights", report.params, precision.weight),
        _of_params("gradients", report.params, precision.gradient),
        _of_params(f"state of {optimiser.title}", report.params, state),
        Allocation(
            "saved for backward",
            image * batch,
            f"{batch:,} · ({kept.values:,} values · {precision.value}{places}) = {image * batch:,} B",
        ),
    )


def inference(report: Report, batch: int, precision: Precision) -> tuple[Allocation, ...]:
    """Weights, and the maps that are held at once where they are largest; a map goes when its last reader is done."""
    values, where = peak(report)
    total = values * batch * precision.value
    return (
        _of_params("weights", report.params, precision.weight),
        Allocation(f"maps held at {where}", total, f"{batch:,} · {values:,} values · {precision.value} = {total:,} B"),
    )


def peak(report: Report) -> tuple[int, str]:
    """The most values of one image that are held at once while the net is used, and the operation where that is.

    An operation's inputs and output are held together; a map stays until its last reader has run. Flattening gives
    its input another shape, and dropout hands it on while the net is used: both take nothing new.
    """
    nodes = report.graph.nodes
    known = _shapes(report)
    owner, last = {IMAGE: IMAGE}, {IMAGE: 0}
    for place, node in enumerate(nodes):
        owner[node.path] = owner[node.inputs[0]] if node.op.kind in HANDED_ON else node.path
        last.update((owner[path], place) for path in (*node.inputs, node.path))
    held, most, where = {IMAGE: math.prod(known[IMAGE])}, 0, ""
    for place, node in enumerate(nodes):
        held.setdefault(owner[node.path], math.prod(known[node.path]))
        now = sum(held.values()) + _padded(node, known)
        if now > most:
            most, where = now, node.path
        held = {path: values for path, values in held.items() if last[path] > place}
    return most, where


def _padded(node: Node, known: dict[str, tuple[int, ...]]) -> int:
    """Values of the map that an operation makes of its input by padding, beside it."""
    x = known[node.inputs[0]]
    padded = node.op.padded(x)
    return math.prod(padded) if padded != x else 0


HANDED_ON = RESHAPED | {"dropout", "slice"}


def _shapes(report: Report) -> dict[str, tuple[int, ...]]:
    return {layer.path: layer.output_shape for layer in report.layers} | {IMAGE: report.spec.input_shape}


def _of_params(title: str, params: int, each: int) -> Allocation:
    return Allocation(title, params * each, f"{params:,} · {each} = {params * each:,} B")


def total(parts: tuple[Allocation, ...]) -> int:
    """All parts together, in bytes."""
    return sum(part.bytes for part in parts)


def in_words(parts: tuple[Allocation, ...]) -> str:
    """The sum with its addends: 87.2 MB + 87.2 MB = 174 MB."""
    return f"{' + '.join(size(part.bytes) for part in parts)} = {size(total(parts))}"
