"""Sizes of each family, read off shapes: how many blocks, how wide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.spec.blocks import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.checkpoints.names import Found
    from resnet_explorer.checkpoints.tensors import Tensors
    from resnet_explorer.spec import ResNetOptions, VGGOptions

SHORT = 2
"""Stages, and blocks of each, that options are tried on: all further ones are as the second."""


class Family(NamedTuple):
    """How a family's sizes are read: `long` ones, which repeat what is there already, and those of its options."""

    sizes: Callable[[Tensors, Any], dict[str, Any]]
    long: Callable[[str], dict[str, tuple[int, ...]]]
    mark: str


HEADS = ("fc.weight", "classifier.6.weight")
FIRST = ("conv1.weight", "conv1.0.weight", "features.0.weight")


def size(own: Tensors, names: tuple[str, ...], axis: int) -> int:
    """That side of the first of these tensors that is there; 0 where none is."""
    there = (own[name].shape for name in names if name in own)
    return next((shape[axis] for shape in there if len(shape) > axis), 0)


def _resnet_sizes(own: Tensors, options: ResNetOptions) -> dict[str, Any]:
    """Widths, read off the first blocks of a net that is made of such."""
    block = BLOCKS[options.block]
    ways = tuple(f"layer1.{number}" for number in range(SHORT))

    def side(name: str, axis: int) -> int:
        return size(own, tuple(f"{way}.{name}.weight" for way in ways), axis)

    out = side(f"conv{block.convs}", 0)
    width = max(1, out // block.expansion)
    sizes: dict[str, Any] = {"width": width, "groups": 1, "group_width": 0}
    stem = side("conv1", 1)
    sizes["stem_width"] = 0 if stem == width else stem
    if block.grouped:
        inner, each = side("conv2", 0), side("conv2", 1)
        sizes["groups"] = inner // each if each and inner % each == 0 else 1
        sizes["group_width"] = 0 if inner == width else inner // max(1, sizes["groups"])
    return sizes


_REST = r"\..*+(?:\n\1\..*+)*+"
_BLOCK = re.compile(rf"^(layer([1-6])\.([0-9]{{1,4}})){_REST}", re.MULTILINE)
_FAR = re.compile(
    rf"^(layer(?:[{SHORT + 1}-6]\.[0-9]{{1,4}}|[1-6]\.(?:[{SHORT}-9]|[0-9]{{2,4}}))){_REST}", re.MULTILINE
)
"""The names of a block that stand together, and of one that options are not tried on."""


def _blocks(lines: str) -> dict[str, tuple[int, ...]]:
    """The blocks of each stage, up to the first stage that has none."""
    most = dict.fromkeys(range(1, 8), -1)
    for _, stage, number in _BLOCK.findall(lines):
        most[int(stage)] = max(most[int(stage)], int(number))
    stages = list(most.values())
    return {"blocks": tuple(last + 1 for last in stages[: stages.index(-1)])}


def near(found: Found) -> Tensors:
    """The tensors of the blocks that options are tried on, and those of no block."""
    return {name: found.own[name] for name in _FAR.sub("", found.lines).split("\n") if name in found.own}


_FEATURE = re.compile(r"features\.([0-9]{1,4})\.weight")


def _vgg_sizes(own: Tensors, _options: VGGOptions) -> dict[str, Any]:
    """Convolutions, found by how far they stand from each other: a maximum in between begins a stage."""
    at = [int(match[1]) for name in own if (match := _FEATURE.fullmatch(name)) and len(own[name].shape) == 4]
    step = 3 if "features.1.weight" in own else 2
    convs = [1]
    for before, after in zip(sorted(at), sorted(at)[1:], strict=False):
        if after - before == step:
            convs[-1] += 1
        else:
            convs.append(1)
    sizes: dict[str, Any] = {"convs": tuple(convs), "width": size(own, ("features.0.weight",), 0)}
    features = size(own, ("classifier.0.weight",), 0)
    return sizes | ({"features": features} if features else {})


def _nothing(_lines: str) -> dict[str, tuple[int, ...]]:
    return {}


FAMILIES = {"resnet": Family(_resnet_sizes, _blocks, "layer1."), "vgg": Family(_vgg_sizes, _nothing, "features.")}
