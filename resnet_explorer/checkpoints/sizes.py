"""Sizes of each family, read off shapes: how many blocks, how wide."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from resnet_explorer.spec import cuts
from resnet_explorer.spec.blocks import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from resnet_explorer.checkpoints.names import RenamedTensors
    from resnet_explorer.checkpoints.tensors import Tensors
    from resnet_explorer.spec import ResNetOptions, VGGOptions

SHORT = 2
"""Stages, and blocks of each, that options are tried on: all further ones are as the second."""


class SizeTable(NamedTuple):
    """How a family's sizes are read: `long` ones, which repeat what is there already, and those of its options."""

    sizes: Callable[[Tensors, Any], dict[str, Any]]
    long: Callable[[RenamedTensors], dict[str, Any]]
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


_PLACE = r"layer([1-6])\.([0-9]{1,3})"
_REST = r"\..*+(?:\n\1\..*+)*+"
_BLOCK = re.compile(rf"^(layer([1-6])\.([0-9]{{1,4}})){_REST}", re.MULTILINE)
_LATER = re.compile(rf"^(layer[1-6]\.(?:[{SHORT}-9]|[0-9]{{2,4}})){_REST}", re.MULTILINE)
_BEYOND = re.compile(rf"^(layer(?:[{SHORT + 1}-6]\.[0-9]|[1-6]\.(?:[{SHORT}-9]|[0-9]{{2,4}}))){_REST}", re.MULTILINE)
"""The names of a block that stand together; of one behind the first ones of its stage; or of such or in a later stage.
"""
_WEIGHED = re.compile(rf"{_PLACE}\.(downsample|gate|scale)\.")
_ENTRY = ("layer1.0.conv1.weight",), ("layer1.1.conv1.weight", "layer2.0.conv1.weight")
MOST_CUT = 64


def _blocks(found: RenamedTensors) -> dict[str, Any]:
    """The blocks of each stage, up to the first stage that has none, and those whose shortcut is seen to be cut."""
    most = dict.fromkeys(range(1, 8), -1)
    there = {(int(stage), int(number)) for _, stage, number in _BLOCK.findall(found.lines)}
    for stage, number in there:
        most[stage] = max(most[stage], number)
    stages = list(most.values())
    blocks = tuple(last + 1 for last in stages[: stages.index(-1)])
    cut = _cut(found, there & cuts.everywhere(blocks))
    return {"blocks": blocks, "cut": cut, "residual": True} if cut else {"blocks": blocks}


def _cut(found: RenamedTensors, there: set[cuts.Place]) -> str:
    """Those of these blocks whose shortcut has no weights where those of its kind have: all, or each first one."""
    if not any(each in found.lines for each in (".downsample.", ".gate.", ".scale.")):
        return ""
    marks = set(_WEIGHED.findall(found.lines))
    weighed = {(int(stage), int(number)) for stage, number, _ in marks}
    among = there
    if all(number == "0" and what == "downsample" for _, number, what in marks):
        widens = size(found.own, _ENTRY[0], 1) != size(found.own, _ENTRY[1], 1)
        among = {each for each in there if each[1] == 0 and (widens or each[0] > 1)}
    elif len(there) > 2 * len(weighed):
        return ""
    missing = among - weighed if weighed else set()
    cut = cuts.canonical(missing) if len(missing) <= MOST_CUT else ""
    return cut if len(cut) <= cuts.LONGEST else ""


def shortened(long: dict[str, Any], stages: int | None = None) -> dict[str, Any]:
    """The same of the first blocks of each stage, of so many stages."""
    if not long:
        return long
    blocks = tuple(min(count, SHORT) for count in long["blocks"][:stages])
    cut = cuts.places(long.get("cut", "")) & cuts.everywhere(blocks)
    return {**long, "blocks": blocks} | ({"cut": cuts.canonical(cut)} if "cut" in long else {})


def near(found: RenamedTensors, *, staged: bool) -> Tensors:
    """The tensors of the blocks that options are tried on, and those of no block."""
    lines = (_LATER if staged else _BEYOND).sub("", found.lines)
    return {name: found.own[name] for name in lines.split("\n") if name in found.own}


_FEATURE = re.compile(r"features\.([0-9]{1,4})\.weight")


def _vgg_sizes(own: Tensors, _options: VGGOptions) -> dict[str, Any]:
    """Convolutions, found by how far they stand from each other: a maximum in between begins a stage.

    The first one, which may be missing, has as many filters as the next one reads.
    """
    there = {int(match[1]) for name in own if (match := _FEATURE.fullmatch(name)) and len(own[name].shape) == 4}
    at = sorted({0, *there})
    step = 3 if "features.1.weight" in own else 2
    convs = [1]
    for before, after in itertools.pairwise(at):
        if after - before == step:
            convs[-1] += 1
        else:
            convs.append(1)
    width = size(own, ("features.0.weight",), 0) or size(own, tuple(f"features.{place}.weight" for place in at), 1)
    sizes: dict[str, Any] = {"convs": tuple(convs), "width": width}
    features = size(own, ("classifier.0.weight",), 0)
    return sizes | ({"features": features} if features else {})


def _nothing(_found: RenamedTensors) -> dict[str, Any]:
    return {}


SIZE_TABLES = {
    "resnet": SizeTable(_resnet_sizes, _blocks, "layer1."),
    "vgg": SizeTable(_vgg_sizes, _nothing, "features."),
}
