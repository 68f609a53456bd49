"""A network that was just trained: its blocks deleted, and its gradient followed along single paths."""

from __future__ import annotations

import math
import random
import statistics
from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F

from resnet_explorer.experiments.probes import training
from resnet_explorer.experiments.probes.data import Batch, held_out
from resnet_explorer.experiments.probes.deletion import Deletion, additions, blocks
from resnet_explorer.experiments.probes.setting import setting
from resnet_explorer.experiments.probes.walk import walk
from resnet_explorer.model.device import explained
from resnet_explorer.records import Lesion, Several, Through
from resnet_explorer.spec import IMAGE

if TYPE_CHECKING:
    from torch import Tensor, nn

    from resnet_explorer.experiments.task import Report, Stopped
    from resnet_explorer.records import LesionConfig, Training
    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.graph import Node

COUNTS = (1, 2, 3, 5, 8, 12)
DRAWS = 8
PATHS = 2
PROBE = 64
"""Images from which the gradient through single paths is taken."""


def lesion(config: LesionConfig, report: Report, stopped: Stopped) -> Lesion:
    """Train, then delete blocks on the test digits; what was trained is reported step by step.

    Raises:
        ExplorerError: the device is not there or has too little memory, or the batch is larger than the data set.
    """
    graph = config.net.graph
    with explained(config.device):
        start = setting(config)
        trained = training.fit(start, config, report, stopped)
        if trained.status != "done":
            return _unfinished(trained)
        module = start.module.eval()
        images = held_out(config.net.image, start.device)
        deletion = Deletion(graph)
        names = blocks(graph)
        draw = random.Random(config.seed)  # noqa: S311 - which blocks, not a secret
        counts = [count for count in COUNTS if count < len(names)]
        draws = [frozenset(draw.sample(names, count)) for count in counts for _ in range(DRAWS)]
        singles = [frozenset({name}) for name in names]
        intact, *found = deletion.accuracies(module, images, [frozenset(), *singles, *draws])
        without, several = found[: len(names)], found[len(names) :]
        return Lesion(
            training=trained,
            intact=intact,
            blocks=names,
            without=tuple(without),
            several=tuple(_several(count, several[i * DRAWS : (i + 1) * DRAWS]) for i, count in enumerate(counts)),
            through=_through(module, graph, Batch(*(each[:PROBE] for each in images)), draw),
        )


def _unfinished(trained: Training) -> Lesion:
    """What is left to say of a network that was not trained to its end."""
    return Lesion(
        training=trained,
        intact=math.nan,
        blocks=(),
        without=(),
        several=(),
        through=(),
        status=trained.status,
        message=trained.message,
    )


def _several(count: int, found: list[float]) -> Several:
    return Several(count, statistics.fmean(found), statistics.pstdev(found))


def _through(module: nn.Module, graph: Graph, batch: Batch, draw: random.Random) -> tuple[Through, ...]:
    """The gradient at the stem's output that came through exactly so many branches, mean over a few choices of them.

    The forward pass is whole; on the way back each block is passed by its branch or by its shortcut, never both.
    """
    adds = list(additions(graph).values())
    found = []
    for count in range(len(adds) + 1) if adds else ():
        norms = [_single(module, graph, batch, frozenset(draw.sample(adds, count))) for _ in range(PATHS)]
        found.append(Through(count, statistics.fmean(norms), math.comb(len(adds), count)))
    return tuple(found)


def _single(module: nn.Module, graph: Graph, batch: Batch, through: frozenset[str]) -> float:
    def alter(node: Node, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        if node.op.branch is None:
            return inputs
        kept = node.op.branch if node.path in through else 1 - node.op.branch
        return tuple(x if index == kept else x.detach() for index, x in enumerate(inputs))

    begin = next(index for index, node in enumerate(graph.nodes) if node.block)
    with torch.no_grad():
        known = walk(module, graph.nodes[:begin], {IMAGE: batch.images})
    source = graph.nodes[begin].inputs[0]
    known[source] = known[source].clone().requires_grad_()
    ends = walk(module, graph.nodes[begin:], dict(known), alter)
    loss = F.cross_entropy(ends[graph.nodes[-1].path], batch.labels)
    (gradient,) = torch.autograd.grad(loss, known[source])
    return float(gradient.norm())
