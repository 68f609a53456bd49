"""A network that was just trained: its blocks deleted, and its gradient followed along single paths."""

from __future__ import annotations

import math
import random
import statistics
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional as F

from resnet_explorer.experiments.probes import training
from resnet_explorer.experiments.probes.data import Batch, held_out
from resnet_explorer.experiments.probes.deletion import Deletion, additions, blocks
from resnet_explorer.experiments.probes.setting import setting
from resnet_explorer.experiments.probes.walk import output, walk
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
    """The gradient at the stem's output that came through exactly so many branches, mean over a few choices of them."""
    adds = list(additions(graph).values())
    if not adds:
        return ()
    ways = Ways(module, graph, batch)
    found = []
    for count in range(len(adds) + 1):
        norms = [ways.norm(frozenset(draw.sample(adds, count))) for _ in range(PATHS)]
        found.append(Through(count, statistics.fmean(norms), math.comb(len(adds), count)))
    return tuple(found)


class Cut(NamedTuple):
    """An addition, which of its inputs is the branch, all of them, and the leaves of autograd in their place."""

    path: str
    branch: int
    inputs: tuple[Tensor, ...]
    leaves: tuple[Tensor, ...]


class Ways:
    """A pass forward, whole and done once, with a choice of ways back: by a block's branch or by its shortcut."""

    def __init__(self, module: nn.Module, graph: Graph, batch: Batch) -> None:
        self._cuts: list[Cut] = []
        begin = next(index for index, node in enumerate(graph.nodes) if node.block)
        with torch.no_grad():
            known = walk(module, graph.nodes[:begin], {IMAGE: batch.images})
        source = graph.nodes[begin].inputs[0]
        known[source] = self._source = known[source].clone().requires_grad_()
        outputs = output(module, graph.nodes[begin:], known, self._cut)
        self._loss = F.cross_entropy(outputs, batch.labels)

    def _cut(self, node: Node, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        if node.op.branch is None:
            return inputs
        leaves = tuple(x.detach().requires_grad_() for x in inputs)
        self._cuts.append(Cut(node.path, node.op.branch, inputs, leaves))
        return leaves

    def norm(self, through: frozenset[str]) -> float:
        """The gradient's norm at the stem's output, by the branches of those additions and the others' shortcuts."""
        end, gradient = self._loss, None
        for path, branch, inputs, leaves in reversed(self._cuts):
            kept = branch if path in through else 1 - branch
            (gradient,) = torch.autograd.grad(end, leaves[kept], gradient, retain_graph=True)
            end = inputs[kept]
        (gradient,) = torch.autograd.grad(end, self._source, gradient, retain_graph=True)
        return float(gradient.norm())
