"""The norm of the gradient with respect to each layer's weights."""

from __future__ import annotations

from resnet_explorer.tasks.norms import norms
from resnet_explorer.tasks.profile.probes.probe import Pass, Probe


def gradients(seen: Pass) -> tuple[float, ...]:
    """The norms, layer by layer; zero where a weight has no gradient."""
    return norms([w.new_zeros(()) if w.grad is None else w.grad for w in seen.watch.weights])


WEIGHT_GRADIENT = Probe(
    name="weight_gradient", title="weight gradient", read=lambda seen: (seen.watch.paths, gradients(seen))
)
