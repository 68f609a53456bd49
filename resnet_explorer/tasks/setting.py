"""What every experiment on a network begins with: the module, in the memory format that suits it, and its data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional as F

from resnet_explorer.analysis.frozen import NOTHING, frozen
from resnet_explorer.datasets import DIGITS, find
from resnet_explorer.errors import InvalidOption
from resnet_explorer.model import build
from resnet_explorer.model.device import resolve
from resnet_explorer.spec import ops
from resnet_explorer.tasks.data import Batch, batches
from resnet_explorer.tasks.norms import Watched, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor, nn

    from resnet_explorer.spec import Graph, NetSpec
    from resnet_explorer.tasks.gradients import GradientsConfig
    from resnet_explorer.tasks.train import TrainConfig

VECTOR = 8
"""Numbers that a processor takes at once."""


class Setting(NamedTuple):
    """A network at its initialisation, in train mode, with the weights to watch and the mini-batches to come."""

    module: nn.Module
    watch: Watched
    batches: Iterator[Batch]
    layout: torch.memory_format
    device: torch.device

    def loss(self, batch: Batch) -> Tensor:
        """Mean cross-entropy of a mini-batch, in nats."""
        return F.cross_entropy(self.outputs(batch), batch.labels)

    def outputs(self, batch: Batch) -> Tensor:
        """What the network says of a mini-batch: N, classes."""
        outputs: Tensor = self.module(batch.images.to(memory_format=self.layout))
        return outputs


def setting(config: TrainConfig | GradientsConfig) -> Setting:
    """Build the network of a config and open its data; the seed decides both.

    Raises:
        ExplorerError: the device or the data set is not there, the batch is larger than the data set, the labels are
            more than the network's classes, or the channels of its pictures are others than the network's.
    """
    name, augmented = getattr(config, "data", DIGITS.name), getattr(config, "augment", False)
    _fits(config.net, name)
    device = resolve(config.device)
    graph = config.net.graph
    source = batches(config.net.input_shape, config.batch, config.seed, device, name, augmented=augmented)
    torch.manual_seed(config.seed)  # what dropout draws from
    layout = layout_of(graph)
    module = build(config.net, device, config.seed, config.init, config.eps)
    held = frozen(graph, getattr(config, "freeze", NOTHING))
    for path in held:
        module.get_submodule(path).requires_grad_(requires_grad=False).eval()
    module.to(memory_format=layout)  # type: ignore[call-overload] # in place; torch types it for tensors alone
    return Setting(module, watched(module, graph, held), source, layout, device)


def _fits(net: NetSpec, name: str) -> None:
    """Whether the pictures and the labels of a data set can be shown to a net."""
    facts = find(name).facts()
    if net.classes < facts.classes:
        raise InvalidOption("classes", net.classes, f"at least {facts.classes}, the labels of the data set {name}")
    if facts.channels > 1 and net.in_channels not in (1, facts.channels):
        allowed = f"1 or {facts.channels}, the channels of the pictures of the data set {name}"
        raise InvalidOption("in_channels", net.in_channels, allowed)


def layout_of(graph: Graph) -> torch.memory_format:
    """Channels last where it pays: in nets that keep the image's resolution at first (the CIFAR nets).

    Measured on a processor with one thread: a step takes 10-15 % less there, and not less behind a 7x7 of stride 2. Not
    where a 1x1 of stride 2 reads less than 8 channels: backward then writes beyond its memory (torch 2.13 with AVX2).
    """
    first, *others = (node.op for node in graph if isinstance(node.op, ops.Conv2d))
    narrow = any(op.kernel == 1 and op.stride > 1 and op.in_channels < VECTOR for op in others)
    return torch.channels_last if first.stride == 1 and not narrow else torch.contiguous_format
