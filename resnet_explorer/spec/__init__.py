"""The description of networks: operations, graphs, families, presets and their form in a link."""

from resnet_explorer.spec.families import FAMILIES, ResNetOptions, VGGOptions
from resnet_explorer.spec.graph import IMAGE, Graph, Node, plain, shapes
from resnet_explorer.spec.network import NetSpec
from resnet_explorer.spec.presets import PRESETS, Preset
from resnet_explorer.spec.query import (
    catalogued,
    described,
    from_query,
    from_texts,
    named,
    reference,
    title,
    to_query,
    to_texts,
)

__all__ = [
    "FAMILIES",
    "IMAGE",
    "PRESETS",
    "Graph",
    "NetSpec",
    "Node",
    "Preset",
    "ResNetOptions",
    "VGGOptions",
    "catalogued",
    "described",
    "from_query",
    "from_texts",
    "named",
    "plain",
    "reference",
    "shapes",
    "title",
    "to_query",
    "to_texts",
]
