"""The norm of the gradient with respect to what each layer gives, before BatchNorm."""

from __future__ import annotations

from resnet_explorer.tasks.norms import norms
from resnet_explorer.tasks.profile.probes.probe import Pass, Probe


def _read(seen: Pass) -> tuple[tuple[str, ...], tuple[float, ...]]:
    outputs = [seen.values[path] for path in seen.watch.paths]
    return seen.watch.paths, norms([y.new_zeros(()) if y.grad is None else y.grad for y in outputs])


ACTIVATION_GRADIENT = Probe(name="activation_gradient", title="activation gradient", read=_read)
