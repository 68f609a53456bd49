"""Every probe on a network at initialisation: one forward and one backward pass in train mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch.nn import functional as F

from resnet_explorer.model.device import explained
from resnet_explorer.spec import IMAGE
from resnet_explorer.tasks.norms import ratio
from resnet_explorer.tasks.profile import Profile
from resnet_explorer.tasks.profile.probes import PROBES, Pass
from resnet_explorer.tasks.run_graph import run_graph
from resnet_explorer.tasks.setting import setting

if TYPE_CHECKING:
    from resnet_explorer.tasks.profile import ProfileConfig
    from resnet_explorer.tasks.task import Report, Stopped


def profile(config: ProfileConfig, report: Report, stopped: Stopped) -> Profile:  # noqa: ARG001 - one step
    """Read every probe on the first mini-batch of the digits, and report it as the only record.

    Raises:
        ExplorerError: the device is not there or has too little memory.
    """
    graph = config.net.graph
    with explained(config.device):
        start = setting(config)
        batch = next(start.batches)
        values = run_graph(start.module, graph, {IMAGE: batch.images.to(memory_format=start.layout)})
        for path in start.watch.paths:
            values[path].retain_grad()
        loss = F.cross_entropy(values[graph.nodes[-1].path], batch.labels)
        loss.backward()  # type: ignore[no-untyped-call]
        seen = Pass(graph, start.watch, values)
        series = tuple(probe.series(seen) for probe in PROBES)
    found = Profile(
        series=series,
        main=tuple(node.path for node in graph.convolutions),
        loss=loss.item(),
        ratio=ratio(series[0].values, start.watch),
    )
    report(found)
    return found
