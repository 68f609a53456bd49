"""The norm of the gradient with respect to what each layer gives, before BatchNorm."""

from __future__ import annotations

import torch

from resnet_explorer.experiments.probes.start.probe import Pass, Probe


def _read(seen: Pass) -> tuple[tuple[str, ...], torch.Tensor]:
    outputs = [seen.values[path] for path in seen.watch.paths]
    norms = [y.new_zeros(()) if y.grad is None else y.grad.norm() for y in outputs]
    return seen.watch.paths, torch.stack(norms)


ACTIVATION_GRADIENT = Probe(name="activation_gradient", title="activation gradient", read=_read)
