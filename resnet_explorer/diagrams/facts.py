"""What hover says of a layer: a heading and rows of label and value, exact and with the working."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from resnet_explorer.analysis import conventions, formula
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.diagrams import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from resnet_explorer.analysis import Layer
    from resnet_explorer.diagrams.columns import Column

Fact: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
_NAMED = ("params", "macs")
"""The metrics that have words of their own here; others stand by their title."""


def column_facts(
    columns: Sequence[Column], fields: Mapping[str, tuple[int, int]]
) -> tuple[list[list[object]], list[Fact]]:
    """Items (path, index of its fact, field, block, times, its input's field), and the facts, equal ones once.

    Of equal layers the field is that of the first, which the path names; `fields` are those of all operations.
    """
    known: dict[tuple[object, ...], int] = {}
    facts: list[Fact] = []
    items: list[list[object]] = []
    for column in columns:
        layer = column.layer
        key = tuple((id(each.node.op), each.output_shape) for each in (*column.own, *column.joined))
        if key not in known:
            known[key] = len(facts)
            facts.append((wording.operation(layer.node.op), tuple(_column_rows(column))))
        before, _ = fields[layer.node.inputs[0]]
        items.append([layer.path, known[key], layer.field_px, layer.node.block, column.times, before])
    return items, facts


def _column_rows(column: Column) -> Iterable[tuple[str, str]]:
    layer = column.layer
    yield "output", conventions.sizes(layer.output_shape)
    yield "weights", formula.working(layer, "params")
    for other in column.own[1:]:
        if other.params:
            yield wording.operation(other.node.op), formula.working(other, "params")
        if other.macs:
            name = "its MACs" if other.params else f"MACs of the {wording.operation(other.node.op)}"
            yield name, formula.working(other, "macs")
    yield "MACs", formula.working(layer, "macs")
    yield from _others(layer)
    for other in column.joined:
        if other.weighted:
            yield "projection, weights", formula.working(other, "params")
            yield "projection, MACs", formula.working(other, "macs")
        elif other.params:
            yield f"projection, {wording.operation(other.node.op)}", formula.working(other, "params")
        else:
            yield "shortcut", wording.operation(other.node.op)


def operation_fact(layer: Layer) -> Fact:
    """What is to be said of one operation of a block."""
    parameters = formula.working(layer, "params") or "0"
    rows = [("output", conventions.sizes(layer.output_shape)), ("parameters", parameters)]
    if layer.macs:
        rows.append(("MACs", formula.working(layer, "macs")))
    return wording.operation(layer.node.op), (*rows, *_others(layer))


def _others(layer: Layer) -> Iterable[tuple[str, str]]:
    """What else is counted of a layer."""
    for metric in METRICS:
        if metric.name not in _NAMED and layer.count(metric.name):
            yield metric.title, formula.working(layer, metric.name)
