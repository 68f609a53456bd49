"""The norm of each layer's weights themselves."""

from __future__ import annotations

import torch

from resnet_explorer.experiments.probes.start.probe import Pass, Probe


def weights(seen: Pass) -> torch.Tensor:
    """The norms as one tensor."""
    return torch.stack([weight.detach().norm() for weight in seen.watch.weights])


WEIGHT = Probe(name="weight", title="weight", read=lambda seen: (seen.watch.paths, weights(seen)))
