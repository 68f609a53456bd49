"""The norm of each layer's weights themselves."""

from __future__ import annotations

from resnet_explorer.tasks.norms import norms
from resnet_explorer.tasks.profile.probes.probe import Pass, Probe


def weights(seen: Pass) -> tuple[float, ...]:
    """The norms, layer by layer."""
    return norms(seen.watch.weights)


WEIGHT = Probe(name="weight", title="weight", read=lambda seen: (seen.watch.paths, weights(seen)))
