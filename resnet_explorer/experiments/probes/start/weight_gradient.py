"""The norm of the gradient with respect to each layer's weights."""

from __future__ import annotations

import torch

from resnet_explorer.experiments.probes.start.probe import Pass, Probe


def gradients(seen: Pass) -> torch.Tensor:
    """The norms as one tensor; zero where a weight has no gradient."""
    return torch.stack([w.new_zeros(()) if w.grad is None else w.grad.norm() for w in seen.watch.weights])


WEIGHT_GRADIENT = Probe(
    name="weight_gradient", title="weight gradient", read=lambda seen: (seen.watch.paths, gradients(seen))
)
