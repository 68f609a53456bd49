"""The gradient's norm over that of the weights: what a step changes, in shares of what is there."""

from __future__ import annotations

from resnet_explorer.experiments.probes.start.probe import Probe
from resnet_explorer.experiments.probes.start.weight import weights
from resnet_explorer.experiments.probes.start.weight_gradient import gradients
from resnet_explorer.records import relative

RELATIVE_GRADIENT = Probe(
    name="relative_gradient",
    title="relative gradient",
    read=lambda seen: (seen.watch.paths, relative(gradients(seen), weights(seen))),
)
