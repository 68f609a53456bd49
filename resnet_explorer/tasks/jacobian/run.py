"""What the first stage does to small changes of its input: the singular values of its Jacobian, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn

from resnet_explorer.errors import InvalidOption
from resnet_explorer.model.device import explained
from resnet_explorer.spec import IMAGE, ops
from resnet_explorer.tasks.jacobian import MOST_VALUES, Spectrum
from resnet_explorer.tasks.run_graph import output, run_graph
from resnet_explorer.tasks.setting import setting

if TYPE_CHECKING:
    from torch import Tensor

    from resnet_explorer.spec import Graph
    from resnet_explorer.spec.graph import Node
    from resnet_explorer.tasks.jacobian import JacobianConfig
    from resnet_explorer.tasks.setting import Setting
    from resnet_explorer.tasks.task import Report, Stopped

"""Values of the feature map: the Jacobian has that many rows, and the mini-batch that many images."""


def spectrum(config: JacobianConfig, report: Report, stopped: Stopped) -> Spectrum:  # noqa: ARG001 - one step
    """Singular values of d(end of the first stage) / d(output of the stem), for one digit.

    BatchNorm is in eval mode, its statistics those of one mini-batch.

    Raises:
        InvalidOption: the map has too many values.
        ExplorerError: the device is not there or has too little memory.
    """
    graph = config.net.graph
    stage = [node for node in graph if node.stage == next(each.stage for each in graph if each.block)]
    with explained(config.device):
        start = setting(config)
        source = stage[0].inputs[0]
        signal = _calibrated(start, graph, source)
        if signal.numel() > MOST_VALUES:
            raise InvalidOption("net", f"{signal.numel():,} values behind the stem", f"at most {MOST_VALUES:,}")
        jacobian = _jacobian(start.module, stage, source, signal)
        values = torch.linalg.svdvals(jacobian.double())
    layers = sum(isinstance(node.op, ops.Conv2d) and not node.shortcut for node in stage)
    found = Spectrum(values=tuple(values.tolist()), layers=layers)
    report(found)
    return found


def _calibrated(start: Setting, graph: Graph, source: str) -> Tensor:
    """The stem's output for the first digit of a mini-batch, from which BatchNorm took its statistics."""
    for module in start.module.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 1.0
    images = next(start.batches).images
    with torch.no_grad():
        start.module(images)
        start.module.eval()
        return run_graph(start.module, graph, {IMAGE: images[:1]})[source]


def _jacobian(module: nn.Module, stage: list[Node], source: str, signal: Tensor) -> Tensor:
    """One row for each value of the output: as many copies of the signal, each asked for one of them."""
    copies = signal.expand(signal.numel(), -1, -1, -1).contiguous().requires_grad_()
    end = output(module, stage, {source: copies})
    (rows,) = torch.autograd.grad(end.flatten(1).diagonal().sum(), copies)
    return rows.flatten(1)
