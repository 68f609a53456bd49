"""What a step of training computes: the forward pass, and gradients of weights and of maps on the way back.

Each multiply-add of the forward pass has one for the gradient of its weights and one for the gradient of its input.
The first is not needed where the weights are frozen or fixed; the second not where nothing trains before, as at the
image. torch's FlopCounterMode around forward and backward gives
the same, but that it takes the gradient of a grouped convolution's weights for that of an ungrouped one (torch 2.13).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from resnet_explorer.analysis.counters import Term
from resnet_explorer.analysis.frozen import FREEZES, NOTHING, TITLES, frozen
from resnet_explorer.errors import InvalidOption
from resnet_explorer.spec.graph import IMAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resnet_explorer.analysis.report import Report


def step(report: Report, freeze: str = NOTHING) -> tuple[Term, ...]:
    """The FLOPs of a step with one image, two for each multiply-add, with some layers frozen.

    Raises:
        InvalidOption: the net has no such layers.
    """
    held, asked = frozen(report.graph, freeze), {IMAGE: False}
    weights = maps = 0
    for layer in report.layers:
        node = layer.node
        learns = bool(node.op.weights) and node.path not in held
        before = asked[node.inputs[0]]
        weights += 2 * layer.macs * learns
        maps += 2 * layer.macs * before
        asked[node.path] = learns or any(asked[path] for path in node.inputs)
    return (
        Term("forward: 2 × MACs", 2 * report.macs),
        Term("backward: gradients of weights", weights),
        Term("backward: gradients of maps", maps),
    )


def steps(report: Report) -> Iterator[tuple[str, str, tuple[Term, ...]]]:
    """Everything of this net that may be frozen: its name, its title, and the terms of a step then."""
    for freeze, title in zip(FREEZES, TITLES, strict=True):
        try:
            yield freeze, title, step(report, freeze)
        except InvalidOption:
            continue


def totals(report: Report) -> dict[str, int]:
    """The FLOPs of a step with one image, by what is frozen."""
    return {freeze: sum(term.number for term in terms) for freeze, _, terms in steps(report)}
