"""The gradient's norm over that of the weights: what a step changes, in shares of what is there."""

from __future__ import annotations

from resnet_explorer.tasks.profile.probes.probe import Probe
from resnet_explorer.tasks.profile.probes.weight import weights
from resnet_explorer.tasks.profile.probes.weight_gradient import gradients
from resnet_explorer.tasks.train import relative

RELATIVE_GRADIENT = Probe(
    name="relative_gradient",
    title="relative gradient",
    read=lambda seen: (seen.watch.paths, relative(gradients(seen), weights(seen))),
)
