"""A gradient told by the lengths of the paths along which it came, exactly.

A net with shortcuts is a sum over all ways through it, by each block's branch or by its shortcut, and so is its
gradient. Those ways are too many to be walked one by one, yet all of one length can be carried together: behind each
addition there is one gradient for each number of branches so far, and one step back, through branch and shortcut at
once, gives those behind the addition before.
"""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional as F

from resnet_explorer.spec import IMAGE
from resnet_explorer.tasks.lesion import Lengths, Through
from resnet_explorer.tasks.normalisation import normalise_by
from resnet_explorer.tasks.run_graph import output, run_graph

if TYPE_CHECKING:
    from torch import Tensor, nn

    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.graph import Node
    from resnet_explorer.tasks.data import Batch


class Cut(NamedTuple):
    """An addition: which of its inputs is the shortcut, all of them, and the leaves of autograd in their place."""

    shortcut: int
    inputs: tuple[Tensor, ...]
    leaves: tuple[Tensor, ...]


def lengths(module: nn.Module, graph: Graph, batch: Batch) -> Lengths | None:
    """The gradient at the stem's output by the number of branches on its way; None where nothing is added.

    Whatever enters an addition beside the shortcut is its branch, a highway's gate included. All is done on a copy in
    double precision, on the processor: what cancels is to be the paths, not the digits.
    """
    if all(node.op.branch is None for node in graph):
        return None
    exact = copy.deepcopy(module).to("cpu", torch.float64)
    normalise_by(exact, "batch")
    parts = by_length(exact, graph, batch.images.to("cpu", torch.float64), batch.labels.to("cpu"))
    flat = parts.flatten(1)
    whole = flat.sum(0)
    norms, shares = flat.norm(dim=1).tolist(), (flat @ whole / (whole @ whole)).tolist()
    most = len(norms) - 1
    through = (Through(k, math.comb(most, k), *each) for k, each in enumerate(zip(norms, shares, strict=True)))
    return Lengths(whole.norm().item(), tuple(through))


def by_length(module: nn.Module, graph: Graph, images: Tensor, labels: Tensor) -> Tensor:
    """The parts of the gradient: one of the stem's output's shape for each number of branches, from none to all."""
    cuts: list[Cut] = []

    def cut(node: Node, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        if node.op.branch is None:
            return inputs
        cuts.append(Cut(1 - node.op.branch, inputs, tuple(x.detach().requires_grad_() for x in inputs)))
        return cuts[-1].leaves

    begin = next(index for index, node in enumerate(graph.nodes) if node.block)
    with torch.no_grad():
        known = run_graph(module, graph.nodes[:begin], {IMAGE: images})
    stem = graph.nodes[begin].inputs[0]
    known[stem] = source = known[stem].clone().requires_grad_()
    loss = F.cross_entropy(output(module, graph.nodes[begin:], known, cut), labels)
    carried = [gradient[None] for gradient in torch.autograd.grad(loss, cuts[-1].leaves)]
    starts = [(source,), *(each.leaves for each in cuts[:-1])]
    for each, start in zip(reversed(cuts), reversed(starts), strict=True):
        carried = _back(each, start, carried)
    return carried[0]


def _back(cut: Cut, start: tuple[Tensor, ...], carried: list[Tensor]) -> list[Tensor]:
    """From an addition's leaves to those before: by its branch a gradient has one branch more, by its shortcut not."""
    sent = []
    for place, gradients in enumerate(carried):
        none = torch.zeros_like(gradients[:1])
        sent.append(torch.cat([gradients, none] if place == cut.shortcut else [none, gradients]))
    return list(torch.autograd.grad(cut.inputs, start, sent, is_grads_batched=True))
