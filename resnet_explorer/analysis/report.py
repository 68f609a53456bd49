"""The analysis of a network: every layer, block and stage with its numbers, from the description alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.analysis import memory
from resnet_explorer.analysis.conventions import plural
from resnet_explorer.analysis.counts import Counts, total
from resnet_explorer.analysis.layer_rows import layer_rows
from resnet_explorer.analysis.metrics import METRICS
from resnet_explorer.analysis.receptive_field import receptive_fields
from resnet_explorer.installation import explained
from resnet_explorer.spec.graph import Graph, Node, shapes
from resnet_explorer.spec.ops import WEIGHTED, Shape
from resnet_explorer.spec.query import described, title

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from resnet_explorer.spec.imports import Net


class _Layer(NamedTuple):
    node: Node
    input_shape: Shape
    output_shape: Shape
    counts: tuple[int, ...]
    field_px: int


class Layer(Counts, _Layer):
    """One operation with its numbers.

    Attributes:
        node: where it stands in the graph: its path, its stage and block, what it reads.
        input_shape: of what it takes: channels, height, width; without the batch.
        output_shape: of what it gives, likewise.
        counts: its numbers for one image, one for each metric.
        field_px: its receptive field along the longest path, in pixels.
    """

    __slots__ = ()

    @property
    def path(self) -> str:
        """The torch module's path."""
        return self.node.path

    @property
    def op(self) -> str:
        """The operation's kind: conv, bn, relu, ..."""
        return self.node.op.kind

    @property
    def channels(self) -> int:
        """Of what it gives; a fully connected layer has them behind the places, everything else in front."""
        return self.output_shape[-1 if self.op == "fc" else 0]

    @property
    def side(self) -> int:
        """The height of the map that it gives, or how many values an axis has; 1 where there is none."""
        return self.output_shape[0 if self.op == "fc" else 1] if len(self.output_shape) > 1 else 1

    @property
    def weighted(self) -> bool:
        """Whether it is a convolution or fully connected."""
        return self.node.op.kind in WEIGHTED


@dataclass(frozen=True, kw_only=True)  # without slots, as the report below
class Stage(Counts):
    """The layers of a stage (`stem`, `conv2_x`, ..., `head`) and their sums.

    Attributes:
        name: `conv2_x` to `conv5_x` as in Table 1 of arXiv:1512.03385 (VGG: from `conv1_x`), `stem`, `head`.
        layers: its operations, in order.
        output_shape: of its last map: channels, height, width; without the batch.
        counts: the sums, one for each metric.
    """

    name: str
    layers: tuple[Layer, ...]
    output_shape: Shape
    counts: tuple[int, ...]

    def __repr__(self) -> str:
        operations = plural(len(self.layers), "operation")
        return f"<Stage {self.name}: {operations}, {plural(self.params, 'parameter')}, {plural(self.macs, 'MAC')}>"

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        """Paths of its blocks, in order."""
        return tuple(dict.fromkeys(layer.node.block for layer in self.layers if layer.node.block))

    def block(self, path: str) -> tuple[Layer, ...]:
        """The layers of one of its blocks."""
        return tuple(layer for layer in self.layers if layer.node.block == path)


@dataclass(frozen=True, kw_only=True)  # without slots: what pages ask for again and again is kept beside the fields
class Report(Counts):
    """Everything that is counted of a network.

    MACs are multiply-adds of convolutions and fully connected layers for one image (FLOPs = 2 x MACs), which
    arXiv:1512.03385 calls FLOPs; see `analysis.metrics` for each convention.

    Attributes:
        spec: the network.
        layers: its operations, in order.
        stages: the same, stage by stage.
        counts: the sums for one image, one for each metric.
    """

    spec: Any
    layers: tuple[Layer, ...]
    stages: tuple[Stage, ...]
    counts: tuple[int, ...]

    def __repr__(self) -> str:
        what = f"{title(self.spec)}: {plural(self.depth, 'layer')}"
        return f"<Report of {what}, {plural(self.params, 'parameter')}, {plural(self.macs, 'MAC')}>"

    def _repr_html_(self) -> str:
        return str(import_module("resnet_explorer.notebook").of_report(self))

    @property
    def flops(self) -> int:
        """Floating point operations: two per multiply-add."""
        return 2 * self.macs

    @cached_property
    def graph(self) -> Graph:
        """The network as a graph, of the nodes that were counted."""
        return Graph(tuple(layer.node for layer in self.layers))

    @cached_property
    def weighted(self) -> tuple[Layer, ...]:
        """Convolutions and fully connected layers, those on shortcuts included."""
        return tuple(layer for layer in self.layers if layer.weighted)

    @cached_property
    def depth(self) -> int:
        """Weighted layers as the paper counts them: those of the main path, not projections or gates."""
        return sum(layer.node.main for layer in self.weighted)

    @cached_property
    def blocks(self) -> tuple[str, ...]:
        """Paths of all blocks, in order."""
        return tuple(path for stage in self.stages for path in stage.blocks)

    def block(self, path: str) -> tuple[Layer, ...]:
        """The layers of one block."""
        return tuple(layer for layer in self.layers if layer.node.block == path)

    @property
    def field_px(self) -> int:
        """Receptive field of the last map along the longest path, in pixels."""
        return self.layers[-1].field_px

    def training_memory(self, batch: int) -> memory.TrainingMemory:
        """Bytes that training holds with that many images: weights, gradients, momentum in float32, and saved maps."""
        known = {layer.path: layer.output_shape for layer in self.layers} | {"image": self.spec.input_shape}
        return memory.training_memory(self.params, memory.saved_bytes(self.graph, known), batch)

    def untrainable(self, batch: int) -> str:
        """Why PyTorch refuses to train it at that batch size; empty where it does not."""
        lone = (layer for layer in self.layers if batch * layer.node.op.together(layer.output_shape) == 1)
        path = next((layer.path for layer in lone), "")
        return path and f"PyTorch refuses to train it so: {path} would have a single value of each channel to normalise"

    def to_frame(self) -> pd.DataFrame:
        """A row for each operation: what it is, shapes as tuples, counts and their shares, memory, where it stands.

        Raises:
            Missing: pandas is not installed.
        """
        with explained():
            import pandas as pd  # noqa: PLC0415 - heavy, and only tables need it

        optional = dict.fromkeys(("kernel", "stride", "groups"), "Int64") | {"bias": "boolean"}
        return pd.DataFrame(layer_rows(self)).astype(optional)


def analyse(spec: Net | str) -> Report:
    """Count everything of a network, described or imported, without building it.

    Linear in depth; equal operations are counted once. Shapes are channels, height, width, without the batch; counts
    are for one image. Those of the named nets are tested against torchvision's and against published tables.

    Args:
        spec: a description, the name of a preset, or a query such as "net=resnet50&image=64"; or an imported net.

    Raises:
        ExplorerError: the text describes no network.
    """
    spec = described(spec)
    layers = count_layers(spec.graph, spec.input_shape)
    stages = tuple(_stages(layers))
    return Report(spec=spec, layers=layers, stages=stages, counts=total(stages))


def count_layers(graph: Graph, image: Shape) -> tuple[Layer, ...]:
    """The layers of any graph with their numbers, for an input of that shape."""
    known = shapes(graph, image)
    fields = receptive_fields(graph, max)
    counted: dict[tuple[int, Shape], tuple[int, ...]] = {}
    count = tuple(metric.of for metric in METRICS)
    layers = []
    for node in graph.nodes:
        x, y = known[node.inputs[0]], known[node.path]
        key = id(node.op), x
        numbers = counted.get(key)
        if numbers is None:
            numbers = counted[key] = tuple(of(node.op, x, y) for of in count)
        layers.append(Layer(node, x, y, numbers, fields[node.path][0]))
    return tuple(layers)


def _stages(layers: Iterable[Layer]) -> Iterable[Stage]:
    grouped: dict[str, list[Layer]] = {}
    for layer in layers:
        grouped.setdefault(layer.node.stage, []).append(layer)
    for name, rows in grouped.items():
        yield Stage(name=name, layers=tuple(rows), output_shape=rows[-1].output_shape, counts=total(tuple(rows)))
