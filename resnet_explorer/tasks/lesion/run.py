"""A network that was just trained: its blocks deleted; and its gradient by lengths of paths, before and after."""

from __future__ import annotations

import math
import random
import statistics
from typing import TYPE_CHECKING

from resnet_explorer.datasets import find
from resnet_explorer.errors import InvalidOption
from resnet_explorer.model.device import explained
from resnet_explorer.tasks.data import batches, held_out
from resnet_explorer.tasks.lesion import Lesion, Several
from resnet_explorer.tasks.lesion.deletion import Deletion, blocks
from resnet_explorer.tasks.lesion.paths import lengths
from resnet_explorer.tasks.setting import setting
from resnet_explorer.tasks.train import run as training

if TYPE_CHECKING:
    from resnet_explorer.tasks.lesion import LesionConfig
    from resnet_explorer.tasks.task import Report, Stopped
    from resnet_explorer.tasks.train import Training

COUNTS = (1, 2, 3, 5, 8, 12)
DRAWS = 8


def lesion(config: LesionConfig, report: Report, stopped: Stopped) -> Lesion:
    """Train, then delete blocks and look at the test pictures; what was trained is reported step by step.

    The gradient that is told by lengths is that of the first mini-batch of the training.

    Raises:
        ExplorerError: the device is not there or has too little memory, the batch is larger than the data set, or that
            has no test part.
    """
    graph = config.net.graph
    if not find(config.data).facts().test:
        raise InvalidOption("data", config.data, "a data set with pictures that are held out for the test")
    with explained(config.device):
        start = setting(config)
        first = next(batches(config.net.input_shape, config.batch, config.seed, start.device, config.data))
        at_start = lengths(start.module, graph, first)
        trained = training.fit(start, config, report, stopped)
        if trained.status != "done":
            return _unfinished(trained)
        module = start.module.eval()
        images = held_out(config.net.input_shape, start.device, config.data)
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
            at_start=at_start,
            at_end=lengths(module, graph, first),
        )


def _unfinished(trained: Training) -> Lesion:
    """What is left to say of a network that was not trained to its end."""
    return Lesion(
        training=trained,
        intact=math.nan,
        blocks=(),
        without=(),
        several=(),
        at_start=None,
        at_end=None,
        status=trained.status,
        message=trained.message,
    )


def _several(count: int, found: list[float]) -> Several:
    return Several(count, statistics.fmean(found), statistics.pstdev(found))
