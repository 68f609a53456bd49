"""Modules of others as they are described, and nets as they start, as it was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
import torch.nn.functional as F
from torch import nn

import resnet_explorer as rx
from resnet_explorer.analysis import formula, shapes
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.diagrams.wording import operation
from resnet_explorer.errors import ExplorerError
from resnet_explorer.model.init import initialise
from resnet_explorer.model.inits import INITS
from tests.model.test_imports import NETS, described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def told(net: object) -> Iterator[str]:
    """Every operation of an imported net, what it reads, and what it costs, in words too."""
    report = rx.analyse(net)  # type: ignore[arg-type]
    yield f"{report.spec.title} of {report.spec.input_shape}; {report.spec.notes}"  # type: ignore[union-attr]
    for layer in report.layers:
        node = layer.node
        yield f"{node.path}: {node.op} of {', '.join(node.inputs)}; {node.stage}, {node.block}, {node.shortcut}"
        yield f"  {layer.output_shape}, {layer.counts}, {node.op.saves}, {shapes.of_shape(layer)}"
        made = (f"{metric} {working}" for metric in METRICS.names if (working := formula.working(layer, metric)))
        yield f"  {'; '.join((operation(node.op), *made))}"


@pytest.mark.parametrize("name", NETS)
def test_a_module_of_somebody(name: str, kept: Callable[[str, str], None]) -> None:
    kept(f"model/import_{name}.txt", "\n".join(told(described(name))) + "\n")


class Does(nn.Module):
    """One function, between a convolution and its sum."""

    def __init__(self, does: Callable[[torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.before, self.does = nn.Conv2d(3, 8, 3, padding=1), does

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.does(self.before(x)).flatten(1)


def _weights(*shape: int) -> torch.Tensor:
    return torch.ones(shape)


FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "max_pool": lambda x: F.max_pool2d(x, 3),
    "max_pool_ceil": lambda x: F.max_pool2d(x, 3, 2, 1, ceil_mode=True),
    "max_pool_dilated": lambda x: F.max_pool2d(x, (2, 3), (1, 2), (0, 1), dilation=(2, 1)),
    "avg_pool": lambda x: F.avg_pool2d(x, 2),
    "avg_pool_more": lambda x: F.avg_pool2d(x, (3, 2), 2, 1, ceil_mode=True, count_include_pad=False),
    "adaptive": lambda x: F.adaptive_avg_pool2d(x, 3),
    "adaptive_one": lambda x: F.adaptive_avg_pool2d(x, 1),
    "adaptive_two": lambda x: F.adaptive_avg_pool2d(x, (2, 5)),
    "adaptive_max": lambda x: F.adaptive_max_pool2d(x, 2),
    "mean": lambda x: x.mean((2, 3)),
    "mean_kept": lambda x: x.mean((-2, -1), keepdim=True),
    "mean_one": lambda x: x.mean(1),
    "sum": lambda x: x + x.relu(),
    "sum_scaled": lambda x: torch.add(x, x.relu(), alpha=2),
    "plus": lambda x: x + 1,
    "product": lambda x: x * x.sigmoid(),
    "product_gate": lambda x: x * x.mean((2, 3), keepdim=True).sigmoid(),
    "times": lambda x: 2 * x,
    "lerp": lambda x: torch.lerp(x, x.relu(), x.sigmoid()),
    "cat": lambda x: torch.cat([x, x.relu()], 1),
    "dropout": lambda x: F.dropout(x, 0.2, training=True),
    "dropout_off": lambda x: F.dropout(x, 0.2, training=False),
    "interpolate": lambda x: F.interpolate(x, scale_factor=2, mode="nearest"),
    "bilinear": lambda x: F.interpolate(x, (3, 5), mode="bilinear", align_corners=False),
    "activations": lambda x: F.gelu(F.silu(F.elu(F.leaky_relu(F.hardswish(F.relu6(x)), 0.3)))),
    "softmax": lambda x: torch.tanh(x).softmax(1),
    "conv_groups": lambda x: F.conv2d(x, _weights(8, 2, 3, 1), stride=(2, 1), padding=(1, 0), groups=4),
    "conv_dilated": lambda x: F.conv2d(x, _weights(4, 8, 3, 3), _weights(4), 1, 2, 2),
    "conv_same": lambda x: F.conv2d(x, _weights(4, 8, 3, 3), padding="same"),
    "conv_valid": lambda x: F.conv2d(x, _weights(4, 8, 3, 3), padding="valid"),
    "transposed": lambda x: F.conv_transpose2d(x, _weights(8, 4, 3, 2), stride=2, padding=1, output_padding=1),
    "transposed_groups": lambda x: F.conv_transpose2d(x, _weights(8, 2, 3, 3), _weights(4), 3, 0, 0, 2, 2),
    "transposed_1d": lambda x: F.conv_transpose1d(x.flatten(2), _weights(8, 4, 5), stride=3, dilation=2),
    "transposed_3d": lambda x: F.conv_transpose3d(
        x.unflatten(1, (4, 2)), _weights(4, 3, 1, 2, 5), stride=(1, 2, 3), dilation=(1, 3, 2)
    ),
    "conv3d": lambda x: F.conv3d(x.unflatten(1, (4, 2)), _weights(6, 4, 1, 2, 5), None, (1, 2, 3), 0, (1, 3, 2)),
    "conv1d": lambda x: F.conv1d(x.flatten(2), _weights(4, 8, 5), stride=3, padding=2),
    "linear": lambda x: F.linear(x.flatten(1), _weights(5, 800), _weights(5)),
    "linear_maps": lambda x: F.linear(x, _weights(5, 10)),
    "matmul": lambda x: x @ x.transpose(2, 3),
    "batch_norm": lambda x: F.batch_norm(x, _weights(8), _weights(8), _weights(8), _weights(8)),
    "group_norm": lambda x: F.group_norm(x, 4, _weights(8), _weights(8)),
    "layer_norm": lambda x: F.layer_norm(x, (10, 10), _weights(10, 10)),
    "attention": lambda x: F.scaled_dot_product_attention(x, x, x),
    "flatten": lambda x: x.flatten(2).unflatten(2, (5, 20)),
    "reshaped": lambda x: x.permute(0, 2, 3, 1).reshape(1, 50, 16)[:, 1:],
    "padded": lambda x: F.pad(x, (1, 2, 0, 1)),
    "split": lambda x: torch.cat([each * 2 for each in x.chunk(2, 1)], 1),
}


def test_what_torch_can_do_with_a_map(kept: Callable[[str, str], None]) -> None:
    lines: list[str] = []
    for name, does in FUNCTIONS.items():
        lines.append(f"## {name}")
        try:
            lines += told(rx.from_module(Does(does), (3, 10, 10), name))
        except ExplorerError as error:
            lines.append(f"refused: {error}")
    kept("model/functions.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("name", INITS.names)
def test_how_a_net_starts(name: str, kept: Callable[..., None]) -> None:
    lines = []
    for query in (
        "blocks=1,2&width=8&stem=cifar&block=bottleneck",
        "blocks=1&width=8&norm=none&activation=leaky&slope=0.5",
    ):
        net = rx.build(f"{query}&image=16&classes=10", seed=3)
        graph = rx.from_query(f"{query}&image=16&classes=10").graph
        initialise(net, graph, INITS[name].of(graph, 0.1), seed=5)
        for path, tensor in net.state_dict().items():
            if tensor.is_floating_point():
                numbers = [tensor.double().norm().item(), tensor.min().item(), tensor.max().item(), tensor.sum().item()]
                lines.append(f"{path} = {', '.join(f'{each:.5g}' for each in numbers)}")
    kept(f"model/init_{name}.txt", "\n".join(lines) + "\n", rel=0.001)
